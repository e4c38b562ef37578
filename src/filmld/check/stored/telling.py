"""From what the index keeps of each file to the findings that are told."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from filmld.check.causes import by_node
from filmld.check.prefixes import is_open, most_declared, with_declarations
from filmld.check.standing import in_one_file
from filmld.check.stored.database import Database, Told
from filmld.check.stored.keys import key, of_findings, of_misspelt
from filmld.check.stored.sources import Source
from filmld.check.stored.uncollected import uncollected
from filmld.check.stored.wire import from_json, words_from_json
from filmld.diagnostics import Diagnostic
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document

if TYPE_CHECKING:
    from filmld.check.stored.work import Worker
    from filmld.diagnostics.registry import Registry

_MISSPELT: Final = "unknown-property"
_CORRECTIONS: Final = "corrections"
"""What misspelt properties were probably meant to be, in the index."""
_A_FEW: Final = 100
"""Of so many files findings are replaced one after the other."""
_filename: Final = attrgetter("filename")
NOBODY: Final = 0
"""Stands in the place of a file for findings that no file's judge found."""


class _Row(NamedTuple):
    """What the judges said of one file, or rather when they looked at it."""

    filename: str
    order: tuple[str, str]
    digest: bytes
    outside: list[Diagnostic]
    read: list[Diagnostic]
    judged: list[Diagnostic]
    is_addressed: bool = False
    """Whether a comment in the file speaks to filmld: it may be reported where nothing else is."""

    def findings(self) -> Iterator[Diagnostic]:
        yield from self.outside
        yield from self.read
        yield from self.judged


class Teller:
    """Keeps the findings of every file, and works out anew only those that may have changed.

    Args:
        database: Its index.
        worker: Gives who knows the vocabularies; seldom asked for.
        registry: Gives the rules that records are judged by.
    """

    def __init__(
        self, database: Database, worker: "Callable[[], Worker]", registry: "Callable[[], Registry]"
    ) -> None:
        self._database = database
        self._worker = worker
        self._registry = registry
        self._rows: dict[int, _Row] = {}
        self._found_by: dict[str, set[int]] = {}
        self._addressed: set[str] = set()
        self._told: dict[str, tuple[Diagnostic, ...]] = {}
        self._sources: dict[str, Source] = {}
        self._open: dict[int, str] = {}
        self._all: list[Diagnostic] | None = None
        self._misspelt: dict[int, list[tuple[str, str]]] = {}
        self._meant: Mapping[str, frozenset[str]] = {}
        self._untold: frozenset[str] = frozenset()

    def foretell(self, outside: list[Diagnostic]) -> set[str]:
        """Take notice of what the index knows, before it is known which files have changed.

        No text is read, which may be another one by now: files for which that is needed are told of when
        :meth:`learn` is called, with those of which the judges say something else.

        Args:
            outside: What is wrong with the archive as a whole.

        Returns:
            The shown names of the files that are told of.
        """
        with uncollected():
            stale = self._noticed(None, outside, [], None)
            self._untold = frozenset({*self._addressed, *self._open.values()})
            return self._tell(stale - self._untold)

    def learn(
        self,
        files: Iterable[int] | None,
        outside: list[Diagnostic],
        shaped: list[Diagnostic],
        named: Collection[str] | None = None,
    ) -> set[str]:
        """Take notice of what the judges say now; return the shown names of files with other findings.

        Args:
            files: The files of which they may say something else than before; all if that is not known.
            outside: What is wrong with the archive as a whole.
            shaped: What shapes say of all records together.
            named: The shown names of the files that are to be told of; all if there are none. What is
                told of others then is not complete.
        """
        with uncollected():
            stale = self._noticed(files, outside, shaped, named) | self._untold
            self._untold = frozenset()
            return self._tell(stale)

    def _noticed(
        self,
        files: Iterable[int] | None,
        outside: list[Diagnostic],
        shaped: list[Diagnostic],
        named: Collection[str] | None,
    ) -> set[str]:
        if files is None:
            self._all = None
            self._rows.clear()
            self._found_by.clear()
            self._addressed.clear()
            self._told.clear()
            self._sources.clear()
            self._open.clear()
            self._misspelt.clear()
        stale = set(self._open.values())
        stale |= self._gone(files)
        stale |= self._put(NOBODY, _Row("", ("", ""), b"", outside, [], shaped))
        rows = self._about(named) if files is None and named else map(_row, self._database.told(files))
        for file, row in rows:
            stale |= self._put(file, row) | {row.filename}
            if row.is_addressed:
                self._addressed.add(row.filename)
            else:
                self._addressed.discard(row.filename)
        return stale

    def findings(self) -> tuple[Diagnostic, ...]:
        """All findings that stand, in order."""
        if self._all is None:
            self._all = list(chain.from_iterable(map(self._told.__getitem__, sorted(self._told))))
        return tuple(self._all)

    def _gone(self, files: Iterable[int] | None) -> set[str]:
        """Drop what was found in files, until it is found again."""
        stale: set[str] = set()
        for file in files or ():
            row = self._rows.get(file)
            if row:
                self._addressed.discard(row.filename)
                stale |= self._put(file, None) | {row.filename}
        return stale

    def _about(self, named: Collection[str]) -> Iterator[tuple[int, _Row]]:
        """What was found in some files, and what bears upon which of their findings stand."""
        found = {file: row for name in named for file, row in map(_row, self._database.told_in(name))}
        for name in named:
            found |= map(_row, self._database.told_about(key(of_findings(name))))
        nodes = {one.focus_node for row in found.values() for one in row.findings() if one.filename in named}
        for node in nodes - {None}:
            found |= map(_row, self._database.told_about(key(of_misspelt(node or ""))))
        yield from found.items()

    def _put(self, file: int, row: _Row | None) -> set[str]:
        """Replace what was found in a file; return the names of the files concerned."""
        before = self._rows.pop(file, None)
        self._open.pop(file, None)
        self._misspelt.pop(file, None)
        if before:
            self._sources.pop(before.filename, None)
        names_before = {finding.filename for finding in before.findings()} if before else set()
        names = {finding.filename for finding in row.findings()} if row else set()
        for name in names_before - names:
            self._found_by[name].discard(file)
        for name in names:
            self._found_by.setdefault(name, set()).add(file)
        if row and (names or row.is_addressed):
            self._rows[file] = row
            self._sources[row.filename] = Source(row.order[1], row.digest)
            if any(map(is_open, row.read)):
                self._open[file] = row.filename
            if misspelt := list(self._meant_in(row)):
                self._misspelt[file] = misspelt
        return names_before | names

    def _tell(self, stale: set[str]) -> set[str]:
        meant = by_node(pair for pairs in self._misspelt.values() for pair in pairs)
        nodes = {node for node, _ in meant.items() ^ self._meant.items()}
        self._meant = meant
        if nodes:
            found = (one for row in self._rows.values() for one in row.judged)
            stale |= {one.filename for one in found if one.focus_node in nodes}
        declared = cache(lambda: most_declared(self._database.declarations()))
        for filename in stale:
            told = self._told_of(filename, declared)
            if told:
                self._told[filename] = told
            else:
                self._told.pop(filename, None)
        self._put_in_order(stale)
        return stale

    def _put_in_order(self, stale: Collection[str]) -> None:
        """Replace the findings of a few files in the list of all, or have it made anew when it is wanted."""
        if self._all is None or len(stale) > _A_FEW:
            self._all = None
            return
        for filename in stale:
            start, end = (side(self._all, filename, key=_filename) for side in (bisect_left, bisect_right))
            self._all[start:end] = self._told.get(filename, ())

    def _meant_in(self, row: _Row) -> Iterator[tuple[str, str]]:
        """For each misspelt property that was found in a file, its node and the property probably meant."""
        for finding in row.judged:
            if finding.code == _MISSPELT and finding.focus_node:
                property_ = self._correction(finding)
                if property_:
                    yield finding.focus_node, property_

    @cached_property
    def _corrections(self) -> dict[str, str | None]:
        return words_from_json(self._database.meta(_CORRECTIONS) or "{}")

    def _correction(self, finding: Diagnostic) -> str | None:
        """The property that a misspelt one was probably meant to be, looked for once in an index."""
        misspelt = finding.result_path or ""
        if misspelt not in self._corrections:
            from filmld.check.rules import unknown_property  # noqa: PLC0415  most files have none

            self._corrections[misspelt] = unknown_property.meant(finding, self._worker().index)
            self._database.set_meta(_CORRECTIONS, json.dumps(self._corrections))
        return self._corrections[misspelt]

    def source(self, filename: str) -> Source | None:
        """A file in which something was found, as it was then."""
        return self._sources.get(filename)

    def told_in(self, filename: str) -> tuple[Diagnostic, ...]:
        """The findings in a file that stand, in order."""
        return self._told.get(filename, ())

    def _told_of(self, filename: str, declared: Callable[[], dict[str, str]]) -> tuple[Diagnostic, ...]:
        rows = sorted(
            (self._rows[file] for file in self._found_by.get(filename, ())), key=lambda row: row.order
        )
        read = [finding for row in rows for finding in row.read if finding.filename == filename]
        if any(map(is_open, read)):
            read = list(with_declarations(read, self._document, declared, self._worker().index.homes))
        addressed = self._document(filename) if filename in self._addressed else None
        return in_one_file(
            outside=[f for row in rows for f in row.outside if f.filename == filename],
            told=[*read, *(f for row in rows for f in row.judged if f.filename == filename)],
            misspelt=self._meant,
            document=addressed,
            rules_of=self._registry,
        )

    def _document(self, filename: str) -> Document:
        return self._worker().document(filename)


def spoken_of(findings: Iterable[Diagnostic], filename: str) -> set[int]:
    """What the findings of a file's judge matter for beside it: other files, nodes with a misspelt property.

    By these numbers they are found again when somebody wants to know of another file alone.
    """
    found = list(findings)
    names = {name for one in found for name in (one.filename, *(other.filename for other in one.related))}
    nodes = {one.focus_node for one in found if one.code == _MISSPELT and one.focus_node}
    texts = [*map(of_findings, names - {filename}), *map(of_misspelt, nodes)]
    return set(map(key, texts))


def _row(told: Told) -> tuple[int, _Row]:
    found = (from_json(told.outside), from_json(told.read), from_json(told.judged))
    return told.id, _Row(
        told.filename, (told.iri, told.place), told.digest, *found, is_addressed=bool(told.is_addressed)
    )
