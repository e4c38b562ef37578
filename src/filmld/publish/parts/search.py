"""The search: its page, and the index that its script, or a server, looks into."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from filmld.archive import Record
from filmld.catalog.briefs import Brief
from filmld.publish.pages.search import search_page
from filmld.publish.plan import SCRIPT, Document, Plan
from filmld.publish.search import KEYS
from filmld.publish.search_index import Entry, keys_text, shard_path, shard_text, shards
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import IRI

PAGE = "search.html"


class Search:
    """The page and the index."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from (PAGE, KEYS, *self._paths)

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path == PAGE:
            return self._plan.html(search_page(self._plan.desk(path)))
        if path == KEYS:
            return Document(keys_text(self._shards).encode(), SCRIPT)
        key = self._paths.get(path) if path.startswith("search/") else None
        return Document(shard_text(self._shards[key]).encode(), SCRIPT) if key else None

    @cached_property
    def _shards(self) -> Mapping[str, tuple[Entry, ...]]:
        return shards([self._entry(record) for record in self._plan.catalog.records.values()])

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        return {shard_path(key): key for key in self._shards}

    @cached_property
    def _pseudonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Names that films credit people by, by the people's IRIs."""
        found: dict[str, tuple[str, ...]] = {}
        for agent, name in self._plan.catalog.credited_names():
            found[agent] = (*found.get(agent, ()), name)
        return found

    def _entry(self, record: Record) -> Entry:
        brief = self._plan.catalog.brief(record)
        pseudonyms = self._pseudonyms.get(record.iri, ())
        forms = dict.fromkeys(
            showable(text) for text in (*(form.lexical for form in brief.forms), *pseudonyms)
        )
        desk = self._plan.desk(PAGE)
        year = desk.record_link(record).remarks
        return Entry(
            path=self._plan.addresses.page(record.iri) or "",
            kind=record.kind,
            year=year[0].text if year else "",
            names=self._names(record, brief),
            forms=tuple(forms),
        )

    def _names(self, record: Record, brief: Brief) -> tuple[tuple[str, str], ...]:
        first = preferred(brief.names, self._plan.catalog.archive.config.languages)
        names = [*first, *(name for name in brief.names if name not in first)]
        if not names:
            graph = self._plan.catalog.graph(record)
            names = [self._plan.desk(PAGE).name(IRI(record.iri), graph)]
        return tuple((showable(name.lexical), (name.language or "").lower()) for name in names)
