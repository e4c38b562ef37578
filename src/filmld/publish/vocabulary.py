"""The files of the ontology and of the shapes, and the terms that each defines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from filmld.archive.archive import Archive, Profile
from filmld.archive.statements import statements
from filmld.publish.addresses import anchor
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import local_name

PER_PAGE: Final = 40
"""Terms on one page; the longest vocabulary has some hundreds."""

_PREFIX: Final = re.compile(r"^@prefix\s+([\w.-]*):\s*<([^<>\s]+)>\s*\.", re.MULTILINE)
_ELSEWHERE: Final = "schema-org"
"""A copy of what schema.org publishes: here as Turtle only, its pages are there."""


@dataclass(frozen=True)
class TermsFile:
    """One file.

    Attributes:
        folder: ``ontology`` or ``shapes``.
        name: Its name without ending.
        path: Where it lies.
    """

    folder: str
    name: str
    path: Path

    @cached_property
    def graph(self) -> Graph:
        """What it states."""
        return _graph(self.path, self.path.stat().st_mtime_ns)

    @cached_property
    def terms(self) -> tuple[IRI, ...]:
        """What it defines, in the order of its text; nothing for a copy of others' terms."""
        if self.name == _ELSEWHERE:
            return ()
        return tuple(subject for subject in self.graph.subjects() if isinstance(subject, IRI))

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The namespaces that it abbreviates, by prefix."""
        return MappingProxyType(dict(_PREFIX.findall(self.path.read_text(encoding="utf-8"))))

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return -(-len(self.terms) // PER_PAGE)

    @property
    def turtle(self) -> str:
        """The path of its Turtle on the site."""
        return f"{self.folder}/{self.name}.ttl"

    def page(self, number: int = 1) -> str:
        """The path of one of its pages."""
        return f"{self.folder}/{self.name}{f'-{number}' if number > 1 else ''}.html"

    def places(self) -> Iterator[tuple[str, str]]:
        """Its terms, each with the page and the place where it is described."""
        for number, term in enumerate(self.terms):
            yield term.value, f"{self.page(number // PER_PAGE + 1)}#{place(term)}"


@lru_cache(maxsize=256)
def _graph(path: Path, changed: int) -> Graph:
    """Read a file, again only if it has changed: a site is planned anew for each edit."""
    del changed
    return Graph(statements(path, "b"))


class Vocabulary:
    """All files of an archive: those that ship with filmld, and its own."""

    def __init__(self, archive: Archive) -> None:
        found = [TermsFile("ontology", path.stem, path) for path in archive.ontology_files()]
        for profile, folder in ((Profile.ARCHIVE, ""), (Profile.GOOGLE, f"{Profile.GOOGLE}/")):
            found += [
                TermsFile("shapes", folder + path.stem, path)
                for path in archive.shape_files(profile)
                if not folder or path.parent.name == profile.value
            ]
        self.files = tuple(found)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where each term is described; the first of several places."""
        found: dict[str, str] = {}
        for file in self.files:
            for iri, where in file.places():
                found.setdefault(iri, where)
        return MappingProxyType(found)


def place(term: IRI) -> str:
    """Name the place of a term on its page."""
    return anchor(local_name(term.value))
