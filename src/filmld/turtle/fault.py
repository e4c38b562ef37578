"""A mistake in the text, and where the reader is when it meets one."""

from enum import Enum, auto

from filmld.diagnostics.model import Diagnostic, Edit, Fix, Related, Severity
from filmld.tuples import NamedTuple
from filmld.turtle.lines import Lines
from filmld.turtle.tokens import Tokens


class Resume(Enum):
    """How to go on after a fault."""

    SKIP = auto()
    """Look for the next place that is surely the end of a line's statement."""
    STATEMENT = auto()
    """As if the statement had ended here."""
    PROPERTY = auto()
    """As if a semicolon stood here."""
    VALUE = auto()
    """As if a comma stood here."""
    AFTER_VALUE = auto()
    """As if a value had been read."""
    STOP = auto()
    """Nothing after this can be trusted."""


class Replacement(NamedTuple):
    """Write ``text`` for ``[start:end]`` of the record's text."""

    start: int
    end: int
    text: str


class Fault(Exception):  # noqa: N818 - it never leaves the reader; it is a jump, not an error
    """A mistake in the text, before rows and columns are known."""

    def __init__(  # noqa: PLR0913 - the parts of a sentence, all but three by name
        self,
        code: str,
        message: str,
        place: tuple[int, int],
        *,
        label: str | None = None,
        hint: str | None = None,
        notes: tuple[str, ...] = (),
        fix: tuple[str, tuple[Replacement, ...]] | None = None,
        related: tuple[tuple[str, int, int], ...] = (),
        severity: Severity = Severity.ERROR,
        resume: Resume = Resume.SKIP,
        at: int = 0,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.label = label
        self.hint = hint
        self.notes = notes
        self.fix = fix
        self.related = related
        self.severity = severity
        self.resume = resume
        self.at = at

    def diagnostic(self, filename: str, lines: Lines) -> Diagnostic:
        """Tell it with rows and columns."""
        fix = None
        if self.fix is not None:
            title, replacements = self.fix
            edits = (Edit(lines.span(start, end), text) for start, end, text in replacements)
            fix = Fix(title=title, edits=tuple(edits))
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            message=self.message,
            filename=filename,
            span=lines.span(*self.place),
            label=self.label,
            hint=self.hint,
            notes=self.notes,
            fix=fix,
            related=tuple(
                Related(message=message, filename=filename, span=lines.span(start, end))
                for message, start, end in self.related
            ),
        )


class Situation(NamedTuple):
    """Where the reader is when it meets a token that it cannot use.

    Attributes:
        tokens: All tokens.
        at: The token it cannot use.
        start: The first token of the statement.
        opener: The innermost ``[`` or ``(`` that is open, or ``None``.
    """

    tokens: Tokens
    at: int
    start: int
    opener: int | None

    @property
    def kind(self) -> int:
        """What the token is."""
        return self.tokens.kinds[self.at]

    @property
    def written(self) -> str:
        """How it is written; only its beginning if it is long."""
        value = self.tokens.values[self.at]
        return value if len(value) <= 40 else value[:39] + "…"  # noqa: PLR2004 - what fits in a sentence

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.tokens.starts[self.at], self.tokens.end(self.at)

    @property
    def before(self) -> int:
        """The offset after the token before."""
        return self.tokens.end(self.at - 1) if self.at else 0

    @property
    def touches(self) -> bool:
        """Whether nothing stands between the token and the one before."""
        return self.at > 0 and self.before == self.tokens.starts[self.at]

    @property
    def on_new_line(self) -> bool:
        """Whether it is the first of its line."""
        gap = self.tokens.text[self.before : self.tokens.starts[self.at]]
        return "\n" in gap or "\r" in gap
