"""Holding what the compiled engine says of some records against pySHACL."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

from filmld.check.shapes.compiled.data import TYPE, Data
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.paths import text
from filmld.check.shapes.reference import Shapes
from filmld.check.shapes.reference_manner import Reference, as_rdflib_shows
from filmld.check.shapes.result import Result
from filmld.errors import DisagreementError, ShapesError
from filmld.turtle.terms import IRI, BlankNode, Resource, Term, Triple
from filmld.vocab import local_name


class Recorded:
    """Data that remembers what it was asked, so that pySHACL can be given as much and no more.

    Attributes:
        seen: The statements that answers were made of.
    """

    def __init__(self, data: Data) -> None:
        self._data = data
        self.seen: dict[Triple, None] = {}

    def objects(self, node: Term, predicate: IRI) -> Collection[Term]:
        """The values of a property of a node."""
        values = self._data.objects(node, predicate)
        self._note(Triple(node, predicate, value) for value in values if isinstance(node, IRI | BlankNode))
        return values

    def subjects(self, predicate: IRI, node: Term) -> Collection[Resource]:
        """What has a node as the value of a property."""
        subjects = self._data.subjects(predicate, node)
        self._note(Triple(subject, predicate, node) for subject in subjects)
        return subjects

    def properties(self, node: Term) -> Mapping[IRI, Mapping[Term, Term]]:
        """All properties of a node."""
        found = self._data.properties(node)
        for predicate in found:
            self.objects(node, predicate)
        return found

    def classes(self, node: Term) -> AbstractSet[Term]:
        """The classes of a node; which class is a kind of which is known without."""
        self.objects(node, TYPE)
        return self._data.classes(node)

    def around(self, node: Term, steps: int | None) -> Iterable[Triple]:
        """What a query may look at."""
        found = list(self._data.around(node, steps))
        self._note(found)
        return found

    def _note(self, triples: Iterable[Triple]) -> None:
        self.seen.update(dict.fromkeys(triples))


class Auditor:
    """Compares results, record by record.

    Args:
        shapes: What the shapes say.
        subclasses: The statements that say which class is a kind of which.
        seed: What the records were chosen by.
    """

    def __init__(self, shapes: Iterable[Triple], subclasses: Iterable[Triple], seed: int) -> None:
        triples = list(shapes)
        self._seed = seed
        self._subclasses = list(subclasses)
        self._compiled = Compiled(triples)
        self._in_its_manner = Compiled(triples, manner=Reference())
        self._reference = Shapes(triples)
        self._records = self._results = self._read_otherwise = 0
        self._unanswered: list[str] = []
        self._differences: list[str] = []

    def hold(self, filename: str, nodes: Collection[Term], data: Data, results: Iterable[Result]) -> None:
        """Hold the results of a record against pySHACL.

        Where they differ, the engine is asked once more in pySHACL's own manner of reading literals,
        patterns and paths: if it agrees then, the difference is one of those that are documented.
        """
        recorded = Recorded(data)
        in_its_manner = as_rdflib_shows(self._in_its_manner.judge(nodes, recorded))
        for node in nodes:
            recorded.properties(node)
        try:
            expected = as_rdflib_shows(self._reference.judge([*recorded.seen, *self._subclasses], nodes))
        except ShapesError as error:
            self._unanswered.append(f"{filename}: {error.message}")
            return
        found = as_rdflib_shows(results)
        self._records += 1
        self._results += len(found)
        if found == expected:
            return
        if in_its_manner == expected and found == as_rdflib_shows(self._compiled.judge(nodes, data)):
            self._read_otherwise += 1
            return
        self._differences.append(filename)
        self._differences += [f"  compiled only: {_shown(one)}" for one in found if one not in expected]
        self._differences += [f"  pySHACL only:  {_shown(one)}" for one in expected if one not in found]
        self._differences += [f"  {triple}" for triple in recorded.seen if triple.subject in nodes]

    def verdict(self) -> str:
        """Say that pySHACL agrees.

        Raises:
            DisagreementError: It does not.
        """
        if self._differences:
            raise DisagreementError(self._seed, self._differences)
        lines = [
            f"pySHACL agrees on {self._results} results of {self._records} records (--seed {self._seed})"
        ]
        if self._read_otherwise:
            lines.append(f"{self._read_otherwise} of them hold literals that it reads otherwise")
        return "\n".join([*lines, *(f"pySHACL has no answer: {one}" for one in self._unanswered)])


def _shown(result: Result) -> str:
    path = text(result.result_path) if result.result_path else "–"
    said = (result.focus_node, path, result.value or "–", local_name(result.component), result.severity)
    return " ".join(map(str, (*said, result.source_shape)))
