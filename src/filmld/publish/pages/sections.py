"""The sections of an entity's page that come from its own record."""

from collections.abc import Iterator
from dataclasses import replace

from filmld.publish.pages.model import Figure, Item, Note, Opinion, Row, Showing, Source
from filmld.publish.pages.phrases import critic
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import showable
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import FLD, RDF, SCHEMA

IMAGES = schema("image", "logo", "thumbnail")
_ABOUT, _AUTHOR, _LOGO, _SUPER_EVENT = schema("about", "author", "logo", "superEvent")
_PLACES = schema("superEvent", "location", "name")


def figures(sheet: Sheet) -> Iterator[Figure]:
    """The images of the main entity. None is loaded: a page shows nothing from elsewhere."""
    for predicate in IMAGES:
        for value in sheet.take(sheet.main, predicate):
            figure = _figure(sheet, value)
            yield replace(figure, is_logo=predicate == _LOGO)


def _figure(sheet: Sheet, value: Term) -> Figure:
    if isinstance(value, Literal):
        return Figure(caption=sheet.desk.item(value, sheet.graph))
    if sheet.own(value):
        return _own_figure(sheet, value)
    described = any(sheet.desk.graph_of(value, sheet.graph).predicates(value))
    link = sheet.desk.link(value, sheet.graph)
    return Figure(caption=link) if described else Figure(caption=None, href=link.href)


def _own_figure(sheet: Sheet, image: Resource) -> Figure:
    sheet.told(image)
    if sheet.main in sheet.graph.resources(image, _ABOUT):
        sheet.told(image, _ABOUT)
    captions = sheet.texts(image, *schema("caption", "name"))
    files = [_address(sheet, value) for value in sheet.take(image, *schema("contentUrl", "url"))]
    unsafe = tuple(item for item in files if item.href is None)
    return Figure(
        caption=captions[0] if captions else None,
        anchor=sheet.anchor(image),
        href=next((item.href for item in files if item.href), None),
        rows=(
            *_also(sheet, "contentUrl", unsafe),
            *_also(sheet, "caption", captions[1:]),
            *sheet.rest(image),
        ),
    )


def _address(sheet: Sheet, value: Term) -> Item:
    """The address of a file, which some write as a text; a link only if it is safe to follow."""
    text = value.lexical if isinstance(value, Literal) else value.value if isinstance(value, IRI) else ""
    return Item(text=showable(text), href=sheet.desk.href(text))


def _also(sheet: Sheet, name: str, items: tuple[Item, ...]) -> Iterator[Row]:
    if items:
        yield Row(label=sheet.label(SCHEMA + name, len(items)), items=items)


def showings(sheet: Sheet) -> Iterator[Showing]:
    """The festivals and venues at which a film was shown, in the order of the record."""
    for event in sheet.of_type(*schema("ScreeningEvent")):
        if sheet.main not in sheet.graph.resources(event, SCHEMA + "workPresented"):
            continue
        sheet.told(event, SCHEMA + "workPresented")
        places = [item for predicate in _PLACES for item in sheet.items(event, predicate)]
        yield Showing(
            place=places[0] if places else Item(text=sheet.desk.words.unnamed),
            texts=tuple(_descriptions(sheet, event)),
            rows=(*_rest_of(places), *sheet.rest(event)),
            notes=tuple(notes(sheet, event)),
            anchor=sheet.anchor(event),
        )


def _rest_of(places: list[Item]) -> Iterator[Row]:
    if places[1:]:
        yield Row(label="", items=tuple(places[1:]))


def _descriptions(sheet: Sheet, event: Resource) -> Iterator[Item]:
    for festival in sheet.graph.resources(event, _SUPER_EVENT):
        graph = sheet.desk.graph_of(festival, sheet.graph)
        for literal in graph.literals(festival, SCHEMA + "description"):
            yield sheet.desk.item(literal, graph)


def opinions(sheet: Sheet) -> Iterator[Opinion]:
    """The reviews of the main entity, in the order of the record."""
    listed = sheet.take(sheet.main, SCHEMA + "review")
    stated = [
        review
        for review in sheet.of_type(*schema("Review", "CriticReview"))
        if sheet.main in sheet.graph.resources(review, SCHEMA + "itemReviewed")
    ]
    for review in dict.fromkeys([*listed, *stated]):
        if isinstance(review, Literal):
            yield Opinion(texts=(sheet.desk.item(review, sheet.graph),), heads=())
            continue
        sheet.told(review, SCHEMA + "itemReviewed")
        texts = sheet.texts(review, *schema("reviewBody"))
        authors = tuple(critic(sheet, author) for author in sheet.take(review, _AUTHOR))
        link = () if texts else (sheet.desk.link(review, sheet.graph),)
        rows = sheet.rest(review)
        yield Opinion(texts=texts, heads=(*link, *authors), rows=rows, anchor=sheet.anchor(review))


def notes(sheet: Sheet, about: Resource | None = None) -> Iterator[Note]:
    """The notes on facts: on those of one thing, or all that have not been told yet."""
    for note in list(sheet.of_type(FLD + "Assertion")):
        subjects = sheet.graph.objects(note, RDF + "subject")
        if about in subjects if about else note in sheet.untold():
            yield _note(sheet, note)


def _note(sheet: Sheet, note: Resource) -> Note:
    sheet.told(note, RDF + "predicate")
    subjects = [value for value in sheet.take(note, RDF + "subject") if value != sheet.main]
    objects = sheet.items(note, RDF + "object")
    names = [value.value for value in sheet.take(note, RDF + "predicate") if isinstance(value, IRI)]
    label = sheet.label(names[0], len(objects)) if names else ""
    remarks = tuple(sheet.desk.item(value, sheet.graph) for value in subjects if not sheet.own(value))
    degrees = sheet.items(note, FLD + "certainty")
    texts = sheet.texts(note, SCHEMA + "description")
    return Note(
        about=Row(label=label, items=(*objects, *remarks)) if objects else None,
        certainty=degrees[0] if degrees else None,
        rows=(*sheet.rows(note, FLD + "asPrinted", SCHEMA + "citation"), *sheet.rest(note)),
        texts=texts,
        anchor=sheet.anchor(note),
    )


def sources(sheet: Sheet) -> Iterator[Source]:
    """What the record was made from, and how that names what the record describes."""
    for document in sheet.of_type(FLD + "Record"):
        sheet.told(document, SCHEMA + "mainEntity")
        for value in sheet.take(document, SCHEMA + "isBasedOn"):
            if value == sheet.main:
                continue
            link = sheet.desk.item(value, sheet.graph)
            yield Source(source=link, rows=tuple(_headings(sheet, value)))


def _headings(sheet: Sheet, source: Term) -> Iterator[Row]:
    if isinstance(source, Literal):
        return
    graph = sheet.desk.graph_of(source, sheet.graph)
    if sheet.main not in graph.resources(source, _ABOUT):
        return
    for predicate in schema("headline", "primaryImageOfPage"):
        items = tuple(sheet.desk.item(value, graph) for value in graph.objects(source, predicate))
        if items:
            yield Row(label=sheet.label(predicate, len(items)), items=items)
