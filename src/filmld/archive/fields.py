"""What the shapes have to say about the things of a class, property by property."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filmld.archive.statements import statements
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, RDF_LANG_STRING, Literal, Resource, Term
from filmld.vocab import RDF, RDFS, SH


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One property that the shapes speak of.

    Attributes:
        property: Its IRI.
        name: What people call it.
        description: What to state there.
        order: Where it comes among others.
        classes: What its values may be; empty if they are not links, or not to a known class.
        datatypes: The datatypes that its values may have.
        choices: The values that there are, if they are few.
        is_link: Whether its values are links.
        is_marked: Whether its values are texts in a language, one in each.
        language: The language of the name.
        group: The IRI of the group it belongs to.
    """

    property: str
    name: str
    description: str
    order: float
    classes: tuple[str, ...]
    datatypes: tuple[str, ...]
    choices: tuple[Term, ...]
    is_link: bool
    is_marked: bool
    language: str | None = None
    group: str | None = None


class Group(NamedTuple):
    """A part of a page or form that properties belong to.

    Attributes:
        iri: Its IRI.
        labels: What it is called, in several languages.
        order: Where it comes among others.
    """

    iri: str
    labels: tuple[Literal, ...]
    order: float


def read_shapes(paths: Iterable[Path]) -> Graph:
    """Read files of shapes.

    Raises:
        ShapesSyntaxError: One of them is not Turtle.
    """
    return Graph(triple for number, path in enumerate(paths) for triple in statements(path, f"s{number}"))


def groups(shapes: Graph) -> tuple[Group, ...]:
    """List the groups of properties, in the order that the shapes give."""
    found = (
        Group(
            subject.value,
            tuple(shapes.literals(subject, RDFS + "label")),
            min((_number(value) for value in shapes.literals(subject, SH + "order")), default=math.inf),
        )
        for subject in shapes.subjects()
        if isinstance(subject, IRI) and SH + "PropertyGroup" in shapes.types(subject)
    )
    return tuple(sorted(found, key=lambda group: group.order))


def fields(shapes: Graph, classes: Iterable[str], language: str = "en") -> tuple[Field, ...]:
    """List what the shapes of any of these classes speak of, in the order that the shapes give.

    Several shapes of one property make one field.

    Args:
        shapes: The shapes.
        classes: IRIs of classes.
        language: The language of names and descriptions, where there is a choice.
    """
    targets = {IRI(class_) for class_ in classes}
    by_property: dict[str, list[Resource]] = {}
    for shape in shapes.subjects():
        if targets.isdisjoint(shapes.objects(shape, SH + "targetClass")):
            continue
        for rule in shapes.resources(shape, SH + "property"):
            path = _first_choice(shapes, shapes.value(rule, SH + "path"))
            if isinstance(path, IRI):
                by_property.setdefault(path.value, []).append(rule)
    found = [_field(shapes, path, rules, language) for path, rules in by_property.items()]
    return tuple(sorted(found, key=lambda field: field.order))


def _first_choice(shapes: Graph, path: Term | None) -> Term | None:
    """Of several properties that serve, the first is the one to offer."""
    if path is None or isinstance(path, Literal):
        return path
    head = shapes.value(path, SH + "alternativePath")
    return path if head is None or isinstance(head, Literal) else next(_members(shapes, head), None)


def _field(shapes: Graph, path: str, rules: list[Resource], language: str) -> Field:
    nodes = [node for rule in rules for node in (rule, *_alternatives(shapes, rule))]
    datatypes = _iris(shapes, nodes, "datatype")
    name, name_language = _text(shapes, rules, "name", language)
    return Field(
        property=path,
        name=name,
        language=name_language,
        description=_text(shapes, rules, "description", language)[0],
        order=min(
            (_number(value) for rule in rules for value in shapes.literals(rule, SH + "order")),
            default=math.inf,
        ),
        classes=_iris(shapes, nodes, "class"),
        datatypes=datatypes,
        choices=tuple(
            choice
            for rule in rules
            for head in shapes.resources(rule, SH + "in")
            for choice in _members(shapes, head)
        ),
        group=next(iter(_iris(shapes, rules, "group")), None),
        is_link="IRI" in {value.removeprefix(SH) for value in _iris(shapes, nodes, "nodeKind")},
        is_marked=RDF_LANG_STRING in datatypes
        or any(
            value.lexical == "true" for rule in rules for value in shapes.literals(rule, SH + "uniqueLang")
        ),
    )


def _alternatives(shapes: Graph, rule: Resource) -> Iterator[Resource]:
    for head in shapes.resources(rule, SH + "or"):
        for member in _members(shapes, head):
            if not isinstance(member, Literal):
                yield member


def _members(shapes: Graph, head: Resource) -> Iterator[Term]:
    """The members of a list; one that never ends is left at its first repetition."""
    seen: set[Term] = set()
    cell: Term | None = head
    while cell is not None and not isinstance(cell, Literal) and cell not in seen:
        seen.add(cell)
        member = shapes.value(cell, RDF + "first")
        if member is not None:
            yield member
        cell = shapes.value(cell, RDF + "rest")


def _iris(shapes: Graph, nodes: Iterable[Resource], name: str) -> tuple[str, ...]:
    values = (value for node in nodes for value in shapes.objects(node, SH + name))
    return tuple(dict.fromkeys(value.value for value in values if isinstance(value, IRI)))


def _text(shapes: Graph, rules: Iterable[Resource], name: str, language: str) -> tuple[str, str | None]:
    texts = [text for rule in rules for text in shapes.literals(rule, SH + name)]
    texts.sort(key=lambda text: text.language != language)
    return (" ".join(texts[0].lexical.split()), texts[0].language) if texts else ("", None)


def _number(value: Literal) -> float:
    try:
        return float(value.lexical)
    except ValueError:
        return math.inf
