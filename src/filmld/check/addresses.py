"""Addresses that were published and have no record any more."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from filmld.archive import Archive
from filmld.archive.published import published
from filmld.archive.records import SUFFIX
from filmld.diagnostics import Diagnostic, Severity

CODE = "lost-address"


class LostAddresses:
    """Looks for lost addresses, and looks again only when a file may have gone or come back."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: tuple[Diagnostic, ...] | None = None

    def find(self, only: Iterable[str] | None) -> tuple[Diagnostic, ...]:
        """A finding for each lost address.

        Args:
            only: The places of the files that can have changed since the last time, where that is known.
        """
        root = self._archive.root
        is_fresh = only is not None and all((root / place).exists() for place in only)
        if self._found is None or self._found or not is_fresh:
            self._found = tuple(lost_addresses(self._archive))
        return self._found


def lost_addresses(archive: Archive) -> Iterator[Diagnostic]:
    """Yield a finding for each address that the archive's site has and its records have not."""
    records, base = archive.config.paths.records, archive.config.base
    names = cache(_names)
    for iri in published(archive.site):
        place = unquote(iri.removeprefix(base)) + SUFFIX
        file = archive.root / records / place
        if not iri.startswith(base) or file.name not in names(file.parent):
            yield _finding(iri, f"{records}/{place}")


def _names(folder: Path) -> frozenset[str]:
    """The names in a folder: to list it once is faster than to ask for each."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def _finding(iri: str, filename: str) -> Diagnostic:
    return Diagnostic(
        code=CODE,
        severity=Severity.ERROR,
        message="This record was published and is gone; whoever cites its address would find nothing",
        filename=filename,
        hint="bring the file back; if it is out of use, say so in it with fld:retired or fld:replacedBy",
        notes=(f"its address is {iri}",),
    )
