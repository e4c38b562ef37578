"""Counting what a catalogue states, for its description and for the columns of its tables."""

from collections import Counter
from dataclasses import dataclass, field

from filmld.archive import Record
from filmld.publish.tables import Row, Tabulator
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import RDF

_TYPE = IRI(RDF + "type")


@dataclass(slots=True)
class Survey:
    """Counts of one pass over all records.

    Attributes:
        triples: How many statements there are.
        properties: How many of them each property has.
        entities: How many things of each class there are.
        by_class: For each class, how many statements of each property its things have.
        columns: For each class, the columns of its table.
    """

    triples: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    by_class: dict[str, Counter[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, None]] = field(default_factory=dict)

    def count(self, graph: Graph) -> None:
        """Count one record."""
        for subject in graph.subjects():
            properties = graph.properties(subject)
            found = Counter({predicate.value: len(stated) for predicate, stated in properties.items()})
            self.triples += found.total()
            self.properties += found
            for class_ in sorted(graph.types(subject)):
                self.entities[class_] += 1
                self.by_class.setdefault(class_, Counter()).update(found)

    def tabulate(self, tabulator: Tabulator, record: Record, graph: Graph) -> list[tuple[str, Row]]:
        """Make the rows of one record, each with its class, and note their columns."""
        rows = []
        for subject in graph.subjects():
            classes = sorted(graph.types(subject))
            row = tabulator.row(record, graph, subject) if classes else {}
            for class_ in classes:
                self.columns.setdefault(class_, {}).update(dict.fromkeys(row))
                rows.append((class_, row))
        return rows
