"""What each file of a site asks of the whole: noted while it is made, so that a later build knows its part.

A file is a pure function of the answers it gets. Its trace is the set of its questions; while the
answers stay the same, so does the file. A question is one word with what it is about, such as
``references https://films.example.org/person/x``; :mod:`filmld.publish.answers` answers each again.
"""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final, TypeVar, cast, overload

from filmld.archive import Record
from filmld.catalog import Catalog, Reference
from filmld.catalog.briefs import Brief
from filmld.catalog.catalog import Store
from filmld.catalog.usage import Usage
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI

Note = Callable[[str, str], None]
"""Takes note of a question: its word, and what it is about."""

EVERYTHING: Final = "everything"
"""The question of a file that depends on all records, in whatever way."""

PIECES: Final = "pieces"
"""The question of a file that is put together from the pieces that records contribute to dumps."""

DERIVED: Final = "derived"
"""The question of a file that has all that follows from records."""

_T = TypeVar("_T")
_D = TypeVar("_D")


def unnoted(_word: str, _about: str = "") -> None:
    """Take no note: where files are made for the moment."""


class Notes:
    """Notes the questions of one file after the other."""

    def __init__(self) -> None:
        self._asked: set[str] | None = None

    def __call__(self, word: str, about: str = "") -> None:
        """Take note of a question, if a file is being made."""
        if self._asked is not None:
            self._asked.add(f"{word} {about}")

    def collected(self, make: Callable[[], _T]) -> tuple[_T, frozenset[str]]:
        """Make something, and say what it has asked; the file that is being made has asked that, too."""
        before, asked = self._asked, set[str]()
        self._asked = asked
        try:
            made = make()
        finally:
            self._asked = before
        self.repeat(asked)
        return made, frozenset(asked)

    def repeat(self, asked: Iterable[str]) -> None:
        """Take note of questions that were asked before."""
        if self._asked is not None:
            self._asked.update(asked)

    @contextmanager
    def of_one_file(self) -> Iterator[set[str]]:
        """Collect the questions that are asked until the end."""
        asked: set[str] = set()
        self._asked = asked
        try:
            yield asked
        finally:
            self._asked = None


class NotedMapping(Mapping[str, _T]):
    """A mapping that notes which of its keys are looked at, or that all are."""

    def __init__(self, mapping: Mapping[str, _T], note: Note, one: str, every: str) -> None:
        """Wrap a mapping.

        Args:
            mapping: It.
            note: Takes note.
            one: The word for the question of one key.
            every: The word for the question of all.
        """
        self._mapping = mapping
        self._note = note
        self._one = one
        self._every = every

    def __getitem__(self, key: str) -> _T:
        self._note(self._one, key)
        return self._mapping[key]

    def __contains__(self, key: object) -> bool:
        self._note(self._one, str(key))
        return key in self._mapping

    @overload
    def get(self, key: str, /) -> _T | None: ...
    @overload
    def get(self, key: str, default: _T | _D, /) -> _T | _D: ...
    def get(self, key: str, default: object = None, /) -> object:
        """Look at one key."""
        self._note(self._one, key)
        return self._mapping.get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._note(self._every, "")
        return iter(self._mapping)

    def __len__(self) -> int:
        self._note(self._every, "")
        return len(self._mapping)

    def items(self) -> ItemsView[str, _T]:
        """Look at all of it."""
        self._note(self._every, "")
        return self._mapping.items()


class Some(NotedMapping[_T]):
    """A mapping of which pages ask whether there is anything in it, or whether a key is there.

    These are questions of their own: a menu does not change with each number.
    """

    def __contains__(self, key: object) -> bool:
        self._note(f"has-{self._one}", str(key))
        return key in self._mapping

    def __bool__(self) -> bool:
        self._note(f"any-{self._one}", "")
        return bool(self._mapping)


class NotedCatalog(Catalog):
    """A catalogue that notes what it is asked."""

    def __init__(self, catalog: Catalog, note: Note) -> None:
        super().__init__(
            catalog.archive,
            catalog.records,
            catalog.digests,
            catalog.store,
            retired=catalog.retired,
        )
        self._whole = catalog
        self._note = note
        self._last = ""
        self._known: dict[str, tuple[object, frozenset[str]]] = {}
        self.records = NotedMapping(catalog.records, note, "record", "records")
        self.retired = NotedMapping(catalog.retired, note, "retired", "retired")

    @property
    def store(self) -> Store:
        """All statements: whoever looks into them depends on every record."""
        self._note(EVERYTHING, "")
        return self._whole.store

    @store.setter
    def store(self, store: Store) -> None:
        """Pass over the store that every catalogue is made with: it is the same."""

    @property
    def statements(self) -> int:
        """How many statements there are."""
        self._note("statements", "")
        return self._whole.statements

    def once(self, about: Record, name: str, make: Callable[[], _T]) -> _T:
        """Work out something about a record, if it was not for another of its files just now."""
        if not isinstance(self._note, Notes):
            return make()
        if about.iri != self._last:
            self._last = about.iri
            self._known.clear()
        if name not in self._known:
            self._known[name] = self._note.collected(make)
            return cast("_T", self._known[name][0])
        made, asked = self._known[name]
        self._note.repeat(asked)
        return cast("_T", made)

    def tallies(self) -> Store:
        """What follows from all records together."""
        self._note(EVERYTHING, "")
        return self._whole.tallies()

    def graph(self, record: Record) -> Graph:
        """Read what a record states."""
        self._note("text", record.iri)
        return self._whole.graph(record)

    def source(self, record: Record) -> bytes:
        """Read the text of a record."""
        self._note("text", record.iri)
        return self._whole.source(record)

    def brief(self, record: Record) -> Brief:
        """A record in a few words."""
        self._note("brief", record.iri)
        return self._whole.brief(record)

    def types(self, record: Record) -> tuple[IRI, ...]:
        """The classes of the main entity of a record."""
        self._note("brief", record.iri)
        return self._whole.types(record)

    def last_change(self, record: Record) -> str | None:
        """The day of the last commit that changed a record."""
        self._note("changed", record.iri)
        return self._whole.last_change(record)

    def references(self, iri: str, record: Record | None = None) -> list[Reference]:
        """List the statements that point to an entity."""
        self._note("references", iri)
        return self._whole.references(iri, record)

    def mentions(self, iri: str) -> int:
        """How many other records name an entity."""
        self._note("record", iri)
        self._note("references", iri)
        return self._whole.mentions(iri)

    def classes(self) -> frozenset[str]:
        """The classes of all things."""
        self._note("classes", "")
        return self._whole.classes()

    def usage(self) -> Usage:
        """How often terms are used."""
        self._note("usage", "")
        return self._usage

    @cached_property
    def _usage(self) -> Usage:
        return self._whole.usage()

    def derived_nquads(self) -> Iterator[str]:
        """What follows from the records."""
        self._note(DERIVED, "")
        return self._whole.derived_nquads()


def counted(mapping: Mapping[str, _T], note: Note, one: str, every: str) -> Mapping[str, _T]:
    """Wrap a mapping of which pages mostly ask what there is; none is made where nothing is noted."""
    return mapping if note is unnoted else Some(mapping, note, one, every)
