"""pySHACL asked about one constraint and one focus node at a time."""

from collections.abc import Iterable

import rdflib
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.rdf import keep_literals, shapes_graph, to_node
from filmld.check.shapes.reach import steps
from filmld.check.shapes.refusals import refusals
from filmld.check.shapes.report import Report
from filmld.check.shapes.result import Result
from filmld.turtle.terms import IRI, Resource, Term, Triple


class PreparedGraph(rdflib.Graph):
    """A graph that reads the text of a query once.

    rdflib reads it for every focus node, which takes longer than to answer it. What is kept is the
    query as rdflib has translated it; what its parser gives is used up by the translation.
    """

    def __init__(self, triples: Iterable[Triple], prepared: dict[str, Query]) -> None:
        super().__init__(bind_namespaces="none")
        self._prepared = prepared
        for subject, predicate, value in triples:
            self.add((to_node(subject), rdflib.URIRef(predicate.value), to_node(value)))

    def query(  # type: ignore[override]  # rdflib's has more parameters, which pySHACL does not use
        self,
        text: str,
        *,
        initBindings: dict[str, rdflib.term.Identifier],  # noqa: N803  as rdflib and pySHACL call it
    ) -> rdflib.query.Result:
        """Answer a query."""
        query = self._prepared.get(text)
        if query is None:
            query = self._prepared[text] = prepareQuery(text)
        return super().query(query, initBindings=initBindings)


class Questions:
    """The shapes, as pySHACL has them.

    Args:
        triples: What the shapes say.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._graph = shapes_graph(triples)
        self._prepared: dict[str, Query] = {}
        self._queries: dict[Resource, tuple[SPARQLBasedConstraint, int | None]] = {}
        self._everything: tuple[Data, PreparedGraph] | None = None
        with refusals():
            self._shapes = ShapesGraph(self._graph)
            self._known = {shape.node: shape for shape in self._shapes.shapes}

    def by_query(self, node: Resource, focus: Term, values: Iterable[Term], data: Data) -> list[Result]:
        """The results of a shape's ``sh:sparql``.

        Raises:
            ShapesError: pySHACL does not accept the query.
        """
        with refusals():
            if node not in self._queries:
                self._queries[node] = self._query(node)
            constraint, far = self._queries[node]
            return self._results(constraint, focus, values, self._data(data, focus, far))

    def by_component(
        self, node: Resource, name: str, focus: Term, values: Iterable[Term], data: Data
    ) -> list[Result]:
        """The results of a constraint component that the shapes define.

        Raises:
            ShapesError: pySHACL does not accept the component.
        """
        shape = self._known[to_node(node)]
        with refusals():
            for component in shape.find_custom_constraints():
                if component.node == to_node(IRI(name)):
                    constraint = component.make_validator_for_shape(shape)
                    return self._results(constraint, focus, values, self._data(data, focus, None))
        return []

    def _query(self, node: Resource) -> tuple[SPARQLBasedConstraint, int | None]:
        """A shape's queries, and how far the farthest of them looks."""
        constraint = SPARQLBasedConstraint(self._known[to_node(node)])
        far: int | None = 0
        for helper in constraint.sparql_constraints:
            _, text = helper.pre_bind_variables(to_node(node))
            found = steps(prepareQuery(helper.apply_prefixes(text)))
            far = None if found is None or far is None else max(far, found)
        return constraint, far

    def _results(
        self,
        constraint: SPARQLBasedConstraint,
        focus: Term,
        values: Iterable[Term],
        data: PreparedGraph,
    ) -> list[Result]:
        asked = {to_node(focus): {to_node(value) for value in values}}
        _, reports = constraint.evaluate(SHACLExecutor(), data, asked, [])
        if not reports:
            return []
        report, _ = Validator.create_validation_report(self._shapes, False, reports)  # noqa: FBT003  pySHACL's
        keep_literals()
        return Report(report, self._graph).results()

    def _data(self, data: Data, focus: Term, far: int | None) -> PreparedGraph:
        if far is not None:
            return PreparedGraph(data.around(focus, far), self._prepared)
        if self._everything is None or self._everything[0] is not data:
            self._everything = (data, PreparedGraph(data.around(focus, None), self._prepared))
        return self._everything[1]
