"""Asking a question a page at a time.

One line of a question says where its rows are cut, as a comment, so that the file as it stands asks
for all of them::

    # page: ORDER BY ?year ?film

For a page it becomes ``ORDER BY ?year ?film LIMIT 1000 OFFSET 2000 # page``. The line stands at the end
of the part that finds the rows, before that which names them: of a hundred thousand rows, a page costs
the finding of all and the naming of a thousand. A question without names has the line, without an
order, behind the last one of its own.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from filmld.errors import ParameterError
from filmld.tuples import NamedTuple

ROWS: Final = "rows"
AFTER: Final = "after"
NAMES: Final = frozenset({ROWS, AFTER})
"""The parameters that every question with such a line has."""

_LINE: Final = re.compile(r"(?P<indent> *)# page(?:: (?P<order>ORDER BY [^\n]+))?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


class Page(NamedTuple):
    """Some rows of an answer.

    Attributes:
        rows: How many at most; ``None`` for all that are left.
        after: How many come before them.
    """

    rows: int | None
    after: int = 0

    def clause(self) -> str:
        """The page in SPARQL (SPARQL 1.1 §15.4, §15.5)."""
        limit = [] if self.rows is None else [f"LIMIT {self.rows}"]
        return " ".join([*limit, f"OFFSET {self.after}"])


def page_of(values: Mapping[str, str]) -> Page | None:
    """The page that is asked for; ``None`` for all rows.

    Raises:
        ParameterError: What is asked for is no number of rows.
    """
    if NAMES.isdisjoint(values):
        return None
    rows = _whole(ROWS, values[ROWS]) if ROWS in values else None
    if rows == 0:
        raise ParameterError(ROWS, "is at least 1", "such as 1000")
    return Page(rows, _whole(AFTER, values.get(AFTER, "0")))


def _whole(name: str, value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise ParameterError(name, "is not a number of rows", "such as 1000")
    return int(value)


def places(lines: Sequence[str]) -> list[int]:
    """The lines that say where rows are cut; a question has one at most."""
    return [number for number, line in enumerate(lines) if _LINE.fullmatch(line)]


def begins(lines: Sequence[str], place: int) -> list[int]:
    """The lines before a place that begin what it may belong to; the last of them does."""
    begin = f"{_match(lines[place])['indent']}SELECT "
    return [number for number in range(place) if lines[number].startswith(begin)]


def paged(text: str, page: Page) -> str:
    """Ask for a page."""
    lines = text.splitlines()
    for number in places(lines):
        found = _match(lines[number])
        parts = (found["order"], page.clause(), "# page")
        lines[number] = found["indent"] + " ".join(part for part in parts if part)
    return "\n".join(lines) + "\n"


def counting(text: str) -> str | None:
    """Ask how many rows there are, without naming any; ``None`` for a question without such a line."""
    lines = text.splitlines()
    found = places(lines)
    if not found:
        return None
    indent = _match(lines[found[0]])["indent"]
    begin = begins(lines, found[0])[-1]
    prefixes = [line for line in lines if line.startswith("PREFIX ")]
    rows = [line for line in lines[begin : found[0]] if not line.startswith(f"{indent}ORDER BY ")]
    return "\n".join([*prefixes, "SELECT (COUNT(*) AS ?rows) {", "{", *rows, "}", "}"]) + "\n"


def _match(line: str) -> re.Match[str]:
    found = _LINE.fullmatch(line)
    if found is None:  # unreachable: whoever calls has found it so
        raise ValueError(line)
    return found
