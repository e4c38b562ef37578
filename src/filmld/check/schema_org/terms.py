"""The table of schema.org's terms, read."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

CORE: Final = "core"
"""The section of a term that stands in no other, such as pending or bib."""

COLUMNS: Final = ("name", "kind", "parents", "domains", "ranges", "supersededBy", "section")
"""What the columns of the table hold; several values are parted by a blank."""

HEADER: Final = "\t".join(COLUMNS)
"""The line after which the terms begin; one of them is called ``name``, too."""

TABLE: Final = Path(__file__).with_name("terms.tsv")

_KIND, _PARENTS, _DOMAINS, _RANGES, _SUPERSEDED_BY, _SECTION = range(6)


class Kind(StrEnum):
    """What sort of thing a term names."""

    CLASS = "class"
    DATATYPE = "datatype"
    PROPERTY = "property"
    MEMBER = "member"
    """One of the values of an enumeration, such as ``EventCancelled``."""


_ALIKE: Final = 0.8
"""How alike names must be for one to be taken for a slip of the other."""

_LENGTHS: Final = _ALIKE / (2 - _ALIKE)
"""Names of lengths further apart cannot be so alike: the ratio is 2·matches / (length + length)."""

_SLIPS: Final = 1_000
"""So many slips are remembered with what was probably meant."""


def _rows_in(path: Path) -> Mapping[str, str]:
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line == HEADER:
            break
    return MappingProxyType(dict(line.split("\t", 1) for line in lines))


class Terms:
    """All terms of one release, by their names without ``https://schema.org/``.

    A name that schema.org does not define has no kind, no parents and so on; asking
    is never an error, because most names asked for are somebody's slips.

    Args:
        read: Gives what follows the name in the table, as one text: reading 3,000 rows costs 2 ms,
            taking all of them apart would cost 10. It is called when the first question is asked.
    """

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        self._read = read

    @cached_property
    def _rows(self) -> Mapping[str, str]:
        return self._read()

    @classmethod
    def load(cls, path: Path = TABLE) -> "Terms":
        """Take the terms from the table that ships with filmld, or from another one."""
        return cls(lambda: _rows_in(path))

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def kind(self, name: str) -> Kind | None:
        """Say what sort of thing a term names; nothing if schema.org has no such term.

        >>> Terms.load().kind("Movie"), Terms.load().kind("Film")
        (<Kind.CLASS: 'class'>, None)
        """
        found = self._values(name, _KIND)
        return Kind(found[0]) if found else None

    def parents(self, name: str) -> tuple[str, ...]:
        """Name the classes or properties right above; for a member, its enumeration.

        >>> Terms.load().parents("Movie")
        ('CreativeWork',)
        """
        return self._values(name, _PARENTS)

    def ancestors(self, name: str) -> frozenset[str]:
        """Name all classes or properties above, near and far, without the term itself.

        >>> sorted(Terms.load().ancestors("Country"))
        ['AdministrativeArea', 'Place', 'Thing']
        """
        found: set[str] = set()
        waiting = list(self.parents(name))
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting.extend(self.parents(parent))
        return frozenset(found)

    def domains(self, name: str) -> tuple[str, ...]:
        """Name the classes that a property is meant for (``domainIncludes``).

        >>> Terms.load().domains("subtitleLanguage")
        ('BroadcastEvent', 'Movie', 'ScreeningEvent', 'TVEpisode')
        """
        return self._values(name, _DOMAINS)

    def ranges(self, name: str) -> tuple[str, ...]:
        """Name the classes and datatypes that a property's values may have (``rangeIncludes``).

        >>> Terms.load().ranges("genre")
        ('DefinedTerm', 'Text', 'URL')
        """
        return self._values(name, _RANGES)

    def superseded_by(self, name: str) -> tuple[str, ...]:
        """Name the terms that have taken a term's place; none while it is in use.

        >>> Terms.load().superseded_by("awards")
        ('award',)
        """
        return self._values(name, _SUPERSEDED_BY)

    def section(self, name: str) -> str | None:
        """Say which part of schema.org defines a term: ``core``, ``pending`` or ``bib``, say.

        >>> Terms.load().section("EventSeries")
        'pending'
        """
        found = self._values(name, _SECTION)
        return found[0] if found else None

    def fits(self, name: str, class_name: str) -> bool:
        """Say whether a property is meant for a class, by its own domain or an ancestor's.

        >>> Terms.load().fits("director", "Movie"), Terms.load().fits("director", "Person")
        (True, False)
        """
        return not {class_name, *self.ancestors(class_name)}.isdisjoint(self.domains(name))

    def close_match(self, name: str, kind: Kind | None = None) -> str | None:
        """Name the term in use that somebody may have meant, if one is like it.

        Args:
            name: What was written.
            kind: Only terms of this kind, if the place where it stands admits only one.
        """
        return self._close_match(name.casefold(), kind)

    @cached_property
    def _close_match(self) -> Callable[[str, Kind | None], str | None]:
        """The same slip is met in many records, and takes longer to look for than a record to read."""
        return lru_cache(_SLIPS)(self._closest)

    def _closest(self, written: str, kind: Kind | None) -> str | None:
        import difflib  # noqa: PLC0415  for those alone who look for a slip

        known = self._in_use[kind]
        of_like_length = (
            term for term in known if min(len(term), len(written)) >= _LENGTHS * max(len(term), len(written))
        )
        found = difflib.get_close_matches(written, list(of_like_length), n=1, cutoff=_ALIKE)
        return known[found[0]] if found else None

    @cached_property
    def _in_use(self) -> Mapping[Kind | None, Mapping[str, str]]:
        """The terms that have not been superseded, by kind and by their names in small letters."""
        found: dict[Kind | None, dict[str, str]] = {None: {}, **{kind: {} for kind in Kind}}
        for term in self._rows:
            if not self.superseded_by(term):
                for kind in (None, self.kind(term)):
                    found[kind].setdefault(term.casefold(), term)
        return found

    def _values(self, name: str, column: int) -> tuple[str, ...]:
        row = self._rows.get(name)
        return tuple(row.split("\t")[column].split()) if row is not None else ()
