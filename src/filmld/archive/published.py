"""Which addresses an archive has published: others cite them, so they must not be lost."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

CURRENT: Final = "current"
MANIFEST: Final = "manifest.json"

_KEY: Final = '"published": '
"""It comes before the files, of which there can be very many; those are not read."""
_PIECE: Final = 4 * 1024 * 1024


def published(site: Path) -> tuple[str, ...]:
    """Every address of a record that was published to a folder, by the manifest of its current snapshot.

    Empty if nothing was published there, or the manifest is damaged: then nothing can be known.
    """
    try:
        found = _list(site / CURRENT / MANIFEST)
    except (OSError, ValueError):
        return ()
    return tuple(iri for iri in found if isinstance(iri, str)) if isinstance(found, list) else ()


def _list(manifest: Path) -> object:
    """Read the one value, and of the file no more than it takes.

    Raises:
        ValueError: It is not there.
    """
    text = ""
    with manifest.open(encoding="utf-8") as stream:
        while piece := stream.read(_PIECE):
            text += piece
            try:
                value: object = json.JSONDecoder().raw_decode(text, text.index(_KEY) + len(_KEY))[0]
            except ValueError:
                continue
            return value
    raise ValueError(_KEY)


def lost(before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    """The addresses that were published and have no record any more, sorted."""
    return tuple(sorted(set(before) - set(now)))
