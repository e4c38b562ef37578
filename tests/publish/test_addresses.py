import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.publish.addresses import LONGEST, anchor, relative, stem

BASE = "https://films.example.org/"


def test_a_plain_path_is_kept() -> None:
    assert stem(f"{BASE}film/the-voice-of-sokurov-2014", BASE) == "film/the-voice-of-sokurov-2014"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_name_becomes_a_portable_one(name: str) -> None:
    for part in stem(f"{BASE}film/{name}", BASE).split("/"):
        assert part
        assert set(part) <= set(string.ascii_lowercase + string.digits + "-")
        assert len(part) <= LONGEST
        assert not part.startswith("-")


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "%2e%2e%2fx",
        "/etc/x",
        "CON",
        "nul",
        "aux",
        "com1",
        "a.",
        "a:b",
        ".git",
        "-rf",
        "a%5Cb",
        "a%3Fq",
        "a%23f",
        "a/",
        "a" * 300,
        "%C3%A9" * 140,
        "con",
        "lpt9",
    ],
)
def test_a_dangerous_name_is_changed_and_marked(name: str) -> None:
    place = stem(f"{BASE}film/{name}", BASE)
    assert place.startswith("film/")
    assert ".." not in place
    assert place != f"film/{name}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moloch", "moloch"),
        ("stra%C3%9Fe", "STRASSE"),
        ("%E2%84%AA", "k"),
        ("e%CC%81", "%C3%A9"),
        ("a%2Fb", "a-b"),
    ],
)
def test_names_that_a_disk_could_take_for_the_same_have_different_files(one: str, other: str) -> None:
    first, second = (stem(f"{BASE}film/{name}", BASE) for name in (one, other))
    assert first.casefold() != second.casefold()


@pytest.mark.parametrize(
    "name", ["index", "films", "films-2", "404", "context", "data/all", "assets/filmld", "embed/x"]
)
def test_a_record_cannot_take_the_place_of_a_page_of_the_site(name: str) -> None:
    assert stem(BASE + name, BASE) != name


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("index.html", "film/x.html", "film/x.html"),
        ("film/x.html", "index.html", "../index.html"),
        ("film/x.html", "person/y.html#a", "../person/y.html#a"),
        ("film/x.html", "film/x.html#a", "#a"),
        ("film/a/b.html", "film/a.html", "../a.html"),
    ],
)
def test_references_are_relative(source: str, target: str, expected: str) -> None:
    assert relative(source, target) == expected


@given(st.text(min_size=1))
def test_a_place_on_a_page_never_takes_the_name_of_the_pages_own_parts(fragment: str) -> None:
    name = anchor(fragment)
    assert name not in {"filmld", "page-content", "page-credits"}
    assert " " not in name
