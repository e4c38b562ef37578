"""A number by which another system knows the film cannot be right.

What it does:
    Checks identifiers of other systems (ISAN, EIDR, ISNI, GND, IMDb, Wikidata, VIAF): their form, and
    the check character where the system has one.

Why it matters:
    One mistyped digit links the film to another film, and nobody will notice.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:identifier "ISAN 0000-0000-D07A-0090-P" ;
    .
    ```

Instead:
    Compare with the printed number, and correct the digit:

    ```turtle
    film:the-voice-of-sokurov-2014
        schema:identifier "ISAN 0000-0000-D07A-0090-Q" ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.authorities import GIVING, number
from filmld.check.findings import Words, finding
from filmld.check.identifiers import CHECKS, Fault
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import Triple

CODE = "identifier"
NAME = "Identifier"
SEVERITY = Severity.WARNING
WATCHES = properties(*GIVING)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each identifier that cannot be right."""
    graph = index.graph(document)
    for triple in document.triples:
        fault = _fault(triple, graph)
        if fault:
            words = Words(message=fault.message, label=fault.label, hint=fault.hint)
            yield finding(CODE, SEVERITY, document, triple, words)


def _fault(triple: Triple, graph: Graph) -> Fault | None:
    given = number(triple, graph)
    return CHECKS[given.system](given.number) if given else None
