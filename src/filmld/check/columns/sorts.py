"""Things that are alike to shapes: one of each sort is judged, and the others need not be.

Shapes that ask of a thing only how many values it has, and of a value only of which class, datatype or
language it is, cannot tell two things apart that have these in common. So what is found nowhere in one is
found nowhere in the other. Where shapes look into values, as at numbers or patterns, what they find there
counts, too. Shapes that look further, from a value to its own properties or backwards, are asked of every
thing that they are for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, Self

import polars as pl

from filmld.check.columns.compared import Compared, Followed
from filmld.check.columns.parts import Part
from filmld.check.columns.slim import Look
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.idle import Idle, Lacks
from filmld.check.shapes.compiled.queries import OfQuery
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.compiled.tree import OfEach, Shape
from filmld.check.stored.extract import TYPE
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
_NOBODY: Final = 0
_TOLD: Final = ("subject", "predicate")
_SORTED: Final = pl.Schema(
    {
        "record": pl.UInt32(),
        "subject": pl.Int64(),
        "sort": pl.Struct({"one": pl.UInt64, "two": pl.UInt64}),
    }
)


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
        properties: The properties that they look at.
        looked_at: Those of whose values they ask more than their class or datatype, and what they find.
        most: So many values of one sort are as good as more.
        far: The shapes that look further.
        queries: The shapes with queries, and what tells that these find nothing.
    """

    compiled: Compiled
    properties: frozenset[str]
    looked_at: Mapping[str, Look]
    most: int
    far: frozenset[Resource]
    queries: Mapping[Resource, tuple[Idle, ...]]

    @classmethod
    def of(cls, triples: Iterable[Triple], compiled: Compiled) -> Self:
        """Find out how shapes tell things apart.

        Args:
            triples: What the shapes say.
            compiled: The same, compiled.
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
            properties=frozenset({TYPE, *used, *(name.value for name in compiled.targets.subjects_of)}),
            looked_at=_looks(source, compiled, paths),
            most=max([_ENOUGH, *(count + 1 for count in _counts(source))]),
            far=frozenset(
                node
                for node in source.targeted()
                if far & _below(source, node) or _looks_at_name(source, node)
            ),
            queries={node: screens for node, screens in queries.items() if screens},
        )

    def followed(self, links: Iterable[str]) -> Followed:
        """What all records are compared by for shapes, beside some links."""
        screens = [screen for screens in self.queries.values() for screen in screens]
        return Followed(
            links=frozenset(links),
            told=frozenset(
                [
                    *(one.predicate.value for one in screens if isinstance(one, Lacks)),
                    *(name.value for name in self.compiled.targets.subjects_of),
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


def sorts(all_: Compared, sorting: Sorting) -> pl.DataFrame:
    """Tell the things that shapes are for apart, by what shapes can tell.

    Args:
        all_: All records.
        sorting: How shapes tell things apart.

    Returns:
        ``record``, ``subject``, ``sort``: two things with one sort are the same to shapes. It is a pair of
        numbers of 64 bits each, so that two sorts have one pair in no archive that fits on a disk.
    """
    kinds = all_.kinds.select("subject", (pl.col("types").to_physical() + 1).alias("kind"))
    names = all_.types["types"].unique().to_list()
    wanted = [types for types in names if all_.shapes_for(types, sorting.compiled)]
    found = [pl.DataFrame(schema=_SORTED)]
    for part in all_.parts:
        targets = _targets(part, wanted, sorting)
        links, literals = (_of(frame, targets, sorting) for frame in part[:2])
        stated = pl.concat([literals, _by_class(links, kinds)])
        counted = stated.group_by("record", "subject", "predicate", "sort").agg(
            pl.len().clip(upper_bound=sorting.most).alias("count")
        )
        one = pl.struct(pl.col("predicate").cast(pl.String), "sort", "count")
        sort = pl.struct(one.hash(seed=1).sum().alias("one"), one.hash(seed=2).sum().alias("two"))
        found.append(counted.group_by("record", "subject").agg(sort.alias("sort")))
    return pl.concat(found)


def _of(stated: pl.DataFrame, targets: pl.DataFrame, sorting: Sorting) -> pl.DataFrame:
    """What is stated of some things that shapes look at."""
    is_looked_at = pl.col("predicate").is_in(list(sorting.properties))
    return stated.filter(is_looked_at).join(targets, on=("record", "subject"), how="semi")


def _by_class(links: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """Of what sort a link is: the classes of what it leads to, and what shapes find in it."""
    known = links.join(kinds, left_on="target", right_on="subject", how="left")
    return known.select(
        "record",
        "subject",
        "predicate",
        pl.when(pl.col("predicate") == TYPE)
        .then(pl.col("target").hash(seed=4))
        .otherwise(pl.struct(pl.col("kind").fill_null(_NOBODY), "look").hash(seed=5))
        .alias("sort"),
    )


def _targets(part: Part, wanted: Sequence[str], sorting: Sorting) -> pl.DataFrame:
    """``record``, ``subject``: what any shape is for."""
    by_class = part.types.filter(pl.col("types").is_in(wanted)).select("record", "subject")
    names = [name.value for name in sorting.compiled.targets.subjects_of]
    by_use = [
        frame.filter(pl.col("predicate").is_in(names)).select("record", "subject") for frame in part[:2]
    ]
    return pl.concat([by_class, *by_use]).unique()


def asked(all_: Compared, sorting: Sorting) -> pl.Series:
    """The records with things that shapes must be asked about by name."""
    found = [pl.Series("record", [], dtype=pl.UInt32)]
    repeating: defaultdict[str, list[pl.DataFrame]] = defaultdict(list)
    for types in all_.types["types"].unique().to_list():
        shapes = all_.shapes_for(types, sorting.compiled)
        focus = all_.types.filter(pl.col("types") == types).select("record", "subject")
        if any(sorting.is_far(shape) for shape in shapes):
            found.append(focus["record"])
        for screen in {screen for shape in shapes for screen in sorting.queries.get(shape.node, ())}:
            if isinstance(screen, Lacks):
                found.append(_having(all_, focus, screen.predicate.value))
            else:
                repeating[screen.namespace].append(focus)
    found += [_not_repeating(all_, pl.concat(focus), namespace) for namespace, focus in repeating.items()]
    for shape, names in sorting.compiled.targets.by_use():
        if sorting.is_far(shape) or sorting.queries.get(shape.node):
            found.append(all_.told.filter(pl.col("predicate") == names)["record"])
    return pl.concat(found).unique()


def _having(all_: Compared, focus: pl.DataFrame, predicate: str) -> pl.Series:
    having = all_.told.filter(pl.col("predicate") == predicate)
    return focus.join(having.select("subject").unique(), on="subject", how="semi")["record"]


def _not_repeating(all_: Compared, focus: pl.DataFrame, namespace: str) -> pl.Series:
    """The records of what does not have each property of a vocabulary that leads to it."""
    is_of_it = pl.col("predicate").cast(pl.String).str.starts_with(namespace)
    found = [focus.select("subject", pl.lit("").cast(pl.Categorical).alias("predicate"), "record").clear()]
    for part in all_.parts:  # most is told where the link is
        leading = part.links.filter(is_of_it).select(pl.col("target").alias("subject"), "predicate").unique()
        found.append(leading.join(focus, on="subject").join(_told(part), on=_TOLD, how="anti"))
    left = pl.concat(found)
    for part in all_.parts if not left.is_empty() else ():
        left = left.join(_told(part), on=_TOLD, how="anti")
    return left["record"]


def _told(part: Part) -> pl.DataFrame:
    return pl.concat([frame.select(_TOLD) for frame in part[:2]])
