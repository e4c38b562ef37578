"""Whether a snapshot still is what was built."""

from collections.abc import Iterator
from pathlib import Path

from filmld.publish.manifest import PAGES, entry_of, files_below, read_manifest


def faults(snapshot: Path) -> Iterator[str]:
    """Compare every file of a snapshot with its manifest, and say what differs.

    A store may keep notes of its own beside its data when it is opened, so only in the pages
    is a file too many a fault.

    Raises:
        SnapshotError: There is no manifest that can be compared with.
    """
    manifest = read_manifest(snapshot)
    for name, entry in sorted(manifest.files.items()):
        path = snapshot / name
        if not path.is_file():
            yield f"{name}: missing"
        elif path.stat().st_size != entry.size:
            yield f"{name}: {path.stat().st_size} bytes instead of {entry.size}"
        elif entry_of(path) != entry:
            yield f"{name}: changed"
    for path in files_below(snapshot / PAGES):
        name = path.relative_to(snapshot).as_posix()
        if name not in manifest.files:
            yield f"{name}: not part of the snapshot"
