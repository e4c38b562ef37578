"""What archivists save while somebody watches, and what is new in it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from filmld.archive import Archive
from filmld.archive.records import SUFFIX
from filmld.diagnostics import Diagnostic


def saves(archive: Archive, stop: Event | None = None) -> Iterator[set[str]]:
    """Yield the places of the records that were saved, made or deleted together; none at first.

    From the first, empty answer on no save is missed. A folder that came or went stands for the records
    in it.

    Args:
        archive: The archive whose records are watched.
        stop: Ends this; otherwise ^C does.
    """
    folder = archive.root / archive.config.paths.records
    is_watching = False
    for changes in watch(
        folder,
        debounce=50,
        step=20,
        rust_timeout=200,
        yield_on_timeout=True,
        raise_interrupt=True,
        stop_event=stop,
    ):
        names = {
            path.relative_to(archive.root).as_posix()
            for _, changed in changes
            for path in _records(Path(changed))
            if path != folder
        }
        if names or not is_watching:
            yield names
            is_watching = True


def _records(path: Path) -> Iterator[Path]:
    if path.name.startswith((".", "#")):
        return
    if path.suffix == SUFFIX or not path.suffix:
        if path.is_dir():
            yield from path.rglob(f"*{SUFFIX}")
        else:  # without an ending it may be a folder that is gone
            yield path


def news(
    before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...], changed: set[str]
) -> Iterator[Diagnostic]:
    """The findings of changed files, and whatever was not found before.

    Of tens of thousands of findings all but a few are the very objects that were there before; only the
    others are compared.
    """
    same = {id(finding) for finding in after}
    gone = {finding for finding in before if id(finding) not in same}
    known = {id(finding) for finding in before}
    for finding in after:
        if finding.filename in changed or (id(finding) not in known and finding not in gone):
            yield finding
