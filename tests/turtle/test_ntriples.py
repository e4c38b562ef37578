"""Records that are written together say what each says by itself."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize

from filmld.turtle.ntriples import Headed, LineWriter
from filmld.turtle.screen import Screen
from tests.benchmark import catalogue
from tests.turtle.test_quick import BODY, HEAD, damaged

OWN = "@prefix : <https://films.example.org/film/kuu#> .\n"
SOUND = f"{OWN}{HEAD}:x schema:name 'Kuu', '''a\nb''', \"\"\"c\nd\"\"\" ; schema:url <https://a.example/> .\n"


def together(texts: Sequence[str]) -> list[bytes]:
    """What a writer says of some records, in their order."""
    screen = Screen()
    records = []
    for nth, text in enumerate(texts):
        declared = screen.declared(text)
        assert declared is not None
        records.append(Headed(nth, text.encode(), declared))
    written = {record.place: lines for record, lines in LineWriter().written(records)}
    assert written.keys() == set(range(len(texts)))
    return [renamed(written[nth]) for nth in range(len(texts))]


def alone(text: str) -> bytes:
    """What pyoxigraph says of a record."""
    try:
        triples = parse(text.replace("\r\n", "\n").encode(), format=RdfFormat.TURTLE)
        return renamed(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    except (SyntaxError, ValueError):
        return b""


def declares_at_its_head_alone(text: str) -> bool:
    """Whether a record is one for the writer."""
    declared = Screen().declared(text)
    if declared is None or declared.has_base:
        return False
    return re.search(r"prefix|base|version", text[declared.end :], re.IGNORECASE) is None


def renamed(lines: bytes) -> bytes:
    """The same lines, with names for the nodes that have none, in the order in which they are met."""
    names: dict[bytes, bytes] = {}
    return re.sub(rb"_:\w+", lambda met: names.setdefault(met[0], b"_:%d" % len(names)), lines)


def test_what_a_catalogue_says_is_written_record_by_record() -> None:
    texts = [text for _, text in catalogue.records(80, 0.1)]
    texts = [text for text in texts if Screen().declared(text)]
    assert len(texts) > 80
    assert together(texts) == [alone(text) for text in texts]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(damaged(), st.just(SOUND), st.just(HEAD + BODY)), min_size=2, max_size=40))
def test_damage_to_some_records_is_none_to_others(texts: list[str]) -> None:
    texts = [text for text in texts if declares_at_its_head_alone(text)]
    assert together(texts) == [alone(text) for text in texts]


@pytest.mark.parametrize(
    "end",
    [
        ":y",
        ":y a",
        ":y a :z",
        ":y a :z ;",
        ":y a :z ,",
        ":y a :z ; schema:name",
        "[",
        "[ a :z ]",
        "[ a :z ; schema:name",
        ":y a [",
        ":y a (",
        ":y a ( 1 2 )",
        ":y a '''",
        ':y a """',
        ":y a 'b",
        ":y a <https://a.example/",
        ":y a 1",
        ":y a 'b'@en",
        ":y a 'b'^^",
        ":y a :z ~",
        ":y a :z {|",
        "<<",
        "<< :y a :z >>",
        "@prefix y:",
        "PREFIX y:",
        "@base",
        "BASE",
        "# a note",
        "<urn:x-filmld:0> <urn:x-filmld:0> <urn:x-filmld:0> .",
    ],
)
def test_what_a_record_leaves_open_takes_nothing_of_the_next(end: str) -> None:
    texts = [SOUND, f"{SOUND}{end}", SOUND, f"{SOUND}# '''\n{end}", SOUND]
    assert together(texts) == [alone(text) for text in texts]
    assert together(texts)[::2] == [alone(SOUND)] * 3


def test_no_record_lends_another_a_prefix() -> None:
    lending = HEAD.replace("film:", "other:", 1) + "other:kuu schema:name 'Kuu' .\n"
    borrowing = HEAD + "film:kuu schema:sameAs other:kuu .\n"
    own = OWN.replace(":", "own:", 1) + HEAD + "own:x schema:name 'Kuu' .\n"
    taking = OWN + HEAD + ":x schema:name own:x .\n"
    written = together([lending, borrowing, own, taking, own, lending])
    assert [bool(lines) for lines in written] == [True, False, True, False, True, True]


def test_each_record_has_a_prefix_of_its_own() -> None:
    texts = [SOUND.replace("kuu#", f"kuu-{nth}#") for nth in range(40)]
    written = together(texts)
    assert written == [alone(text) for text in texts]
    assert len(set(written)) == 40


def test_a_head_in_other_letters_or_with_other_ends_of_lines_is_read_too() -> None:
    texts = [f"# Čapaev\n{SOUND}", SOUND.replace("\n", "\r\n"), f"# Чапаев\n{SOUND}", SOUND]
    assert together(texts) == [alone(text) for text in texts]
