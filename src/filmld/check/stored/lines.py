"""What is stated of very many things, a line each, of which few are ever asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from filmld.check.stored import statements
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, Resource, Triple

_Thing = TypeVar("_Thing", IRI, Resource)


def to_lines(stated: Mapping[_Thing, Iterable[Triple]]) -> str:
    """Write the names of things in a line, and in a line each what is stated of them."""
    names = json.dumps([statements.written(thing) for thing in stated])
    return "\n".join(map(sealed, [names, *map(statements.to_json, stated.values())]))


class Lines(Mapping[_Thing, tuple[Triple, ...]]):
    """What is stated of each thing; only of those it is read that are asked for.

    Args:
        written: What :func:`to_lines` has written.

    Raises:
        UnreadableError: Something else stands there; of the line of a thing, when it is asked for.
    """

    def __init__(self, written: str) -> None:
        names, *lines = written.split("\n")
        try:
            things = map(statements.term, json.loads(_opened(names)))
            self._lines: dict[_Thing, str] = dict(zip(cast("Iterator[_Thing]", things), lines, strict=True))
        except (ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error
        self._read: dict[_Thing, tuple[Triple, ...]] = {}

    def __getitem__(self, thing: _Thing) -> tuple[Triple, ...]:
        found = self._read.get(thing)
        if found is None:
            found = self._read[thing] = statements.from_json(_opened(self._lines[thing]))
        return found

    def __contains__(self, thing: object) -> bool:
        return thing in self._lines

    def __iter__(self) -> Iterator[_Thing]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _opened(line: str) -> str:
    text = unsealed(line)
    if text is None:
        raise UnreadableError(line)
    return text
