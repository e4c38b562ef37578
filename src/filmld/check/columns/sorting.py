"""What shapes can tell apart.

Shapes that ask of a thing only how many values it has, and of a value only of which class, datatype or
language it is, cannot tell two things apart that have these in common. So what is found nowhere in one is
found nowhere in the other. Where shapes look into values, as at numbers or patterns, what they find there
counts, too. Shapes that look further, from a value to its own properties or backwards, are asked of every
thing that they are for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, Self, TypeAlias

from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.idle import Idle, Lacks
from filmld.check.shapes.compiled.queries import OfQuery
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.compiled.tree import OfEach, Shape
from filmld.check.stored.data import Classes
from filmld.check.stored.extract import TYPE
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import SH

_SAID: Final = frozenset(
    [
        "alternativePath",
        "declare",
        "defaultValue",
        "deactivated",
        "description",
        "group",
        "maxCount",
        "message",
        "minCount",
        "name",
        "namespace",
        "order",
        "path",
        "prefix",
        "prefixes",
        "property",
        "select",
        "severity",
        "sparql",
        "targetClass",
        "targetSubjectsOf",
    ]
)
"""What shapes say that does not look into values, by the names of SHACL."""
_SORTING: Final = frozenset(
    ["and", "class", "datatype", "languageIn", "nodeKind", "not", "or", "uniqueLang", "xone"]
)
"""What shapes ask of a value that its sort answers."""
_LOOKING: Final = frozenset(
    [
        "flags",
        "in",
        "maxExclusive",
        "maxInclusive",
        "maxLength",
        "minExclusive",
        "minInclusive",
        "minLength",
        "pattern",
    ]
)
"""What shapes ask that is for the value itself to answer."""
_LOGICAL: Final = ("and", "not", "or", "xone")
_ONE: Final = frozenset({"node", "not", "property"})
"""What takes one shape; the others take a list."""
_ENOUGH: Final = 2
"""To shapes that do not count, so many values of one sort are as good as more."""

Look: TypeAlias = Callable[[Term], str]
"""What is found in a value, as a text."""


class Followed(NamedTuple):
    """The properties by which all records are compared at once.

    Attributes:
        links: Those whose links are followed from record to record.
        told: Those of which is asked whether a thing has them, whatever the value.
    """

    links: frozenset[str]
    told: frozenset[str] = frozenset()


class _AskedError(Exception):
    """What is said of a value depends on what is said of other things."""


class _Nothing:
    """Data that is not to be asked."""

    def objects(self, node: Term, predicate: IRI) -> NoReturn:  # noqa: ARG002  like all data
        """Not to be asked."""
        raise _AskedError

    def subjects(self, predicate: IRI, node: Term) -> NoReturn:  # noqa: ARG002  like all data
        """Not to be asked."""
        raise _AskedError

    def properties(self, node: Term) -> NoReturn:  # noqa: ARG002  like all data
        """Not to be asked."""
        raise _AskedError

    def classes(self, node: Term) -> NoReturn:  # noqa: ARG002  like all data
        """Not to be asked."""
        raise _AskedError

    def around(self, node: Term, steps: int | None) -> NoReturn:  # noqa: ARG002  like all data
        """Not to be asked."""
        raise _AskedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How shapes tell things apart.

    Attributes:
        compiled: The shapes.
        classes: The classes above each class.
        properties: The properties that they look at.
        looked_at: Those of whose values they ask more than their class or datatype, and what they find.
        most: So many values of one sort are as good as more.
        far: The shapes that look further.
        queries: The shapes with queries, and what tells that these find nothing.
    """

    compiled: Compiled
    classes: Classes
    properties: frozenset[str]
    looked_at: Mapping[str, Look]
    most: int
    far: frozenset[Resource]
    queries: Mapping[Resource, tuple[Idle, ...]]

    @classmethod
    def of(cls, triples: Iterable[Triple], compiled: Compiled, subclasses: Iterable[Triple]) -> Self:
        """Find out how shapes tell things apart.

        Args:
            triples: What the shapes say.
            compiled: The same, compiled.
            subclasses: What the ontology says of which class is a kind of which.
        """
        source = Source(triples)
        paths = {
            node: _properties(source, node) for node in source.graph.subjects() if source.all(node, "path")
        }
        queries = dict(_queries(compiled))
        far = {node for node in source.graph.subjects() if _is_far(source, node, paths, queries)}
        used = {name for names in paths.values() for name in names or ()}
        return cls(
            compiled=compiled,
            classes=Classes(subclasses),
            properties=frozenset({TYPE, *used, *(name.value for name in compiled.targets.subjects_of)}),
            looked_at=_looks(source, compiled, paths),
            most=max([_ENOUGH, *(count + 1 for count in _counts(source))]),
            far=frozenset(
                node
                for node in source.overview.targeted
                if far & _below(source, node) or _looks_at_name(source, node)
            ),
            queries={node: screens for node, screens in queries.items() if screens},
        )

    def shapes_for(self, types: str) -> tuple[Shape, ...]:
        """The shapes that are for things of some classes, written one after the other."""
        return self.compiled.targets.of(self.classes.of(frozenset(types.split())))

    @property
    def names(self) -> frozenset[str]:
        """The properties by which shapes are for things that have them."""
        return frozenset(name.value for name in self.compiled.targets.subjects_of)

    def followed(self, links: Iterable[str]) -> Followed:
        """What all records are compared by for shapes, beside some links."""
        screens = [screen for screens in self.queries.values() for screen in screens]
        return Followed(
            links=frozenset(links),
            told=frozenset(
                [
                    *(one.predicate.value for one in screens if isinstance(one, Lacks)),
                    *self.names,
                ]
            ),
        )

    def is_far(self, shape: Shape) -> bool:
        """Say whether a shape looks further than at a thing and the sorts of its values."""
        return shape.node in self.far


def _looks(
    source: Source, compiled: Compiled, paths: Mapping[Resource, tuple[str, ...] | None]
) -> Mapping[str, Look]:
    """What shapes find in the values of those properties into which they look."""
    found: dict[str, list[Shape]] = {}
    known = {shape.node: shape for shape in compiled.shapes}
    for node, names in paths.items():
        is_looking = any(source.all(part, asked) for part in _below(source, node) for asked in _LOOKING)
        for name in names or () if is_looking and node in known else ():
            found.setdefault(name, []).append(known[node])
    return {name: _look(shapes) for name, shapes in found.items()}


def _look(shapes: Sequence[Shape]) -> Look:
    constraints = [constraint for shape in shapes for constraint in shape.constraints]
    tests = [constraint.test for constraint in constraints if isinstance(constraint, OfEach)]

    nothing = _Nothing()

    def look(value: Term) -> str:
        try:
            return "".join("1" if test(value, nothing) else "0" for test in tests)
        except _AskedError:
            return str(value)

    return look


def _properties(source: Source, node: Resource) -> tuple[str, ...] | None:
    """The properties that a path consists of, if it is no longer than one of them."""
    path = source.one(node, "path")
    if isinstance(path, IRI):
        return (path.value,)
    choices = source.all(path, "alternativePath") if path is not None else []
    members = source.members(choices[0]) if len(choices) == 1 else []
    names = tuple(member.value for member in members if isinstance(member, IRI))
    return names if names and len(names) == len(members) else None


def _below(source: Source, node: Resource) -> frozenset[Resource]:
    """A shape and all that it consists of."""
    found: set[Resource] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        found.add(part)
        for name in (*_LOGICAL, "property", "node"):
            for given in source.all(part, name):
                members = [given] if name in _ONE else source.members(given)
                waiting += [member for member in members if not isinstance(member, Literal)]
    return frozenset(found)


def _is_far(
    source: Source,
    node: Resource,
    paths: Mapping[Resource, tuple[str, ...] | None],
    queries: Mapping[Resource, tuple[Idle, ...]],
) -> bool:
    """Say whether a shape by itself looks further than at a thing and the sorts of its values."""
    said = {name.value[len(SH) :] for name in source.graph.predicates(node) if name.value.startswith(SH)}
    if not said <= _SAID | _SORTING | _LOOKING:
        return True
    if node in paths:
        inside = _below(source, node) - {node}
        return paths[node] is None or "property" in said or any(part in paths for part in inside)
    return node in queries and not queries[node]


def _looks_at_name(source: Source, node: Resource) -> bool:
    """Say whether a shape looks into what the thing itself is called."""
    seen: set[Term] = set()
    waiting: list[Term] = [node]
    while waiting:
        part = waiting.pop()
        if part in seen or source.all(part, "path"):
            continue
        seen.add(part)
        if any(source.all(part, asked) for asked in _LOOKING):
            return True
        for name in _LOGICAL:
            for given in source.all(part, name):
                waiting += [given] if name in _ONE else source.members(given)
    return False


def _counts(source: Source) -> Iterator[int]:
    for node in source.graph.subjects():
        for name in ("minCount", "maxCount"):
            for value in source.all(node, name):
                if isinstance(value, Literal) and value.lexical.isdecimal():
                    yield int(value.lexical)


def _queries(compiled: Compiled) -> Iterator[tuple[Resource, tuple[Idle, ...]]]:
    for shape in compiled.shapes:
        for constraint in shape.constraints:
            if isinstance(constraint, OfQuery):
                yield shape.node, constraint.screens
