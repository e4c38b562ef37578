"""The rules that shapes make: each shape that has a name is one, and says itself what its page says."""

from filmld.check.shapes.stated import Shapes
from filmld.check.wording import a
from filmld.diagnostics import Severity
from filmld.diagnostics.registry import Page, Registry, Rule
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import FLD, SH, local_name

_SEVERITIES = {
    SH + "Violation": Severity.ERROR,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}


def rules_of(shapes: Shapes) -> Registry:
    """A rule for each shape whose name is the code of findings."""
    named = (shape for shape in shapes.graph.subjects() if isinstance(shape, IRI) and shapes.is_rule(shape))
    by_code = {local_name(shape.value): shape for shape in reversed(list(named))}
    owners = _owners(shapes.graph)
    return Registry.of(_rule(shape, shapes.graph, owners.get(shape)) for shape in by_code.values())


def _owners(graph: Graph) -> dict[Term, Resource]:
    """The first shape that each shape of a property belongs to."""
    found: dict[Term, Resource] = {}
    for node in graph.subjects():
        for shape in graph.objects(node, SH + "property"):
            found.setdefault(shape, node)
    return found


def _rule(shape: IRI, graph: Graph, owner: Resource | None) -> Rule:
    severity = graph.value(shape, SH + "severity")
    name = _text(graph, shape, SH + "name") or local_name(shape.value)
    message = _text(graph, shape, SH + "message") or f"What the shape says of ‘{name}’ is not met."
    page = Page(
        what_it_does=_looks_at(graph, shape, owner, name, message),
        why_it_matters=_text(graph, shape, FLD + "why"),
        example=_record(graph, shape, FLD + "example"),
        instead=_record(graph, shape, FLD + "instead"),
    )
    return Rule(
        code=local_name(shape.value),
        name=name,
        severity=_SEVERITIES.get(severity.value, Severity.ERROR)
        if isinstance(severity, IRI)
        else Severity.ERROR,
        summary=message,
        page=page,
    )


def _looks_at(graph: Graph, shape: IRI, owner: Resource | None, name: str, message: str) -> str:
    """Which field of what kind of thing the rule looks at, and what that field holds."""
    description = _text(graph, shape, SH + "description") or message
    kind = _text(graph, owner, SH + "name") if owner else ""
    return f"Looks at the field ‘{name}’ of {a(kind)}: {description}" if kind else description


def _record(graph: Graph, shape: IRI, term: str) -> str:
    text = _text(graph, shape, term)
    return f"```turtle\n{text.strip()}\n```" if text else ""


def _text(graph: Graph, shape: Resource, term: str) -> str:
    value = graph.value(shape, term)
    return value.lexical if isinstance(value, Literal) else ""
