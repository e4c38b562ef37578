"""``filmld.open(…)`` as programs and notebooks use it."""

import asyncio
import datetime as dt
import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import filmld
from filmld.api import Data
from filmld.errors import NoArchiveError, UnknownQuestionError
from filmld.query.errors import (
    ClosedError,
    DeadlineError,
    FormatKindError,
    LibraryMissingError,
    QuerySyntaxError,
)
from filmld.query.solutions import Row
from filmld.query.tables import Kind, Solutions
from filmld.turtle.terms import IRI, BlankNode, Literal, lang_string
from filmld.vocab import XSD
from tests.program import unmeasured
from tests.query.test_worker import ENDLESS, gone

FILM = "https://films.example.org/film/the-voice-of-sokurov-2014"


@pytest.fixture(scope="module")
def archive(root: Path) -> Iterator[Data]:
    with filmld.open(root) as opened:
        yield opened


def test_an_archive_is_asked(archive: Data) -> None:
    found = archive.query(
        "SELECT ?film ?name ?year { ?film a schema:Movie ; schema:name ?name ; fld:startYear ?year }"
    )

    assert found.variables == ("film", "name", "year")
    assert list(found) == [{"film": FILM, "name": "The Voice of Sokurov", "year": 2014}]
    assert found.rows[0]["name"] == lang_string("The Voice of Sokurov", "en")


def test_yes_and_no_are_answers(archive: Data) -> None:
    assert archive.ask("ASK { <film/the-voice-of-sokurov-2014> a schema:Movie }")
    assert not archive.ask("ASK { ?film a schema:Banana }")
    assert archive.ask("SELECT * { ?film a schema:Movie }")


def test_graphs_are_answers(archive: Data) -> None:
    text = "CONSTRUCT { ?film a schema:Movie } WHERE { ?film a schema:Movie }"

    assert archive.construct(text).endswith(f"<{FILM}>\n    a schema:Movie ;\n.\n")
    assert archive.construct(text, format="ntriples").startswith(f"<{FILM}> <http://www.w3.org/1999/02/22-")
    with pytest.raises(FormatKindError):
        archive.construct("ASK {}")
    with pytest.raises(FormatKindError):
        archive.query(text)


def test_questions_of_the_gallery_are_asked_by_name(archive: Data) -> None:
    found = archive.question("filmography", person="https://films.example.org/person/leena-kilpelainen")

    assert len(found) > 0
    assert len(archive.question("03", least=1000)) == 0
    with pytest.raises(UnknownQuestionError):
        archive.question("nothing")


def test_a_mistake_is_told_and_the_next_query_answered(archive: Data) -> None:
    with pytest.raises(QuerySyntaxError):
        archive.query("SELECT nothing")
    with pytest.raises(DeadlineError):
        archive.query(ENDLESS, seconds=0.2)
    assert archive.ask("ASK {}")


def test_a_notebook_has_an_event_loop_of_its_own(archive: Data) -> None:
    async def cell() -> int:
        return len(archive.query("SELECT * { ?film a schema:Movie }"))

    assert asyncio.run(cell()) == 1


def test_plain_files_are_asked(films: Path) -> None:
    with filmld.open(data=films) as data, filmld.open(data=[str(films)]) as also:
        text = "SELECT ?name { ?film schema:name ?name } ORDER BY ?name"
        assert [row["name"] for row in data.query(text)] == ["Moloch", "Молох", "Телец"]
        assert also.query(text).rows == data.query(text).rows


def test_what_is_closed_is_closed(films: Path) -> None:
    data = filmld.open(data=films)
    assert data.ask("ASK {}")
    data.close()
    data.close()
    with pytest.raises(ClosedError):
        data.ask("ASK {}")


def test_what_is_forgotten_is_closed(films: Path) -> None:
    threads = threading.active_count()
    data = filmld.open(data=films)
    assert data.ask("ASK {}")
    del data
    gc.collect()
    assert threading.active_count() == threads


def test_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError):
        filmld.open(tmp_path)


def test_an_interruption_ends_the_query(films: Path) -> None:
    program = (
        "import filmld, os, signal, sys, threading\n"
        "data = filmld.open(data=sys.argv[1])\n"
        "assert data.ask('ASK {}')\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try: data.query(sys.argv[2])\n"
        "except KeyboardInterrupt: print('interrupted', data.ask('ASK {}'))\n"
    )
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", program, str(films), ENDLESS],
        capture_output=True,
        timeout=30,
        check=True,
        env=unmeasured(),
    )

    assert ended.stdout == b"interrupted True\n"
    assert time.monotonic() - started < 20


def test_a_program_that_just_ends_leaves_no_process_behind(films: Path) -> None:
    program = (
        "import filmld, os, sys; d = filmld.open(data=sys.argv[1]); assert d.ask('ASK {}')\n"
        "print(*(p.pid for p in d._engine._pool.workers))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(films)], capture_output=True, timeout=30, check=True
    )

    assert ended.stderr == b""
    assert all(gone(int(pid)) for pid in ended.stdout.split())


INTEGER, GYEAR, DECIMAL = XSD + "integer", XSD + "gYear", XSD + "decimal"
ROWS: list[Row] = [
    {
        "id": IRI("a:a"),
        "year": Literal("2014", GYEAR),
        "length": Literal("80", INTEGER),
        "mixed": Literal("1", INTEGER),
        "share": Literal("0.5", DECIMAL),
        "shown": Literal("true", XSD + "boolean"),
        "day": Literal("2014-01-24", XSD + "date"),
        "circa": Literal("2014-01-24", XSD + "date"),
        "huge": Literal("9" * 30, INTEGER),
        "name": lang_string("x", "en"),
    },
    {
        "id": BlankNode("b0"),
        "year": Literal("-0044", GYEAR),
        "mixed": Literal("one"),
        "share": Literal("2", INTEGER),
        "shown": Literal("0", XSD + "boolean"),
        "day": Literal("1895-12-28", XSD + "date"),
        "circa": Literal("-0044-03-15", XSD + "date"),
        "huge": Literal("1", INTEGER),
    },
]
NAMES = ["id", "year", "length", "mixed", "share", "shown", "day", "circa", "huge", "name", "nothing"]
KINDS = ["text", "integer", "integer", "text", "number", "boolean", "date", "text", "number", "text", "text"]


def test_a_column_has_the_type_of_all_its_values() -> None:
    table = Solutions(NAMES, ROWS)

    assert [column.kind for column in table.columns()] == list(map(Kind, KINDS))
    first, second = table
    assert first["day"] == dt.date(2014, 1, 24)
    assert (second["length"], second["year"], second["shown"], second["id"]) == (None, -44, False, "_:b0")
    assert second["circa"] == "-0044-03-15"


def test_pandas_gets_its_own_types() -> None:
    frame = Solutions(NAMES, ROWS).to_pandas()

    assert list(frame.columns) == NAMES
    assert [str(kind) for kind in frame.dtypes] == [
        *("string", "Int64", "Int64", "string", "Float64", "boolean", "datetime64[s]"),
        *("string", "Float64", "string", "string"),
    ]
    assert frame["year"].tolist() == [2014, -44]
    assert frame["length"].isna().tolist() == [False, True]
    assert frame["day"].dt.year.tolist() == [2014, 1895]
    assert frame["share"].sum() == 2.5


def test_arrow_gets_its_own_types() -> None:
    table = Solutions(NAMES, ROWS).to_arrow()

    assert table.schema.field("day").type == pa.date32()
    assert table.column("year").to_pylist() == [2014, -44]
    assert table.column("length").to_pylist() == [80, None]
    assert table.column("name").to_pylist() == ["x", None]
    assert Solutions(["a"], []).to_arrow().num_rows == 0
    assert Solutions(["a"], []).to_pandas().empty
    assert pd.DataFrame(Solutions(NAMES, ROWS)).shape == (2, 11)


@pytest.mark.parametrize(("name", "method"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_a_missing_library_is_told(name: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(LibraryMissingError) as caught:
        getattr(Solutions(["a"], []), method)()
    assert caught.value.hint == "pip install 'filmld[pandas]'"


def test_the_package_opens_without_heavy_libraries() -> None:
    heavy = "('pyoxigraph', 'pandas', 'httpx', 'asyncio')"
    program = f"import sys, filmld; print([name for name in {heavy} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=30, check=True)

    assert ended.stdout == b"[]\n"
