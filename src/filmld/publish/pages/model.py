"""The view models: everything a template may show, already chosen, ordered and addressed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text as shown, perhaps a link, perhaps with remarks behind it.

    Attributes:
        text: What is read.
        language: Its language tag, where it is known.
        href: Where it leads.
        anchor: The name of this place on the page.
        moment: The exact form of a date or duration.
        remarks: What is said of it, in brackets.
    """

    text: str
    language: str | None = None
    href: str | None = None
    anchor: str | None = None
    moment: str | None = None
    remarks: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and what stands beside it; the label may lead somewhere itself."""

    label: str
    items: tuple[Item, ...]
    anchor: str | None = None
    label_language: str | None = None
    label_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image, or the caption of one whose file is not known."""

    caption: Item | None
    anchor: str | None = None
    href: str | None = None
    is_logo: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A cataloguer's note on one fact.

    Attributes:
        about: The fact: what the property is called, and its value.
        certainty: How the fact relates to what its source says.
        rows: What else is stated, such as the form as printed.
        texts: What the cataloguer says.
        anchor: Its place on the page.
    """

    about: Row | None
    certainty: Item | None
    rows: tuple[Row, ...]
    texts: tuple[Item, ...]
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A festival or venue at which a film was shown."""

    place: Item
    texts: tuple[Item, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A review, in its own words: who wrote it, or on their own page, what it is about."""

    texts: tuple[Item, ...]
    heads: tuple[Item, ...]
    rows: tuple[Row, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a record was made from."""

    source: Item
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Something the record describes that has no section of its own."""

    title: Item
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Things of one sort that a record describes, such as its copies."""

    name: str
    heading: str
    things: tuple[Other, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Statements that belong together."""

    heading: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check has to say about a record.

    Attributes:
        severity: How grave it is, in words.
        message: What is wrong; checks speak English.
        place: Where in the record.
        code: The name of the rule.
    """

    severity: str
    message: str
    place: str | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a check found in a record.

    Attributes:
        summary: How many findings of which kinds there are.
        is_sound: Whether there is nothing to mend.
        findings: The first of them.
        is_outdated: Whether the file has become unreadable, so that the page shows what it was before.
    """

    summary: str
    is_sound: bool
    findings: tuple[Finding, ...]
    is_outdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that goes with a page."""

    name: str
    href: str
    media_type: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in a language.

    Attributes:
        language: The tag of the language.
        name: What the language calls itself.
        href: The way from this page.
        address: The whole address.
        is_here: Whether it is this page.
        locale: The language as OpenGraph writes it.
    """

    language: str
    name: str
    href: str
    address: str
    is_here: bool
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What every page has around its content.

    Attributes:
        title: For the window, without the name of the archive.
        description: One plain sentence for search results.
        home: The way to the home page.
        asset: The way to the folder of style sheet and icon.
        menu: The lists of the catalogue.
        current: The address of the list that this page belongs to.
        crumbs: The way from the home page to here, this page last.
        canonical: The one address of the page, where it has one.
        kind: The OpenGraph type.
        alternates: The page in every language it is written in; empty if there is only one.
        search: The way to the search.
        image: The address of an image, for those who show a link to the page.
    """

    title: str
    description: str
    archive: str
    home: str
    asset: str
    menu: tuple[Item, ...]
    current: str | None
    crumbs: tuple[Item, ...]
    canonical: str | None
    kind: str
    publisher: str | None
    licence: Item | None
    alternates: tuple[Alternate, ...]
    search: str
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """The page of a film, a person, an organization: of whatever a record describes."""

    shell: Shell
    kind: str
    heading: Item
    year: Item | None
    byline: tuple[Row, ...]
    other_names: Row | None
    texts: tuple[Item, ...]
    credits: tuple[Row, ...]
    figures: tuple[Figure, ...]
    showings: tuple[Showing, ...]
    opinions: tuple[Opinion, ...]
    sections: tuple[Section, ...]
    works: tuple[Row, ...]
    all_works: Item | None
    quoted: tuple[Opinion, ...]
    facts: tuple[Facts, ...]
    sources: tuple[Source, ...]
    notes: tuple[Note, ...]
    forms: tuple[Row, ...]
    record_anchor: str | None
    others: tuple[Other, ...]
    iri: str
    linkset: str
    oembed: str | None
    citation: str
    downloads: tuple[Download, ...]
    snippet: str | None
    changed: Item | None
    check: Check | None
    script: str
    edit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The way through the pages of a list.

    Attributes:
        previous: The way to the page before.
        following: The way to the page after.
        first: The way to the first page, from any but that.
        last: The way to the last page, from any but that.
        number: The number of this page.
        total: How many pages there are.
    """

    previous: str | None
    following: str | None
    first: str | None
    last: str | None
    number: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list, or one page of it.

    Attributes:
        shell: The frame.
        kicker: How many there are, or what the heading belongs to.
        heading: What is listed.
        intro: A sentence about it.
        entries: What is listed on this page.
        letters: The first letters of entries, and the ways to them.
        pager: The way through its pages.
        facets: Ways to parts of the list.
        downloads: The list as data.
    """

    shell: Shell
    kicker: str
    heading: Item
    intro: Item | None
    entries: tuple[Item, ...]
    letters: tuple[Item, ...]
    pager: Pager
    facets: tuple[Row, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The page that names are searched on.

    Attributes:
        shell: The frame.
        here: The address of this page as a form needs it.
        script: The way to the script.
        shards: The way to the folder of the index.
        root: The way to the top of the site in the language of the page.
    """

    shell: Shell
    here: str
    script: str
    shards: str
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The first page of the archive."""

    shell: Shell
    films: tuple[Item, ...]
    lists: tuple[Row, ...]
    facets: tuple[Row, ...]
    downloads: tuple[Download, ...]
    dataset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """A record as a card, to be framed by somebody else's page.

    Attributes:
        href: The way to the record's page.
        style: The way to the style sheet of cards.
    """

    heading: Item
    year: Item | None
    byline: tuple[Item, ...]
    summary: Item | None
    archive: str
    iri: str
    href: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredPage:
    """What is shown at the address of a record that is out of use.

    Attributes:
        names: What was described there.
        successor: The way to what has taken its place.
    """

    shell: Shell
    names: tuple[Item, ...]
    successor: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """What is shown where there is nothing."""

    shell: Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPage:
    """Everything there is to download.

    Attributes:
        whole: The files with everything in them, and those about them.
        columns: The forms of tables: what each is called, and what it is for.
        tables: For each class, its name and its files, in the order of the columns.
    """

    shell: Shell
    heading: str
    whole_heading: str
    whole: tuple[Download, ...]
    tables_heading: str
    columns: tuple[Download, ...]
    tables: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """One term of the ontology, or one shape.

    Attributes:
        name: Its short name.
        anchor: Its place on the page.
        iri: Its address.
        labels: What it is called, in each language.
        texts: What it means.
        rows: What else is stated: its parents, what it corresponds to elsewhere.
    """

    name: str
    anchor: str
    iri: str
    labels: tuple[Item, ...]
    texts: tuple[Item, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPage:
    """The terms of one file of the ontology, or its shapes, or a part of them."""

    shell: Shell
    heading: str
    turtle: Download
    entries: tuple[TermEntry, ...]
    previous: str | None
    following: str | None
    number: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFile:
    """One file of the ontology or of shapes, in the list of them."""

    name: Item
    turtle: Download
    terms: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPage:
    """All files of the ontology, or all of shapes, with the places of their terms."""

    shell: Shell
    heading: str
    files: tuple[TermFile, ...]
