"""Whether shapes can be judged record by record.

What the compiled shapes ask begins at a node that a record describes and follows its statements, so the
index can answer it and knows who has asked. It cannot where a shape goes against the direction of
statements, names its targets otherwise than by what they are, or has a query that looks further than one
statement from the node it is about. Such shapes are judged over all records at once.
"""

import re
from collections.abc import Iterable
from typing import Final

from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SH

_FAR: Final = frozenset(
    SH + name
    for name in (
        "ask",
        "inversePath",
        "nodeValidator",
        "parameter",
        "propertyValidator",
        "target",
        "targetNode",
        "targetObjectsOf",
        "validator",
    )
)
_PREFIX: Final = re.compile(r"([A-Za-z][\w-]*):")


def are_local(shapes: Iterable[Triple]) -> bool:
    """Say whether shapes can be judged record by record."""
    for triple in shapes:
        if triple.predicate.value in _FAR:
            return False
        if triple.predicate == IRI(SH + "select") and not (
            isinstance(triple.object, Literal) and _is_near(triple.object.lexical)
        ):
            return False
    return True


def _is_near(query: str) -> bool:
    """Say whether every statement that a query looks for has ``$this`` as its subject or value."""
    from rdflib.plugins.sparql import prepareQuery  # noqa: PLC0415  rdflib is heavy, and most runs need it not
    from rdflib.plugins.sparql.algebra import traverse  # noqa: PLC0415
    from rdflib.plugins.sparql.parserutils import CompValue  # noqa: PLC0415
    from rdflib.term import Identifier, Variable  # noqa: PLC0415

    prefixes = "".join(f"PREFIX {name}: <urn:{name}:> " for name in sorted(set(_PREFIX.findall(query))))
    try:
        algebra = prepareQuery(prefixes + query).algebra
    except Exception:  # noqa: BLE001  rdflib's parser raises what it likes; the query is judged elsewhere
        return False
    terms: list[object] = []
    strange: list[str] = []

    def look(part: object) -> None:
        if isinstance(part, CompValue):
            # A part without this key would give the key itself back.
            terms.extend(term for pattern in dict(part).get("triples", ()) for term in pattern)
            if part.name in {"Graph", "GraphGraphPattern", "ServiceGraphPattern"}:
                strange.append(part.name)

    traverse(algebra, visitPre=look)
    this = Variable("this")
    patterns = zip(terms[::3], terms[1::3], terms[2::3], strict=True)
    return not strange and all(
        this in (subject, value) and isinstance(predicate, Identifier)
        for subject, predicate, value in patterns
    )
