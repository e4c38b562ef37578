"""A property or class is not in the vocabulary that its prefix names.

What it does:
    Finds names beginning with `schema:` that schema.org 30.0 does not define, and names beginning with
    `fld:` that filmld's ontology does not define.

Why it matters:
    Nobody knows what the name means: no page shows the fact, no search finds it, no other archive can use it.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:productionCompagny organization:illume ;
    .
    ```

Instead:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:productionCompany organization:illume ;
    .
    ```
"""

from collections.abc import Iterator
from types import MappingProxyType

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.schema_org import Kind, Terms
from filmld.check.wording import property_name, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Resource
from filmld.vocab import RDF, SCHEMA

CODE = "unknown-property"
NAME = "Unknown property or class"
SEVERITY = Severity.ERROR

_TYPE = IRI(RDF + "type")
_SAID_OTHERWISE = MappingProxyType(
    {
        "cinematographer": "schema:contributor with a fld:Credit that names the role",
        "coProducer": "schema:producer with a fld:Credit that names the role",
        "country": "schema:countryOfOrigin",
        "distributor": "schema:publication with a fld:Distribution, and schema:publishedBy in it",
        "executiveProducer": "schema:producer with a fld:Credit that names the role",
        "language": "schema:inLanguage",
        "releaseDate": "schema:datePublished",
        "runningTime": "schema:duration",
        "runtime": "schema:duration",
        "screenwriter": "schema:author",
        "studio": "schema:productionCompany",
        "synopsis": "schema:description",
        "title": "schema:name",
        "writer": "schema:author",
        "year": "schema:dateCreated",
    }
)
"""What archivists look for under another name; no distance of letters would find it."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each property and class that schema.org does not have."""
    seen: set[tuple[Resource, IRI]] = set()
    for triple in document.triples:
        use = (triple.subject, triple.predicate)
        if use not in seen and _is_unknown(triple.predicate, Kind.PROPERTY, index.terms):
            seen.add(use)
            for span in document.spans(triple.subject, triple.predicate):
                words = _words(triple.predicate, Kind.PROPERTY, document, index.terms)
                yield finding(CODE, SEVERITY, document, triple, words, span=span)
        class_ = triple.object
        if (
            triple.predicate == _TYPE
            and isinstance(class_, IRI)
            and _is_unknown(class_, Kind.CLASS, index.terms)
        ):
            yield finding(CODE, SEVERITY, document, triple, _words(class_, Kind.CLASS, document, index.terms))


def meant(finding: Diagnostic, index: Index) -> str | None:
    """The property, in N-Triples form, that an unknown one was probably meant to be."""
    name = (finding.result_path or "").removeprefix(f"<{SCHEMA}").removesuffix(">")
    close = index.terms.close_matches(name, Kind.PROPERTY)
    return f"<{SCHEMA}{close[0]}>" if close else None


def _is_unknown(term: IRI, kind: Kind, terms: Terms) -> bool:
    return term.value.startswith(SCHEMA) and terms.kind(term.value.removeprefix(SCHEMA)) is not kind


def _words(term: IRI, kind: Kind, document: Document, terms: Terms) -> Words:
    name = property_name(term)
    message = f"schema.org has no {kind} ‘{name}’"
    label = f"not a schema.org {kind}"
    otherwise = _SAID_OTHERWISE.get(name)
    if otherwise:
        return Words(message=message, label=label, hint=f"write {otherwise}")
    close = terms.close_matches(name, kind)
    if not close:
        return Words(
            message=message, label=label, hint="see https://schema.org/Movie for what a film can have"
        )
    better = written(IRI(SCHEMA + close[0]), document)
    return Words(message=message, label=label, hint=f"did you mean ‘{better}’?", replace=better)
