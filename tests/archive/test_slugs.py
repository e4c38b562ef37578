"""Slugs from titles and names of any script."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive.slugs import MAX_LENGTH, RESERVED, is_slug, slug_for
from filmld.errors import SlugError

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "slugs.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
]
MADE = [(row[0], int(row[1]) if row[1] else None, row[2]) for row in ROWS if len(row) == 3]
REFUSED = [row[0] for row in ROWS if len(row) == 1]
FILM = "the-voice-of-sokurov-2014"


@pytest.mark.parametrize(("title", "year", "slug"), MADE, ids=[row[0] for row in MADE])
def test_a_title_gives_the_slug_of_the_table(title: str, year: int | None, slug: str) -> None:
    assert slug_for(title, year) == slug


@pytest.mark.parametrize("title", REFUSED)
def test_a_title_without_letters_and_digits_is_refused(title: str) -> None:
    with pytest.raises(SlugError) as raised:
        slug_for(title, 2014)
    assert title in raised.value.message
    assert raised.value.hint is not None
    assert "--slug" in raised.value.hint


def test_composed_and_decomposed_letters_give_the_same_slug() -> None:
    for title, year, slug in MADE:
        assert slug_for(unicodedata.normalize("NFD", title), year) == slug


def test_a_second_record_of_the_same_name_is_numbered() -> None:
    assert slug_for("The Voice of Sokurov", 2014, taken={FILM}) == f"{FILM}-2"
    assert slug_for("The Voice of Sokurov", 2014, taken={FILM, f"{FILM}-2"}) == f"{FILM}-3"


def test_a_long_title_loses_its_last_words_and_keeps_its_year() -> None:
    slug = slug_for("word " * 40, 2014, taken=())
    assert slug == "word-" * 15 + "2014"
    assert slug_for("x" * 300, 2014) == "x" * 75 + "-2014"
    assert slug_for("x" * 300, taken={"x" * 80}) == "x" * 78 + "-2"


def test_a_title_of_just_the_longest_length_is_kept_whole() -> None:
    title = "a" * 39 + " " + "b" * 40
    assert slug_for(title) == title.replace(" ", "-")


@pytest.mark.parametrize("slug", ["a", "8-1-2", FILM, "x" * MAX_LENGTH])
def test_these_can_name_a_record(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug",
    ["", "-a", "a-", "a--b", "A", "ä", "a_b", "a.b", "a/b", "..", "a\n", "x" * (MAX_LENGTH + 1), *RESERVED],
)
def test_these_cannot(slug: str) -> None:
    assert not is_slug(slug)


@given(st.text(max_size=200), st.none() | st.integers(1, 9999))
def test_whatever_the_title_a_slug_is_sound_or_refused(title: str, year: int | None) -> None:
    try:
        slug = slug_for(title, year)
    except SlugError:
        return
    assert is_slug(slug)
    another = slug_for(title, year, taken={slug})
    assert is_slug(another)
    assert another != slug
