"""The ontology as the index keeps it, as it keeps shapes (:mod:`filmld.check.stored.known_shapes`)."""

import json
from collections.abc import Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from filmld.check.ontology import Ontology
from filmld.check.schema_org import Kind
from filmld.check.stored import statements
from filmld.check.stored.database import Database
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.lines import Lines, lines_of, names_of
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, Triple

_TERMS: Final = "terms"
_SUBCLASSES: Final = "subclasses"
_MEMBERS: Final = "members"


def keep_ontology(database: Database, ontology: Ontology) -> None:
    """Write an ontology into an index that has just begun."""
    for name, text in _written(ontology).items():
        database.set_meta(name, text)
    database.set_lines(lines_of(ontology.members))


class KnownOntology(Ontology):
    """The ontology that an index was begun with; what is not asked for is not read.

    Args:
        database: The index.

    Raises:
        sqlite3.DatabaseError: When something is asked for that is not what was written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def whole(self) -> Ontology:
        """All of it, read, for whoever must not ask the index later."""
        members = MappingProxyType(dict(self.members))
        return Ontology(self.kinds, self.subclasses, self.classes_above, members)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What sort of thing each term names, by its IRI."""
        return self._terms[0]

    @property
    def classes_above(self) -> Mapping[str, frozenset[str]]:
        """The classes right above each class."""
        return self._terms[1]

    @cached_property
    def subclasses(self) -> tuple[Triple, ...]:
        """The statements that say which class is a kind of which."""
        return statements.from_json(unsealed(self._database.meta(_SUBCLASSES) or ""))

    @cached_property
    def members(self) -> Mapping[IRI, tuple[Triple, ...]]:
        """What is stated of each concept that records can link to."""
        return Lines(self._database.meta(_MEMBERS) or "", self._database.line)

    @cached_property
    def _terms(self) -> tuple[Mapping[str, Kind], Mapping[str, frozenset[str]]]:
        try:
            kinds, above = json.loads(unsealed(self._database.meta(_TERMS) or ""))
            kind = {kind.value: kind for kind in Kind}
            named = dict(zip(kinds, map(kind.__getitem__, kinds.values()), strict=True))
            return MappingProxyType(named), MappingProxyType(
                dict(zip(above, map(frozenset, above.values()), strict=True))
            )
        except (AttributeError, ValueError, TypeError, LookupError) as error:
            raise UnreadableError(str(error)) from error


@lru_cache(maxsize=4)
def _written(known: Ontology) -> Mapping[str, str]:
    return {
        _TERMS: sealed(
            json.dumps([dict(known.kinds), {k: sorted(above) for k, above in known.classes_above.items()}])
        ),
        _SUBCLASSES: sealed(statements.to_json(known.subclasses)),
        _MEMBERS: names_of(known.members),
    }
