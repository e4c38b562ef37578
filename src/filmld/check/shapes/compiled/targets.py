"""Which shapes a node is a target of (SHACL §2.1.3)."""

from collections.abc import Iterator

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data, same
from filmld.check.shapes.compiled.tree import Shape
from filmld.turtle.terms import IRI, Resource, Term


class Targets:
    """The targets of all shapes, each compiled when it is first needed.

    Args:
        compiler: Compiles them.

    Attributes:
        nodes: The nodes that shapes name, in whatever data.
        subjects_of: The properties whose subjects are targets.
        objects_of: The properties whose values are targets.
    """

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._by_class: dict[Term, list[Resource]] = {}
        self._by_node: dict[Term, list[Resource]] = {}
        named: dict[Term, Term] = {}
        self._by_subject: dict[IRI, list[Resource]] = {}
        self._by_object: dict[IRI, list[Resource]] = {}
        self._of_classes: dict[frozenset[Term], tuple[Shape, ...]] = {}
        source = compiler.source
        self._targeted = source.overview.targeted
        for node in self._targeted:
            for of_class in [*source.all(node, "targetClass"), *([node] if source.is_implicit(node) else [])]:
                self._by_class.setdefault(of_class, []).append(node)
            for target in source.all(node, "targetNode"):
                named.setdefault(same(target), target)
                self._by_node.setdefault(same(target), []).append(node)
            for found, name in ((self._by_subject, "targetSubjectsOf"), (self._by_object, "targetObjectsOf")):
                for predicate in source.all(node, name):
                    if isinstance(predicate, IRI):
                        found.setdefault(predicate, []).append(node)
        self.nodes = tuple(named.values())
        self.subjects_of = tuple(self._by_subject)
        self.objects_of = tuple(self._by_object)

    def compile(self) -> None:
        """Compile all shapes.

        Raises:
            IllFormedShapeError: One of them cannot be.
        """
        for node in self._targeted:
            self._compiler.shape(node)
        self._compiler.finish()

    def shapes(self, node: Term, data: Data) -> tuple[Shape, ...]:
        """The shapes that a node is a target of, each once."""
        found = self.of(frozenset(data.classes(node)))
        others: list[Resource] = []
        if self._by_node:
            others += self._by_node.get(same(node), ())
        if self._by_subject:
            for predicate in data.properties(node).keys() & self._by_subject.keys():
                others += self._by_subject[predicate]
        for predicate, nodes in self._by_object.items():
            if data.subjects(predicate, node):
                others += nodes
        return tuple(dict.fromkeys([*found, *map(self._compiler.shape, others)])) if others else found

    def by_use(self) -> Iterator[tuple[Shape, str]]:
        """The shapes whose targets are the subjects of a property, and the property."""
        for predicate, nodes in self._by_subject.items():
            yield from ((self._compiler.shape(node), predicate.value) for node in nodes)

    def of(self, classes: frozenset[Term]) -> tuple[Shape, ...]:
        """The shapes of some classes. Things are of few kinds, so this is worked out once for each."""
        found = self._of_classes.get(classes)
        if found is None:
            nodes = (node for of_class in classes for node in self._by_class.get(of_class, ()))
            shapes = map(self._compiler.shape, dict.fromkeys(nodes))
            found = self._of_classes[classes] = tuple(shapes)
        return found
