"""Whether the JSON-LD inside a web page still says what the record says, and if not, what differs.

Equal means that the two graphs are isomorphic, whatever the order, the whitespace and the nesting of
the JSON.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.blocks import Block
from filmld.publish.embed import embed_document
from filmld.publish.facts import Fact, TooManyFactsError, facts
from filmld.publish.jsontext import etag
from filmld.publish.statements import KnottedBlockError, own_statements, statements
from filmld.turtle.canonical import TooComplexError, same
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A block, held against the record it describes.

    Attributes:
        record: The record.
        row: The line of the page the block starts in.
        missing: Facts of the record that the block lacks.
        added: Facts of the block that the record lacks.
        regrouped: All facts are there, but not about the same things.
        outdated: The block says that it was made from another state of the record.
    """

    record: Record
    row: int
    missing: tuple[Fact, ...] = ()
    added: tuple[Fact, ...] = ()
    regrouped: bool = False
    outdated: bool = False

    @property
    def equal(self) -> bool:
        """Whether the block states exactly what the record's own block states."""
        return not (self.missing or self.added or self.regrouped)


def compare(catalog: Catalog, block: Block) -> list[Comparison]:
    """Hold a block against each record it is about; what it says of other things does not count.

    Raises:
        UnreadableBlockError: It is no JSON-LD that can be compared.
    """
    graph, top = statements(block.text)
    return [_compared(catalog, catalog.records[iri], graph, block) for iri in top if iri in catalog.records]


def _compared(catalog: Catalog, record: Record, page: Graph, block: Block) -> Comparison:
    document = embed_document(catalog, record)
    wanted = own_statements(document) if document else Graph()
    found = Graph(_about(page, IRI(record.iri)))
    try:
        ours, theirs = Counter(facts(wanted)), Counter(facts(found))
        alike = ours == theirs
        regrouped = alike and not same(wanted, found)
    except (TooComplexError, TooManyFactsError) as error:
        raise KnottedBlockError from error
    return Comparison(
        record=record,
        row=block.row,
        missing=tuple(sorted((ours - theirs).elements())),
        added=tuple(sorted((theirs - ours).elements())),
        regrouped=regrouped,
        outdated=bool(document) and block.etag is not None and block.etag != etag(document),
    )


def _about(graph: Graph, main: IRI) -> Iterator[Triple]:
    """What a graph states of a record: all that can be reached from it, and its parts that refer to it."""
    waiting: list[Resource] = [main, *_parts(graph, main)]
    seen = set(waiting)
    while waiting:
        subject = waiting.pop()
        for predicate in graph.predicates(subject):
            for value in graph.objects(subject, predicate.value):
                yield Triple(subject, predicate, value)
                if not isinstance(value, Literal) and value not in seen:
                    seen.add(value)
                    waiting.append(value)


def _parts(graph: Graph, main: IRI) -> Iterator[Resource]:
    """Parts of the record, and things without address, that refer to it, such as screenings."""
    for subject in graph.subjects():
        if isinstance(subject, BlankNode) or subject.value.startswith(f"{main.value}#"):
            names = (predicate.value for predicate in graph.predicates(subject))
            if any(main in graph.objects(subject, name) for name in names):
                yield subject
