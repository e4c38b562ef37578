"""Statements as JSON and back, in the time that it takes to read a record.

JSON and not pickle, as everywhere in the index (:mod:`filmld.check.stored.wire`).
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeAlias, cast

from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, Triple

Written: TypeAlias = str | list[str | None]
"""A term: the text of an IRI, or a list of what makes up another one."""

_triple: Final = partial(tuple.__new__, Triple)


def to_json(statements: Iterable[Triple]) -> str:
    """Write statements, each term of theirs once."""
    places: dict[Term, int] = {}
    numbers = [
        [places.setdefault(one, len(places)) for one in (subject, predicate, value)]
        for subject, predicate, value in statements
    ]
    rows = [[written(one) for one in places], *zip(*numbers, strict=True)]
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> tuple[Triple, ...]:
    """Read statements.

    Raises:
        UnreadableError: They were not written by :func:`to_json`.
    """
    try:
        rows = json.loads(text)
        terms, *numbers = cast(
            "tuple[list[Written], *tuple[list[int], ...]]", rows[:]
        )  # a mapping has no parts
        numbered: Callable[[int], Term] = [term(one) for one in terms].__getitem__
        return tuple(map(_triple, zip(*(map(numbered, column) for column in numbers), strict=True)))
    except (ValueError, TypeError, LookupError) as error:
        raise UnreadableError(str(error)) from error


def written(one: Term) -> Written:
    """Write a term."""
    return one.value if isinstance(one, IRI) else list(one)


def term(said: Written) -> Term:
    """Read a term.

    Raises:
        ValueError: It was not written by :func:`written`; or another error that tells of a wrong type.
    """
    if isinstance(said, str):
        return IRI(said)
    if len(said) == 1:
        return BlankNode(cast("str", said[0]))
    lexical, datatype, language = said
    return Literal(cast("str", lexical), cast("str", datatype), language)
