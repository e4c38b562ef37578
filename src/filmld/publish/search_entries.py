"""What the search finds: an entry a record, and the files they are divided into."""

from collections.abc import Callable, Mapping
from functools import cached_property

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.catalog.briefs import Brief
from filmld.publish.noted import Note, unnoted
from filmld.publish.pages.desk import Desk
from filmld.publish.search_index import Entry, Findable, shard_path, shards
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import IRI

PAGE = "search.html"


class SearchEntries:
    """The index, made when it is first looked into: it takes a look at every record."""

    def __init__(
        self,
        catalog: Catalog,
        desk: Callable[[], Desk],
        note: Note = unnoted,
        known: Mapping[str, Findable] | None = None,
    ) -> None:
        """Take note of what the index is made from.

        Args:
            catalog: All records.
            desk: Makes the desk of the page of the search, in the first language.
            note: Takes note of what is asked.
            known: Entries that are known, by the IRIs of their records.
        """
        self._known = known or {}
        self._catalog = catalog
        self._desk = desk
        self._note = note

    @property
    def keys(self) -> Mapping[str, tuple[Entry, ...]]:
        """The names of all files, with what they hold."""
        self._note("shards", "")
        return self._shards

    def at(self, path: str) -> tuple[Entry, ...] | None:
        """What the file at a path holds."""
        self._note("shard", path)
        key = self.paths.get(path)
        return None if key is None else self._shards[key]

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The keys of all files by their paths."""
        return {shard_path(key): key for key in self._shards}

    @cached_property
    def _shards(self) -> Mapping[str, tuple[Entry, ...]]:
        return shards(list(self.all.values()))

    @cached_property
    def all(self) -> Mapping[str, Findable]:
        """The entries of all records by their IRIs."""
        known = self._known
        return {
            iri: known.get(iri) or self._findable(record) for iri, record in self._catalog.records.items()
        }

    @cached_property
    def _pseudonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Names that films credit people by, by the people's IRIs."""
        found: dict[str, tuple[str, ...]] = {}
        for agent, name in self._catalog.credited_names():
            found[agent] = (*found.get(agent, ()), name)
        return found

    @cached_property
    def _page(self) -> Desk:
        return self._desk()

    def _findable(self, record: Record) -> Findable:
        entry = self._entry(record)
        return Findable(entry, entry.words())

    def _entry(self, record: Record) -> Entry:
        brief = self._catalog.brief(record)
        pseudonyms = self._pseudonyms.get(record.iri, ())
        forms = dict.fromkeys(
            showable(text) for text in (*(form.lexical for form in brief.forms), *pseudonyms)
        )
        year = self._page.record_link(record).remarks
        return Entry(
            path=self._page.addresses.page(record.iri) or "",
            kind=record.kind,
            year=year[0].text if year else "",
            names=self._names(record, brief),
            forms=tuple(forms),
            place=self._place(record),
        )

    def _place(self, record: Record) -> str:
        place = record.iri.removeprefix(self._catalog.archive.config.base)
        return "" if place == self._page.addresses.stem(record.iri) else place

    def _names(self, record: Record, brief: Brief) -> tuple[tuple[str, str], ...]:
        first = preferred(brief.names, self._catalog.archive.config.languages)
        names = [*first, *(name for name in brief.names if name not in first)]
        if not names:
            names = [self._page.name(IRI(record.iri), self._catalog.graph(record))]
        return tuple((showable(name.lexical), (name.language or "").lower()) for name in names)
