"""Value type constraints (SHACL §4.1)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.tree import Constraint, OfEach, Test, component
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, BlankNode, Literal, Resource, Term
from filmld.vocab import RDFS, SH

_KINDS: Final[Mapping[str, frozenset[type]]] = MappingProxyType(
    {
        SH + "IRI": frozenset({IRI}),
        SH + "BlankNode": frozenset({BlankNode}),
        SH + "Literal": frozenset({Literal}),
        SH + "BlankNodeOrIRI": frozenset({BlankNode, IRI}),
        SH + "BlankNodeOrLiteral": frozenset({BlankNode, Literal}),
        SH + "IRIOrLiteral": frozenset({IRI, Literal}),
    }
)


PARAMETERS: Final = frozenset({"class", "datatype", "nodeKind"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:class``, ``sh:datatype`` and ``sh:nodeKind``."""
    for of_class in compiler.source.all(shape, "class"):
        yield OfEach(component("Class"), _of_class(of_class))
    datatype = compiler.source.one(shape, "datatype")
    if datatype is not None:
        yield OfEach(component("Datatype"), _of_datatype(datatype, compiler))
    kind = compiler.source.one(shape, "nodeKind")
    if kind is not None:
        yield OfEach(component("NodeKind"), _of_kind(kind))


def _of_class(of_class: Term) -> Test:
    def test(value: Term, data: Data) -> bool:
        return type(value) is not Literal and of_class in data.classes(value)

    return test


def _of_datatype(term: Term, compiler: Compiler) -> Test:
    if not isinstance(term, IRI):
        raise IllFormedShapeError(term, Fault.NO_DATATYPE)
    datatype = term.value
    is_ill_typed = compiler.manner.is_ill_typed

    def any_literal(value: Term, data: Data) -> bool:  # noqa: ARG001  a test like the others
        return isinstance(value, Literal)

    def typed(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        return isinstance(value, Literal) and value.datatype not in {XSD_STRING, RDF_LANG_STRING}

    def tagged(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        return isinstance(value, Literal) and value.language is not None

    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        return isinstance(value, Literal) and value.datatype == datatype and not is_ill_typed(value)

    special = {RDFS + "Literal": any_literal, RDFS + "Datatype": typed, RDF_LANG_STRING: tagged}
    return special.get(datatype, test)


def _of_kind(term: Term) -> Test:
    kinds = _KINDS.get(term.value) if isinstance(term, IRI) else None
    if kinds is None:
        raise IllFormedShapeError(term, Fault.NO_KIND)

    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  a test like the others
        return type(value) in kinds

    return test
