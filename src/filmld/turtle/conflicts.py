"""Marks that git leaves in a file when two people changed the same lines."""

import re

from filmld.diagnostics.model import Diagnostic, Related, Severity
from filmld.patterns import regex
from filmld.turtle.lines import Lines

_MARK = regex(r"^(?:<{7}|\|{7}|={7}|>{7})(?: [^\r\n]*)?$", re.MULTILINE)


def find(text: str, filename: str) -> tuple[Diagnostic, ...]:
    """One finding for each conflict, wherever it stands, texts over several lines included.

    A line of seven ``=`` alone may be a heading in a text, so it counts only after ``<<<<<<<``.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return ()
    groups: list[list[tuple[int, int]]] = []
    plain = text.replace("\r\n", " \n").replace("\r", "\n")  # of the same length, so offsets hold
    for match in _MARK.finditer(plain):
        place = (match.start(), match.end() - (plain[match.end() - 1] == " "))
        if match[0][0] == "<":
            groups.append([place])
        elif groups:
            groups[-1].append(place)
        elif match[0][0] == ">":
            groups.append([place])
    lines = Lines(text)
    return tuple(_finding(group, lines, filename) for group in groups)


def _finding(places: list[tuple[int, int]], lines: Lines, filename: str) -> Diagnostic:
    return Diagnostic(
        code="conflict-markers",
        severity=Severity.ERROR,
        message="Two versions of this record were not merged: git has left its marks here",
        filename=filename,
        span=lines.span(*places[0]),
        label="an unresolved merge conflict begins here",
        hint="keep the lines that are right; delete the others and the marks",
        notes=("nothing else in the file was checked",),
        related=tuple(
            Related(message="it goes on here", filename=filename, span=lines.span(*place))
            for place in places[1:]
        ),
    )
