"""SPARQL without a server: its page, its scripts, the lists to complete with, and the derived facts."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from filmld.catalog.terms import term_names
from filmld.publish.frontend import FOLDER, bundle, media_type
from filmld.publish.jsontext import Json, compact
from filmld.publish.noted import EVERYTHING
from filmld.publish.pages.asking import SparqlPage
from filmld.publish.pages.shell import shell
from filmld.publish.pages.sparql import DERIVED_DUMP, NAMES, SLIM_DUMP, VOCABULARY, Setting, examples
from filmld.publish.parts import slim
from filmld.publish.parts.slim import is_large, local_setting
from filmld.publish.plan import GZIP, JSON, Document, Plan
from filmld.vocab import PREFIXES, curie

PAGE: Final = "sparql/index.html"
MOST_NAMES: Final = 50_000
"""Named things to complete with: more would be a burden for whoever asks the first question."""


class Asking:
    """The files with which a visitor's own browser answers."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._bundle = {f"{FOLDER}/{name}": file for name, file in bundle().items()}
        self._makers = MappingProxyType[str, Callable[[], Document]](
            {
                PAGE: self._page,
                VOCABULARY: self._vocabulary,
                NAMES: self._names,
                DERIVED_DUMP: self._derived,
                **({SLIM_DUMP: self._slim} if is_large(plan.whole) else {}),
            }
        )

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from self._makers
        yield from self._bundle

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        file = self._bundle.get(path)
        if file is not None:
            return Document(file.read_bytes(), media_type(path) or "")
        make = self._makers.get(path)
        return make() if make else None

    def _page(self) -> Document:
        desk = self._plan.desk(PAGE)
        config = self._plan.catalog.archive.config
        setting = local_setting(self._plan)
        return self._plan.html(
            SparqlPage(
                shell=shell(
                    desk,
                    title="SPARQL",
                    description=f"Ask the records of {config.title} in SPARQL, without a server.",
                ),
                action=None,
                examples=examples(desk.to(PAGE)),
                limits=self._limits(setting),
                prefixes=PREFIXES,
                gallery=desk.to("queries/index.html") if desk.has_questions else None,
                dump=desk.to("data/all.nq.gz"),
                script=f"{setting.script}sparql.js" if setting.script else None,
                settings=setting.as_json(),
                missing=setting.missing,
            )
        )

    def _limits(self, setting: Setting) -> str:
        """What a query may cost, and what it does not see."""
        said = (
            "Your own browser answers, over the data of this site: the first question loads it. "
            "Nothing is sent anywhere, and nothing limits a query but your patience."
        )
        if setting.slim:
            count = self._plan.catalog.statements
            said += (
                f" Of {count:,} statements it loads a slim form, {setting.slim}; all are in the downloads."
            )
        things = len(self._plan.catalog.records)
        if things > MOST_NAMES:
            said += f" Names are proposed for the first {MOST_NAMES:,} of {things:,} things."
        return said

    def _slim(self) -> Document:
        return Document(gzip.compress("".join(slim.lines(self._plan.catalog)).encode(), mtime=0), GZIP)

    def _derived(self) -> Document:
        lines = "".join(self._plan.catalog.derived_nquads())
        return Document(gzip.compress(lines.encode(), mtime=0), GZIP)

    def _vocabulary(self) -> Document:
        self._plan.note(EVERYTHING, "")
        used = self._plan.whole.usage()
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

    def _names(self) -> Document:
        """The things that have a record, each with its page where that is not plain."""
        base = self._plan.base
        desk = self._plan.desk(PAGE)
        things: list[Json] = []
        for record in list(self._plan.catalog.records.values())[:MOST_NAMES]:
            place = record.iri.removeprefix(base)
            name = desk.record_link(record)
            year = f", {name.remarks[0].text}" if name.remarks else ""
            row: list[Json] = [place, name.text, self._kind(record.kind) + year]
            stem = self._plan.addresses.stem(record.iri)
            things.append(row if stem == place else [*row, f"{stem}.html"])
        return Document(compact({"things": things}).encode(), JSON)

    def _kind(self, kind: str) -> str:
        label = self._plan.words.kinds.get(kind)
        return label.one if label else kind

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        archive = self._plan.catalog.archive
        return term_names(archive.ontology_files(), archive.config.languages)
