"""What shapes say of one thing of a sort they say of all."""

from collections import defaultdict
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.check.columns.compared import Gathering
from filmld.check.columns.facts import names_given, numbers_given
from filmld.check.columns.slim import slim
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.sorts import ByName, Sorts
from filmld.check.columns.terms import classes_of, numbered
from filmld.check.index import Index
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.shapes.compiled.data import SUBCLASS, Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.stored.keys import key
from filmld.errors import ShapesError
from filmld.turtle.columns import ColumnReader
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from tests.check.shapes.generated import AGREED, CLASSES, EX, PREDICATES, TYPE, Chooser, Writer, cast

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <https://e.example/> .
e:s a sh:NodeShape ; sh:targetClass e:C ; sh:property e:p .
e:p a sh:PropertyShape ; sh:path e:p ;
"""
FAR = {
    *("closed", "disjoint", "equals", "hasValue", "lessThan", "lessThanOrEquals"),
    *("node", "property", "qualifiedValueShape"),
}


def columns(triples: list[Triple]) -> pl.DataFrame:
    """Statements as if each thing stood in a record of its own, numbered."""
    nodes = list(dict.fromkeys(triple.subject for triple in triples))
    texts = ["# nothing but what follows\n" + "\n".join(map(str, _of(node, triples))) for node in nodes]
    heads, statements, _ = ColumnReader().read([text.encode() for text in texts])
    assert all(heads)
    return numbered(statements)


def _of(node: object, triples: list[Triple]) -> list[Triple]:
    return list(dict.fromkeys(triple for triple in triples if triple.subject == node))


def disagreement(shapes: list[Triple], data: list[Triple]) -> list[str]:
    """Things of one sort of which shapes say something of one and nothing of another."""
    compiled = Compiled(shapes)
    above = [triple for triple in data if triple.predicate == SUBCLASS]
    sorting = Sorting.of(shapes, compiled, above)
    statements = columns(data)
    made_slim = slim(
        statements,
        classes_of(statements),
        names_given(statements),
        numbers_given(statements),
        EX,
        sorting,
    )
    homes = pl.DataFrame(schema={"record": pl.UInt32, "home": pl.Int64})
    vocabulary = Index((), EX, Terms.load(), ontology=Ontology.of(above))
    gathering = Gathering(sorting.followed(()))
    gathering.add(made_slim, homes)
    all_ = gathering.compared(vocabulary)
    known = {key(subject): IRI(subject) for subject in statements["subject"].to_list()}
    by_name, told = ByName(all_, sorting), Sorts(all_, sorting)
    for part in all_.parts():
        by_name.see(part)
        told.see(part)
    apart = set(by_name.found().to_list())
    whole, groups = Whole(data), defaultdict(list)
    for record, subject, sort in told.found().iter_rows():
        if record not in apart:
            groups[sort].append(known[subject])
    targets = {subject for members in groups.values() for subject in members}
    silent = [
        f"{node} is of no sort"
        for record, node in enumerate(dict.fromkeys(triple.subject for triple in data))
        if record not in apart and node not in targets and compiled.judge([node], whole)
    ]
    return silent + [
        f"{members}"
        for members in groups.values()
        if len({bool(compiled.judge([node], whole)) for node in members}) > 1
    ]


class Near(Writer):
    """Writes shapes that look no further than at a thing and its values."""

    def top(self) -> None:
        """Write a shape of some properties for a class, or for whatever has a property."""
        chooser = self._chooser
        shape = IRI(f"{EX}shape{self._new()}")
        by_class = chooser.below(3)
        self._say(
            shape,
            "targetClass" if by_class else "targetSubjectsOf",
            chooser.one(CLASSES if by_class else PREDICATES),
        )
        for _ in range(1 + chooser.below(3)):
            inner = self._blank()
            self._say(shape, "property", inner)
            self.shape(inner, 2, is_property=True)
        if chooser.below(4) == 0:
            self._nested(shape, chooser.one(("and", "or", "not", "xone")), 1)

    def constraint(self, node: Resource, name: str, depth: int) -> None:
        """Write one constraint, unless it looks further."""
        if name not in FAR:
            super().constraint(node, name, depth)

    def path(self, depth: int, *, is_inverse: bool = False) -> Term:
        """Write a path: a property, or one of two."""
        if self._chooser.below(4):
            return self._chooser.one(PREDICATES)
        node = self._blank()
        self._say(node, "alternativePath", self._list([*self._chooser.some(PREDICATES, 2), PREDICATES[0]]))
        return node

    def _inner(self, depth: int, *, as_property: bool | None = None) -> Resource:
        return super()._inner(depth, as_property=bool(as_property))


def things(chooser: Chooser, literals: Sequence[Literal]) -> list[Triple]:
    """Things with few values, so that many are alike."""
    nodes = [IRI(f"{EX}thing{n}") for n in range(16)]
    values: list[Term] = [
        *chooser.some(literals, 3),
        *chooser.some(literals, 3),
        *nodes[:3],
        IRI("https://a.example/"),
    ]
    found = [Triple(node, TYPE, chooser.one(CLASSES[:2])) for node in nodes]
    stated = [node for node in nodes for _ in range(chooser.below(3))]
    return found + [Triple(node, chooser.one(PREDICATES[:2]), chooser.one(values)) for node in stated]


@given(st.binary(min_size=100, max_size=300))
@settings(max_examples=50, deadline=None)
def test_shapes_find_fault_with_all_things_of_a_sort_or_with_none(decisions: bytes) -> None:
    hold(decisions)


@pytest.mark.slow
@given(st.binary(min_size=100, max_size=300))
@settings(max_examples=1_000, deadline=None)
def test_very_many_shapes_do(decisions: bytes) -> None:
    hold(decisions)


def hold(decisions: bytes) -> None:
    chooser = Chooser(decisions)
    literals = cast(chooser, [one for one in AGREED if not one.language or one.language.islower()])
    writer = Near(chooser, literals)
    for _ in range(2):
        writer.top()
    data = [triple for triple in things(chooser, literals) if not read(f"{triple}", filename="x").diagnostics]
    try:
        Compiled(writer.triples)
    except ShapesError:
        return
    assert disagreement(writer.triples, list(dict.fromkeys(data))) == []


def sorting(rest: str) -> Sorting:
    triples = read(SHAPES + rest, filename="x").triples
    return Sorting.of(triples, Compiled(triples), ())


def test_shapes_that_count_or_ask_for_a_kind_do_not_look_into_values() -> None:
    found = sorting("    sh:minCount 1 ; sh:maxCount 4 ; sh:class e:D ; sh:nodeKind sh:IRI .\n")
    assert not found.far
    assert not found.looked_at
    assert found.most == 5


def test_what_a_pattern_finds_tells_values_apart() -> None:
    found = sorting('    sh:pattern "^a" .\n')
    assert not found.far
    look = found.looked_at["https://e.example/p"]
    assert look(IRI("a:b")) != look(IRI("b:a"))
    assert look(IRI("a:b")) == look(IRI("a:c"))


@pytest.mark.parametrize(
    "rest",
    [
        "    sh:node e:other .\ne:other a sh:NodeShape .\n",
        "    sh:property [ sh:path e:q ; sh:minCount 1 ] .\n",
        "    sh:hasValue e:x .\n",
        "    sh:lessThan e:q .\n",
        '    sh:minCount 1 .\ne:s sh:pattern "x" .\n',
        '    sh:minCount 1 .\ne:s sh:or ( [ sh:pattern "x" ] [ sh:pattern "y" ] ) .\n',
        "    sh:minCount 1 .\ne:s sh:closed true .\n",
    ],
)
def test_shapes_look_further(rest: str) -> None:
    assert sorting(rest).far == {IRI("https://e.example/s")}


def test_a_path_over_two_properties_leads_further() -> None:
    assert sorting("    sh:minCount 1 .\ne:s sh:property [ sh:path ( e:p e:q ) ; sh:minCount 1 ] .\n").far
