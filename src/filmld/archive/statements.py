"""What a file of shapes, or of the ontology, states; apart, since reading needs a heavy library."""

from collections.abc import Iterator
from pathlib import Path

from filmld.errors import ShapesSyntaxError
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.terms import Triple


def statements(path: Path, scope: str) -> Iterator[Triple]:
    """Read a file of shapes, or of the ontology.

    Args:
        path: The file.
        scope: What its blank nodes are called by, so that those of two files stay apart.

    Raises:
        ShapesSyntaxError: It is not Turtle.
    """
    yield from stated_in(path.read_bytes(), path.name, scope)


def stated_in(content: bytes, name: str, scope: str) -> list[Triple]:
    """Read what such a file holds.

    Args:
        content: The bytes.
        name: What the file is called.
        scope: What its blank nodes are called by.

    Raises:
        ShapesSyntaxError: It is not Turtle.
    """
    try:
        return parse(content, scope=scope)
    except BulkSyntaxError as error:
        raise ShapesSyntaxError(name, error.row, error.column, error.message) from error
