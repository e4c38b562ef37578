"""Logical constraints (SHACL §4.6)."""

from collections.abc import Iterator
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.tree import Constraint, OfEach, Shape, Test, component
from filmld.turtle.terms import Resource, Term

PARAMETERS: Final = frozenset({"not", "and", "or", "xone"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:not``, ``sh:and``, ``sh:or`` and ``sh:xone``."""
    for unwanted in compiler.source.all(shape, "not"):
        yield OfEach(component("Not"), _not(compiler.shape(unwanted)))
    for name, test in (("and", _every), ("or", _any), ("xone", _one)):
        for members in compiler.source.all(shape, name):
            yield OfEach(component(name.capitalize()), test(compiler.shapes(members)))


def _not(shape: Shape) -> Test:
    def test(value: Term, data: Data) -> bool:
        return not shape.conforms(value, data)

    return test


def _every(shapes: tuple[Shape, ...]) -> Test:
    def test(value: Term, data: Data) -> bool:
        return all(shape.conforms(value, data) for shape in shapes)

    return test


def _any(shapes: tuple[Shape, ...]) -> Test:
    def test(value: Term, data: Data) -> bool:
        return any(shape.conforms(value, data) for shape in shapes)

    return test


def _one(shapes: tuple[Shape, ...]) -> Test:
    def test(value: Term, data: Data) -> bool:
        return sum(shape.conforms(value, data) for shape in shapes) == 1

    return test
