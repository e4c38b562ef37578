"""SPARQL without a server: its page, its scripts, the lists to complete with, and the derived facts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from filmld.catalog.terms import term_names
from filmld.publish.frontend import FOLDER, bundle, media_type
from filmld.publish.jsontext import Json, compact
from filmld.publish.noted import unnoted
from filmld.publish.pages.asking import SparqlPage
from filmld.publish.pages.shell import in_every_language, shell
from filmld.publish.pages.sparql import (
    DERIVED_DUMP,
    PAGES,
    SLIM_DUMP,
    VOCABULARY,
    Setting,
    examples,
)
from filmld.publish.parts.setting import local_setting
from filmld.publish.plan import GZIP, JSON, Document, File, Plan, Stored
from filmld.publish.slim import is_large
from filmld.publish.spool import Dumps
from filmld.vocab import PREFIXES, curie

PAGE: Final = "sparql/index.html"
MOST_PAGES: Final = 50_000
"""More would be a burden for whoever asks; what is not listed is linked by its own address."""


class Asking:
    """The files with which a visitor's own browser answers."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._plan = plan
        self._dumps = dumps
        self._bundle = {f"{FOLDER}/{name}": file for name, file in bundle().items()}
        self._makers = MappingProxyType[str, Callable[[], File]](
            {
                PAGE: self._page,
                VOCABULARY: self._vocabulary,
                PAGES: self._pages,
                DERIVED_DUMP: self._derived,
                **({SLIM_DUMP: self._slim} if is_large(plan.whole) else {}),
            }
        )

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from self._makers
        yield from self._bundle

    def render(self, path: str) -> File | None:
        """Make one file, or say that there is none."""
        file = self._bundle.get(path)
        if file is not None:
            return Document(file.read_bytes(), media_type(path) or "")
        make = self._makers.get(path)
        return make() if make else None

    def _page(self) -> Document:
        desk = self._plan.desk(PAGE)
        said = self._plan.words.asking
        setting = local_setting(self._plan, PAGE)
        canonical = self._plan.base + PAGE
        about = said["ask_about_here"].format(self._plan.catalog.archive.config.title)
        frame = shell(desk, title="SPARQL", description=about, canonical=canonical)
        return self._plan.html(
            SparqlPage(
                shell=in_every_language(desk, frame, canonical),
                action=None,
                examples=examples(desk.page(PAGE), self._plan.words),
                limits=self._limits(setting),
                prefixes=PREFIXES,
                gallery=desk.page("queries/index.html") if desk.has_questions else None,
                dump=desk.to("data/all.nq.gz"),
                script=f"{setting.script}sparql.js" if setting.script else None,
                settings=setting.as_json(),
                missing=setting.missing,
            )
        )

    def _limits(self, setting: Setting) -> str:
        """What a query may cost, and what it does not see."""
        words = self._plan.words
        said = words.asking["limits_here"]
        if setting.slim:
            count = words.number(self._plan.catalog.statements)
            said += " " + words.asking["slim"].format(count, setting.slim)
        return said

    def _slim(self) -> Stored:
        path = self._dumps.slim
        return Stored(path, GZIP, self._dumps, self._dumps.sum_of(path.name))

    def _derived(self) -> Stored:
        path = self._dumps.derived
        return Stored(path, GZIP, self._dumps, self._dumps.sum_of(path.name))

    def _vocabulary(self) -> Document:
        used = self._plan.catalog.usage()
        words: dict[str, Json] = {
            "classes": self._words(used.classes),
            "properties": self._words(used.properties),
            "terms": self._words(used.linked, named=True),
        }
        return Document(compact(words).encode(), JSON)

    def _words(self, counts: Counter[str], *, named: bool = False) -> list[Json]:
        """Terms with what they are called, the most used first."""
        found: list[Json] = []
        for iri, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            label = self._terms.get(iri) or self._plan.desk(PAGE).term_label(iri)
            if label or not named:
                found.append([iri, label or curie(iri), count])
        return found

    def _pages(self) -> Document:
        """Where things are described whose pages are not called like them; of most it goes without saying."""
        self._plan.note("records", "")
        addresses, base = self._plan.addresses.noted(unnoted), self._plan.base
        found: dict[str, Json] = {}
        for iri in self._plan.whole.records:
            place, stem = iri.removeprefix(base), addresses.stem(iri)
            if place != stem and len(found) < MOST_PAGES:
                found[place] = f"{stem}.html"
        return Document(compact(found).encode(), JSON)

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        archive = self._plan.catalog.archive
        return term_names(archive.ontology_files(), archive.config.languages)
