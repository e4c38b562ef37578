"""The text most like another is that which the standard library finds, looking at all."""

import difflib

from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.check.closest import closest

NAMES = st.text("ab-c1", min_size=1, max_size=12)


def by_looking_at_all(text: str, others: list[str], least: float) -> str | None:
    found = difflib.get_close_matches(text, others, n=1, cutoff=least)
    return found[0] if found else None


@settings(max_examples=300, deadline=None)
@given(NAMES, st.lists(NAMES, max_size=12, unique=True), st.sampled_from([0.5, 0.75, 0.8, 0.9]))
def test_it_is_the_one_that_is_found_by_looking_at_all(text: str, others: list[str], least: float) -> None:
    assert closest(text, others, least) == by_looking_at_all(text, others, least)


def test_among_numbers_too() -> None:
    others = [f"person-{number}" for number in range(3000)]
    for name in ("person-x12", "person-2999x", "persn-7", "film-7", "person-"):
        assert closest(name, others, 0.8) == by_looking_at_all(name, others, 0.8)
