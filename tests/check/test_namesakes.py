"""Records that go by a name already."""

from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.check.namesakes import namesakes

NAMED = """\
@prefix schema: <https://schema.org/> .
<https://a.example/person/{slug}> schema:name {name} .
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "filmld.toml").write_text('base = "https://a.example/"\n', encoding="utf-8")
    folder = tmp_path / "records" / "person"
    folder.mkdir(parents=True)
    names = {
        "composed": '"Leena Kilpeläinen"',
        "decomposed": '"LEENA  Kilpela\u0308inen"@fi',
        "escaped": r'"Leena Kilpel\u00E4inen"',
        "another": '"Antti" . <https://a.example/person/x> schema:name "Leena Kilpeläinen"',
        "bad-escape": r'"Leena \q"',
        "longer": '"Leena Kilpeläinen Junior"',
        "other": '"Antti Alanen"',
        "broken": '"Leena Kilpeläinen" . <',
        "quoted": r'"The \"Voice\""',
    }
    for slug, name in names.items():
        (folder / f"{slug}.ttl").write_text(NAMED.format(slug=slug, name=name), encoding="utf-8")
    (folder / "latin-1.ttl").write_bytes(NAMED.format(slug="latin-1", name='"Ä"').encode("latin-1"))
    return Archive.open(tmp_path)


def found(archive: Archive, name: str) -> list[str]:
    return [record.slug for record in namesakes(archive, "person", name)]


def test_case_accents_spacing_and_the_way_of_writing_do_not_count(archive: Archive) -> None:
    assert found(archive, "leena kilpeläinen") == ["composed", "decomposed", "escaped"]


def test_a_part_of_a_name_is_not_the_name(archive: Archive) -> None:
    assert found(archive, "Leena") == []


def test_quotation_marks_in_a_name_are_compared_as_they_are(archive: Archive) -> None:
    assert found(archive, 'the "voice"') == ["quoted"]


def test_a_kind_without_any_record_has_no_namesakes(archive: Archive) -> None:
    assert list(namesakes(archive, "film", "Leena")) == []
