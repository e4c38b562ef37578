"""What a rule watches: the statements that can concern it, told by property and sort of value.

Most rules have nothing to say of most records. Each says which statements it looks for, and is called for
those records alone that have one. What decides is in the record's own text and in the vocabularies, never
in other records, so that a record which is passed over need not be looked at again when others change.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeAlias

from filmld.check.asking import EVERY_RULE
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, BlankNode, Literal, Triple
from filmld.vocab import FLD, ROLE, SCHEMA, SH

IMPORTS: Final = "http://www.w3.org/2002/07/owl#imports"
VOCABULARIES: Final = (SCHEMA, FLD, ROLE, SH, IMPORTS)
_TEXTS: Final = frozenset({XSD_STRING, RDF_LANG_STRING})
_MOST: Final = 50_000
"""So many uses are remembered before they are thought to be too many."""


class Use(NamedTuple):
    """A statement, as far as it decides whom it can concern.

    Attributes:
        predicate: The property.
        sort: Whether its value is a literal, a link or a nameless node.
        detail: The datatype of a literal; a link, where it is to a term of a vocabulary; else empty.
    """

    predicate: str
    sort: type[IRI | BlankNode | Literal]
    detail: str


Watch: TypeAlias = Callable[[Use, Index], bool]
"""Says whether a rule can have anything to say of statements of a sort."""


def anything(use: Use, index: Index) -> bool:  # noqa: ARG001  a watch like the others
    """Watch every statement."""
    return True


def properties(*names: str | IRI) -> Watch:
    """Watch some properties, whatever their values."""
    wanted = frozenset(name.value if isinstance(name, IRI) else name for name in names)
    return lambda use, _: use.predicate in wanted


def literals(*names: str) -> Watch:
    """Watch literals of some properties."""
    wanted = frozenset(names)
    return lambda use, _: use.sort is Literal and use.predicate in wanted


def prose(use: Use, index: Index) -> bool:  # noqa: ARG001  a watch like the others
    """Watch texts, with or without a language mark."""
    return use.sort is Literal and use.detail in _TEXTS


def use_of(triple: Triple) -> Use:
    """A statement as watches see it."""
    value = triple.object
    if isinstance(value, Literal):
        return Use(triple.predicate.value, Literal, value.datatype)
    if isinstance(value, IRI):
        return Use(triple.predicate.value, IRI, value.value if value.value.startswith(VOCABULARIES) else "")
    return Use(triple.predicate.value, BlankNode, "")


class Watching(Protocol):
    """A rule with what it watches."""

    @property
    def WATCHES(self) -> Watch:  # noqa: N802  a constant of its module
        """What statements can concern the rule."""

    def find(self, document: Document, index: Index) -> Iterator[Diagnostic]:
        """Yield the findings about one record."""
        ...


class Watchers:
    """Calls those rules for a record that watch anything in it.

    Args:
        rules: The rules, in the order in which they are called.
        index: Whose vocabularies the watches are asked with; it is the index of the records, too.
    """

    def __init__(self, rules: Iterable[Watching], index: Index) -> None:
        self._rules = tuple(rules)
        self._index = index
        self._marks: dict[tuple[str, type, str], int] = {}
        self._chosen: dict[int, tuple[Watching, ...]] = {}
        watches = [rule.WATCHES is anything for rule in self._rules]
        self._always = sum(1 << nth for nth, is_always in enumerate(watches) if is_always)
        """A bit for each rule that is called even for an empty record."""

    def find(self, document: Document, only: int = EVERY_RULE) -> Iterator[Diagnostic]:
        """Yield the findings about one record.

        Args:
            document: The record.
            only: A bit for each rule that can find anything, as far as that is known.
        """
        for rule in self.chosen(document, only):
            yield from rule.find(document, self._index)

    def chosen(self, document: Document, only: int = EVERY_RULE) -> tuple[Watching, ...]:
        """The rules that watch anything in a record, of those that can find anything."""
        if len(self._marks) > _MOST or len(self._chosen) > _MOST:
            self._marks.clear()
            self._chosen.clear()
        mark, marks = self._always, self._marks
        for triple in document.triples:
            _, (name,), value = triple
            detail = ""
            if isinstance(value, Literal):
                detail = value[1]
            elif value[0].startswith(VOCABULARIES):
                detail = value[0]
            found = marks.get((name, type(value), detail))
            mark |= self._mark(triple) if found is None else found
        mark &= only
        chosen = self._chosen.get(mark)
        if chosen is None:
            chosen = tuple(rule for nth, rule in enumerate(self._rules) if mark >> nth & 1)
            self._chosen[mark] = chosen
        return chosen

    def _mark(self, triple: Triple) -> int:
        """A number with a bit for each rule that watches statements like this."""
        use = use_of(triple)
        found = sum(1 << nth for nth, rule in enumerate(self._rules) if rule.WATCHES(use, self._index))
        self._marks[use] = found
        return found
