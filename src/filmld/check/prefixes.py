"""Prefixes that a record forgot to declare, and other records know."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from filmld.diagnostics import Diagnostic, Edit, Fix, Position, Span
from filmld.diagnostics.excerpt import rows_of
from filmld.turtle.document import Document

_CODE: Final = "unknown-prefix"
_TOP: Final = Span(Position(1, 1), Position(1, 1))


def with_declarations(
    findings: Iterable[Diagnostic], documents: Iterable[Document], homes: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Say in each finding of an undeclared prefix how other records declare it.

    A prefix that was probably misspelt has been put right by the reader; here are those that are
    missing altogether, most often because a statement was copied from another record.

    Args:
        findings: What the reader found.
        documents: All records.
        homes: The main entity of each record, by its shown name: what ``:`` is declared after.
    """
    known = {document.filename: document for document in documents}
    declared = _declared(known.values())
    for finding in findings:
        is_open = finding.code == _CODE and finding.hint is None and finding.span is not None
        yield _with_declaration(finding, known, declared, homes) if is_open else finding


def _with_declaration(
    finding: Diagnostic, known: Mapping[str, Document], declared: Mapping[str, str], homes: Mapping[str, str]
) -> Diagnostic:
    prefix = _written(finding, known[finding.filename])
    own = f"{homes[finding.filename]}#" if finding.filename in homes else None
    namespace = declared.get(prefix) if prefix else own
    if namespace is None:
        return finding
    line = f"@prefix {prefix}: <{namespace}> ."
    fix = Fix(title=f"declare {prefix}:", edits=(Edit(_TOP, f"{line}\n"),))
    return replace(finding, hint=f"add this line at the top, as in other records: {line}", fix=fix)


def _declared(documents: Iterable[Document]) -> dict[str, str]:
    """What most records declare each prefix as; ``:`` is every record's own."""
    counts = Counter(
        (prefix, namespace)
        for document in documents
        for prefix, namespace in document.prefixes.items()
        if prefix
    )
    return {prefix: namespace for (prefix, namespace), _ in reversed(counts.most_common())}


def _written(finding: Diagnostic, document: Document) -> str:
    """The prefix, without its colon, that stands at the place of a finding."""
    if finding.span is None:
        return ""
    (row, first), (_, last) = finding.span
    return rows_of(document.text)[row - 1][first - 1 : last - 1].removesuffix(":")
