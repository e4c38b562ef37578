"""What the ontologies of an archive define: filmld's own, and what the archive adds to it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from filmld.check.schema_org import Kind
from filmld.turtle.terms import IRI, Triple
from filmld.vocab import RDF, RDFS

_OWL = "http://www.w3.org/2002/07/owl#"
_KINDS = MappingProxyType(
    {
        RDFS + "Class": Kind.CLASS,
        RDFS + "Datatype": Kind.DATATYPE,
        RDF + "Property": Kind.PROPERTY,
        _OWL + "Class": Kind.CLASS,
        _OWL + "AnnotationProperty": Kind.PROPERTY,
        _OWL + "DatatypeProperty": Kind.PROPERTY,
        _OWL + "ObjectProperty": Kind.PROPERTY,
    }
)


class Ontology:
    """The terms of some ontologies; large, and so told from another one only by being another one.

    Args:
        kinds: What sort of thing each term names.
        subclasses: What says which class is a kind of which.
        classes_above: The classes right above each class.
        members: What is stated of each concept.
    """

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        subclasses: tuple[Triple, ...],
        classes_above: Mapping[str, frozenset[str]],
        members: Mapping[IRI, tuple[Triple, ...]],
    ) -> None:
        self._kinds = kinds
        self._subclasses = subclasses
        self._classes_above = classes_above
        self._members = members

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What sort of thing each term names, by its IRI; what is neither class nor property is a member."""
        return self._kinds

    @property
    def subclasses(self) -> tuple[Triple, ...]:
        """The statements that say which class is a kind of which."""
        return self._subclasses

    @property
    def classes_above(self) -> Mapping[str, frozenset[str]]:
        """The classes right above each class."""
        return self._classes_above

    @property
    def members(self) -> Mapping[IRI, tuple[Triple, ...]]:
        """What is stated of each concept that records can link to, such as a role or a country."""
        return self._members

    @classmethod
    def load(cls, files: Iterable[Path]) -> "Ontology":
        """Read ontologies; the result is the same object, while the files say the same.

        Raises:
            ShapesSyntaxError: One of the files is not Turtle.
        """
        return _ontology(tuple((path, path.read_bytes()) for path in files))

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> "Ontology":
        """Take the terms out of the statements of ontologies."""
        kinds: dict[str, Kind] = {}
        subclasses: list[Triple] = []
        stated: dict[IRI, list[Triple]] = {}
        for triple in triples:
            if isinstance(triple.subject, IRI):
                stated.setdefault(triple.subject, []).append(triple)
            if triple.predicate.value == RDFS + "subClassOf":
                subclasses.append(triple)
            elif triple.predicate.value == RDF + "type" and isinstance(triple.subject, IRI):
                kind = _KINDS.get(str(triple.object).strip("<>"), Kind.MEMBER)
                kinds.setdefault(triple.subject.value, kind)
        above: dict[str, frozenset[str]] = {}
        for subject, _, parent in subclasses:
            if isinstance(subject, IRI) and isinstance(parent, IRI):
                above[subject.value] = above.get(subject.value, frozenset()) | {parent.value}
        members = {
            subject: tuple(about)
            for subject, about in stated.items()
            if kinds.get(subject.value) is Kind.MEMBER
        }
        return cls(
            MappingProxyType(kinds), tuple(subclasses), MappingProxyType(above), MappingProxyType(members)
        )

    def types(self, iri: IRI) -> Iterator[str]:
        """The classes of a concept."""
        for triple in self.members.get(iri, ()):
            if triple.predicate.value == RDF + "type" and isinstance(triple.object, IRI):
                yield triple.object.value

    def parents(self, iri: str) -> frozenset[str]:
        """The classes right above a class."""
        return self.classes_above.get(iri, frozenset())


# Reading them takes longer than judging a hundred films; whoever checks again and again has the same ones.
@lru_cache(maxsize=4)
def _ontology(files: tuple[tuple[Path, bytes], ...]) -> Ontology:
    from filmld.archive.statements import stated_in  # noqa: PLC0415  an index knows what the files say

    return Ontology.of(
        triple for path, content in files for triple in stated_in(content, path.name, path.stem)
    )
