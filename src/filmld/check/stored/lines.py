"""What is stated of very many things, a line each, of which few are ever asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping

from filmld.check.stored import statements
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, Triple


def to_lines(stated: Mapping[IRI, Iterable[Triple]]) -> str:
    """Write the names of things in a line, and in a line each what is stated of them."""
    names = json.dumps([thing.value for thing in stated])
    return "\n".join(map(sealed, [names, *map(statements.to_json, stated.values())]))


class Lines(Mapping[IRI, tuple[Triple, ...]]):
    """What is stated of each thing; only of those it is read that are asked for.

    Args:
        written: What :func:`to_lines` has written.

    Raises:
        UnreadableError: Something else stands there; of the line of a thing, when it is asked for.
    """

    def __init__(self, written: str) -> None:
        names, *lines = written.split("\n")
        try:
            self._lines = dict(zip(map(IRI, json.loads(unsealed(names))), lines, strict=True))
        except (ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error
        self._read: dict[IRI, tuple[Triple, ...]] = {}

    def __getitem__(self, thing: IRI) -> tuple[Triple, ...]:
        found = self._read.get(thing)
        if found is None:
            found = self._read[thing] = statements.from_json(unsealed(self._lines[thing]))
        return found

    def __contains__(self, thing: object) -> bool:
        return thing in self._lines

    def __iter__(self) -> Iterator[IRI]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
