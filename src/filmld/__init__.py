"""Linked data for film archives: Turtle records, checked, published, open to SPARQL."""

TYPE_CHECKING = False  # as in typing, which takes as long to import as a record to be judged
if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from filmld.api import Data

__version__ = "0.1.0"


def open(  # noqa: A001  as in filmld.open(…), like every library of files
    root: "str | Path | None" = None, *, data: "str | Path | Collection[str | Path]" = ()
) -> "Data":
    """Open an archive, or plain files of data, to ask questions.

    Args:
        root: The folder of an archive, or one inside it; the working folder if not given.
        data: Instead of an archive, files of Turtle, N-Triples, N-Quads or TriG.

    Raises:
        FilmldError: There is no archive, or its records cannot be read.
    """
    from filmld.api import open_data  # noqa: PLC0415  commands must not pay for it

    return open_data(root, data=data)
