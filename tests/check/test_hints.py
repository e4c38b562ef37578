"""A text where a shape demands a link is answered with the record it may stand for."""

from pathlib import Path

from filmld.archive import Archive
from filmld.check.run import check

GENRE = """\
@prefix genre: <https://films.example.org/genre/> .
@prefix schema: <https://schema.org/> .

genre:documentary
    a schema:DefinedTerm ;
    schema:name "Documentary"@en ;
.
"""
FILM = """\
@prefix genre: <https://films.example.org/genre/> .
@prefix schema: <https://schema.org/> .

<https://films.example.org/film/f>
    a schema:Movie ;
    schema:name "F"@en ;
    schema:genre "documentary" ;
    schema:genre "Western" ;
.
"""


def test_the_one_record_of_that_name_is_offered_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "filmld.toml").write_text('base = "https://films.example.org/"\n', encoding="utf-8")
    for name, text in {"film/f": FILM, "genre/documentary": GENRE}.items():
        path = tmp_path / "records" / f"{name}.ttl"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    found = check(Archive.open(tmp_path)).findings
    hints = {
        finding.span.start.row: finding.hint
        for finding in found
        if finding.code == "genre-link" and finding.span
    }
    assert hints == {
        7: "is it genre:documentary (“Documentary”, records/genre/documentary.ttl)?",
        8: None,
    }
