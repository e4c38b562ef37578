"""Records that are out of use, whose addresses stay because others cite them."""

from collections.abc import Mapping

from filmld.archive import Record
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import FLD, SCHEMA, XSD

_TRUE = frozenset({"true", "1"})


class Retired(NamedTuple):
    """A record that is out of use.

    Attributes:
        record: Its file, which stays.
        names: What it described was called so.
        replaced_by: The address that has taken its place, if there is any.
    """

    record: Record
    names: tuple[Literal, ...]
    replaced_by: str | None


def retired(record: Record, facts: Graph) -> Retired | None:
    """Say whether a record is out of use: it says so itself (``fld:retired``), or is replaced."""
    main = IRI(record.iri)
    marks = facts.literals(main, FLD + "retired")
    is_retired = any(mark.datatype == XSD + "boolean" and mark.lexical in _TRUE for mark in marks)
    successor = next(facts.resources(main, FLD + "replacedBy"), None)
    if not (is_retired or successor):
        return None
    names = tuple(facts.literals(main, SCHEMA + "name"))
    return Retired(record, names, successor.value if isinstance(successor, IRI) else None)


def successor(iri: str, all_retired: Mapping[str, Retired]) -> str | None:
    """Follow what has taken the place of a retired record, and of that, to one that is in use.

    ``None`` if it leads nowhere: nothing replaces it, or records replace each other in a ring.
    """
    seen: set[str] = set()
    current: str | None = iri
    while current is not None and (found := all_retired.get(current)):
        if current in seen:
            return None
        seen.add(current)
        current = found.replaced_by
    return current
