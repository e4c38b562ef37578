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
        self._of_classes: dict[frozenset[Term], tuple[Shape, ...]] = {}
        source = compiler.source
        for node in source.targeted():
            shape = compiler.shape(node)
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

    def shapes(self, node: Term, data: Data) -> tuple[Shape, ...]:
        """The shapes that a node is a target of, each once."""
        found = self.of(frozenset(data.classes(node)))
        others: list[Shape] = []
        if self._by_node:
            others += self._by_node.get(same(node), ())
        if self._by_subject:
            for predicate in data.properties(node).keys() & self._by_subject.keys():
                others += self._by_subject[predicate]
        for predicate, shapes in self._by_object.items():
            if data.subjects(predicate, node):
                others += shapes
        return tuple(dict.fromkeys([*found, *others])) if others else found

    def by_use(self) -> Iterator[tuple[Shape, str]]:
        """The shapes whose targets are the subjects of a property, and the property."""
        for predicate, shapes in self._by_subject.items():
            yield from ((shape, predicate.value) for shape in shapes)

    def of(self, classes: frozenset[Term]) -> tuple[Shape, ...]:
        """The shapes of some classes. Things are of few kinds, so this is worked out once for each."""
        found = self._of_classes.get(classes)
        if found is None:
            shapes = (shape for of_class in classes for shape in self._by_class.get(of_class, ()))
            found = self._of_classes[classes] = tuple(dict.fromkeys(shapes))
        return found
