"""Very many files to read, put away until their turn comes."""

import json
from collections import deque
from collections.abc import Callable, Iterator

from filmld.check.stored.stamps import Sheet


class Stock:
    """Files of which nothing is known yet, as text.

    Hundreds of thousands of small objects scatter over memory, which is not given back before the last one of
    a neighbourhood is gone.

    Args:
        sheets: The files; the list is empty in the end.
        portion: Says how many are read at a time, of how many that are left.
    """

    def __init__(self, sheets: list[Sheet], portion: Callable[[int], int]) -> None:
        self._parts: deque[str] = deque()
        start = 0
        while start < len(sheets):
            end = start + portion(len(sheets) - start)
            self._parts.append(json.dumps([sheet[:3] for sheet in sheets[start:end]]))
            start = end
        sheets.clear()

    def taken(self) -> Iterator[list[Sheet]]:
        """The files, in their order, some at a time; they are no longer here then."""
        while self._parts:
            yield [Sheet(*sheet) for sheet in json.loads(self._parts.popleft())]
