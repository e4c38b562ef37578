"""The text most like another, among very many."""

from collections.abc import Iterable
from typing import Final

_ROUNDING: Final = 1e-6
"""Both measures are fractions with different divisors."""


def closest(text: str, others: Iterable[str], least: float) -> str | None:
    """The text most like another, as :func:`difflib.get_close_matches` has it, and sooner.

    How alike two texts are is measured by the letters in blocks that both have. These stand in one order in
    both, so that there are never more of them than in the longest subsequence that both have, which is found
    a hundred times as fast: only what could be better by that measure is looked at.

    Args:
        text: The text.
        others: All others.
        least: How alike they must be, from 0 to 1.

    >>> closest("alexander-sokurow", ["alexei-german", "alexander-sokurov"], 0.8)
    'alexander-sokurov'
    """
    from difflib import SequenceMatcher  # noqa: PLC0415  for those alone who look for a slip

    from rapidfuzz import fuzz, process  # noqa: PLC0415  likewise

    best = (least, "")
    matcher = SequenceMatcher()
    matcher.set_seq2(text)
    found = process.extract(
        text, list(others), scorer=fuzz.ratio, score_cutoff=100 * least - _ROUNDING, limit=None
    )
    for other, most, _ in found:
        if most + _ROUNDING < 100 * best[0]:
            break
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), other))
    return best[1] or None
