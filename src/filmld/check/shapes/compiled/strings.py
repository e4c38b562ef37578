"""String-based constraints (SHACL §4.4)."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.manner import Manner
from filmld.check.shapes.compiled.tree import Break, Constraint, OfAll, OfEach, Test, Values, component
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import BlankNode, Literal, Resource, Term

PARAMETERS: Final = frozenset({"minLength", "maxLength", "pattern", "languageIn", "uniqueLang"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:minLength``, ``sh:maxLength``, ``sh:pattern``, ``sh:languageIn`` and ``sh:uniqueLang``."""
    source = compiler.source
    least = source.whole_number(shape, "minLength")
    if least:
        yield OfEach(component("MinLength"), _at_least(least))
    most = source.whole_number(shape, "maxLength")
    if most is not None:
        yield OfEach(component("MaxLength"), _at_most(most))
    for pattern in source.all(shape, "pattern"):
        yield OfEach(component("Pattern"), _matching(pattern, source.one(shape, "flags"), compiler.manner))
    languages = source.one(shape, "languageIn")
    if languages is not None:
        yield OfEach(component("LanguageIn"), _in_language(source.members(languages), compiler.manner))
    if compiler.of_property(shape, "uniqueLang", source.one(shape, "uniqueLang")) is not None and (
        source.is_true(shape, "uniqueLang")
    ):
        yield OfAll(_used_twice, of_none=False)


def _text(value: Term) -> str | None:
    """SPARQL's ``str`` of a term (§17.4.2.5); a blank node has none."""
    if isinstance(value, BlankNode):
        return None
    return value[0]


def _at_least(least: int) -> Test:
    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  a test like the others
        text = _text(value)
        return text is not None and len(text) >= least

    return test


def _at_most(most: int) -> Test:
    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        text = _text(value)
        return text is not None and len(text) <= most

    return test


def _matching(pattern: Term, flags: Term | None, manner: Manner) -> Test:
    if not isinstance(pattern, Literal):
        raise IllFormedShapeError(pattern, Fault.NO_LITERAL)
    search = manner.pattern(pattern.lexical, flags.lexical if isinstance(flags, Literal) else "").search

    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        text = _text(value)
        return text is not None and search(text) is not None

    return test


def _in_language(members: list[Term], manner: Manner) -> Test:
    for member in members:
        if not isinstance(member, Literal):
            raise IllFormedShapeError(member, Fault.NO_LITERAL)
    ranges = frozenset(member[0].lower() for member in members)

    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  like all
        return (
            isinstance(value, Literal)
            and value.language is not None
            and manner.speaks(value.language.lower(), ranges)
        )

    return test


def _used_twice(focus: Term, values: Values, data: Data) -> list[Break]:  # noqa: ARG001  as all constraints
    if len(values) == 1:
        return []
    tags = (value.language.lower() for value in values if isinstance(value, Literal) and value.language)
    return [Break(component("UniqueLang")) for count in Counter(tags).values() if count > 1]
