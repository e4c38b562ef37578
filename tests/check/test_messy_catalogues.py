"""What old catalogues are like is no reason to refuse a record: it gets warnings that help."""

from pathlib import Path

from filmld.diagnostics import Severity
from tests.check.archives import check_texts

RECORD = """\
@prefix : <https://films.example.org/film/moloch#> .
@prefix film: <https://films.example.org/film/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix schema: <https://schema.org/> .

film:moloch
    a schema:Movie ;
    schema:name "''Moloch''" ;
    schema:dateCreated "Circa 1930" ;
    schema:datePublished "Jun 1999" ;
    schema:genre "Drama" ;
    schema:inLanguage "German" ;
    schema:actor :cast-1 ;
    schema:producer :credit ;
.

:cast-1
    a schema:Person ;
    schema:name "Elena  Rufanova" ;
    schema:birthDate "1930-1935" ;
    schema:deathDate "unknown" ;
.

:credit
    a fld:Credit ;
    schema:producer :cast-1 ;
.
"""


def test_a_record_of_an_old_catalogue_has_warnings_and_no_error(tmp_path: Path) -> None:
    report = check_texts(tmp_path, {"records/film/moloch.ttl": RECORD})
    assert [f for f in report.findings if f.severity is Severity.ERROR] == []
    found = {(f.code, f.span.start.row) for f in report.findings if f.span and f.severity is Severity.WARNING}
    assert {
        ("markup-in-text", 8),
        ("title-language", 8),
        ("bad-date", 9),
        ("bad-date", 10),
        ("language-code", 12),
        ("double-space", 19),
        ("bad-date", 20),
        ("bad-date", 21),
        ("missing-role", 24),
    } <= found


def test_what_has_one_reading_is_mended(tmp_path: Path) -> None:
    report = check_texts(tmp_path, {"records/film/moloch.ttl": RECORD})
    edtf = "<http://id.loc.gov/datatypes/edtf/EDTF>"
    assert [f.fix.title for f in report.findings if f.fix] == [
        f'write "1930~"^^{edtf}',
        'write "1999-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>',
        'write "de"',
        f'write "1930/1935"^^{edtf}',
    ]
