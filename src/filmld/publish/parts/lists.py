"""The lists of records, a kind each, in pages."""

import re
from collections.abc import Iterator
from typing import Final

from filmld.publish.addresses import LISTS
from filmld.publish.pages.lists import list_page, list_path, page_count
from filmld.publish.plan import Document, Plan

_LIST: Final = re.compile(rf"({'|'.join(LISTS.values())})(?:-([1-9]\d{{0,8}}))?\.html")
_KINDS: Final = {name: kind for kind, name in LISTS.items()}


class Lists:
    """All pages of all lists."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> Iterator[str]:
        """The paths of all pages."""
        for kind in set(self._plan.addresses.kinds) & set(LISTS):
            yield from (list_path(kind, number) for number in range(1, self._pages(kind) + 1))

    def render(self, path: str) -> Document | None:
        """Make one page, or say that there is none."""
        match = _LIST.fullmatch(path)
        if match is None:
            return None
        kind, number = _KINDS[match[1]], int(match[2] or 1)
        if (
            kind not in self._plan.addresses.kinds
            or number > self._pages(kind)
            or path != list_path(kind, number)
        ):
            return None
        return self._plan.html(list_page(self._plan.desk(path), kind, number))

    def _pages(self, kind: str) -> int:
        return page_count(self._plan.addresses.kinds[kind])
