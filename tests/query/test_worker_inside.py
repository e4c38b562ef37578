"""What a worker does with a question, seen from within: no process, no sandbox."""

import io
import os
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.query import frames
from filmld.query.errors import ResultKind
from filmld.query.frames import Fault, Head, Question, Trouble
from filmld.query.source import (
    Spool,
    StoreFolder,
    UnreadableSourceError,
    data_files,
    decode,
    encode,
    open_store,
)
from filmld.query.worker import answer


def exchange(store: ox.Store, text: str, **fields: str | int | None) -> list[tuple[bytes, bytes]]:
    """Ask, and take the frames of the answer apart."""
    stream = io.BytesIO()
    max_bytes = fields.get("max_bytes")
    answer(
        store,
        Question(
            text=text,
            solutions="csv",
            triples="turtle" if fields.get("triples", True) else None,
            max_bytes=max_bytes if isinstance(max_bytes, int) else 0,
        ),
        stream,
    )
    stream.seek(0)
    found = []
    while header := stream.read(frames.HEADER.size):
        letter, length = frames.HEADER.unpack(header)
        found.append((letter, stream.read(length)))
    return found


@pytest.fixture(scope="module")
def store(films: Path) -> ox.Store:
    return open_store(data_files((films,)))


def test_an_answer_is_a_head_data_and_an_end(store: ox.Store) -> None:
    head, data, end = exchange(store, "ASK {}")

    assert (head[0], frames.decode_head(head[1])) == (b"H", Head(kind=ResultKind.BOOLEAN, format="csv"))
    assert data == (b"D", b"true")
    assert end == (b"E", b"")


def test_an_empty_answer_has_its_head_too(store: ox.Store) -> None:
    head, end = exchange(store, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }")

    assert frames.decode_head(head[1]).kind is ResultKind.TRIPLES
    assert end[0] == b"E"


def test_a_long_answer_comes_in_pieces(store: ox.Store) -> None:
    found = exchange(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")

    assert len(found) > 3
    assert max(len(body) for _, body in found) <= 65536


def test_nothing_follows_an_answer_that_was_broken_off(store: ox.Store) -> None:
    found = exchange(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", max_bytes=100_000)

    assert [letter for letter, _ in found] == [b"H", b"D", b"X"]
    assert frames.decode_fault(found[-1][1]).trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "trouble"),
    [("SELECT", Trouble.SYNTAX), ("CONSTRUCT WHERE { ?s ?p ?o }", Trouble.FORMAT)],
)
def test_a_question_without_an_answer_is_a_fault(store: ox.Store, text: str, trouble: Trouble) -> None:
    ((letter, body),) = exchange(store, text, triples=None)

    assert letter == b"X"
    assert frames.decode_fault(body).trouble is trouble


@pytest.mark.parametrize(
    "message",
    [
        Fault(trouble=Trouble.DATA, message="m", name="n", row=1, column=2),
        Fault(trouble=Trouble.FORMAT, kind=ResultKind.BOOLEAN),
    ],
)
def test_a_fault_is_read_as_it_was_written(message: Fault) -> None:
    assert frames.decode_fault(frames.encode(message)) == message


def test_a_question_is_read_as_it_was_written() -> None:
    question = Question(
        text="ASK {}",
        solutions="csv",
        triples=None,
        default_graphs=("a:b",),
        prefixes=(("a", "a:"),),
        base="a:",
    )

    assert frames.decode_question(frames.encode(question)) == question


def test_a_spool_is_read_from_its_start_by_everyone() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"<a:a> <a:b> <a:c> <a:g> .\n")
        file.flush()
        source = decode(encode(Spool(file.fileno())))
        assert [len(open_store(source)) for _ in range(2)] == [1, 1]
        assert os.lseek(file.fileno(), 0, os.SEEK_CUR) == 26


@pytest.mark.parametrize("content", [b"<a:b> <a:c> .", b"\xff", b'<a:b> <a:c> "'])
def test_data_that_is_no_data_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.nt"
    path.write_bytes(content)

    with pytest.raises(UnreadableSourceError) as caught:
        open_store(data_files((path,)))
    assert caught.value.name == "broken.nt"


def test_a_store_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError):
        open_store(decode(encode(StoreFolder(tmp_path))))
    assert list(tmp_path.iterdir()) == []
