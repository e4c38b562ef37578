"""What a check found, put together from what each judge said."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from filmld.check import rules
from filmld.check.causes import one_each
from filmld.check.shapes import demands
from filmld.check.shapes.files import ShapeFiles
from filmld.diagnostics import Diagnostic, Severity, by_place
from filmld.diagnostics.registry import Registry, reader_rules
from filmld.diagnostics.suppression import Comment, suppress
from filmld.turtle.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found.

    Attributes:
        findings: All findings, in the order of files and places.
        files: How many files were checked.
        sources: The text of every file that could be read, by its shown name.
        rules: Gives the rules that records were judged by.
    """

    findings: tuple[Diagnostic, ...]
    files: int
    sources: Mapping[str, str]
    rules: Callable[[], Registry]

    @property
    def registry(self) -> Registry:
        """The rules that records were judged by."""
        return self.rules()

    def reaches(self, threshold: Severity) -> bool:
        """Say whether any finding is at least as grave as ``threshold``."""
        return any(finding.severity.reaches(threshold) for finding in self.findings)


def in_one_file(
    *,
    outside: Iterable[Diagnostic],
    told: Iterable[Diagnostic],
    misspelt: Collection[tuple[str, str]],
    document: Document | None,
    rules_of: Callable[[], Registry],
) -> tuple[Diagnostic, ...]:
    """The findings in one file that stand, in order.

    Args:
        outside: What is wrong with the file as a whole.
        told: What the reader, the rules and the shapes say.
        misspelt: Nodes, and properties that are not missing there, but misspelt.
        document: The record, if it may hold comments to filmld.
        rules_of: Gives the rules that records are judged by.
    """
    found = list(told)
    others = [finding for finding in found if finding.source_constraint_component is None]
    shaped = _each_once(finding for finding in found if finding.source_constraint_component is not None)
    standing = [*outside, *one_each(others, shaped, misspelt)]
    if document is not None:
        comments = [Comment(*comment.span.start, comment.text) for comment in document.comments]
        standing = suppress(document.filename, standing, comments, document.statement_rows, rules_of())
    return tuple(by_place(standing))


def _each_once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings that say the same at the same place, of two nodes or by two shapes, are told once."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for finding in sorted(findings, key=repr):
        found.setdefault((finding.code, finding.span, finding.message), finding)
    return list(found.values())


def about(findings: Iterable[Diagnostic], chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """Those findings that are in one of some files, or about one of them."""
    return tuple(found for found in findings if _concerns(found, chosen))


@lru_cache(maxsize=4)
def registry_of(*profiles: ShapeFiles) -> Registry:
    """All rules: of the reader, of the modules, of the shapes; a shape may happen to have a code of ours."""
    known = reader_rules() | rules.registry() | demands.rules()
    for shapes in profiles:
        known |= Registry.of(rule for code, rule in shapes.rules.items() if code not in known)
    return known


def _concerns(finding: Diagnostic, chosen: Collection[str]) -> bool:
    return finding.filename in chosen or any(related.filename in chosen for related in finding.related)
