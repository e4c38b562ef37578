"""From a focus node to its value nodes, along a property path (SHACL §2.3.1)."""

from collections.abc import Iterable

from filmld.check.shapes.compiled.data import Data, same
from filmld.check.shapes.compiled.manner import Manner
from filmld.check.shapes.compiled.tree import Values, Way
from filmld.check.shapes.paths import Alternative, Inverse, Path, Repeated
from filmld.turtle.terms import IRI, Term


def itself(focus: Term, data: Data) -> Values:  # noqa: ARG001  a way like the others
    """The way of a node shape: the focus node is its own value node."""
    return (focus,)


def way(path: Path, manner: Manner) -> Way:
    """Compile a path."""
    return _way(path, manner, is_inverse=False)


def _way(path: Path, manner: Manner, *, is_inverse: bool) -> Way:
    if isinstance(path, IRI):
        return _backwards(path) if is_inverse else _along(path)
    if isinstance(path, Inverse):
        return _way(path.path, manner, is_inverse=not is_inverse)
    if isinstance(path, Repeated):
        return _repeated(_way(path.path, manner, is_inverse=is_inverse), path.word)
    ways = [_way(part, manner, is_inverse=is_inverse) for part in path.paths]
    if isinstance(path, Alternative):
        return _alternative(ways)
    return _sequence(ways[::-1] if is_inverse and manner.reverses_sequences else ways)


def _along(predicate: IRI) -> Way:
    def follow(node: Term, data: Data) -> Values:
        return data.objects(node, predicate)

    return follow


def _backwards(predicate: IRI) -> Way:
    def follow(node: Term, data: Data) -> Values:
        return data.subjects(predicate, node)

    return follow


def _each_once(nodes: Iterable[Term]) -> Values:
    found: dict[Term, Term] = {}
    for node in nodes:
        found.setdefault(same(node), node)
    return found.values()


def _alternative(ways: list[Way]) -> Way:
    def follow(node: Term, data: Data) -> Values:
        return _each_once(value for one in ways for value in one(node, data))

    return follow


def _sequence(ways: list[Way]) -> Way:
    def follow(node: Term, data: Data) -> Values:
        reached: Values = (node,)
        for one in ways:
            reached = _each_once(value for start in reached for value in one(start, data))
        return reached

    return follow


def _repeated(once: Way, word: str) -> Way:
    """Any number of steps; a circle in the data ends."""

    def follow(node: Term, data: Data) -> Values:
        found: dict[Term, Term] = {} if word == "oneOrMorePath" else {same(node): node}
        waiting = list(once(node, data))
        while waiting:
            value = waiting.pop()
            if same(value) not in found:
                found[same(value)] = value
                if word != "zeroOrOnePath":
                    waiting += once(value, data)
        return found.values()

    return follow
