"""A check that keeps nothing and forgets nothing: all records in memory, judged in one go.

It is the measure of :mod:`filmld.check.run`, which looks only at what has changed: both must find the same.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from filmld.archive import Archive, Profile, Record
from filmld.archive.archive import matching
from filmld.check import rules
from filmld.check.causes import by_node
from filmld.check.index import Index
from filmld.check.judge import judge
from filmld.check.ontology import Ontology
from filmld.check.prefixes import most_declared, with_declarations
from filmld.check.registry import registry_of
from filmld.check.report import Report, about
from filmld.check.schema_org import Terms
from filmld.check.shapes.engines import Engine
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.lint import lint
from filmld.check.standing import in_one_file
from filmld.check.stored.reading import MAX_STATEMENTS, Content, is_sound, load
from filmld.errors import NoMatchingRecordsError
from filmld.turtle.document import Document


def check_at_once(
    archive: Archive,
    paths: tuple[Path, ...] = (),
    *,
    profile: Profile = Profile.ARCHIVE,
    engine: Engine = Engine.COMPILED,
) -> Report:
    """Judge all records, and tell of those at or below ``paths``.

    Raises:
        NoRecordsError: The archive has none.
        NoMatchingRecordsError: None lies at ``paths``.
        ShapesError: The shapes cannot be used.
    """
    found = archive.walk()
    chosen = {record.filename for record in matching(found.records, paths)}
    if paths and not chosen:
        raise NoMatchingRecordsError(paths)
    contents = {
        record.filename: load(archive.root, record.path.relative_to(archive.root).as_posix(), record.filename)
        for record in found.records
    }
    documents = [content.document for content in contents.values() if content.document]
    shapes = ShapeFiles.load(archive, profile)
    warnings = lint(shapes)
    index = _index(archive, found.records, documents)
    homes = {record.filename: record.iri for record in found.records}
    known = {document.filename: document for document in documents}
    outside = [
        *found.diagnostics,
        *(fault for each in contents.values() for fault in each.outside),
        *warnings,
    ]
    read = with_declarations(
        (fault for document in documents for fault in document.diagnostics),
        known.__getitem__,
        cache(lambda: most_declared((document.prefixes, 1) for document in documents)),
        homes,
    )
    ruled = [
        finding
        for document in documents
        if profile is Profile.ARCHIVE and is_sound(document)
        for finding in rules.find(document, index)
    ]
    told = [*read, *ruled, *judge(archive, shapes, index, engine)]
    rules_of = cache(lambda: registry_of(shapes))
    misspelt = by_node(rules.meant(ruled, index))
    names = {finding.filename for finding in (*outside, *told)} | known.keys()
    findings = [
        finding
        for name in sorted(names)
        for finding in in_one_file(
            outside=[one for one in outside if one.filename == name],
            told=[one for one in told if one.filename == name],
            misspelt=misspelt,
            document=known.get(name),
            rules_of=rules_of,
        )
    ]
    return Report(
        findings=about(findings, chosen) if paths else tuple(findings),
        files=len(chosen),
        sources={name: text for name, each in contents.items() if (text := _text(each)) is not None},
        rules=rules_of,
    )


def _text(content: Content) -> str | None:
    return content.document.text if content.document else content.draft


def _index(archive: Archive, records: Iterable[Record], documents: list[Document]) -> Index:
    sound = {document.filename for document in documents if is_sound(document)}
    return Index(
        (document for document in documents if len(document.triples) <= MAX_STATEMENTS),
        archive.config.base,
        Terms.load(),
        (record.iri for record in records if record.filename not in sound),
        {record.filename: record.iri for record in records},
        Ontology.load(archive.ontology_files()),
    )
