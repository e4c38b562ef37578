"""What the shapes and the ontology of an archive say about properties and concepts: order, groups, labels."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from filmld.archive import Archive
from filmld.archive.fields import Field, Group, fields, groups, read_shapes
from filmld.publish.texts import preferred
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import FLD, RDFS, ROLE, SCHEMA, SKOS

_LABELS: Final = (SCHEMA + "name", SKOS + "prefLabel", RDFS + "label")


class Concepts:
    """The shapes and the ontology of one archive, read when they are first asked for.

    A page is the same whether a concept comes with filmld or is the archive's own.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._fields: dict[tuple[frozenset[str], str], Mapping[str, Field]] = {}

    @cached_property
    def _shapes(self) -> Graph:
        return read_shapes(self._archive.shape_files())

    @cached_property
    def _ontology(self) -> Graph:
        return read_shapes(self._archive.ontology_files())

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of properties, in their order."""
        return groups(self._shapes)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The credit roles that have an IRI, in the order of the vocabulary."""
        found = (subject for subject in self._ontology.subjects() if isinstance(subject, IRI))
        return tuple(
            role.value
            for role in found
            if FLD + "CreditRole" in self._ontology.types(role) and role.value.startswith(ROLE)
        )

    def fields(self, types: frozenset[str], language: str) -> Mapping[str, Field]:
        """What the shapes say of the properties of things of some classes, by property, in shape order."""
        known = self._fields.get((types, language))
        if known is None:
            found = {field.property: field for field in fields(self._shapes, sorted(types), language)}
            known = self._fields[types, language] = MappingProxyType(found)
        return known

    def name(self, iri: str, languages: Sequence[str]) -> Literal | None:
        """What a concept, class or property is called, in the first of some languages there is."""
        for predicate in _LABELS:
            names = preferred(list(self._ontology.literals(IRI(iri), predicate)), languages)
            if names:
                return names[0]
        return None

    def definition(self, iri: str, languages: Sequence[str]) -> Literal | None:
        """What a concept means."""
        found = preferred(list(self._ontology.literals(IRI(iri), SKOS + "definition")), languages)
        return found[0] if found else None
