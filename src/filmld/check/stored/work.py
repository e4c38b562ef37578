"""What is done file by file, in this process or in several."""

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final, TypeAlias

from filmld.archive import Archive, Profile
from filmld.check.asking import EVERY_RULE, EVERYTHING, SHAPES
from filmld.check.index import Index
from filmld.check.schema_org import Terms
from filmld.check.stored.database import Case, Database, Sides
from filmld.check.stored.index import StoredIndex
from filmld.check.stored.keys import key
from filmld.check.stored.known_ontology import KnownOntology
from filmld.check.stored.reading import MAX_STATEMENTS, Content, Taken, is_sound, load, take, unread
from filmld.check.stored.stamps import Sheet
from filmld.check.stored.telling import spoken_of
from filmld.check.stored.wire import to_json
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.quick import QuickReader
from filmld.turtle.terms import IRI

if TYPE_CHECKING:
    from filmld.check.columns.sorting import Sorting
    from filmld.check.columns.taking import Batch, BatchReader
    from filmld.check.stored.by_shapes import ShapeJudge
    from filmld.check.watching import Watchers
    from filmld.diagnostics import Diagnostic


_FEW: Final = 10
"""So many files are kept as they were read."""


class Verdict(NamedTuple):
    """What was found in a file.

    Attributes:
        file: The file.
        is_stale: Whether it is no longer what the index knows: it must be read again before it is judged.
        judged: The findings, as JSON.
        asked: What they depend on.
        is_screened: Whether not everything was asked, so that they depend on all that the file mentions, too.
        faulty: The things that shapes find fault with, by their numbers.
        speaks_of: What these findings matter for beside the file, by their numbers.
    """

    file: int
    is_stale: bool
    judged: str
    asked: Sides
    is_screened: bool = False
    faulty: tuple[int, ...] = ()
    speaks_of: tuple[int, ...] = ()


Task: TypeAlias = list[Sheet] | list[Case]


class Worker:
    """Reads and judges files.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        database: The index; a worker only reads it.
    """

    def __init__(self, archive: Archive, profile: Profile, database: Database) -> None:
        self._archive = archive
        self.profile = profile
        self._database = database
        self._quick = QuickReader()
        self._just_read: dict[str, Content] = {}

    @cached_property
    def index(self) -> StoredIndex:
        """The index of all records."""
        return StoredIndex(
            self._database, self.read, self._archive.config.base, Terms.load(), KnownOntology(self._database)
        )

    @cached_property
    def _watchers(self) -> "Watchers":
        from filmld.check import rules  # noqa: PLC0415  for whoever applies them

        return rules.watchers(self.index)

    @cached_property
    def by_shapes(self) -> "ShapeJudge":
        """Judges by the shapes."""
        from filmld.check.stored.by_shapes import ShapeJudge  # noqa: PLC0415  likewise

        return ShapeJudge(self._archive, self._database, self.index)

    def warm(self) -> None:
        """Make all that is made when a record is first judged."""
        _ = self._watchers
        self.by_shapes.warm()

    def warm_for_many(self) -> None:
        """Do what :meth:`warm` does, and load what the first wrong language among many needs."""
        self.warm()
        import_module("langcodes")

    def renew(self) -> None:
        """Take notice that the database has changed."""
        if "by_shapes" in self.__dict__:
            self.by_shapes.renew()
        if "index" in self.__dict__:
            self.index.renew()

    def document(self, filename: str) -> Document:
        """Read a record for its text, whoever asks."""
        return self.index.record(filename)

    def take(self, sheets: list[Sheet]) -> list[Taken]:
        """Read files for the index."""
        self._just_read.clear()
        return [take(self._archive.root, sheet, self._quick, self._keep) for sheet in sheets]

    def _keep(self, found: Content) -> None:
        """Keep what was read, as long as it is little: it is judged next, and need not be parsed again."""
        if found.document and len(self._just_read) < _FEW:
            self._just_read[found.document.filename] = found

    def _held(self, case: Case) -> Content:
        """What a file to judge holds, or held when it was read for the index."""
        known = self._just_read.pop(case.filename, None)
        if known and known.digest == case.digest:
            return known
        return load(self._archive.root, case.place, case.filename, self._quick)

    def take_many(self, sheets: list[Sheet]) -> "list[Batch]":
        """Read many files for the index of an archive of which nothing is known yet, in batches."""
        return self._batches.take(sheets)

    def prepare(self) -> None:
        """Make what it takes to read very many files."""
        _ = self._batches

    @cached_property
    def _batches(self) -> "BatchReader":
        from filmld.check.columns.taking import BatchReader  # noqa: PLC0415  heavy, and for large archives

        return BatchReader(self._archive.root, self.vocabulary, self.sorting, self._quick)

    @cached_property
    def vocabulary(self) -> Index:
        """An index of nothing, to ask what vocabularies say of very many records, while others write, too."""
        ontology = KnownOntology(self._database).whole()
        return Index((), self._archive.config.base, Terms.load(), ontology=ontology)

    @cached_property
    def sorting(self) -> "Sorting":
        """How shapes tell things apart."""
        from filmld.check.columns.sorting import Sorting  # noqa: PLC0415  as above

        judge = self.by_shapes
        return Sorting.of(judge.shapes.triples, judge.compiled, self.vocabulary.ontology.subclasses)

    def judge(self, cases: list[Case]) -> list[Verdict]:
        """Judge records that the index knows."""
        with self._database.reading():
            return [self._judge(case) for case in cases]

    def _judge(self, case: Case) -> Verdict:
        found = self._held(case)
        if case.digest and found.digest != case.digest:
            return Verdict(case.id, is_stale=True, judged="", asked={})
        if found.document is None or len(found.document.triples) > MAX_STATEMENTS:
            return Verdict(case.id, is_stale=False, judged="", asked={})
        self.index.begin(found.document, case.id, case)
        findings: list[Diagnostic] = []
        asks_rules = self.profile is Profile.ARCHIVE and case.asked & EVERY_RULE
        if asks_rules and is_sound(found.document):
            findings += self._watchers.find(found.document, case.asked)
        results = self.by_shapes.of_record(found.document, case.id) if case.asked & SHAPES else []
        if results:
            findings += self.by_shapes.told(results)
        return Verdict(
            case.id,
            is_stale=False,
            judged=to_json(findings),
            asked=self.index.asked(),
            is_screened=case.asked != EVERYTHING,
            faulty=tuple({key(one.focus_node.value) for one in results if isinstance(one.focus_node, IRI)}),
            speaks_of=tuple(sorted(spoken_of(findings, case.filename))),
        )

    def read(self, place: str, filename: str) -> Document:
        """Read a file as it is; without a statement if it cannot be made out.

        Args:
            place: Where it lies, below the archive's root.
            filename: Its shown name.
        """
        found = load(self._archive.root, place, filename, self._quick).document
        return found or unread(filename)
