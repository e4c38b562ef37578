"""The page of whatever a record describes."""

from collections.abc import Callable, Iterator

from filmld.archive import Record
from filmld.publish.addresses import LISTS
from filmld.publish.embed import embed_document
from filmld.publish.jsontext import script_element
from filmld.publish.pages.backlinks import quoted, works
from filmld.publish.pages.credits import credit_rows
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, EntityPage, Item, Other, Row, Shell
from filmld.publish.pages.phrases import institution, subject_of
from filmld.publish.pages.sections import figures, notes, opinions, showings, sources
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.pages.shell import shell, shortened
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import Term
from filmld.vocab import FLD, RDF, SCHEMA

_DATES = schema("dateCreated", "datePublished", "birthDate", "deathDate", "startDate")
_FIRST_FACTS = schema("genre", "locationCreated", "jobTitle")
_OPEN_GRAPH = {"film": "video.movie", "person": "profile"}


def entity_page(desk: Desk, record: Record) -> EntityPage:
    """Make the page of a record's main entity. Whatever the record states has its place on it."""
    sheet = Sheet(desk, record)
    main = sheet.main
    heading = desk.link(main, sheet.graph)
    year = desk.year(main, sheet.graph)
    names = sheet.texts(main, SCHEMA + "name")
    embed = embed_document(desk.catalog, record)
    sheet.told(main)
    return EntityPage(
        shell=_shell(sheet, heading, year),
        kind=_kind(sheet),
        heading=Item(text=heading.text, language=heading.language),
        year=year,
        byline=tuple(_byline(sheet)),
        other_names=_other_names(sheet, names[1:]),
        texts=sheet.texts(main, *schema("abstract", "description", "text")),
        credits=credit_rows(sheet),
        figures=tuple(figures(sheet)),
        showings=tuple(showings(sheet)),
        opinions=tuple(opinions(sheet)),
        works=works(sheet),
        quoted=tuple(quoted(sheet)),
        forms=sheet.rows(main, FLD + "transcribedForm"),
        facts=tuple(_facts(sheet)),
        sources=tuple(sources(sheet)),
        notes=tuple(notes(sheet)),
        record_anchor=next(
            filter(None, (sheet.anchor(node) for node in sheet.of_type(FLD + "Record"))), None
        ),
        others=tuple(_others(sheet)),
        iri=record.iri,
        linkset=desk.to(f"{desk.addresses.stem(record.iri)}.linkset.json"),
        oembed=_oembed(desk, record) if embed else None,
        citation=_citation(sheet, heading, year),
        downloads=tuple(_downloads(sheet, with_embed=embed is not None)),
        snippet=script_element(embed) if embed else None,
    )


def _oembed(desk: Desk, record: Record) -> str:
    """Where oEmbed consumers find the card; they ask for the address as it stands here."""
    return f"{desk.catalog.archive.config.base}embed/{desk.addresses.stem(record.iri)}.oembed.json"


def _shell(sheet: Sheet, heading: Item, year: Item | None) -> Shell:
    desk, record = sheet.desk, sheet.record
    title = f"{heading.text} ({year.text})" if year else heading.text
    texts = preferred(list(sheet.graph.literals(sheet.main, SCHEMA + "description")), desk.languages)
    words = [_kind(sheet), *(item.text for row in _byline(sheet) for item in row.items)]
    summary = shortened(texts[0]) if texts else ", ".join(words)
    section = (
        Item(text=desk.words.kinds[record.kind].many, href=desk.to(f"{LISTS[record.kind]}.html"))
        if record.kind in LISTS
        else None
    )
    here = Item(text=heading.text, language=heading.language)
    return shell(
        desk,
        title=title,
        description=showable(f"{title}. {summary}"),
        crumbs=(section, here) if section else (here,),
        section=record.kind,
        canonical=record.iri,
        kind=_OPEN_GRAPH.get(record.kind, "website"),
    )


def _kind(sheet: Sheet) -> str:
    label = sheet.desk.words.kinds.get(sheet.record.kind)
    return label.one if label else sheet.record.kind.rpartition("/")[2].capitalize()


def _other_names(sheet: Sheet, more: tuple[Item, ...]) -> Row | None:
    names = (*more, *sheet.items(sheet.main, SCHEMA + "alternateName"))
    return Row(label=sheet.label(SCHEMA + "alternateName", len(names)), items=names) if names else None


def _byline(sheet: Sheet) -> Iterator[Row]:
    """What is said in one line below the title."""
    graph, main, words = sheet.graph, sheet.main, sheet.desk.words
    for label, name in (("", "genre"), (words.directed_by, "director"), ("", "jobTitle"), ("", "location")):
        values = list(dict.fromkeys(graph.objects(main, SCHEMA + name)))
        items = tuple(sheet.desk.item(value, graph) for value in values)
        plain = tuple(item for value, item in zip(values, items, strict=True) if not sheet.own(value))
        if plain:
            yield Row(label=label, items=plain)


def _facts(sheet: Sheet) -> Iterator[Row]:
    """All that the record states of its main entity and that has no section of its own."""
    yield from sheet.rows(sheet.main, *_DATES)
    yield from sheet.rows(sheet.main, *_FIRST_FACTS)
    yield from _row(sheet, "affiliation", lambda value: institution(sheet, value, sheet.graph))
    yield from _row(sheet, "about", lambda value: subject_of(sheet, value))
    yield from sheet.rest(sheet.main)


def _row(sheet: Sheet, name: str, phrase: Callable[[Term], Item]) -> Iterator[Row]:
    items = tuple(phrase(value) for value in sheet.take(sheet.main, SCHEMA + name))
    if items:
        yield Row(label=sheet.label(SCHEMA + name, len(items)), items=items)


def _others(sheet: Sheet) -> Iterator[Other]:
    for subject in list(sheet.untold()):
        sheet.told(subject)
        title = sheet.desk.link(subject, sheet.graph)
        anchored = Item(text=title.text, language=title.language, anchor=sheet.anchor(subject))
        rows = sheet.rest(subject)
        kinds = tuple(
            Item(text=kind.rpartition("/")[2].rpartition("#")[2] or kind)
            for kind in sorted(sheet.graph.types(subject))
        )
        row = (Row(label=sheet.label(RDF + "type", len(kinds)), items=kinds),) if kinds else ()
        yield Other(title=anchored, rows=(*row, *rows))


def _citation(sheet: Sheet, heading: Item, year: Item | None) -> str:
    config = sheet.desk.catalog.archive.config
    title = f"{heading.text} ({year.text})" if year else heading.text
    holder = f"{config.title}, {config.publisher}" if config.publisher else config.title
    return f"{title}. {holder}. {sheet.record.iri}"


def _downloads(sheet: Sheet, *, with_embed: bool) -> Iterator[Download]:
    desk, words = sheet.desk, sheet.desk.words
    place = desk.addresses.stem(sheet.record.iri)
    yield Download(
        name="Turtle", href=desk.to(f"{place}.ttl"), media_type="text/turtle", note=words.turtle_note
    )
    yield Download(
        name="JSON-LD",
        href=desk.to(f"{place}.jsonld"),
        media_type="application/ld+json",
        note=words.jsonld_note,
    )
    yield Download(
        name="N-Triples",
        href=desk.to(f"{place}.nt"),
        media_type="application/n-triples",
        note=words.ntriples_note,
    )
    if with_embed:
        yield Download(
            name=words.embed_name,
            href=desk.to(f"embed/{place}.html"),
            media_type="text/html",
            note=words.embed_note,
        )
