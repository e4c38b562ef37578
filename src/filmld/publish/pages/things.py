"""What a record describes beside its main entity: its titles, versions, awards, copies, and all the rest."""

from collections.abc import Iterator
from typing import Final

from filmld.publish.pages.model import Item, Other, Row, Section
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import showable
from filmld.turtle.terms import IRI, Literal, Resource
from filmld.vocab import FLD, RDF, SCHEMA

_SECTIONS: Final = (
    ("titles", (FLD + "Title",)),
    ("variants", (FLD + "Variant",)),
    ("awards", (FLD + "Award",)),
    ("copies", (FLD + "Manifestation", FLD + "Item")),
)
_LEADING_TO_THEM: Final = (FLD + "title", SCHEMA + "award")
_SAID_BY_PLACE: Final = (
    FLD + "variantOf",
    FLD + "manifestationOf",
    FLD + "itemOf",
    *schema("workFeatured"),
)
"""How a thing belongs to the main entity, which its place on the page says already."""


def sections(sheet: Sheet) -> Iterator[Section]:
    """The things that a film's record describes, a section for each sort."""
    words = sheet.desk.words
    headings = (words.titles, words.variants, words.awards, words.copies)
    for (name, classes), heading in zip(_SECTIONS, headings, strict=True):
        subjects = [subject for subject in sheet.of_type(*classes) if subject != sheet.main]
        if subjects:
            _strike_links(sheet, frozenset(subjects))
            yield Section(
                name=name,
                heading=heading,
                things=tuple(other(sheet, subject, with_kind=name == "copies") for subject in subjects),
            )


def other(sheet: Sheet, subject: Resource, *, with_kind: bool = True) -> Other:
    """A thing with a name of its own, or else called by what it is, and all that is stated of it."""
    for predicate in _SAID_BY_PLACE:
        if list(sheet.graph.objects(subject, predicate)) == [sheet.main]:
            sheet.told(subject, predicate)
    named = sheet.desk.link(subject, sheet.graph)
    names = [name.lexical for name in sheet.graph.literals(subject, SCHEMA + "name")]
    if len(names) == 1 and showable(names[0]) == named.text:
        sheet.told(subject, SCHEMA + "name")
    sheet.told(subject)
    kinds = sheet.desk.kinds(sheet.graph.types(subject))
    shown = [kind for kind in kinds if showable(kind.lexical) != named.text]
    rows = (*_kinds(sheet, shown if names and with_kind else []), *sheet.rest(subject))
    title = Item(text=named.text, language=named.language, anchor=sheet.anchor(subject))
    return Other(title=title, rows=rows)


def _kinds(sheet: Sheet, kinds: list[Literal]) -> Iterator[Row]:
    items = tuple(Item(text=showable(kind.lexical), language=kind.language) for kind in kinds)
    if items and sheet.desk.words.unnamed not in {item.text for item in items}:
        yield Row(label=sheet.label(RDF + "type", len(items)), items=items)


def _strike_links(sheet: Sheet, things: frozenset[Resource]) -> None:
    """Strike off what leads from the main entity to things of a section and nowhere else."""
    for predicate in _LEADING_TO_THEM:
        values = list(sheet.graph.objects(sheet.main, predicate))
        if values and all(isinstance(value, IRI) and value in things for value in values):
            sheet.told(sheet.main, predicate)
