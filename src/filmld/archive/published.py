"""Which addresses an archive has published: others cite them, so they must not be lost."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

CURRENT: Final = "current"
MANIFEST: Final = "manifest.json"

_KEY: Final = '"published": '
"""It comes before the files, of which there can be very many; those are not read."""


def published(site: Path) -> tuple[str, ...]:
    """Every address of a record that was published to a folder, by the manifest of its current snapshot.

    Empty if nothing was published there, or the manifest is damaged: then nothing can be known.
    """
    try:
        text = (site / CURRENT / MANIFEST).read_text(encoding="utf-8")
        found: object = json.JSONDecoder().raw_decode(text, text.index(_KEY) + len(_KEY))[0]
    except (OSError, ValueError):
        return ()
    return tuple(iri for iri in found if isinstance(iri, str)) if isinstance(found, list) else ()


def lost(before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    """The addresses that were published and have no record any more, sorted."""
    return tuple(sorted(set(before) - set(now)))
