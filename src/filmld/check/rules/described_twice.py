"""Two files describe the same thing.

What it does:
    Finds things of this archive whose kind (`a schema:Movie`) is stated in two files.

Why it matters:
    Each thing has one record. Where there are two, changes are made in one of them and missed in the other.

Example:
    ```turtle
    # in records/film/moloch.ttl and again in records/film/moloch-1999.ttl
    film:moloch-1999
        a schema:Movie ;
    .
    ```

Instead:
    Move everything into one of the files, and delete the other:

    ```turtle
    # in records/film/moloch-1999.ttl only
    film:moloch-1999
        a schema:Movie ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import RDF

CODE = "described-twice"
NAME = "Described twice"
SEVERITY = Severity.ERROR
WATCHES = properties(RDF + "type")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each thing whose own record, or first one, is another file."""
    if index.is_alone(document):
        return
    graph = index.graph(document)
    for subject in graph.subjects():
        if isinstance(subject, IRI) and index.is_own(subject) and graph.types(subject):
            first = next(other for other in index.describing(subject) if index.graph(other).types(subject))
            if first is not document:
                yield _finding(subject, document, first)


def _finding(subject: IRI, document: Document, first: Document) -> Diagnostic:
    there = first.span(subject)
    row = f":{there.start.row}" if there else ""
    return Diagnostic(
        code=CODE,
        severity=SEVERITY,
        message=f"{written(subject, document)} is described in two files",
        filename=document.filename,
        span=document.span(subject),
        label=f"also at {first.filename}{row}",
        hint=f"move what this file says of it to {first.filename}",
        related=(Related(message="the other description", filename=first.filename, span=there),),
        focus_node=str(subject),
        result_path=f"<{RDF}type>",
    )
