"""Which shapes a node is a target of (SHACL §2.1.3)."""

from collections.abc import Iterator

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data, same
from filmld.check.shapes.compiled.tree import Shape
from filmld.turtle.terms import IRI, Term


class Targets:
    """The targets of all shapes.

    Attributes:
        nodes: The nodes that shapes name, in whatever data.
        subjects_of: The properties whose subjects are targets.
        objects_of: The properties whose values are targets.
    """

    def __init__(self, compiler: Compiler) -> None:
        self._by_class: dict[Term, list[Shape]] = {}
        self._by_node: dict[Term, list[Shape]] = {}
        named: dict[Term, Term] = {}
        self._by_subject: dict[IRI, list[Shape]] = {}
        self._by_object: dict[IRI, list[Shape]] = {}
        self._order: dict[Shape, int] = {}
        source = compiler.source
        for node in source.targeted():
            shape = compiler.shape(node)
            self._order[shape] = len(self._order)
            for of_class in [*source.all(node, "targetClass"), *([node] if source.is_implicit(node) else [])]:
                self._by_class.setdefault(of_class, []).append(shape)
            for target in source.all(node, "targetNode"):
                named.setdefault(same(target), target)
                self._by_node.setdefault(same(target), []).append(shape)
            for found, name in ((self._by_subject, "targetSubjectsOf"), (self._by_object, "targetObjectsOf")):
                for predicate in source.all(node, name):
                    if isinstance(predicate, IRI):
                        found.setdefault(predicate, []).append(shape)
        self.nodes = tuple(named.values())
        self.subjects_of = tuple(self._by_subject)
        self.objects_of = tuple(self._by_object)

    def shapes(self, node: Term, data: Data) -> list[Shape]:
        """The shapes that a node is a target of, each once."""
        found = dict.fromkeys(self._of(node, data))
        return sorted(found, key=self._order.__getitem__) if len(found) > 1 else list(found)

    def _of(self, node: Term, data: Data) -> Iterator[Shape]:
        for of_class in data.classes(node):
            yield from self._by_class.get(of_class, ())
        yield from self._by_node.get(same(node), ())
        for predicate, shapes in self._by_subject.items():
            if data.objects(node, predicate):
                yield from shapes
        for predicate, shapes in self._by_object.items():
            if data.subjects(predicate, node):
                yield from shapes
