"""Whether a snapshot still is what was built."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from filmld.errors import SnapshotError
from filmld.publish.listing import Listing
from filmld.publish.manifest import (
    ENGINE,
    PAGES,
    STORE,
    Manifest,
    entry_of,
    files_below,
    read_manifest,
)


def faults(snapshot: Path) -> Iterator[str]:
    """Compare every file of a snapshot with its manifest, and say what differs.

    A store may keep notes of its own beside its data when it is opened, so only in the pages
    is a file too many a fault.

    Raises:
        SnapshotError: There is no manifest that can be compared with.
    """
    manifest = read_manifest(snapshot)
    yield from _differing(snapshot, manifest.files)
    known = manifest.files.sizes()
    for path in files_below(snapshot / PAGES):
        name = path.relative_to(snapshot).as_posix()
        if name not in known:
            yield f"{name}: not part of the snapshot"


def check_store(snapshot: Path, manifest: Manifest | None = None) -> None:
    """Make sure that the store of a snapshot can be asked, before anybody is answered from it.

    A damaged store may open all the same, and one that another version of the engine has written
    need not.

    Args:
        snapshot: The snapshot.
        manifest: Its manifest, if that has been read.

    Raises:
        SnapshotError: It is not the store that was built, or another version has built it.
    """
    manifest = manifest or read_manifest(snapshot)
    ours = version(ENGINE)
    if _series(manifest.versions.get(ENGINE, "")) != _series(ours):
        written_by = manifest.versions.get(ENGINE) or "an unknown version"
        raise SnapshotError(snapshot, f"its store was written by {ENGINE} {written_by}, this is {ours}")
    store = manifest.files.below(STORE)
    fault = next(_differing(snapshot, store), None) if store else f"{STORE}: missing"
    if fault:
        raise SnapshotError(snapshot, fault)


def _differing(snapshot: Path, files: Listing) -> Iterator[str]:
    for name, entry in files.items():
        path = snapshot / name
        if not path.is_file():
            yield f"{name}: missing"
        elif path.stat().st_size != entry.size:
            yield f"{name}: {path.stat().st_size} bytes instead of {entry.size}"
        elif entry_of(path) != entry:
            yield f"{name}: changed"


def _series(number: str) -> list[str]:
    """What versions have in common that read each other's stores."""
    return number.split(".")[:2]
