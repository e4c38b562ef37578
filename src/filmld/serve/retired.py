"""Addresses of records that are out of use: gone, or moved to another."""

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

LIST = "retired.json"
GONE = 410


class RetiredAddresses:
    """Knows where each retired address leads, by the list that is part of every site that has some."""

    def __init__(self, text: bytes | None) -> None:
        self._moves: Mapping[str, str | None] = json.loads(text) if text else {}

    def find(self, path: str, endings: Iterable[str]) -> str | None:
        """The retired record that an address belongs to, whatever form of it was asked for."""
        places = (path.removesuffix(ending) for ending in ("", *endings))
        return next((place for place in places if place in self._moves), None)

    def moved(self, place: str, path: str) -> Response | None:
        """The way to what has taken its place, in the same form; ``None`` if it is gone."""
        target = self._moves[place]
        if target is None:
            return None
        if ":" in target:
            return RedirectResponse(target, 301)
        return RedirectResponse(f"/{quote(target)}{path.removeprefix(place)}", 301)
