"""Making findings about statements."""

from filmld.diagnostics import Diagnostic, Edit, Fix, Related, Severity, Span
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.terms import Triple


class Words(NamedTuple):
    """What a finding says.

    Attributes:
        message: One sentence that can stand alone.
        label: A few words for under the caret.
        hint: What to type instead.
        notes: Why it matters.
        related: Other places that matter.
        replace: What to write in place of the underlined words, where that is certain.
    """

    message: str
    label: str | None = None
    hint: str | None = None
    notes: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    replace: str | None = None


def finding(
    code: str,
    severity: Severity,
    document: Document,
    triple: Triple,
    words: Words,
    *,
    span: Span | None = None,
) -> Diagnostic:
    """Make a finding about a statement, at ``span`` or else at its value."""
    place = span or document.span(*triple)
    fix = None
    if words.replace is not None and place is not None:
        fix = Fix(title=f"write {words.replace}", edits=(Edit(document.extent(place), words.replace),))
    return Diagnostic(
        code=code,
        severity=severity,
        message=words.message,
        filename=document.filename,
        span=place,
        label=words.label,
        hint=words.hint,
        notes=words.notes,
        related=words.related,
        fix=fix,
        focus_node=str(triple.subject),
        result_path=str(triple.predicate),
        value=str(triple.object),
    )
