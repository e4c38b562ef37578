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
        self._asked: tuple[Data, PreparedGraph] | None = None
        with refusals():
            self._shapes = ShapesGraph(self._graph)
            self._known = {shape.node: shape for shape in self._shapes.shapes}

    def by_query(self, node: Resource, focus: Term, values: Iterable[Term], data: Data) -> list[Result]:
        """The results of a shape's ``sh:sparql``.

        Raises:
            ShapesError: pySHACL does not accept the query.
        """
        with refusals():
            return self._results(SPARQLBasedConstraint(self._known[to_node(node)]), focus, values, data)

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
                    return self._results(component.make_validator_for_shape(shape), focus, values, data)
        return []

    def _results(
        self, constraint: SPARQLBasedConstraint, focus: Term, values: Iterable[Term], data: Data
    ) -> list[Result]:
        asked = {to_node(focus): {to_node(value) for value in values}}
        _, reports = constraint.evaluate(SHACLExecutor(), self._data(data), asked, [])
        if not reports:
            return []
        report, _ = Validator.create_validation_report(self._shapes, False, reports)  # noqa: FBT003  pySHACL's
        keep_literals()
        return Report(report, self._graph).results()

    def _data(self, data: Data) -> PreparedGraph:
        if self._asked is None or self._asked[0] is not data:
            self._asked = (data, PreparedGraph(data.triples(), self._prepared))
        return self._asked[1]
