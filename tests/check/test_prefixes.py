"""A prefix that a record forgot is offered as other records declare it."""

from pathlib import Path

from filmld.archive import Archive
from filmld.check.run import check
from filmld.diagnostics import Diagnostic

PERSON = """\
@prefix person: <https://films.example.org/person/> .
@prefix schema: <https://schema.org/> .

person:p
    a schema:Person ;
    schema:name "P" ;
.
"""
FILM = """\
@prefix schema: <https://schema.org/> .

<https://films.example.org/film/f>
    a schema:Movie ;
    schema:name "F"@en ;
    schema:director person:p ;
    schema:review :review ;
.
"""


def findings(folder: Path, film: str) -> list[Diagnostic]:
    (folder / "filmld.toml").write_text('base = "https://films.example.org/"\n', encoding="utf-8")
    for name, text in {"film/f": film, "person/p": PERSON}.items():
        path = folder / "records" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [found for found in check(Archive.open(folder)).findings if found.code == "unknown-prefix"]


def test_a_prefix_of_other_records_and_the_record_s_own_are_offered(tmp_path: Path) -> None:
    hints = {found.hint for found in findings(tmp_path, FILM)}
    told = "add this line at the top, as in other records: "
    assert hints == {
        told + "@prefix person: <https://films.example.org/person/> .",
        told + "@prefix : <https://films.example.org/film/f#> .",
    }


def test_the_offer_mends_the_record(tmp_path: Path) -> None:
    lines = [fix.edits[0].text for found in findings(tmp_path, FILM) if (fix := found.fix)]
    assert len(lines) == 2
    assert findings(tmp_path, "".join(lines) + FILM) == []


def test_a_prefix_that_nobody_knows_gets_no_offer(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path, FILM.replace("person:p", "xyzzy:p").replace(" :review ;", " schema:review ;")
    )
    assert (found.hint, found.fix) == (None, None)
