"""A shape may say what is wrong in several languages; an archive is told in its own."""

from pathlib import Path

import pytest

from filmld.check.run import check
from tests.check.archives import CONFIG, make

SHAPE = """\
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/shapes#> .

ex:Film
    a sh:NodeShape ;
    sh:targetClass schema:Movie ;
    sh:property ex:missing-keywords ;
.

ex:missing-keywords
    a sh:PropertyShape ;
    sh:path schema:keywords ;
    sh:minCount 1 ;
    sh:message "This film has no keywords."@en ;
    sh:message "Dieser Film hat keine Schlagwörter."@de ;
    sh:message "Elokuvalla ei ole asiasanoja."@fi ;
.
"""
FILM = """\
@prefix schema: <https://schema.org/> .

<https://films.example.org/film/moloch>
    a schema:Movie ;
    schema:name "Moloch"@de ;
.
"""


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ("", "This film has no keywords."),
        ('languages = ["de", "en"]', "Dieser Film hat keine Schlagwörter."),
        ('languages = ["sv", "fi", "de"]', "Elokuvalla ei ole asiasanoja."),
        ('languages = ["sv"]', "This film has no keywords."),
    ],
    ids=["of no language", "the first of two", "the second of three", "of one that the shape does not have"],
)
def test_the_message_is_in_a_language_of_the_archive(languages: str, message: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"shapes/own.ttl": SHAPE, "records/film/moloch.ttl": FILM}
    report = check(make(tmp_path, files, f"{CONFIG}{languages}\n"))
    assert [found.message for found in report.findings if found.code == "missing-keywords"] == [message]
