"""Make ``terms.tsv`` and ``ontology/schema-org.ttl`` from schema.org's own file.

Run as ``python -m filmld.check.schema_org.generate FILE.ttl``, with the ``https`` Turtle file
of a release ("schemaorg-all-https.ttl" or "schemaorg-current-https.ttl") from
https://schema.org/docs/developers.html. The file does not say which release it is: change
``RELEASE`` and ``RELEASED`` together with it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from filmld.archive.resources import resource_folder
from filmld.check.schema_org.terms import CORE, HEADER, TABLE, Kind, Terms
from filmld.turtle.bulk import parse
from filmld.turtle.terms import IRI, Triple
from filmld.vocab import RDF, RDFS, SCHEMA

RELEASE: Final = "30.0"
RELEASED: Final = "2026-03-19"
LICENCE: Final = "CC BY-SA 3.0"
SOURCE: Final = "https://schema.org/docs/developers.html"

_HIERARCHY: Final = {
    Kind.CLASS: (RDFS + "subClassOf",),
    Kind.DATATYPE: (RDFS + "subClassOf",),
    Kind.PROPERTY: (RDFS + "subPropertyOf",),
    Kind.MEMBER: (RDF + "type",),
}

_Values = Mapping[str, set[str]]


def table(triples: Iterable[Triple]) -> str:
    """Write the table: a head, the names of the columns, a row for each term, sorted by name."""
    described: dict[str, defaultdict[str, set[str]]] = {}
    for triple in triples:
        if isinstance(triple.subject, IRI) and isinstance(triple.object, IRI):
            values = described.setdefault(triple.subject.value, defaultdict(set))
            values[triple.predicate.value].add(triple.object.value)
    datatypes = _datatypes(described)
    rows = [
        _row(iri, values, Kind.DATATYPE if iri in datatypes else _kind(values))
        for iri, values in sorted(described.items())
        if _is_term(iri, values)
    ]
    return "\n".join([*_head("terms"), HEADER, *rows, ""])


def class_tree(terms: Terms) -> str:
    """Write the hierarchy of classes as Turtle, a statement a line, for shapes to rely on."""
    prefixes = (("rdfs", RDFS), ("schema", SCHEMA))
    statements = [
        f"schema:{name} rdfs:subClassOf schema:{parent} ."
        for name in terms
        if terms.kind(name) is Kind.CLASS
        for parent in terms.parents(name)
    ]
    return "\n".join(
        [
            *(f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes),
            "",
            "# So that a country counts as a place and a festival as an event, where a class is asked for.",
            *_head("class tree"),
            "",
            *statements,
            "",
        ]
    )


def _head(what: str) -> Iterator[str]:
    yield f"# The {what} of schema.org {RELEASE} ({RELEASED}), {LICENCE}: {SOURCE}"
    yield "# Made by filmld.check.schema_org.generate; do not edit."


def _is_term(iri: str, values: _Values) -> bool:
    return iri.startswith(SCHEMA) and RDF + "type" in values


def _datatypes(described: Mapping[str, _Values]) -> set[str]:
    """``Text`` says that it is one; ``URL`` does not, being a mere subclass of it."""
    found = {iri for iri, values in described.items() if SCHEMA + "DataType" in values.get(RDF + "type", ())}
    size = 0
    while size < len(found):
        size = len(found)
        above = {iri: set(values.get(RDFS + "subClassOf", ())) for iri, values in described.items()}
        found |= {iri for iri, parents in above.items() if not parents.isdisjoint(found)}
    return found


def _row(iri: str, values: _Values, kind: Kind) -> str:
    parents = (parent for predicate in _HIERARCHY[kind] for parent in values.get(predicate, ()))
    columns = (
        [SCHEMA + kind],
        parents,
        values.get(SCHEMA + "domainIncludes", ()),
        values.get(SCHEMA + "rangeIncludes", ()),
        values.get(SCHEMA + "supersededBy", ()),
    )
    return "\t".join([_local(iri), *(" ".join(_locals(column)) for column in columns), _section(values)])


def _kind(values: _Values) -> Kind:
    types = set(values[RDF + "type"])
    if RDF + "Property" in types:
        return Kind.PROPERTY
    return Kind.CLASS if RDFS + "Class" in types else Kind.MEMBER


def _section(values: _Values) -> str:
    """``https://pending.schema.org`` is where terms wait for use; core terms name no section."""
    hosts = [host.split("/")[2] for host in sorted(values.get(SCHEMA + "isPartOf", ()))]
    return hosts[0].removesuffix(".schema.org") if hosts else CORE


def _locals(iris: Iterable[str]) -> list[str]:
    return sorted({_local(iri) for iri in iris if iri.startswith(SCHEMA)})


def _local(iri: str) -> str:
    return iri.removeprefix(SCHEMA)


def write(source: Path, terms: Path, tree: Path) -> None:
    """Write both files anew."""
    terms.write_text(table(parse(source.read_bytes())), encoding="utf-8", newline="\n")
    tree.write_text(class_tree(Terms.load(terms)), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> None:
    """Rewrite the files of this checkout from the one named."""
    if len(arguments) != 1:
        sys.exit("usage: python -m filmld.check.schema_org.generate FILE.ttl")
    write(Path(arguments[0]), TABLE, resource_folder("ontology") / "schema-org.ttl")


if __name__ == "__main__":
    main(sys.argv[1:])
