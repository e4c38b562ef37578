"""Whether shapes can be judged record by record.

What the compiled shapes ask begins at a node that a record describes and follows its statements, so the
index can answer it and knows who has asked. It cannot where a shape goes against the direction of
statements, names its targets otherwise than by what they are, or has a query that looks further than one
statement from the node it is about. Such shapes are judged over all records at once.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from filmld.patterns import regex
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
_PREFIX: Final = regex(r"([A-Za-z][\w-]*):")


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


@cache
def _is_near(query: str) -> bool:
    """Say whether a query looks no further than one statement from ``$this``, in either direction."""
    from rdflib.plugins.sparql import prepareQuery  # noqa: PLC0415  heavy, and asked once for an index

    from filmld.check.shapes.reach import steps  # noqa: PLC0415  heavy, and seldom needed

    prefixes = "".join(f"PREFIX {name}: <urn:{name}:> " for name in sorted(set(_PREFIX.findall(query))))
    try:
        far = steps(prepareQuery(prefixes + query))
    except Exception:  # noqa: BLE001  rdflib's parser raises what it likes; the query is judged elsewhere
        return False
    return far is not None and far <= 1
