"""What is stated of very many things, a line each, of which few are ever asked for."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from filmld.check.stored import statements
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, Triple


def names_of(stated: Mapping[IRI, Iterable[Triple]]) -> str:
    """Write the names of things."""
    return sealed(json.dumps([thing.value for thing in stated]))


def lines_of(stated: Mapping[IRI, Iterable[Triple]]) -> Iterator[tuple[str, str]]:
    """Write what is stated of each thing."""
    for thing, about in stated.items():
        yield thing.value, sealed(statements.to_json(about))


class Lines(Mapping[IRI, tuple[Triple, ...]]):
    """What is stated of each thing; only of those it is read that are asked for.

    Args:
        names: What :func:`names_of` has written.
        line: Gives what :func:`lines_of` has written of a thing, if it is there.

    Raises:
        UnreadableError: Something else stands there; of the line of a thing, when it is asked for.
    """

    def __init__(self, names: str, line: Callable[[str], str | None]) -> None:
        try:
            known = json.loads(unsealed(names))
            if type(known) is not list or not set(map(type, known)) <= {str}:
                raise UnreadableError(names[:80])
            self._names = dict.fromkeys(map(IRI, known))
        except (ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error
        self._line = line
        self._read: dict[IRI, tuple[Triple, ...]] = {}

    def __getitem__(self, thing: IRI) -> tuple[Triple, ...]:
        found = self._read.get(thing)
        if found is None:
            if thing not in self._names:
                raise KeyError(thing)
            found = statements.from_json(unsealed(self._line(thing.value) or ""))
            if not all(triple.subject == thing for triple in found):
                raise UnreadableError(thing.value)
            self._read[thing] = found
        return found

    def __contains__(self, thing: object) -> bool:
        return thing in self._names

    def __iter__(self) -> Iterator[IRI]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
