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
from filmld.check.lookalikes import latin, strangers
from filmld.check.otherwise import SAID_OTHERWISE
from filmld.check.schema_org import Kind
from filmld.check.watching import Use
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Severity, Span
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Term
from filmld.vocab import FLD, RDF, ROLE, SCHEMA

CODE = "unknown-property"
NAME = "Unknown property or class"
SEVERITY = Severity.ERROR

_TYPE = IRI(RDF + "type")
_VOCABULARIES = MappingProxyType(
    {SCHEMA: "schema.org", FLD: "filmld’s ontology", ROLE: "filmld’s list of roles"}
)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each name that its vocabulary does not have."""
    if not any(_is_unknown(*use, index) for use in _uses(document)):
        return
    seen: set[Span] = set()
    for triple, _, property_span, value_span in document.places():
        kind = Kind.CLASS if triple.predicate == _TYPE else None
        for term, wanted, span in (
            (triple.predicate, Kind.PROPERTY, property_span),
            (triple.object, kind, value_span),
        ):
            if span not in seen and isinstance(term, IRI) and _is_unknown(term, wanted, index):
                seen.add(span)
                words = _words(term, wanted, document, index)
                yield finding(CODE, SEVERITY, document, triple, words, span=span)


def meant(finding: Diagnostic, index: Index) -> str | None:
    """The property, in N-Triples form, that an unknown one was probably meant to be."""
    term = (finding.result_path or "").strip("<>")
    if not _is_unknown(IRI(term), Kind.PROPERTY, index):
        return None
    close = _close(IRI(term), Kind.PROPERTY, index)
    return str(close) if close else None


def _uses(document: Document) -> set[tuple[Term, Kind | None]]:
    """Each term with the sort of thing it is used as: places are worked out only where one is wrong."""
    properties: set[tuple[Term, Kind | None]] = {(t.predicate, Kind.PROPERTY) for t in document.triples}
    return properties | {(t.object, Kind.CLASS if t.predicate == _TYPE else None) for t in document.triples}


def _is_unknown(term: Term, kind: Kind | None, index: Index) -> bool:
    """Say whether a vocabulary lacks a name, or has it for another sort of thing than is wanted."""
    namespace, name = _parted(term)
    if not namespace or not name.replace("-", "").replace("_", "").isalnum():
        return False
    known = index.terms.kind(name) if namespace == SCHEMA else index.ontology.kinds.get(namespace + name)
    return known is None or (kind is not None and known is not kind)


def _parted(term: Term) -> tuple[str, str]:
    """The vocabulary that a name belongs to, if it is one of ours, and the name in it."""
    for namespace in _VOCABULARIES:
        if isinstance(term, IRI) and term.value.startswith(namespace):
            return namespace, term.value[len(namespace) :]
    return "", ""


def _close(term: IRI, kind: Kind | None, index: Index) -> IRI | None:
    """The name that was probably meant."""
    namespace, name = _parted(term)
    if not name.isascii() and not _is_unknown(IRI(namespace + latin(name)), kind, index):
        return IRI(namespace + latin(name))
    if namespace == SCHEMA:
        match = index.terms.close_match(name, kind)
    else:
        import difflib  # noqa: PLC0415  for slips alone

        known = {
            iri[len(namespace) :].lower(): iri[len(namespace) :]
            for iri, of_kind in index.ontology.kinds.items()
            if iri.startswith(namespace) and kind in {None, of_kind}
        }
        close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.75)
        match = known[close[0]] if close else None
    return IRI(namespace + match) if match else None


def _words(term: IRI, kind: Kind | None, document: Document, index: Index) -> Words:
    namespace, name = _parted(term)
    vocabulary = _VOCABULARIES[namespace]
    sort = kind or ("role" if namespace == ROLE else "term")
    message = f"{vocabulary} has no {sort} ‘{name}’"
    label = f"not a {'schema.org ' if namespace == SCHEMA else ''}{sort}"
    otherwise = SAID_OTHERWISE.get(name) if namespace == SCHEMA and kind is Kind.PROPERTY else None
    if otherwise:
        return Words(message=message, label=label, hint=f"write {otherwise}")
    close = _close(term, kind, index)
    if close is None:
        where = "https://schema.org/Movie" if namespace == SCHEMA else namespace.rstrip("#/")
        return Words(message=message, label=label, hint=f"see {where} for what there is")
    better = written(close, document)
    hint = f"did you mean ‘{better}’?{strangers(name)}"
    return Words(message=message, label=label, hint=hint, replace=better)


def _can_concern(use: Use, index: Index) -> bool:
    kind = Kind.CLASS if use.predicate == _TYPE.value else None
    is_linked = use.sort is IRI and _is_unknown(IRI(use.detail), kind, index)
    return is_linked or _is_unknown(IRI(use.predicate), Kind.PROPERTY, index)


WATCHES = _can_concern
