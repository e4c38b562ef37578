"""Which classes and properties the records use, and how often."""

from collections import Counter
from itertools import chain
from typing import NamedTuple

import pyoxigraph as ox

from filmld.catalog.catalog import Catalog
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


def usage(catalog: Catalog) -> Usage:
    """Count what all records state; derived facts are counted too, since they can be asked for."""
    found = Usage(Counter(), Counter(), Counter())
    base = catalog.archive.config.base
    derived = ox.NamedNode(DERIVED)
    for quad in chain(catalog.store, catalog.tallies()):
        found.properties[quad.predicate.value] += 1
        if not isinstance(quad.object, ox.NamedNode) or quad.graph_name == derived:
            continue
        if quad.predicate.value == _TYPE:
            found.classes[quad.object.value] += 1
        elif not quad.object.value.startswith(base):
            found.linked[quad.object.value] += 1
    return found
