"""The whole site as a function: which files there are, and what each holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic
from filmld.publish.addresses import Addresses
from filmld.publish.examples import Example
from filmld.publish.noted import Note, unnoted
from filmld.publish.overview import Overview
from filmld.publish.pages.desk import prefix
from filmld.publish.parts import Part
from filmld.publish.parts.asking import Asking
from filmld.publish.parts.data import Data
from filmld.publish.parts.description import Description
from filmld.publish.parts.embeds import Embeds
from filmld.publish.parts.front import Front
from filmld.publish.parts.hosting import Hosting
from filmld.publish.parts.linked import Linked
from filmld.publish.parts.lists import Lists
from filmld.publish.parts.questions import Questions
from filmld.publish.parts.records import RecordFiles
from filmld.publish.parts.retired import RetiredRecords
from filmld.publish.parts.roles import Roles
from filmld.publish.parts.search import SearchIndex, SearchPage
from filmld.publish.parts.sitemaps import Sitemaps
from filmld.publish.parts.vocabulary import Vocabulary
from filmld.publish.plan import Document, File, Plan
from filmld.publish.remembered import NOTHING, Remembered
from filmld.publish.spool import Dumps


class Site:
    """The site of a catalogue: ``build`` writes every file of it, ``serve`` makes one when asked."""

    def __init__(
        self,
        catalog: Catalog,
        examples: tuple[Example, ...] = (),
        scratch: Path | None = None,
        findings: Mapping[str, tuple[Diagnostic, ...]] | None = None,
        note: Note = unnoted,
        *,
        remembered: Remembered = NOTHING,
        plan: Plan | None = None,
    ) -> None:
        """Plan the site.

        Args:
            catalog: All records.
            examples: Questions that researchers may ask.
            scratch: A folder for large files while the site is made; otherwise a temporary one.
            findings: What a check found in each record, by its file name; ``None`` if there was no check.
            note: Takes note of what the file depends on that is being made.
            remembered: What still is as it was at the last build.
            plan: All of this, where it is known already.
        """
        self.catalog = catalog
        self.plan = plan = plan or Plan.of(catalog, examples, scratch, findings, note, remembered)
        self.addresses = plan.addresses
        self._records = RecordFiles(plan)
        self.dumps = Dumps(plan)
        self._parts = _parts(plan, self._records, self.dumps)

    def paths(self) -> tuple[str, ...]:
        """The path of every file but those of the index of names, sorted."""
        return self._paths

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(sorted({path for part in self._parts for path in part.paths()}))

    def render(self, path: str) -> File | None:
        """Make one file; ``None`` if the site has no file of that path."""
        made = (part.render(path) for part in self._parts)
        return next((document for document in made if document is not None), None)

    def all_paths(self) -> frozenset[str]:
        """The path of every file, those of the index of names included, which is made for that if need be."""
        return self._all_paths

    @cached_property
    def _all_paths(self) -> frozenset[str]:
        known = self.plan.remembered.names
        names = self.plan.entries.paths if known is None else known
        return frozenset(chain(chain.from_iterable(part.paths() for part in self._parts), names))

    def renewed(
        self,
        findings: Mapping[str, tuple[Diagnostic, ...]] | None,
        *,
        has_moved: bool = True,
        is_linked_anew: bool = True,
    ) -> "Site":
        """Plan the site anew after its catalogue has followed an edit; this one is not to be used any more.

        Args:
            findings: What a check found in each record.
            has_moved: Whether records have come or gone.
            is_linked_anew: Whether what lists are made of may have changed.
        """
        plan = replace(self.plan, findings=findings)
        if has_moved:
            plan = replace(plan, addresses=Addresses(self.catalog))
        if has_moved or is_linked_anew:
            plan = replace(
                plan, remembered=NOTHING, overview=Overview(self.catalog, plan.addresses, plan.concepts)
            )
        return Site(self.catalog, plan=plan)

    def files_of(self, record: Record) -> Iterator[str]:
        """The paths of all files that a record alone has, in every language."""
        place = self.addresses.stem(record.iri)
        yield from (f"{place}.{ending}" for ending in ("html", "ttl", "jsonld", "nt", "linkset.json"))
        yield from (f"embed/{place}.{ending}" for ending in ("html", "jsonld", "card.html", "oembed.json"))
        for language in self.plan.languages[1:]:
            yield f"{prefix(language, self.plan.languages)}{place}.html"

    def is_of_all(self, path: str) -> bool:
        """Say whether a file is made in one pass over all records, together with others."""
        return self.dumps.has(path)

    def page(self, record: Record) -> Document:
        """Make the page of a record."""
        return self._records.page(record)

    def embed(self, record: Record) -> Document | None:
        """Make the ready ``script`` block of a record; ``None`` where schema.org has no class for it."""
        return self._records.embed(record)


def _parts(plan: Plan, records: RecordFiles, dumps: Dumps) -> tuple[Part, ...]:
    translated = (Lists(plan), Roles(plan), Linked(plan), SearchPage(plan), records)
    others = (_InLanguage(plan.in_language(language), dumps) for language in plan.languages[1:])
    return (
        Front(plan, dumps),
        Sitemaps(plan),
        Data(plan, dumps),
        Description(plan, dumps),
        Vocabulary(plan),
        RetiredRecords(plan),
        Hosting(plan),
        Embeds(plan),
        Asking(plan, dumps),
        Questions(plan),
        SearchIndex(plan),
        *translated,
        *others,
    )


class _InLanguage:
    """The pages of a site once more, in another language and in a folder of their own."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._prefix = prefix(plan.words.language, plan.languages)
        self._parts: tuple[Part, ...] = (
            Front(plan, dumps),
            Lists(plan),
            Roles(plan),
            Linked(plan),
            RecordFiles(plan),
            SearchPage(plan),
            Data(plan, dumps),
            Vocabulary(plan),
            RetiredRecords(plan),
            Asking(plan, dumps),
            Questions(plan),
        )

    def paths(self) -> Iterator[str]:
        """The paths of all pages."""
        yield from (self._prefix + path for part in self._parts for path in _pages(part.paths()))

    def render(self, path: str) -> File | None:
        """Make one page, or say that there is none."""
        plain = path.removeprefix(self._prefix)
        if plain == path or not any(_pages([plain])):
            return None
        made = (part.render(plain) for part in self._parts)
        return next((document for document in made if document is not None), None)


def _pages(paths: Iterable[str]) -> Iterator[str]:
    """The files that differ from language to language."""
    for path in paths:
        if path.endswith(".html") and path != "404.html" and not path.startswith("embed/"):
            yield path
