"""What is done file by file, in this process or in several."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

from filmld.archive import Archive, Profile
from filmld.check import rules
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.stored.database import Case, Database, Sides
from filmld.check.stored.index import StoredIndex
from filmld.check.stored.reading import Sheet, Taken, is_sound, load, take
from filmld.check.stored.wire import to_json
from filmld.diagnostics import Diagnostic
from filmld.turtle.document import Document
from filmld.turtle.reader import read


class Verdict(NamedTuple):
    """What was found in a file.

    Attributes:
        file: The file.
        is_stale: Whether it is no longer what the index knows: it must be read again before it is judged.
        judged: The findings, as JSON.
        asked: What they depend on.
    """

    file: int
    is_stale: bool
    judged: str
    asked: Sides


Task: TypeAlias = list[Sheet] | list[Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process needs to know before it begins.

    Attributes:
        root: The archive.
        profile: By whose wishes it is judged.
        index: The file of the index.
    """

    root: Path
    profile: Profile
    index: Path


class Worker:
    """Reads and judges files.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        database: The index; a worker only reads it.
    """

    def __init__(self, archive: Archive, profile: Profile, database: Database) -> None:
        self._archive = archive
        self._profile = profile
        self._database = database

    @classmethod
    def of(cls, order: Order) -> "Worker":
        """Make a worker in a process of its own."""
        return cls(Archive.open(order.root), order.profile, Database(order.index, for_writing=False))

    @cached_property
    def index(self) -> StoredIndex:
        """The index of all records."""
        ontology = Ontology.load(self._archive.ontology_files())
        return StoredIndex(self._database, self._load, self._archive.config.base, Terms.load(), ontology)

    def renew(self) -> None:
        """Take notice that the database has changed."""
        if "index" in self.__dict__:
            self.index.renew()

    def document(self, filename: str) -> Document:
        """Read a record for its text, whoever asks."""
        return self.index.record(filename)

    def take(self, sheets: list[Sheet]) -> list[Taken]:
        """Read files for the index."""
        return [take(self._archive.root, sheet) for sheet in sheets]

    def judge(self, cases: list[Case]) -> list[Verdict]:
        """Judge records that the index knows."""
        return [self._judge(case) for case in cases]

    def _judge(self, case: Case) -> Verdict:
        found = load(self._archive.root, case.place, case.filename)
        if case.digest and found.digest != case.digest:
            return Verdict(case.id, is_stale=True, judged="", asked={})
        if found.document is None or not is_sound(found.document):
            return Verdict(case.id, is_stale=False, judged="", asked={})
        self.index.begin(found.document, case.id)
        findings = self._findings(found.document)
        return Verdict(case.id, is_stale=False, judged=to_json(findings), asked=self.index.asked())

    def _findings(self, document: Document) -> list[Diagnostic]:
        if self._profile is not Profile.ARCHIVE:
            return []
        return list(rules.find(document, self.index))

    def _load(self, place: str, filename: str) -> Document:
        found = load(self._archive.root, place, filename).document
        return found or read("", filename=filename)
