"""Every word that pages say of themselves, in one place, so that other languages can follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from filmld.vocab import FLD, RDF, SCHEMA, SKOS


class Label(NamedTuple):
    """What a property is called when it has one value, and when it has several."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The form for a number of values."""
        return self.one if count == 1 else self.many


def _labels(namespace: str, names: Mapping[str, tuple[str, str] | str]) -> dict[str, Label]:
    return {
        namespace + name: Label(words, words) if isinstance(words, str) else Label(*words)
        for name, words in names.items()
    }


_SCHEMA_LABELS = _labels(
    SCHEMA,
    {
        "about": ("Subject", "Subjects"),
        "abstract": "Summary",
        "actor": "Cast",
        "affiliation": ("Affiliation", "Affiliations"),
        "alternateName": ("Other name", "Other names"),
        "author": "Written by",
        "award": ("Award", "Awards"),
        "birthDate": "Born",
        "birthPlace": "Place of birth",
        "caption": "Caption",
        "citation": ("Source", "Sources"),
        "contentLocation": ("Place depicted", "Places depicted"),
        "contentUrl": "File",
        "contributor": ("Contributor", "Contributors"),
        "countryOfOrigin": ("Country", "Countries"),
        "creator": ("Creator", "Creators"),
        "dateCreated": "Year",
        "datePublished": "Released",
        "deathDate": "Died",
        "deathPlace": "Place of death",
        "description": "Description",
        "director": ("Director", "Directors"),
        "duration": "Running time",
        "editor": ("Editor", "Editors"),
        "endDate": "Until",
        "funder": ("Funder", "Funders"),
        "genre": ("Genre", "Genres"),
        "headline": "Heading as printed",
        "identifier": ("Identifier", "Identifiers"),
        "image": ("Image", "Images"),
        "inLanguage": ("Language", "Languages"),
        "jobTitle": ("Occupation", "Occupations"),
        "keywords": ("Keyword", "Keywords"),
        "location": ("Place", "Places"),
        "locationCreated": ("Place of shooting", "Places of shooting"),
        "logo": "Logo",
        "memberOf": "Member of",
        "musicBy": "Music",
        "name": ("Name", "Names"),
        "parentOrganization": "Part of",
        "primaryImageOfPage": "Image at the head of the page",
        "producer": ("Producer", "Producers"),
        "productionCompany": "Production",
        "provider": ("Provider", "Providers"),
        "publication": "Publication",
        "publishedBy": "Published by",
        "publisher": ("Publisher", "Publishers"),
        "reviewBody": "Opinion",
        "roleName": "Credited as",
        "sameAs": "Also described at",
        "sponsor": ("Sponsor", "Sponsors"),
        "startDate": "Date",
        "superEvent": "Part of",
        "trailer": ("Trailer", "Trailers"),
        "url": "Web page",
        "worksFor": "Works for",
    },
)
_OWN_LABELS = _labels(
    FLD,
    {
        "asPrinted": "As printed",
        "certainty": "Certainty",
        "creditedAs": "Credited as",
        "creditOrder": "Place in the credits",
        "transcribedForm": ("Form found in a source", "Forms found in a source"),
    },
)
_OTHER_LABELS = {RDF + "type": Label("Kind", "Kinds"), SKOS + "exactMatch": Label("Same as", "Same as")}

_CAPACITIES = {
    SCHEMA + "about": Label("Subject of", "Subject of"),
    SCHEMA + "affiliation": Label("People", "People"),
    SCHEMA + "author": Label("Writer", "Writer"),
    SCHEMA + "contentLocation": Label("Depicted in", "Depicted in"),
    SCHEMA + "countryOfOrigin": Label("Films from here", "Films from here"),
    SCHEMA + "genre": Label("Films", "Films"),
    SCHEMA + "isBasedOn": Label("Records based on this source", "Records based on this source"),
    SCHEMA + "location": Label("Located here", "Located here"),
    SCHEMA + "locationCreated": Label("Shot here", "Shot here"),
    SCHEMA + "productionCompany": Label("Production company", "Production company"),
    SCHEMA + "superEvent": Label("Films shown", "Films shown"),
}

_KINDS = {
    "film": Label("Film", "Films"),
    "person": Label("Person", "People"),
    "organization": Label("Organization", "Organizations"),
    "festival": Label("Festival", "Festivals"),
    "place": Label("Place", "Places"),
    "genre": Label("Genre", "Genres"),
    "source": Label("Source", "Sources"),
}
_RECORDS = Label("record", "records")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; the fields' defaults are English."""

    language: str = "en"
    properties: Mapping[str, Label] = field(
        default_factory=lambda: MappingProxyType({**_SCHEMA_LABELS, **_OWN_LABELS, **_OTHER_LABELS})
    )
    capacities: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType(dict(_CAPACITIES)))
    kinds: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType(dict(_KINDS)))

    skip: str = "Skip to the content"
    home: str = "Home"
    sections: str = "Catalogue"
    breadcrumbs: str = "You are here"
    other_records: str = "Other records"
    unnamed: str = "Without a name"

    credits: str = "Credits"
    stills: str = "Images"
    logo: str = "Logo"
    no_image: str = "Image not available"
    image_link: str = "Open the image file"
    festivals: str = "Festivals"
    opinions: str = "Opinions on the film"
    facts: str = "At a glance"
    more: str = "Further statements"
    and_more: str = "and {} more"
    see_also: str = "In this archive"
    reviewer: str = "Opinions on films"
    directed_by: str = "directed by"
    born: str = "born"
    died: str = "died"

    provenance: str = "What the source says"
    provenance_intro: str = "This record was made from:"
    notes: str = "Cataloguer’s notes"
    as_printed: str = "As printed"
    certainty: str = "Certainty"
    cited: str = "Source"
    heading_as_printed: str = "Heading as printed"
    source_name: str = "Called"
    stated: str = "Stated in the source"
    corrected: str = "Corrected"
    inferred: str = "Inferred"
    doubtful: str = "Doubtful"

    data: str = "Data"
    downloads: str = "Download this record"
    turtle_note: str = "the record as catalogued"
    jsonld_note: str = "every statement, for programs"
    ntriples_note: str = "one statement a line"
    embed_name: str = "Embed snippet"
    embed_note: str = "for the head of a web page"
    cite: str = "Cite this record"
    use: str = "Use this record"
    use_intro: str = (
        "Paste this into the head of your own page about it. Search engines read it; visitors do not see it."
    )
    use_show: str = "Show the snippet"
    licence: str = "Licence of the data"
    identifier: str = "Identifier"

    records: Label = _RECORDS
    pages: str = "Pages"
    previous: str = "Previous"
    following: str = "Next"
    whole: str = "The whole catalogue as data"
    nquads_note: str = "N-Quads, one named graph for each record"
    nquads_gz_note: str = "the same, compressed"
    context_note: str = "the JSON-LD context of all records"
    published_by: str = "Published by"
    made_with: str = "Made with filmld from Turtle records."
    missing: str = "There is no such page"
    missing_text: str = "Perhaps the address was mistyped, or the record has another name."
    missing_home: str = "Go to the catalogue"
    retired: str = "This record is out of use"
    retired_text: str = (
        "Its address stays, so that whoever follows a citation finds out; nothing has taken its place."
    )
    replaced_by: str = "What was described here is now described at"

    def certainty_of(self, iri: str) -> str | None:
        """The name of a degree of certainty."""
        degrees = {
            FLD + "Stated": self.stated,
            FLD + "Corrected": self.corrected,
            FLD + "Inferred": self.inferred,
            FLD + "Doubtful": self.doubtful,
        }
        return degrees.get(iri)


ENGLISH: Final = Words()
