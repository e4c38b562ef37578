"""One thing is said to be two entries of the same authority.

What it does:
    Finds things whose `schema:sameAs` leads to two entries of IMDb, Wikidata, VIAF, ISNI, GND or EIDR.

Why it matters:
    An authority has one entry for a thing. One of the links is wrong, or the authority has a duplicate
    that it should be told of.

Example:
    ```turtle
    film:moloch-1999
        schema:sameAs <http://www.wikidata.org/entity/Q1195187> ;
        schema:sameAs <http://www.wikidata.org/entity/Q1196003> ;
    .
    ```

Instead:
    Keep the link that is right:

    ```turtle
    film:moloch-1999
        schema:sameAs <http://www.wikidata.org/entity/Q1195187> ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.authorities import number
from filmld.check.facts import stating, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

CODE = "two-of-one-authority"
NAME = "Two links into one authority"
SEVERITY = Severity.WARNING

_SAME = IRI(SCHEMA + "sameAs")
WATCHES = properties(_SAME)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each further entry of an authority."""
    graph = index.graph(document)
    for node in stating(document, index, _SAME):
        first: dict[str, str] = {}
        for statement in index.statements(node, _SAME):
            given = number(statement.triple, graph)
            if given is None:
                continue
            earlier = first.setdefault(given.system, given.bare.number)
            if earlier != given.bare.number and statement.document is document:
                words = Words(
                    message=f"This is said to be {earlier} in {given.system}, too",
                    label=f"another entry of {given.system}",
                    hint="keep the one that is right",
                )
                yield told(CODE, SEVERITY, statement, words)
