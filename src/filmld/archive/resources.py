"""What ships with filmld: its shapes and its ontology, found wherever it is installed."""

from collections.abc import Iterator
from pathlib import Path

import filmld
from filmld.errors import ResourceMissingError, ShapesSyntaxError
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.terms import Triple


def resource_folder(name: str) -> Path:
    """Find a folder that ships with filmld, ``shapes`` or ``ontology``.

    A wheel carries them as ``filmld/data/…``; in a checkout, an editable installation
    included, they are the folders at its top.

    Raises:
        ResourceMissingError: The installation is broken.
    """
    package = Path(filmld.__file__).parent
    for folder in (package / "data" / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise ResourceMissingError(name)


def statements(path: Path, scope: str) -> Iterator[Triple]:
    """Read a file of shapes, or of the ontology.

    Args:
        path: The file.
        scope: What its blank nodes are called by, so that those of two files stay apart.

    Raises:
        ShapesSyntaxError: It is not Turtle.
    """
    try:
        yield from parse(path.read_bytes(), scope=scope)
    except BulkSyntaxError as error:
        raise ShapesSyntaxError(path.name, error.row, error.column, error.message) from error
