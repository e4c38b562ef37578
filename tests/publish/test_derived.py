"""Derived facts that were edited are in the parts that they would be divided into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.publish import derived
from filmld.publish.deflate import unpacked
from filmld.publish.derived import divided, edited

SUBJECTS = st.sampled_from(
    [f"<https://example.org/{n}>" for n in range(12)] + ["_:b1", "_:b12", "<a/>", "<a>"]
)
LINES = st.frozensets(
    st.builds("{} <p> {} <g> .\n".format, SUBJECTS, st.sampled_from(['"1"', '"\u2028\x85"', "<o>"]))
)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_EVERY", 3)


def text(parts: dict[str, bytes]) -> str:
    return "".join(unpacked(part).decode() for part in parts.values())


@given(LINES, LINES, LINES)
def test_an_edit_leaves_what_all_lines_would_be_divided_into(
    before: frozenset[str], removed: frozenset[str], added: frozenset[str]
) -> None:
    after = before - removed | added
    parts = edited(divided(sorted(before)), removed - added, added)
    assert parts == divided(sorted(after))
    assert list(parts) == list(divided(sorted(after)))
    assert text(parts) == "".join(sorted(after))


def test_only_parts_that_an_edit_is_in_are_made_anew() -> None:
    lines = [f"<https://example.org/{n:03}> <p> <o> <g> .\n" for n in range(300)]
    before = divided(lines)
    after = edited(before, frozenset(lines[150:151]), frozenset())
    assert len(before) > 50
    assert len(before.items() ^ after.items()) <= 4
