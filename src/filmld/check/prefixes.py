"""Prefixes that a record forgot to declare, and other records know."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from filmld.diagnostics import Diagnostic, Edit, Fix, Position, Span
from filmld.turtle.document import Document

_CODE: Final = "unknown-prefix"
_TOP: Final = Span(Position(1, 1), Position(1, 1))


def with_declarations(
    findings: Iterable[Diagnostic],
    document: Callable[[str], Document],
    declared: Callable[[], Mapping[str, str]],
    homes: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Say in each finding of an undeclared prefix how other records declare it.

    A prefix that was probably misspelt has been put right by the reader; here are those that are
    missing altogether, most often because a statement was copied from another record.

    Args:
        findings: What the reader found.
        document: Gives a record by its shown name.
        declared: Gives what most records declare each prefix as; asked only where one is missing.
        homes: The main entity of each record, by its shown name: what ``:`` is declared after.
    """
    for finding in findings:
        if is_open(finding):
            yield _with_declaration(finding, document(finding.filename), declared(), homes)
        else:
            yield finding


def is_open(finding: Diagnostic) -> bool:
    """Say whether a finding is of an undeclared prefix that other records may know."""
    return finding.code == _CODE and finding.hint is None and finding.span is not None


def _with_declaration(
    finding: Diagnostic, document: Document, declared: Mapping[str, str], homes: Mapping[str, str]
) -> Diagnostic:
    prefix = _written(finding, document)
    own = f"{homes[finding.filename]}#" if finding.filename in homes else None
    namespace = declared.get(prefix) if prefix else own
    if namespace is None:
        return finding
    line = f"@prefix {prefix}: <{namespace}> ."
    fix = Fix(title=f"declare {prefix}:", edits=(Edit(_TOP, f"{line}\n"),))
    return finding._replace(hint=f"add this line at the top, as in other records: {line}", fix=fix)


def most_declared(declarations: Iterable[tuple[Mapping[str, str], int]]) -> dict[str, str]:
    """What most records declare each prefix as; ``:`` is every record's own.

    Args:
        declarations: What records declare, and how many do so; of equal numbers the first one counts.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for prefixes, count in declarations:
        for prefix, namespace in prefixes.items():
            if prefix:
                counts[prefix, namespace] += count
    return {prefix: namespace for (prefix, namespace), _ in reversed(counts.most_common())}


def _written(finding: Diagnostic, document: Document) -> str:
    """The prefix, without its colon, that stands at the place of a finding."""
    if finding.span is None:
        return ""
    from filmld.diagnostics.excerpt import rows_of  # noqa: PLC0415  seldom needed

    (row, first), (_, last) = finding.span
    return rows_of(document.text)[row - 1][first - 1 : last - 1].removesuffix(":")
