"""What the shapes say of the records, in words and places."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from filmld.archive import Archive
from filmld.check.index import Index
from filmld.check.nodes import own
from filmld.check.places import Place, places_of
from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.demands import component_code, sentence
from filmld.check.shapes.engines import Engine
from filmld.check.shapes.paths import text
from filmld.check.shapes.ready import ready
from filmld.check.shapes.result import Result
from filmld.check.shapes.stated import Shapes
from filmld.check.wording import kind_of, known_as, written
from filmld.diagnostics import Diagnostic, Related
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SH, local_name

_NODE: Final = SH + "NodeConstraintComponent"
_OF_KIND: Final = frozenset(
    SH + name + "ConstraintComponent" for name in ("Class", "Or", "Xone", "NodeKind", "Node", "Datatype")
)
_GRAVEST: Final = tuple(SH + name + "ConstraintComponent" for name in ("NodeKind", "Datatype", "Class"))
"""Where a value breaks several demands of one shape, these explain the others."""


def judge(
    archive: Archive, shapes: Shapes, index: Index, engine: Engine = Engine.COMPILED
) -> Iterator[Diagnostic]:
    """Judge by shapes whatever can be judged.

    A record with a mistake in its text is incomplete as read: what shapes would say of it, or of
    links to it, may be wrong, and follows from a cause that is reported already.

    Args:
        archive: In whose languages messages are wanted.
        shapes: The shapes.
        index: The records.
        engine: What judges.
    """
    yield from findings(_results(shapes, graph_of(index), engine), index, shapes, archive.config.languages)


def graph_of(index: Index) -> list[Triple]:
    """What shapes judge: all that records state, and what the ontology says of what they link to."""
    return [*index.triples(), *index.concepts(), *index.ontology.subclasses]


def findings(
    results: Iterable[Result], index: Index, shapes: Shapes, languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Tell results of shapes in words and places.

    Args:
        results: All results of some nodes.
        index: The records.
        shapes: The shapes.
        languages: In which messages are wanted.
    """
    for result, place in places_of(_one_each(_leaves(results)), index):
        if not _is_uncertain(result, index):
            yield _diagnostic(result, place, index, shapes, languages)


def _results(shapes: Shapes, data: Iterable[Triple], engine: Engine) -> list[Result]:
    if engine is Engine.PYSHACL:
        from filmld.check.shapes.reference import Shapes  # noqa: PLC0415  heavy, and seldom needed

        return Shapes(shapes.triples, shapes.called).judge(data)
    return ready(shapes).judge_all(Whole(data))


def _leaves(results: Iterable[Result]) -> Iterator[Result]:
    """Results of a shape within a shape, rather than the word that the outer one is not met."""
    for result in results:
        if result.component == _NODE and result.details:
            yield from (replaced._replace(severity=result.severity) for replaced in _leaves(result.details))
        else:
            yield result


def _one_each(results: Iterable[Result]) -> list[Result]:
    """One result for each value and shape."""
    kept: list[Result] = []
    best: dict[tuple[object, ...], int] = {}
    for result in results:
        key = (result.focus_node, result.result_path, result.value, result.source_shape)
        if result.value is None or key not in best:
            best[key] = len(kept)
            kept.append(result)
        elif _rank(result) < _rank(kept[best[key]]):
            kept[best[key]] = result
    return kept


def _rank(result: Result) -> tuple[int, str]:
    known = result.component in _GRAVEST
    return (_GRAVEST.index(result.component) if known else len(_GRAVEST), result.component)


def _is_uncertain(result: Result, index: Index) -> bool:
    nodes = (node for node in (result.focus_node, result.value) if node is not None)
    return any(not isinstance(node, Literal) and index.is_uncertain(node) for node in nodes)


def _diagnostic(
    result: Result, place: Place | None, index: Index, shapes: Shapes, languages: Sequence[str]
) -> Diagnostic:
    value = result.value if place is None or result.value is not None else place.value
    diagnostic = Diagnostic(
        code=_code(result, shapes),
        severity=result.severity,
        message=_message(result, shapes, languages),
        filename=place.document.filename if place else "",
        span=place.span if place else None,
        label=_label(result, index),
        hint=_hint(result, place, index),
        related=(*_others(place), *_demand(result, shapes)),
        focus_node=str(own(result.focus_node)),
        result_path=text(result.result_path) if result.result_path else None,
        value=str(own(value)) if value is not None else None,
        source_shape=str(result.source_shape) if result.source_shape else None,
        source_constraint_component=result.component,
    )
    return diagnostic if place else _nowhere(diagnostic, result, shapes)


def _nowhere(finding: Diagnostic, result: Result, shapes: Shapes) -> Diagnostic:
    """No record mentions the thing that is judged: the shape names it, so it is shown there."""
    named = shapes.place(result.source_shape) if result.source_shape else None
    filename, span = named or (shapes.first, None)
    return finding._replace(
        filename=filename, span=span, notes=(f"no record mentions {own(result.focus_node)}",)
    )


def _code(result: Result, shapes: Shapes) -> str:
    """A rule is called by the local name of its shape or query, else after what the shape demands."""
    for named in (result.source_constraint, result.source_shape):
        if isinstance(named, IRI) and shapes.is_rule(named):
            return local_name(named.value)
    return component_code(result.component)


def _message(result: Result, shapes: Shapes, languages: Sequence[str]) -> str:
    """The shape's own words, in the archive's language if it has them; else ours."""
    is_told = result.component == SH + "SPARQLConstraintComponent" or (
        result.source_shape is not None
        and shapes.graph.value(result.source_shape, SH + "message") is not None
    )
    if not is_told or not result.messages:
        return sentence(result.component, result.source_shape, result.result_path, shapes.graph)
    wanted = [*languages, "en"]
    return min(result.messages, key=lambda message: _preference(message.language, wanted)).lexical


def _preference(language: str | None, wanted: Sequence[str]) -> int:
    return wanted.index(language) if language in wanted else len(wanted)


def _hint(result: Result, place: Place | None, index: Index) -> str | None:
    """Name the record that a text may stand for, where a link to a record is demanded."""
    if (
        result.component != SH + "ClassConstraintComponent"
        or not isinstance(result.value, Literal)
        or not place
    ):
        return None
    nodes = dict.fromkeys(named.node for named in index.called(result.value.lexical))
    if len(nodes) != 1:
        return None
    (node,) = nodes
    return f"is it {written(node, place.document)} ({known_as(node, index)})?"


def _label(result: Result, index: Index) -> str | None:
    """Say what the value is, where it is of the wrong kind."""
    if result.component not in _OF_KIND or result.value is None:
        return None
    if isinstance(result.value, Literal):
        return "this is a text"
    kind = kind_of(index.types(result.value))
    return f"this is a {kind}" if kind else None


def _others(place: Place | None) -> Iterator[Related]:
    """Where the other values are, if there is one too many."""
    for other in place.others if place else ():
        message = "another value is here"
        yield Related(message=message, filename=other.document.filename, span=other.span)


def _demand(result: Result, shapes: Shapes) -> Iterator[Related]:
    named = shapes.place(result.source_shape) if result.source_shape else None
    if named:
        yield Related(message="the shape says so here", filename=named[0], span=named[1])
