"""The whole catalogue as files to download."""

from typing import Final

from filmld.publish import dumps
from filmld.publish.plan import GZIP, N_QUADS, Document, Plan

_QUADS: Final = "data/all.nq"
_COMPRESSED: Final = "data/all.nq.gz"


class Data:
    """The dumps."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> tuple[str, ...]:
        """The paths of all dumps."""
        return (_QUADS, _COMPRESSED)

    def render(self, path: str) -> Document | None:
        """Make one dump, or say that there is none."""
        if path not in self.paths():
            return None
        quads = dumps.all_nquads(self._plan.catalog)
        return Document(dumps.compressed(quads), GZIP) if path == _COMPRESSED else Document(quads, N_QUADS)
