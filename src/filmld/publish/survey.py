"""Counting what a catalogue states, for its description and for the columns of its tables."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from filmld.archive import Record
from filmld.publish.jsontext import Json
from filmld.publish.tables import Row, Tabulator
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import RDF

_Written: TypeAlias = tuple[
    int, dict[str, int], dict[str, int], dict[str, dict[str, int]], dict[str, list[str]]
]

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

    def add(self, other: "Survey") -> None:
        """Count what another survey has counted."""
        self.triples += other.triples
        self.properties.update(other.properties)
        self.entities.update(other.entities)
        for class_, found in other.by_class.items():
            self.by_class.setdefault(class_, Counter()).update(found)
        for class_, columns in other.columns.items():
            self.columns.setdefault(class_, {}).update(columns)

    def as_json(self) -> Json:
        """Write it down."""
        return [
            self.triples,
            dict(self.properties),
            dict(self.entities),
            {class_: dict(found) for class_, found in self.by_class.items()},
            {class_: list(columns) for class_, columns in self.columns.items()},
        ]

    @classmethod
    def of(cls, written: Json) -> "Survey":
        """Read what was written down."""
        triples, properties, entities, by_class, columns = cast("_Written", written)
        return cls(
            triples,
            Counter(properties),
            Counter(entities),
            {class_: Counter(found) for class_, found in by_class.items()},
            {class_: dict.fromkeys(names) for class_, names in columns.items()},
        )

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
