"""What is said about a record, and where."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from filmld.tuples import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs, by the names of SHACL's severities."""

    ERROR = "error"
    """``sh:Violation``: the record is wrong."""
    WARNING = "warning"
    """``sh:Warning``: probably wrong, or incomplete in what archives are expected to state."""
    INFO = "info"
    """``sh:Info``: worth knowing."""

    rank: int
    """0 for the gravest, so that sorting puts errors first."""

    def __init__(self, _name: str) -> None:
        self.rank = len(type(self).__members__)

    def reaches(self, threshold: "Severity") -> bool:
        """Say whether this is at least as grave as ``threshold``.

        >>> Severity.ERROR.reaches(Severity.WARNING)
        True
        """
        return self.rank <= threshold.rank


class Position(NamedTuple):
    """A place in a text: 1-based row, 1-based column in code points."""

    row: int
    column: int


class Span(NamedTuple):
    """A stretch of text; ``end`` is the first position after it."""

    start: Position
    end: Position


class Edit(NamedTuple):
    """Replace what stands at ``span`` by ``text``."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A change that certainly mends the fault.

    Attributes:
        title: What it does, in the imperative.
        edits: Changes to the record's own file that do not overlap.
    """

    title: str
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """Another place that matters for a finding, such as the shape that demands it."""

    message: str
    filename: str
    span: Span | None = None


class Diagnostic(NamedTuple):
    """One finding: a value with a place, never an exception.

    Attributes:
        code: The stable word that ``filmld explain`` knows, such as ``unknown-prefix``.
        severity: How much it weighs.
        message: One sentence that can stand alone; no SHACL or RDF jargon.
        filename: The file as shown to people: relative to the archive's root, with ``/``.
        span: The smallest wrong stretch of text, where it is known.
        label: A few words for under the caret.
        hint: What to type instead.
        notes: Why it matters.
        fix: The edit that mends it, only where that is certain.
        related: Other places that matter.
        focus_node: The node judged, in N-Triples form.
        result_path: The property concerned, in N-Triples or SHACL path form.
        value: The value concerned, in N-Triples form.
        source_shape: The shape that demands it, in N-Triples form.
        source_constraint_component: The SHACL constraint component, as an IRI.
    """

    code: str
    severity: Severity
    message: str
    filename: str
    span: Span | None = None
    label: str | None = None
    hint: str | None = None
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    focus_node: str | None = None
    result_path: str | None = None
    value: str | None = None
    source_shape: str | None = None
    source_constraint_component: str | None = None


_NOWHERE: Final = Span(Position(0, 0), Position(0, 0))


def place_of(one: Diagnostic) -> tuple[str, Span, int, str, str]:
    """What findings are ordered by: file, place, severity and code."""
    return one.filename, one.span or _NOWHERE, one.severity.rank, one.code, one.message


def by_place(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Order findings by file, place, severity and code: the same findings always print alike."""
    return sorted(diagnostics, key=place_of)
