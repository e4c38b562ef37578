"""Who made a film, in the order in which the record prints it."""

from dataclasses import replace

from filmld.publish.pages.model import Item, Row
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import preferred, showable
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import FLD, SCHEMA

CREDITS = frozenset(
    (
        *schema("actor", "author", "contributor", "creator", "director", "editor", "funder", "musicBy"),
        *schema("producer", "productionCompany", "provider", "publication", "publisher", "sponsor"),
        *(FLD + name for name in ("cinematographer", "coProducer", "distributor", "executiveProducer")),
    )
)
_ROLES = frozenset({SCHEMA + "Role", SCHEMA + "PerformanceRole", FLD + "Credit"})
_NAME, _PUBLISHED_BY, _ROLE_NAME = schema("name", "publishedBy", "roleName")
_AS_CREDITED = (FLD + "creditedAs", SCHEMA + "characterName")


class _Credit(NamedTuple):
    """One name in the credits, before those with the same label are put together.

    Attributes:
        label: The role as printed, or the property that stands for it.
        order: The printed place among those of the same role; 0 where the order of the text decides.
        item: The name, and what is remarked of it.
        role: The role of the vocabulary, by its IRI.
    """

    label: Literal | IRI
    order: int
    item: Item
    role: str | None = None


def credit_rows(sheet: Sheet) -> tuple[Row, ...]:
    """The credits of the main entity: each role once, its people in their printed order."""
    groups: dict[Literal | IRI, list[_Credit]] = {}
    for predicate in list(sheet.graph.predicates(sheet.main)):
        values = list(sheet.graph.objects(sheet.main, predicate.value))
        if predicate.value in CREDITS or any(_is_role(sheet, value) for value in values):
            sheet.take(sheet.main, predicate.value)
            for value in values:
                for credit in _credits(sheet, predicate, value):
                    groups.setdefault(credit.label, []).append(credit)
    return tuple(_row(sheet, label, lines) for label, lines in groups.items())


def _row(sheet: Sheet, label: Literal | IRI, lines: list[_Credit]) -> Row:
    items = tuple(credit.item for credit in sorted(lines, key=lambda credit: credit.order))
    role = next((credit.role for credit in lines if credit.role), None)
    if isinstance(label, IRI):
        role = role or sheet.desk.overview.role_of(label.value)
        return Row(
            label=sheet.label(label.value, len(items)), items=items, label_href=_role_page(sheet, role)
        )
    return Row(
        label=showable(label.lexical),
        items=items,
        label_language=label.language,
        label_href=_role_page(sheet, role),
    )


def _role_page(sheet: Sheet, role: str | None) -> str | None:
    """The way to the page of a role; none leads out of the archive."""
    if role is None:
        return None
    has_page = sheet.desk.overview.concept_page(role) or sheet.desk.catalog.record_of(role)
    return sheet.desk.href(role) if has_page else None


def _credits(sheet: Sheet, predicate: IRI, value: Term) -> list[_Credit]:
    if isinstance(value, Literal) or not sheet.own(value):
        return [_Credit(predicate, 0, sheet.item(value))]
    if _is_role(sheet, value):
        return _role(sheet, predicate, value)
    if sheet.graph.value(value, _PUBLISHED_BY):
        return _publication(sheet, predicate, value)
    return [_Credit(predicate, 0, _described(sheet, value))]


def _role(sheet: Sheet, predicate: IRI, role: Resource) -> list[_Credit]:
    title = _role_title(sheet, role) or predicate
    concept = next(
        (value.value for value in sheet.graph.objects(role, _ROLE_NAME) if isinstance(value, IRI)), None
    )
    sheet.told(role, _ROLE_NAME)
    people = sheet.items(role, predicate.value)
    order = _order(sheet, role)
    remarks = (*sheet.items(role, *_AS_CREDITED), *_remarks(sheet, role))
    return [credit._replace(role=concept) for credit in _together(sheet, role, title, order, people, remarks)]


def _publication(sheet: Sheet, predicate: IRI, event: Resource) -> list[_Credit]:
    names = preferred(list(sheet.graph.literals(event, _NAME)), sheet.desk.languages)
    sheet.told(event, _NAME)
    people = sheet.items(event, _PUBLISHED_BY)
    return _together(sheet, event, names[0] if names else predicate, 0, people, _remarks(sheet, event))


def _together(
    sheet: Sheet,
    thing: Resource,
    label: Literal | IRI,
    order: int,
    people: tuple[Item, ...],
    remarks: tuple[Item, ...],
) -> list[_Credit]:
    """Credit people jointly: the remarks count for each; the place on the page is the first one's."""
    anchor = sheet.anchor(thing)
    credited = [
        replace(person, anchor=anchor if number == 0 else None, remarks=(*person.remarks, *remarks))
        for number, person in enumerate(people)
    ]
    # A credit that names nobody still says what it says.
    nobody = [
        replace(remark, anchor=anchor if number == 0 else None) for number, remark in enumerate(remarks)
    ]
    return [_Credit(label, order, item) for item in credited or nobody]


def _role_title(sheet: Sheet, role: Resource) -> Literal | None:
    """The role as printed; if it is not, its entry in the vocabulary of roles."""
    names = preferred(list(sheet.graph.literals(role, _ROLE_NAME)), sheet.desk.languages)
    if names:
        return names[0]
    for value in sheet.graph.resources(role, _ROLE_NAME):
        name = sheet.desk.name(value, sheet.graph)
        if name.lexical not in value:
            return name
        spoken = name.lexical.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
        return Literal(spoken[:1].upper() + spoken[1:])
    return None


def _order(sheet: Sheet, role: Resource) -> int:
    for value in sheet.take(role, FLD + "creditOrder"):
        if isinstance(value, Literal) and value.lexical.isascii() and value.lexical.isdigit():
            return int(value.lexical[:9])
    return 0


def _described(sheet: Sheet, thing: Resource) -> Item:
    """A person or body that only this record describes."""
    sheet.told(thing, _NAME)
    link = sheet.desk.link(thing, sheet.graph)
    return replace(link, href=None, anchor=sheet.anchor(thing), remarks=_remarks(sheet, thing))


def _remarks(sheet: Sheet, thing: Resource) -> tuple[Item, ...]:
    sheet.told(thing)
    return tuple(item for row in sheet.rest(thing) for item in row.items)


def _is_role(sheet: Sheet, value: Term) -> bool:
    return not isinstance(value, Literal) and bool(sheet.graph.types(value) & _ROLES)
