"""Where pySHACL refuses shapes, in one kind of exception."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pyparsing.exceptions import ParseBaseException
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError

from filmld.errors import ShapesError

_REFUSALS: Final = (
    ArithmeticError,
    ConstraintLoadError,
    NotImplementedError,
    ParseBaseException,
    ReportableRuntimeError,
    TypeError,
    ValueError,
    re.error,
)


@contextmanager
def refusals() -> Iterator[None]:
    """Say of shapes that pySHACL, or what it stands on, does not accept that they cannot be used.

    Raises:
        ShapesError: They cannot.
    """
    try:
        yield
    except _REFUSALS as error:
        raise ShapesError(sentence(error)) from error
    except Exception as error:
        if type(error) is not Exception:  # rdflib's own word for a prefix that is not declared
            raise
        raise ShapesError(sentence(error)) from error


def sentence(error: Exception) -> str:
    """What an exception says, in one line and without a full stop."""
    return " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
