"""One run of ``filmld check``: read every record, judge all together, say where each fault is."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from filmld.archive import Archive, Profile, Record
from filmld.archive.archive import matching
from filmld.check import demands, rules
from filmld.check.addresses import lost_addresses
from filmld.check.causes import one_each
from filmld.check.index import Index
from filmld.check.judge import judge
from filmld.check.ontology import Ontology
from filmld.check.prefixes import with_declarations
from filmld.check.schema_org import Terms
from filmld.check.shapes import ShapeFiles
from filmld.check.shapes_lint import lint
from filmld.diagnostics import Diagnostic, Severity, by_place
from filmld.diagnostics.registry import Registry, reader_rules
from filmld.diagnostics.suppression import Comment, suppress
from filmld.errors import NoMatchingRecordsError
from filmld.turtle.document import Document
from filmld.turtle.reader import decode, read

MAX_STATEMENTS = 50_000
"""The most that one record may state; the largest that we know of has 2,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found.

    Attributes:
        findings: All findings, in the order of files and places.
        files: How many files were checked.
        sources: The text of every file that could be read, by its shown name.
        registry: The rules that records were judged by.
    """

    findings: tuple[Diagnostic, ...]
    files: int
    sources: Mapping[str, str]
    registry: Registry

    def reaches(self, threshold: Severity) -> bool:
        """Say whether any finding is at least as grave as ``threshold``."""
        return any(finding.severity.reaches(threshold) for finding in self.findings)


def check(archive: Archive, paths: tuple[Path, ...] = (), *, profile: Profile = Profile.ARCHIVE) -> Report:
    """Judge the records at or below ``paths``, or all of them.

    All records are read in any case: whether a link holds is not for one file to say. What a
    search engine wants is asked of it alone: the rules of archives are off in its profile.

    Raises:
        NoRecordsError: The archive has none.
        NoMatchingRecordsError: None lies at ``paths``.
        ShapesError: The shapes cannot be used.
    """
    found = archive.walk()
    chosen = {record.filename for record in matching(found.records, paths)}
    if not chosen and paths:
        raise NoMatchingRecordsError(paths)
    documents, unreadable, undecoded = _read(found.records)
    shapes = ShapeFiles(archive, profile)
    warnings = lint(shapes)
    registry = registry_of(shapes)
    with_rules = profile is Profile.ARCHIVE
    judged = _judge(archive, found.records, documents, shapes, with_rules=with_rules)
    gone = lost_addresses(archive, found.records) if with_rules else ()
    findings = [*found.diagnostics, *unreadable, *warnings, *judged, *gone]
    audible = _not_silenced(findings, documents, registry)
    return Report(
        findings=tuple(by_place(found for found in audible if not paths or _concerns(found, chosen))),
        files=len(chosen),
        sources={**undecoded, **{document.filename: document.text for document in documents}},
        registry=registry,
    )


def registry_of(*profiles: ShapeFiles) -> Registry:
    """All rules: of the reader, of the modules, of the shapes; a shape may happen to have a code of ours."""
    known = reader_rules() | rules.registry() | demands.rules()
    for shapes in profiles:
        known |= Registry.of(rule for code, rule in shapes.rules.items() if code not in known)
    return known


def _concerns(finding: Diagnostic, chosen: Collection[str]) -> bool:
    """Say whether a finding is in one of these files, or is about one of them."""
    return finding.filename in chosen or any(related.filename in chosen for related in finding.related)


def _read(records: Iterable[Record]) -> tuple[list[Document], list[Diagnostic], dict[str, str]]:
    """Read what can be read; of what is not UTF-8, give the text as far as people can make it out."""
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    undecoded: dict[str, str] = {}
    for record in records:
        try:
            data = record.path.read_bytes()
        except OSError as error:
            findings.append(_unreadable(record, error.strerror or "unknown reason"))
            continue
        text, problems = decode(data, filename=record.filename)
        findings += problems
        if text is not None:
            document = read(text, filename=record.filename)
            findings += _overlong(document)
            documents.append(document)
        elif any(problem.label for problem in problems):
            undecoded[record.filename] = _guessed(data)
    return documents, findings, undecoded


def _overlong(document: Document) -> Iterator[Diagnostic]:
    count = len(document.triples)
    if count > MAX_STATEMENTS:
        yield Diagnostic(
            code="too-large",
            severity=Severity.ERROR,
            message=f"This file makes {count:,} statements; a record may make {MAX_STATEMENTS:,}",
            filename=document.filename,
            hint="describe one film a file; long lists belong beside the records",
            notes=("only the text of the file was checked",),
        )


def _is_sound(document: Document) -> bool:
    return document.well_formed and len(document.triples) <= MAX_STATEMENTS


def _guessed(data: bytes) -> str:
    """A text for excerpts: each byte that is not UTF-8 is shown as Windows-1252 would have it."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return re.sub(
        "[\udc80-\udcff]", lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )


def _unreadable(record: Record, reason: str) -> Diagnostic:
    message = f"this file cannot be read: {reason}"
    return Diagnostic(code="not-a-record", severity=Severity.ERROR, message=message, filename=record.filename)


def _judge(
    archive: Archive,
    records: Sequence[Record],
    documents: list[Document],
    shapes: ShapeFiles,
    *,
    with_rules: bool,
) -> Iterator[Diagnostic]:
    sound = {document.filename for document in documents if _is_sound(document)}
    unread = (record.iri for record in records if record.filename not in sound)
    homes = {record.filename: record.iri for record in records}
    ontology = Ontology.load(archive.ontology_files())
    bearable = (document for document in documents if len(document.triples) <= MAX_STATEMENTS)
    index = Index(bearable, archive.config.base, Terms.load(), unread, homes, ontology)
    said = [finding for document in documents for finding in document.diagnostics]
    findings = list(with_declarations(said, documents, homes))
    for document in documents:
        if with_rules and _is_sound(document):
            findings += rules.find(document, index)
    yield from one_each(findings, judge(archive, shapes, index), rules.meant(findings, index))


def _not_silenced(
    findings: list[Diagnostic], documents: Iterable[Document], registry: Registry
) -> Iterator[Diagnostic]:
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_file.setdefault(finding.filename, []).append(finding)
    for document in documents:
        comments = [Comment(*comment.span.start, comment.text) for comment in document.comments]
        mine = by_file.pop(document.filename, [])
        yield from suppress(document.filename, mine, comments, document.statement_rows, registry)
    for rest in by_file.values():
        yield from rest
