"""A line of plain letters is shown as if each of them had been looked at."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.diagnostics import Position, Span, excerpt

LINES = st.text(st.sampled_from("aé ~ÿ\u0100\u024f\u00a1\u00ac;.漢\u0301\t\x1b\u00ad"), max_size=30)


@given(LINES, st.integers(1, 32), st.integers(1, 32), st.integers(4, 40))
def test_a_plain_line_takes_no_short_cut_that_shows(line: str, first: int, last: int, width: int) -> None:
    span = Span(Position(1, min(first, last)), Position(1, max(first, last)))
    quick = excerpt.excerpt([line], span, width)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(excerpt, "_PLAIN", re.compile(r"(?!)"))
        assert excerpt.excerpt([line], span, width) == quick
