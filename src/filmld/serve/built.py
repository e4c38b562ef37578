"""Answers to the questions of the gallery that were worked out when the snapshot was built."""

from typing import Final

from filmld.publish.pages.question import FOLDER
from filmld.query.solutions import SolutionReader
from filmld.serve.naming import SHOWN_ROWS, ShownRows

SUFFIX: Final = ".json"


def path_of(name: str, suffix: str = SUFFIX) -> str:
    """Where the answer to a question lies, relative to the top of the site."""
    return f"{FOLDER}{name}{suffix}"


def shown_rows(text: str) -> ShownRows:
    """Read the beginning of an answer, written with a row a line: no more than a page can show."""
    lines = text.split("\n", SHOWN_ROWS + 2)
    reader = SolutionReader()
    rows = tuple(reader.feed("".join(lines[: SHOWN_ROWS + 2]).encode()))
    return ShownRows(reader.variables, rows[:SHOWN_ROWS], None, len(rows) > SHOWN_ROWS)
