"""The ontology that ships with filmld, read once."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from filmld.archive.resources import resource_folder
from filmld.check.schema_org import Terms
from filmld.turtle.bulk import parse
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import FLD, RDF, RDFS, SCHEMA, SKOS

OURS = "https://w3id.org/filmld/"


@dataclass(frozen=True, slots=True)
class Ontology:
    """What the files state, by subject and property.

    Attributes:
        files: The text of each file, by its name.
        statements: Objects by subject and property, all as IRIs or literals.
        blocks: The text of each subject's block, by the subject as it is written.
    """

    files: Mapping[str, str]
    statements: Mapping[str, Mapping[str, list[Term]]]
    blocks: Mapping[str, str]

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [term.value for term in self._objects(subject, predicate) if isinstance(term, IRI)]

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        """Texts by language; a second one in the same language is a fault of the test's input."""
        literals = [term for term in self._objects(subject, predicate) if isinstance(term, Literal)]
        found = {literal.language or "": literal.lexical for literal in literals}
        assert len(found) == len(literals), f"{subject} has two of {predicate} in one language"
        return found

    def values(self, subject: str, predicate: str) -> list[str]:
        return [term.lexical for term in self._objects(subject, predicate) if isinstance(term, Literal)]

    def of_type(self, *types: str) -> Iterator[str]:
        for subject in self.statements:
            if not set(types).isdisjoint(self.iris(subject, RDF + "type")):
                yield subject

    def terms(self) -> Iterator[str]:
        """Classes and properties of our own."""
        for subject in self.of_type(RDFS + "Class", RDF + "Property"):
            if subject.startswith(FLD):
                yield subject

    def concepts(self) -> Iterator[str]:
        yield from self.of_type(SKOS + "Concept")

    def block(self, term: str) -> str:
        return self.blocks["fld:" + term.removeprefix(FLD)]

    def schema_parents(self, term: str) -> list[str]:
        above = [*self.iris(term, RDFS + "subClassOf"), *self.iris(term, RDFS + "subPropertyOf")]
        return [iri.removeprefix(SCHEMA) for iri in above if iri.startswith(SCHEMA)]

    def _objects(self, subject: str, predicate: str) -> list[Term]:
        return self.statements.get(subject, {}).get(predicate, [])


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    folder = resource_folder("ontology")
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ttl"))}
    statements: dict[str, defaultdict[str, list[Term]]] = {}
    blocks: dict[str, str] = {}
    for name, text in files.items():
        for triple in parse(text.encode()):
            assert isinstance(triple.subject, IRI), f"{name} has a nameless node"
            by_property = statements.setdefault(triple.subject.value, defaultdict(list))
            by_property[triple.predicate.value].append(triple.object)
        blocks |= {
            match[1]: match[0] for match in re.finditer(r"^(\S+)\n(?: {4}.*\n)+\.$", text, re.MULTILINE)
        }
    return Ontology(files, statements, blocks)


@pytest.fixture(scope="session")
def schema_org() -> Terms:
    return Terms.load()


@pytest.fixture(scope="session")
def project() -> Path:
    return Path(__file__).parents[2]
