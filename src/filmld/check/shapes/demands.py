"""What a shape demands, in plain words, where the shape itself has no message."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from filmld.check.shapes.paths import Alternative, Inverse, Path, Repeated
from filmld.check.wording import words_for
from filmld.diagnostics import Severity
from filmld.diagnostics.registry import Page, Registry, Rule
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import RDF, SCHEMA, SH, XSD, curie, local_name

_SUFFIX: Final = "ConstraintComponent"
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        XSD + "boolean": "true or false",
        XSD + "date": 'a date, as in "2014-08-08"^^xsd:date',
        XSD + "dateTime": 'a date and time, as in "2014-08-08T20:00:00"^^xsd:dateTime',
        XSD + "decimal": "a number, as in 1.85",
        XSD + "duration": 'a running time, as in "PT77M"^^xsd:duration',
        XSD + "gYear": 'a year, as in "2014"^^xsd:gYear',
        XSD + "gYearMonth": 'a year and month, as in "2014-08"^^xsd:gYearMonth',
        XSD + "integer": "a whole number, as in 77",
        XSD + "string": "a text without a language mark",
        RDF + "langString": 'a text with a language mark, as in "Kuu"@fi',
    }
)
_NODE_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        SH + "IRI": "a link",
        SH + "Literal": "a text or number, not a link",
        SH + "BlankNode": "described inside [ … ]",
        SH + "BlankNodeOrIRI": "a link, or described inside [ … ]",
        SH + "BlankNodeOrLiteral": "a text or number, or described inside [ … ]",
        SH + "IRIOrLiteral": "a link, a text or a number",
    }
)
_SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Class": "‘{field}’ must link to a record of the kind {class}",
        "Closed": "‘{field}’ is not among the properties that this kind of thing may have",
        "Datatype": "‘{field}’ must be {datatype}",
        "Disjoint": "‘{field}’ and ‘{disjoint}’ must not have the same value",
        "Equals": "‘{field}’ and ‘{equals}’ must have the same values",
        "HasValue": "‘{field}’ must have the value {hasValue}",
        "In": "this is not one of the values that ‘{field}’ may have",
        "LanguageIn": "‘{field}’ is marked with a language that is not wanted here",
        "LessThan": "‘{field}’ must be less than ‘{lessThan}’",
        "LessThanOrEquals": "‘{field}’ must not be more than ‘{lessThanOrEquals}’",
        "MaxCount": "‘{field}’ has more values than the {maxCount} allowed",
        "MaxExclusive": "‘{field}’ must be less than {maxExclusive}",
        "MaxInclusive": "‘{field}’ must not be more than {maxInclusive}",
        "MaxLength": "‘{field}’ must not be longer than {maxLength} characters",
        "MinCount": "‘{field}’ is missing, or has fewer values than the {minCount} needed",
        "MinExclusive": "‘{field}’ must be more than {minExclusive}",
        "MinInclusive": "‘{field}’ must not be less than {minInclusive}",
        "MinLength": "‘{field}’ must not be shorter than {minLength} characters",
        "NodeKind": "‘{field}’ must be {nodeKind}",
        "Pattern": "‘{field}’ is not written in the form {pattern}",
        "QualifiedMaxCount": "too many values of ‘{field}’ are of one kind",
        "QualifiedMinCount": "‘{field}’ lacks a value of a kind that is needed",
        "UniqueLang": "two values of ‘{field}’ are marked with the same language",
    }
)

_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("And", "Node", "Not", "Or", "SPARQL", "Xone"), "‘{field}’ is not as it should be")
)


def component_code(component: str) -> str:
    """The code of findings of a shape that has no name, from the constraint component.

    >>> component_code("http://www.w3.org/ns/shacl#MinCountConstraintComponent")
    'min-count'
    """
    name = local_name(component).removesuffix(_SUFFIX)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def rules() -> Registry:
    """The rules that a shape without a name makes, one for each constraint component."""
    return Registry.of(_rule(name, text) for name, text in {**_SENTENCES, **_OTHERS}.items())


def _rule(name: str, text: str) -> Rule:
    text = text.format_map(_Lenient({"field": "…"}))
    return Rule(
        code=component_code(name),
        name=component_code(name).replace("-", " ").capitalize(),
        severity=Severity.ERROR,
        summary=f"A shape of this archive demands it: {text}.",
        page=Page(
            what_it_does=f"Finds what the shape does not allow: {text}.",
            why_it_matters="Somebody who looks after this archive wrote the shape. The finding says in which "
            "file and line of `shapes/` it stands; the lines around it may say why.",
            example="",
            instead="Write the value as the finding says. Where the record is right, it is the shape that "
            "must change.",
        ),
    )


def sentence(component: str, shape: Resource | None, path: Path | None, graph: Graph) -> str:
    """Say what is wrong, from the constraint component and what the shape says of it."""
    facts = (
        {}
        if shape is None
        else {local_name(p.value): graph.value(shape, p.value) for p in graph.predicates(shape)}
    )
    field = _words("name", facts.get("name")) or (field_name(path) if path else "this")
    if component == SH + "MinCount" + _SUFFIX and _words("", facts.get("minCount")) == "1":
        return f"‘{field}’ is missing"
    if component == SH + "MaxCount" + _SUFFIX and _words("", facts.get("maxCount")) == "1":
        return f"‘{field}’ has more than one value"
    template = _SENTENCES.get(local_name(component).removesuffix(_SUFFIX), "‘{field}’ is not as it should be")
    words = {name: _words(name, value) for name, value in facts.items()}
    return template.format_map(_Lenient({**words, "field": field}))


class _Lenient(dict[str, str]):
    """What a shape does not state is left open in the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def field_name(path: Path) -> str:
    """What a path leads to: the last property of it."""
    if isinstance(path, IRI):
        return local_name(path.value)
    if isinstance(path, Inverse | Repeated):
        return field_name(path.path)
    names = [field_name(part) for part in path.paths]
    return " or ".join(names) if isinstance(path, Alternative) else names[-1]


def _words(name: str, value: Term | None) -> str:
    if isinstance(value, Literal):
        return value.lexical
    if not isinstance(value, IRI):
        return ""
    if name == "class" and value.value.startswith(SCHEMA):
        return words_for(frozenset({local_name(value.value)}), otherwise=local_name(value.value))
    known = {"datatype": _TYPES, "nodeKind": _NODE_KINDS}.get(name, {})
    is_property = name in {"disjoint", "equals", "lessThan", "lessThanOrEquals"}
    return known.get(value.value) or (local_name(value.value) if is_property else curie(value.value))
