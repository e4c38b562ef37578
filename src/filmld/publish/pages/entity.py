"""The page of whatever a record describes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

from filmld.archive import Record
from filmld.publish.addresses import LISTS
from filmld.publish.embed import embed_document
from filmld.publish.jsontext import script_element
from filmld.publish.pages.backlinks import all_works, quoted, works
from filmld.publish.pages.checked import check_of
from filmld.publish.pages.credits import credit_rows
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, EntityPage, Facts, Item, Other, Row, Shell
from filmld.publish.pages.phrases import institution, subject_of
from filmld.publish.pages.sections import figures, notes, opinions, showings, sources
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.pages.shell import in_every_language, shell, shortened
from filmld.publish.pages.things import other, sections
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import BlankNode, Term
from filmld.vocab import FLD, SCHEMA

_IMAGE_ADDRESS = re.compile(r"https?://[^\s\x00-\x20<>\"]+")
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
        sections=tuple(sections(sheet)),
        works=works(sheet),
        all_works=all_works(sheet),
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
        changed=_changed(sheet),
        edit=_edit(desk, record),
        check=check_of(desk, record),
        script=desk.to("assets/filmld.js"),
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
        Item(text=desk.words.kinds[record.kind].many, href=desk.page(f"{LISTS[record.kind]}.html"))
        if record.kind in LISTS
        else None
    )
    here = Item(text=heading.text, language=heading.language)
    frame = shell(
        desk,
        title=title,
        description=showable(f"{title}. {summary}"),
        crumbs=(section, here) if section else (here,),
        section=record.kind,
        canonical=record.iri,
        kind=_OPEN_GRAPH.get(record.kind, "website"),
    )
    return replace(in_every_language(desk, frame, record.iri), image=_image(sheet))


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


def _facts(sheet: Sheet) -> Iterator[Facts]:
    """All that the record states of its main entity and that has no section of its own, in shape order."""
    main, concepts, languages = sheet.main, sheet.desk.concepts, sheet.desk.languages
    grouped: dict[str | None, list[Row]] = {}
    for predicate in sheet.untold_properties(main):
        grouped.setdefault(sheet.group(main, predicate), []).extend(_fact(sheet, predicate))
    shown = {group: rows for group, rows in grouped.items() if rows}
    named = [group for group in concepts.groups if group.iri in shown]
    for group in named:
        labels = preferred(group.labels, languages) if len(named) > 1 else []
        heading = labels[0].lexical if labels else None
        yield Facts(heading=heading, rows=tuple(shown.pop(group.iri)))
    rest = tuple(row for rows in shown.values() for row in rows)
    if rest:
        yield Facts(heading=sheet.desk.words.more if len(named) > 1 else None, rows=rest)


def _fact(sheet: Sheet, predicate: str) -> Iterator[Row]:
    match predicate.removeprefix(SCHEMA):
        case "affiliation":
            yield from _row(sheet, "affiliation", lambda value: institution(sheet, value, sheet.graph))
        case "about":
            yield from _row(sheet, "about", lambda value: subject_of(sheet, value))
        case _:
            yield from sheet.rows(sheet.main, predicate)


def _row(sheet: Sheet, name: str, phrase: Callable[[Term], Item]) -> Iterator[Row]:
    items = tuple(phrase(value) for value in sheet.take(sheet.main, SCHEMA + name))
    if items:
        yield Row(label=sheet.label(SCHEMA + name, len(items)), items=items)


def _image(sheet: Sheet) -> str | None:
    """The address of an image of what the page is about, for those who show a link to it."""
    for image in sheet.graph.resources(sheet.main, SCHEMA + "image"):
        for file in (image, *sheet.graph.objects(image, SCHEMA + "contentUrl")):
            text = "" if isinstance(file, BlankNode) or sheet.own(file) else file[0]
            if _IMAGE_ADDRESS.fullmatch(text):
                return text
    return None


def _changed(sheet: Sheet) -> Item | None:
    day = sheet.desk.catalog.last_change(sheet.record)
    return Item(text=day, moment=day) if day else None


def _edit(desk: Desk, record: Record) -> str | None:
    """Where the file of a record is edited, if the archive says where that is."""
    archive = desk.catalog.archive
    place = record.path.relative_to(archive.root).as_posix()
    return archive.config.edit + quote(place) if archive.config.edit else None


def _others(sheet: Sheet) -> Iterator[Other]:
    for subject in list(sheet.untold()):
        yield other(sheet, subject)


def _citation(sheet: Sheet, heading: Item, year: Item | None) -> str:
    config = sheet.desk.catalog.archive.config
    title = f"{heading.text} ({year.text})" if year else heading.text
    holder = f"{config.title}, {config.publisher}" if config.publisher else config.title
    day = sheet.desk.catalog.last_change(sheet.record)
    changed = f" {sheet.desk.words.changed}: {day}." if day else ""
    return showable(f"{title}. {holder}.{changed} {sheet.record.iri}")


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
