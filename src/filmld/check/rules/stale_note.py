"""A note is about a fact that no record states any longer.

What it does:
    Looks for the fact of each note, by its subject, property and value, in all records.

Why it matters:
    The fact was corrected and its note forgotten: readers are told that something is certain which is
    recorded nowhere.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :note
        a fld:Assertion ;
        rdf:subject film:moloch-1999 ;
        rdf:predicate schema:dateCreated ;
        rdf:object "1998"^^xsd:gYear ;
    .
    ```

Instead:
    Correct the note too, or take it out:

    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :note
        a fld:Assertion ;
        rdf:subject film:moloch-1999 ;
        rdf:predicate schema:dateCreated ;
        rdf:object "1999"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.nodes import shared
from filmld.check.watching import Use
from filmld.check.wording import property_name
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import FLD, RDF

CODE = "stale-note"
NAME = "Note on a fact that is not there"
SEVERITY = Severity.WARNING


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each note whose fact is stated nowhere."""
    graph = index.graph(document)
    for note in graph.subjects():
        if FLD + "Assertion" not in graph.types(note):
            continue
        subject = graph.value(note, RDF + "subject")
        predicate = graph.value(note, RDF + "predicate")
        value = graph.value(note, RDF + "object")
        if subject is None or value is None or isinstance(subject, Literal) or not isinstance(predicate, IRI):
            continue
        fact = shared(Triple(subject, predicate, value), index.number(document))
        if fact.object not in {found.triple.object for found in index.statements(fact.subject, predicate)}:
            words = Words(
                message=f"No record states this value of ‘{property_name(predicate)}’ any longer",
                label="stated nowhere else",
                hint="write the value exactly as in the record, or take the note out",
            )
            yield finding(CODE, SEVERITY, document, Triple(note, IRI(RDF + "object"), value), words)


def _can_concern(use: Use, index: Index) -> bool:
    del index
    return use == (RDF + "type", IRI, FLD + "Assertion")


WATCHES = _can_concern
