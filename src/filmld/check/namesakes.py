"""Records that go by a name already, told before there are two of one person."""

from collections.abc import Iterator
from typing import Final

from filmld.archive import Archive, Record
from filmld.archive.records import walk
from filmld.check.index import folded
from filmld.patterns import regex
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.escapes import EscapeError, unescape
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

_NAMES: Final = (SCHEMA + "name", SCHEMA + "alternateName", FLD + "transcribedForm")
_NAMED: Final = regex(rb'(?:schema:name|schema:alternateName|fld:transcribedForm)\s+"((?:[^"\\]|\\.)*)"')


def namesakes(archive: Archive, kind: str, name: str) -> Iterator[Record]:
    """List the records of a kind whose main entity goes by a name.

    Case, accents and spacing do not count. Tens of thousands of records are looked at while somebody
    waits, so only those are read as Turtle that seem to hold the name on a line in the
    house style.
    """
    folder = archive.root / archive.config.paths.records / kind
    wanted = folded(name)
    for record in walk(folder, root=archive.root, base=f"{archive.config.base}{kind}/").records:
        data = _read(record)
        if wanted in map(_folded, _NAMED.findall(data)) and wanted in _names(data, record.iri):
            yield record


def _read(record: Record) -> bytes:
    try:
        return record.path.read_bytes()
    except OSError:
        return b""


def _folded(written: bytes) -> str:
    try:
        return folded(unescape(written.decode()))
    except (UnicodeDecodeError, EscapeError):
        return ""


def _names(data: bytes, iri: str) -> frozenset[str]:
    """The names of an entity; none if the record has mistakes."""
    try:
        graph = Graph(parse(data))
    except BulkSyntaxError:
        return frozenset()
    return frozenset(folded(value.lexical) for term in _NAMES for value in graph.literals(IRI(iri), term))
