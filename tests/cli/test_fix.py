"""``filmld check --fix`` mends what is certain, and nothing else."""

from pathlib import Path

from tests.cli.conftest import Run

FAULTY = """\
@prefix film: <https://films.example.org/film/> .
@prefix person: <https://films.example.org/person/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Made after the poster.
film:moloch-1999   a schema:Movie ;
  schema:name "Moloch"@en, "Молох"@rus ;   # both on the poster
  schema:dateCreated "1999" ;
  schema:directer person:alexander-sokurov ;
  schema:author "alexander SOKUROV" .
"""

MENDED = """\
@prefix film: <https://films.example.org/film/> .
@prefix person: <https://films.example.org/person/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Made after the poster.
film:moloch-1999   a schema:Movie ;
  schema:name "Moloch"@en, "Молох"@ru ;   # both on the poster
  schema:dateCreated "1999"^^xsd:gYear ;
  schema:director person:alexander-sokurov ;
  schema:author person:alexander-sokurov .
"""


def test_certain_faults_are_mended_and_every_other_character_stays(filmld: Run, film: Path) -> None:
    film.write_text(FAULTY, encoding="utf-8")
    result = filmld("check", "--fix")
    assert film.read_text(encoding="utf-8") == MENDED
    assert result.returncode == 0
    assert "4 faults were mended." in result.stderr


def test_what_was_changed_is_shown(filmld: Run, film: Path) -> None:
    film.write_text(FAULTY, encoding="utf-8")
    shown = filmld("check", "--fix").stderr
    assert "-  schema:directer person:alexander-sokurov ;\n" in shown
    assert "+  schema:director person:alexander-sokurov ;\n" in shown


def test_a_second_run_has_nothing_to_do(filmld: Run, film: Path) -> None:
    film.write_text(FAULTY, encoding="utf-8")
    filmld("check", "--fix")
    status = film.stat()
    result = filmld("check", "--fix")
    assert "0 faults were mended." in result.stderr
    assert film.stat().st_mtime_ns == status.st_mtime_ns


def test_faults_that_hide_others_are_mended_in_turn(filmld: Run, film: Path) -> None:
    """An undeclared prefix hides what is wrong with the statement until it is mended."""
    film.write_text(FAULTY.replace("schema:directer", "scheam:directer"), encoding="utf-8")
    filmld("check", "--fix")
    assert film.read_text(encoding="utf-8") == MENDED


def test_an_uncertain_fault_is_left_alone(filmld: Run, film: Path) -> None:
    text = MENDED.replace('"1999"^^xsd:gYear', '"4.5.1999"')
    film.write_text(text, encoding="utf-8")
    result = filmld("check", "--fix")
    assert result.returncode == 1
    assert film.read_text(encoding="utf-8") == text


def test_a_byte_order_mark_and_line_ends_stay(filmld: Run, film: Path) -> None:
    film.write_bytes(b"\xef\xbb\xbf" + FAULTY.replace("\n", "\r\n").encode())
    filmld("check", "--fix")
    assert film.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_only_the_named_records_are_mended(filmld: Run, film: Path) -> None:
    film.write_text(FAULTY, encoding="utf-8")
    filmld("check", "--fix", "records/person")
    assert film.read_text(encoding="utf-8") == FAULTY
