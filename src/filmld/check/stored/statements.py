"""Statements as JSON and back, in the time that it takes to read a record.

JSON and not pickle, as everywhere in the index (:mod:`filmld.check.stored.wire`).
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeAlias, cast

from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, Triple

_Written: TypeAlias = str | list[str | None]
"""A term: the text of an IRI, or a list of what makes up another one."""

_triple: Final = partial(tuple.__new__, Triple)


def to_json(statements: Iterable[Triple]) -> str:
    """Write statements, each term of theirs once."""
    places: dict[Term, int] = {}
    numbers = [
        [places.setdefault(term, len(places)) for term in (subject, predicate, value)]
        for subject, predicate, value in statements
    ]
    rows = [[_written(term) for term in places], *zip(*numbers, strict=True)]
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> tuple[Triple, ...]:
    """Read statements.

    Raises:
        UnreadableError: They were not written by :func:`to_json`.
    """
    try:
        rows = json.loads(text)
        written, *numbers = cast(
            "tuple[list[_Written], *tuple[list[int], ...]]", rows[:]
        )  # a mapping has no parts
        term: Callable[[int], Term] = [_term(one) for one in written].__getitem__
        return tuple(map(_triple, zip(*(map(term, column) for column in numbers), strict=True)))
    except (ValueError, TypeError, LookupError) as error:
        raise UnreadableError(str(error)) from error


def _written(term: Term) -> _Written:
    return term.value if isinstance(term, IRI) else list(term)


def _term(written: _Written) -> Term:
    if isinstance(written, str):
        return IRI(written)
    if len(written) == 1:
        return BlankNode(cast("str", written[0]))
    lexical, datatype, language = written
    return Literal(cast("str", lexical), cast("str", datatype), language)
