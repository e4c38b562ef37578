"""The index of all records, answered from the database, with a note of what was asked."""

from collections.abc import Iterator, Sequence

from filmld.check.authorities import Number
from filmld.check.authorities import number as number_given
from filmld.check.index import HAPPENED, RELEASED, Borne, Named, alike, folded
from filmld.check.nodes import shared_node
from filmld.check.stored.keys import (
    NEWEST,
    key,
    of_name,
    of_number,
    of_siblings,
)
from filmld.check.stored.links import StoredLinks
from filmld.turtle.dates import years
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import parted


class StoredIndex(StoredLinks):
    """What :class:`StoredLinks` answers, and who goes by which name or number."""

    def called(self, name: str) -> Sequence[Named]:
        """The entities that go by a name; case, accents and spacing do not count."""
        question = of_name(folded(name))
        self._note(question)
        rows = self._sql.execute("SELECT file, nth, node, name FROM name WHERE key = ?", (key(question),))
        found = sorted(rows.fetchall(), key=lambda row: (self._files.numbered(row[0]).order, row[1]))
        return [Named(IRI(node), written, self._document(file)) for file, _, node, written in found]

    def numbered(self, given: Number) -> Sequence[Borne]:
        """The things that bear a number of another system, in the order of the files."""
        question = of_number(*given)
        self._note(question)
        rows = self._sql.execute("SELECT file FROM number WHERE key = ?", (self._rows.key(question),))
        found: list[Borne] = []
        for file in sorted(
            (row[0] for row in rows.fetchall()), key=lambda file: self._files.numbered(file).order
        ):
            document = self._document(file)
            graph = self.graph(document)
            for triple in document.triples:
                other = number_given(triple, graph)
                if other and other.bare == given:
                    bearers = self.bearers(shared_node(triple.subject, file))
                    named = sorted(node for node in bearers if isinstance(node, IRI))
                    found.extend(Borne(node, document, triple) for node in named)
        return found

    def is_given_once(self, given: Number) -> bool:
        """Say whether it is certain that one statement alone gives a number of another system.

        That is so where the record at hand alone has it, in one statement.
        """
        question = of_number(*given)
        self._note(question)
        rows = self._sql.execute("SELECT file FROM number WHERE key = ? LIMIT 2", (self._rows.key(question),))
        if self._here is None or rows.fetchall() != [(self._here_id,)]:
            return False
        stated = (number_given(triple, self._mine) for triple in self._here.triples)
        return sum(other is not None and other.bare == given for other in stated) == 1

    @property
    def newest_year(self) -> int:
        """The newest year that is certain to have come."""
        self._note(NEWEST)
        if self._newest is None:
            asked, self._asked = self._asked, {}
            files = self._sql.execute("SELECT id FROM file WHERE newest IS NOT NULL AND is_kept").fetchall()
            year = max([RELEASED, *(year for row in files for year in self._years(row[0]))])
            self._newest, self._asked = (year, self._asked), asked
        year, questions = self._newest
        for question, side in questions.items():
            self._note(question, side)
        return year

    def _years(self, file: int) -> Iterator[int]:
        document = self._document(file)
        for triple in document.triples:
            happened = HAPPENED.get(triple.predicate.value)
            if happened is not None and isinstance(triple.object, Literal):
                span = years(triple.object)
                node = shared_node(triple.subject, file)
                if span and span.end and (not happened or self.is_kind(node, happened)):
                    yield span.end

    def similar(self, node: IRI) -> IRI | None:
        """The described entity whose identifier looks most like this one, in the same folder or record."""
        question = of_siblings(node.value)
        self._note(question)
        names = self._siblings.get(question)
        if names is None:
            names = self._siblings[question] = self._beside(node)
        return alike(node, names)

    def _beside(self, node: IRI) -> list[str]:
        """The last parts of all that is described in the same folder or record."""
        place, _ = parted(node.value)
        return [name for home, name in map(parted, self._around(place)) if home == place]

    def _around(self, place: str) -> Iterator[str]:
        """What is described in a folder or record, and perhaps more.

        Args:
            place: Its IRI, with the mark at the end.
        """
        yield from (row[0] for row in self._sql.execute("SELECT iri FROM subject WHERE iri IS NOT NULL"))
        home = place[:-1]
        if place.endswith("/"):
            found = self._sql.execute(
                "SELECT iri FROM file WHERE is_named_after AND iri > ? AND iri < ?", (place, f"{home}0")
            )
            yield from [row[0] for row in found.fetchall()]
            return
        files = self._sql.execute("SELECT id FROM file WHERE iri = ? AND is_kept", (home,)).fetchall()
        for (file,) in files:
            graph = self.graph(self._document(file))
            yield from (node.value for node in graph.subjects() if isinstance(node, IRI))
