"""Who made a film, in the order in which the record prints it."""

from dataclasses import dataclass

from filmld.publish.pages.model import Item, Row
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import Literal, Resource, Term
from filmld.vocab import FLD, SCHEMA

CREDITS = frozenset(
    (
        *schema("actor", "author", "contributor", "creator", "director", "editor", "funder", "musicBy"),
        *schema("producer", "productionCompany", "provider", "publication", "publisher", "sponsor"),
        *(FLD + name for name in ("cinematographer", "coProducer", "distributor", "executiveProducer")),
    )
)
_ROLES = frozenset({SCHEMA + "Role", SCHEMA + "PerformanceRole", FLD + "Credit"})
_AS_CREDITED = (FLD + "creditedAs", SCHEMA + "characterName")


@dataclass(frozen=True, slots=True)
class _Credit:
    """One line of the credits, before lines with the same label are put together."""

    label: Literal | str
    order: int
    item: Item
    anchor: str | None = None


def credit_rows(sheet: Sheet) -> tuple[Row, ...]:
    """The credits of the main entity: each role once, its people in their printed order."""
    groups: dict[Literal | str, list[_Credit]] = {}
    for predicate in [predicate.value for predicate in sheet.graph.predicates(sheet.main)]:
        values = list(sheet.graph.objects(sheet.main, predicate))
        if predicate in CREDITS or any(_is_role(sheet, value) for value in values):
            sheet.take(sheet.main, predicate)
            plain = sum(not sheet.own(value) for value in values)
            for value in values:
                for credit in _credits(sheet, predicate, value, sheet.label(predicate, plain)):
                    groups.setdefault(credit.label, []).append(credit)
    return tuple(_row(label, lines) for label, lines in groups.items())


def _row(label: Literal | str, lines: list[_Credit]) -> Row:
    ordered = sorted(lines, key=lambda credit: credit.order)
    return Row(
        label=showable(label.lexical) if isinstance(label, Literal) else label,
        items=tuple(credit.item for credit in ordered),
        anchor=next((credit.anchor for credit in ordered if credit.anchor), None),
        label_language=label.language if isinstance(label, Literal) else None,
    )


def _credits(sheet: Sheet, predicate: str, value: Term, label: str) -> list[_Credit]:
    if isinstance(value, Literal) or not sheet.own(value):
        return [_Credit(label, 0, sheet.desk.item(value, sheet.graph))]
    if SCHEMA + "publishedBy" in {name.value for name in sheet.graph.predicates(value)}:
        return _publication(sheet, value, label)
    return (
        _role(sheet, predicate, value, label) if _is_role(sheet, value) else _described(sheet, value, label)
    )


def _role(sheet: Sheet, predicate: str, role: Resource, label: str) -> list[_Credit]:
    sheet.told(role)
    names = preferred(list(sheet.graph.literals(role, SCHEMA + "roleName")), sheet.desk.languages)
    title = names[0] if names else _role_title(sheet, role, label)
    sheet.told(role, SCHEMA + "roleName")
    people = sheet.take(role, predicate)
    order = _order(sheet, role)
    remarks = (*sheet.items(role, *_AS_CREDITED), *_remarks(sheet, role))
    anchor = sheet.anchor(role)
    return [
        _Credit(title, order, _credited(sheet, person, remarks, anchor if number == 0 else None))
        for number, person in enumerate(people)
    ]


def _credited(sheet: Sheet, person: Term, remarks: tuple[Item, ...], anchor: str | None) -> Item:
    if isinstance(person, Literal):
        text = sheet.desk.item(person, sheet.graph)
        return Item(text=text.text, language=text.language, anchor=anchor, remarks=remarks)
    return sheet.desk.link(person, sheet.graph, *remarks, anchor=anchor)


def _role_title(sheet: Sheet, role: Resource, label: str) -> str:
    """Name a role by its entry in the vocabulary of roles, where the record prints no name for it."""
    for value in sheet.graph.resources(role, SCHEMA + "roleName"):
        name = sheet.desk.name(value, sheet.graph).lexical.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
        return name[:1].upper() + name[1:]
    return label


def _order(sheet: Sheet, role: Resource) -> int:
    """The printed place among those of the same role; without one, the order of the text decides."""
    for value in sheet.take(role, FLD + "creditOrder"):
        if isinstance(value, Literal) and value.lexical.isascii() and value.lexical.isdigit():
            return int(value.lexical[:9])
    return 0


def _publication(sheet: Sheet, event: Resource, label: str) -> list[_Credit]:
    sheet.told(event)
    names = preferred(list(sheet.graph.literals(event, SCHEMA + "name")), sheet.desk.languages)
    sheet.told(event, SCHEMA + "name")
    publishers = sheet.items(event, SCHEMA + "publishedBy")
    anchor = sheet.anchor(event)
    remarks = tuple(_remarks(sheet, event))
    title: Literal | str = names[0] if names else label
    return [
        _Credit(
            title,
            0,
            Item(text=item.text, language=item.language, href=item.href, remarks=remarks),
            anchor if number == 0 else None,
        )
        for number, item in enumerate(publishers)
    ]


def _described(sheet: Sheet, thing: Resource, label: str) -> list[_Credit]:
    """A person or body that only this record describes."""
    sheet.told(thing, SCHEMA + "name")
    link = sheet.desk.link(thing, sheet.graph)
    item = Item(
        text=link.text,
        language=link.language,
        anchor=sheet.anchor(thing),
        remarks=tuple(_remarks(sheet, thing)),
    )
    return [_Credit(label, 0, item)]


def _remarks(sheet: Sheet, thing: Resource) -> list[Item]:
    return [item for row in sheet.rest(thing) for item in row.items]


def _is_role(sheet: Sheet, value: Term) -> bool:
    return not isinstance(value, Literal) and bool(sheet.graph.types(value) & _ROLES)
