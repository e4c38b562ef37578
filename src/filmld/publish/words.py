"""Every word that pages say of themselves: a file for each language, in ``languages/``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from filmld.tuples import NamedTuple
from filmld.vocab import FLD, PREFIXES

_SUFFIX: Final = ".toml"


class Label(NamedTuple):
    """What a thing is called when there is one of it, and when there are several."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The form for a number of things."""
        return self.one if count == 1 else self.many


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language.

    Attributes:
        language: Its tag.
        name: What it calls itself.
        locale: As OpenGraph writes it.
        properties: What properties are called.
        capacities: As what a thing is named in the records of others, by the property that leads to it.
        kinds: The kinds of records.
        labels: Things that are counted.
        asking: What the pages say that ask the data.
        script: What the scripts of those pages say.
    """

    language: str
    name: str
    locale: str
    properties: Mapping[str, Label]
    capacities: Mapping[str, Label]
    kinds: Mapping[str, Label]
    labels: Mapping[str, Label]
    asking: Mapping[str, str]
    script: Mapping[str, str]

    skip: str
    home: str
    sections: str
    breadcrumbs: str
    languages: str
    other_records: str
    unnamed: str

    credits: str
    titles: str
    stills: str
    logo: str
    no_image: str
    image_link: str
    festivals: str
    awards: str
    variants: str
    copies: str
    nominated: str
    opinions: str
    facts: str
    more: str
    all_of_them: str
    see_also: str
    linked: str
    reviewer: str
    directed_by: str
    born: str
    died: str

    provenance: str
    provenance_intro: str
    notes: str
    as_printed: str
    certainty: str
    cited: str
    heading_as_printed: str
    source_name: str
    stated: str
    corrected: str
    inferred: str
    doubtful: str

    data: str
    downloads: str
    turtle_note: str
    jsonld_note: str
    ntriples_note: str
    embed_name: str
    embed_note: str
    cite: str
    address: str
    copy: str
    copied: str
    use: str
    use_intro: str
    use_show: str
    licence: str
    identifier: str
    changed: str
    checked: str
    sound: str
    row: str
    outdated: str
    outdated_text: str

    pages: str
    previous: str
    following: str
    page_of: str
    letters: str
    narrower: str
    by_decade: str
    by_genre: str
    by_country: str
    by_festival: str
    decade: str
    list_as_data: str
    csv_note: str
    json_note: str
    ttl_note: str
    whole: str
    nquads_note: str
    nquads_gz_note: str
    context_note: str
    everything: str
    tables: str
    graphs_note: str
    whole_turtle_note: str
    lines_note: str
    sums_note: str
    void_note: str
    names_note: str
    table_note: str
    packed: str
    same_note: str
    spreadsheet: str
    spreadsheet_note: str
    parquet_note: str
    files_note: str
    ontology: str
    ontology_note: str
    shapes: str
    shapes_note: str
    edit: str
    published_by: str
    made_with: str
    missing: str
    missing_text: str
    missing_home: str
    retired: str
    retired_text: str
    replaced_by: str

    search: str
    search_label: str
    search_hint: str
    search_no_script: str
    search_none: str
    search_found: str
    search_some: str
    search_failed: str
    search_more: str

    @property
    def records(self) -> Label:
        """Records, counted."""
        return self.labels["record"]

    def number(self, value: int) -> str:
        """A whole number, its thousands set apart as the language does."""
        return f"{value:,}".replace(",", self.asking["thousands"])

    def rows(self, count: int) -> str:
        """Rows of an answer, counted."""
        return f"{self.number(count)} {self.labels['row'].of(count)}"

    def duration(self, seconds: float) -> str:
        """A short time."""
        text = f"{seconds:.2f} s" if seconds >= 1 else f"{max(1, round(seconds * 1000))} ms"
        return text if self.asking["thousands"] == "," else text.replace(".", ",")

    def certainty_of(self, iri: str) -> str | None:
        """The name of a degree of certainty."""
        degrees = {
            FLD + "Stated": self.stated,
            FLD + "Corrected": self.corrected,
            FLD + "Inferred": self.inferred,
            FLD + "Doubtful": self.doubtful,
        }
        return degrees.get(iri)


@cache
def words_in(language: str) -> Words:
    """The words of a language that there is a file for, given by its name there."""
    file = resources.files("filmld.publish").joinpath("languages", language + _SUFFIX)
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Words(
        language=table["language"],
        name=table["name"],
        locale=table["locale"],
        properties=_by_iri(table["properties"]),
        capacities=_by_iri(table["capacities"]),
        kinds=_labels(table["kinds"]),
        labels=_labels(table["labels"]),
        asking=MappingProxyType(table["asking"]),
        script=MappingProxyType(table["script"]),
        **table["texts"],
    )


@cache
def known_languages() -> frozenset[str]:
    """The languages that there is a file for."""
    folder = resources.files("filmld.publish").joinpath("languages")
    return frozenset(
        file.name.removesuffix(_SUFFIX) for file in folder.iterdir() if file.name.endswith(_SUFFIX)
    )


def page_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """Which languages pages are written in, of those an archive names; the first has the plain addresses.

    A tag with a region stands for its language, and an archive whose first language is none of
    ours has pages in English.

    >>> page_languages(["de-CH", "fi"]), page_languages(["mi", "fi"])
    (('de', 'fi'), ('en', 'fi'))
    """
    known = [_known(tag) for tag in tags] or [None]
    first = known[0] or "en"
    return tuple(dict.fromkeys([first, *(tag for tag in known if tag)]))


def _known(tag: str) -> str | None:
    plain = tag.lower()
    return next((each for each in (plain, plain.partition("-")[0]) if each in known_languages()), None)


def _by_iri(table: Mapping[str, Mapping[str, list[str] | str]]) -> Mapping[str, Label]:
    namespaces = dict(PREFIXES)
    return MappingProxyType(
        {
            namespaces[prefix] + name: label
            for prefix, names in table.items()
            for name, label in _labels(names).items()
        }
    )


def _labels(table: Mapping[str, list[str] | str]) -> Mapping[str, Label]:
    return MappingProxyType(
        {
            name: Label(forms, forms) if isinstance(forms, str) else Label(*forms)
            for name, forms in table.items()
        }
    )


ENGLISH: Final = words_in("en")
