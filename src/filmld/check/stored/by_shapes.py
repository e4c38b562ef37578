"""What the shapes say of a record, by what it states and what the index knows of all others."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from filmld.archive import Archive
from filmld.check.nodes import shared_node
from filmld.check.shapes.compiled.data import Data, Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.ready import ready
from filmld.check.shapes.result import Result
from filmld.check.shapes.stated import Shapes
from filmld.check.stored.data import Classes, StoredData
from filmld.check.stored.database import MODE, RECORD_BY_RECORD, Database
from filmld.check.stored.index import StoredIndex
from filmld.check.stored.known_shapes import known_shapes
from filmld.check.stored.reading import unread
from filmld.diagnostics import Diagnostic
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Term


class ShapeJudge:
    """Judges records by the shapes.

    Args:
        archive: The archive.
        database: The index.
        index: The same, as records ask it.
    """

    def __init__(self, archive: Archive, database: Database, index: StoredIndex) -> None:
        self._archive = archive
        self._database = database
        self._index = index

    def warm(self) -> None:
        """Make all that is made when a record is first judged."""
        self.compiled.targets.compile()

    def renew(self) -> None:
        """Take notice that the database has changed."""
        self.__dict__.pop("_judges_records", None)
        self.__dict__.pop("_graph", None)

    def of_record(self, document: Document, file: int) -> list[Result]:
        """What shapes say of a record, if they look no further.

        Args:
            document: The record.
            file: Its number.
        """
        if not self._judges_records:
            return []
        data = StoredData(self._index, self._classes, document, file)
        return self.results(list(data.targets()), data)

    def results(self, nodes: Iterable[Term], data: Data) -> list[Result]:
        """What shapes say of some nodes."""
        return self.compiled.judge_in_time(nodes, data)

    def targets(self, document: Document, file: int) -> tuple[list[Term], Data]:
        """What shapes judge of a record, and the data that they judge it by.

        Args:
            document: The record.
            file: Its number.
        """
        self._index.begin(document, file)
        if self._judges_records:
            data = StoredData(self._index, self._classes, document, file)
            return list(data.targets()), data
        number = self._index.number(document)
        nodes = (shared_node(subject, number) for subject in document.graph().subjects())
        return list(nodes), self._graph

    def of_concepts(self, concepts: Iterable[IRI]) -> Iterator[Diagnostic]:
        """What shapes say of concepts of the ontology, such as roles and countries."""
        self._index.begin_nowhere()
        nowhere = StoredData(self._index, self._classes, unread(""), 0)
        yield from self.told(self.results(concepts, nowhere))

    def told(self, results: Iterable[Result]) -> Iterator[Diagnostic]:
        """Results in words and places."""
        from filmld.check.judge import findings  # noqa: PLC0415  of most records there is nothing to tell

        return findings(results, self._index, self.shapes, self._archive.config.languages)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes."""
        return known_shapes(self._database)

    @cached_property
    def compiled(self) -> Compiled:
        """The shapes, compiled."""
        return ready(self.shapes)

    @cached_property
    def _judges_records(self) -> bool:
        """Whether shapes are judged record by record."""
        return self._database.meta(MODE) == RECORD_BY_RECORD

    @cached_property
    def _graph(self) -> Whole:
        from filmld.check.judge import graph_of  # noqa: PLC0415  for shapes that look far, which are seldom

        return Whole(graph_of(self._index))

    @cached_property
    def _classes(self) -> Classes:
        return Classes(self._index.ontology.subclasses)
