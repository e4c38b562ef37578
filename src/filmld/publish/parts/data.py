"""The whole catalogue as files to download."""

from collections.abc import Iterator
from typing import Final

from filmld.publish.pages.files import files_page
from filmld.publish.plan import Document, Plan, Stored
from filmld.publish.spool import FOLDER, Dumps

_INDEX: Final = "data/index.html"


class Data:
    """The dumps, and the page that names them."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._plan = plan
        self._dumps = dumps

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield _INDEX
        yield from (FOLDER + name for name in self._dumps.names)

    def render(self, path: str) -> Document | Stored | None:
        """Make one file, or say that there is none."""
        if path == _INDEX:
            return self._plan.html(files_page(self._plan.desk(_INDEX), self._dumps.names))
        name = path.removeprefix(FOLDER)
        kind = self._dumps.names.get(name) if path.startswith(FOLDER) else None
        return Stored(self._dumps.path(name), kind, self._dumps, self._dumps.sum_of(name)) if kind else None
