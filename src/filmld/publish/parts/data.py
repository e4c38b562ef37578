"""The whole catalogue as files to download."""

from collections.abc import Iterator
from typing import Final

from filmld.publish.plan import Stored
from filmld.publish.spool import Dumps

FOLDER: Final = "data/"


class Data:
    """The dumps."""

    def __init__(self, dumps: Dumps) -> None:
        self._dumps = dumps

    def paths(self) -> Iterator[str]:
        """The paths of all dumps."""
        return (FOLDER + name for name in self._dumps.names)

    def render(self, path: str) -> Stored | None:
        """Make one dump, or say that there is none."""
        name = path.removeprefix(FOLDER)
        kind = self._dumps.names.get(name) if path.startswith(FOLDER) else None
        return Stored(self._dumps.path(name), kind, self._dumps) if kind else None
