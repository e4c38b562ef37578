"""Which classes and properties the records use, and how often."""

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from filmld.tuples import NamedTuple
from filmld.vocab import DERIVED, RDF

_TYPE = RDF + "type"


class Usage(NamedTuple):
    """How often each class and property is used, and which other terms are linked to.

    Attributes:
        classes: How many statements give a thing a class.
        properties: How many statements have a property.
        linked: How many statements link to a thing outside of the archive, such as a country.
    """

    classes: Counter[str]
    properties: Counter[str]
    linked: Counter[str]

    def edited(self, gone: "Usage", come: "Usage") -> "Usage":
        """Usage once some statements have gone and others come; what is not used any more is not counted."""
        edits = zip(self, gone, come, strict=True)
        return Usage(*(+Counter(_difference(known, left, new)) for known, left, new in edits))


def _difference(known: Counter[str], gone: Counter[str], come: Counter[str]) -> dict[str, int]:
    return {term: known[term] - gone[term] + come[term] for term in {*known, *come}}


def usage(quads: Iterable[ox.Quad], base: str) -> Usage:
    """Count statements; derived facts are counted too, since they can be asked for.

    Args:
        quads: The statements.
        base: What the IRIs of the archive begin with.
    """
    found = Usage(Counter(), Counter(), Counter())
    derived = ox.NamedNode(DERIVED)
    for quad in quads:
        found.properties[quad.predicate.value] += 1
        if not isinstance(quad.object, ox.NamedNode) or quad.graph_name == derived:
            continue
        if quad.predicate.value == _TYPE:
            found.classes[quad.object.value] += 1
        elif not quad.object.value.startswith(base):
            found.linked[quad.object.value] += 1
    return found
