"""Queries inside shapes that certainly find nothing, told without asking them.

pySHACL needs milliseconds to say of one node that nothing is wrong with it, which is so of nearly all. Two
kinds of queries are looked into, by their text alone. What cannot be told so is asked as ever: a screen only
ever says that there is no result.
"""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.source import Source
from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Resource, Term


class Repeats(NamedTuple):
    """Nothing is found where a node has each property of a vocabulary itself that leads to it."""

    namespace: str

    def __call__(self, focus: Term, data: Data) -> bool:
        """Say whether that is so of a node."""
        return isinstance(focus, IRI) and all(
            value != focus or not predicate.value.startswith(self.namespace) or data.objects(focus, predicate)
            for _, predicate, value in data.around(focus, 1)
        )


class Lacks(NamedTuple):
    """Nothing is found where a node does not have a property."""

    predicate: IRI

    def __call__(self, focus: Term, data: Data) -> bool:
        """Say whether that is so of a node."""
        return not data.objects(focus, self.predicate)


Idle: TypeAlias = Repeats | Lacks
"""Says whether a query certainly finds nothing for a focus node."""

_IMPORTS: Final = "http://www.w3.org/2002/07/owl#imports"
_REPEATS: Final = regex(
    r"SELECT \$this \?(?P<path>\w+) WHERE \{ \?(?P<other>\w+) \?(?P=path) \$this \. "
    r"FILTER\(STRSTARTS\(STR\(\?(?P=path)\), STR\((?P<prefix>\w+):\)\)\) "
    r"FILTER NOT EXISTS \{ \$this \?(?P=path) \?(?!(?P=other)\b|(?P=path)\b|this\b)\w+ \} \}"
)
"""Whatever leads to the focus node by a property of a vocabulary which that node does not have itself."""
_BEGINS: Final = regex(
    r"SELECT (?:DISTINCT )?(?P<heads>[^{}]*?)WHERE \{ \$this (?P<prefix>\w+):(?P<name>\w+)(?:/\w+:\w+)* \?"
)
"""A query that begins with a property which the focus node must have."""
_OTHERWISE: Final = regex(
    r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP|GROUP_CONCAT|HAVING|VALUES|UNION|SELECT)\b", re.IGNORECASE
)
"""What may give a row where the first pattern does not match, or makes another pattern the first."""


def idle(shape: Resource, source: Source) -> tuple[Idle, ...]:
    """The screens of all queries of a shape; none if there is a query without a screen."""
    screens = [_screen(query, source) for query in source.all(shape, "sparql")]
    return tuple(screen for screen in screens if screen) if all(screens) else ()


def _screen(query: Term, source: Source) -> Idle | None:
    texts = source.all(query, "select")
    if len(texts) != 1 or not isinstance(texts[0], Literal) or isinstance(query, Literal):
        return None
    text = " ".join(texts[0].lexical.split())
    match = _REPEATS.fullmatch(text)
    if match:
        namespace = _namespace(match["prefix"], query, source)
        return Repeats(namespace) if namespace else None
    match = _BEGINS.match(text)
    if match and not _OTHERWISE.search(text, len("SELECT")):
        namespace = _namespace(match["prefix"], query, source)
        return Lacks(IRI(namespace + match["name"])) if namespace else None
    return None


def _namespace(prefix: str, query: Resource, source: Source) -> str | None:
    """What a prefix stands for in a query; ``None`` unless that is said once, and nothing is imported."""
    if any(source.graph.value(node, _IMPORTS) for node in _ontologies(query, source)):
        return None
    found = set(_declared(prefix, query, source))
    return found.pop() if len(found) == 1 else None


def _ontologies(query: Resource, source: Source) -> list[Resource]:
    return [node for node in source.all(query, "prefixes") if not isinstance(node, Literal)]


def _declared(prefix: str, query: Resource, source: Source) -> Iterator[str]:
    for ontology in _ontologies(query, source):
        for declaration in source.all(ontology, "declare"):
            if [name[0] for name in source.all(declaration, "prefix")] == [prefix]:
                yield from (namespace[0] for namespace in source.all(declaration, "namespace"))
