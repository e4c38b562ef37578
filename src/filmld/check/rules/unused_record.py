"""Nothing links to a person, organization or place.

What it does:
    Finds records of people, organizations and places that no other record links to.

Why it matters:
    It may be left over from a correction, or wait for its film. Whoever opens its page finds nothing
    there.

Example:
    ```turtle
    # in records/person/leonid-mozgovoy.ttl, and person:leonid-mozgovoy is in no other record
    person:leonid-mozgovoy
        a schema:Person ;
        schema:name "Leonid Mozgovoy" ;
    .
    ```

Instead:
    Link to it, or delete the file:

    ```turtle
    film:moloch-1999
        schema:actor person:leonid-mozgovoy ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.index import Index
from filmld.check.watching import anything
from filmld.check.wording import kind_of
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI

CODE = "unused-record"
NAME = "Used nowhere"
SEVERITY = Severity.INFO

CLASSES = frozenset({"Person", "Organization", "Place"})
WATCHES = anything


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for the main entity of a record that nothing else links to.

    Where a record could not be read whole, the link may be in what was not read.
    """
    home = index.homes.get(document.filename)
    if home is None or not index.is_kind(IRI(home), CLASSES):
        return
    entity = IRI(home)
    if not index.is_linked_elsewhere(entity, document) and index.is_complete:
        kind = kind_of(index.types(entity)) or "thing"
        yield Diagnostic(
            code=CODE,
            severity=SEVERITY,
            message=f"No other record links to this {kind}",
            filename=document.filename,
            span=document.span(entity),
            label="used nowhere",
            hint="link to it, or delete the file",
            focus_node=str(entity),
        )
