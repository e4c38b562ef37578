"""A new archive: its configuration, an example, and what editors and git want to know."""

import os
from pathlib import Path
from types import MappingProxyType
from typing import Final

from filmld.archive.config import OWN_FILE, is_archive, is_base
from filmld.archive.records import SUFFIX
from filmld.errors import ArchiveExistsError, BadBaseError, NotStartedError, WouldOverwriteError

DEFAULT_BASE: Final = "https://films.example.org/"

HUNK_HEADER: Final = "^([A-Za-z][A-Za-z0-9_.-]*:[^ /]+|<[^>]+>)( +a .*)?$"
"""A POSIX regular expression for the line that begins the description of a film.

The name of the film stands alone on its line, or before its class. That keeps out what begins a
line inside a long text, such as an address; and names without a prefix, such as ``:record``, are
left out since the film that they belong to says more.
"""

GIT_COMMAND: Final = f"git config diff.turtle.xfuncname '{HUNK_HEADER}'"
"""git reads a pattern from nobody's files but its user's own configuration."""

STARTER: Final = Path(__file__).parent / "starter"

_PLACES: Final = MappingProxyType(
    {
        "editorconfig": ".editorconfig",
        "gitattributes": ".gitattributes",
        "gitignore": ".gitignore",
        "pre-commit-config.yaml": ".pre-commit-config.yaml",
        "tasks.json": ".vscode/tasks.json",
        OWN_FILE: OWN_FILE,
    }
)
"""The names without dots, so that no tool obeys the files where they are kept."""


def start(folder: Path, base: str = DEFAULT_BASE) -> tuple[str, ...]:
    """Make a folder an archive; nothing that is in it is touched.

    Example records are written only where there is no record yet.

    Returns:
        The files written, as seen from the folder.

    Raises:
        BadBaseError: The records cannot have addresses that begin like this.
        ArchiveExistsError: The folder is an archive.
        WouldOverwriteError: It has files in the places of ours.
        NotStartedError: It cannot be written to.
    """
    if not is_base(base):
        raise BadBaseError(base)
    if is_archive(folder):
        raise ArchiveExistsError(folder)
    texts = _texts(base, examples=not any((folder / "records").rglob(f"*{SUFFIX}")))
    found = [name for name in texts if os.path.lexists(folder / name)]
    if found:
        raise WouldOverwriteError(folder, found)
    written: list[Path] = []
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(text.encode())
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise NotStartedError(folder, error.strerror or str(error)) from error
    return tuple(texts)


def _texts(base: str, *, examples: bool) -> dict[str, str]:
    """The files of a new archive; its configuration, which makes it one, comes last."""
    sources = {place: STARTER / name for name, place in _PLACES.items()}
    if examples:
        records = sorted((STARTER / "records").rglob(f"*{SUFFIX}"))
        sources = {path.relative_to(STARTER).as_posix(): path for path in records} | sources
    return {
        place: path.read_text(encoding="utf-8").replace(DEFAULT_BASE, base) for place, path in sources.items()
    }
