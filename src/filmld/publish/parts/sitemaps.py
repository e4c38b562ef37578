"""The sitemap, or the index of several where one is too small."""

import re
from collections.abc import Iterator
from typing import Final

from filmld.publish import sitemap
from filmld.publish.plan import XML, Document, Plan

_FIRST: Final = "sitemap.xml"
_NUMBERED: Final = re.compile(r"sitemap-([1-9]\d{0,8})\.xml")


class Sitemaps:
    """All sitemaps of a site."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._count = sitemap.sitemap_count(len(plan.catalog.records) + 1)

    def paths(self) -> Iterator[str]:
        """The paths of all sitemaps."""
        yield _FIRST
        if self._count > 1:
            yield from (f"sitemap-{number}.xml" for number in self._numbers())

    def render(self, path: str) -> Document | None:
        """Make one sitemap, or say that there is none."""
        if path == _FIRST:
            return Document(self._first(), XML)
        match = _NUMBERED.fullmatch(path)
        if match is None or self._count == 1 or int(match[1]) not in self._numbers():
            return None
        return Document(sitemap.sitemap(self._addresses(), int(match[1])), XML)

    def _first(self) -> bytes:
        if self._count == 1:
            return sitemap.sitemap(self._addresses())
        return sitemap.sitemap_index(f"{self._plan.base}sitemap-{number}.xml" for number in self._numbers())

    def _numbers(self) -> range:
        return range(1, self._count + 1)

    def _addresses(self) -> list[str]:
        return [self._plan.base, *self._plan.catalog.records]
