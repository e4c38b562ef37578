"""What has changed since the index was written."""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from os.path import lexists
from typing import TYPE_CHECKING, Final, TypeGuard

from filmld.archive import Archive, Record
from filmld.archive.folders import count_files
from filmld.archive.records import SUFFIX, collisions, folded
from filmld.check.stored.database import Database, Known
from filmld.check.stored.listing import Listing, OddError, count_of, listing, stamp_at, stamps
from filmld.check.stored.seen import Seen
from filmld.check.stored.stamps import UNSETTLED, Sheet
from filmld.check.stored.wire import from_json, to_json
from filmld.diagnostics import Diagnostic
from filmld.tuples import NamedTuple

if TYPE_CHECKING:
    from filmld.check.stored.by_git import Question
    from filmld.check.stored.dates import Dates

_WALK: Final = "walk"
WHOLE: Final = "whole"
"""Whether every file has been looked at, in the index: a run that was killed may have left some out."""
SMALL: Final = 1_000
"""Of so many files it takes no time to compare all with what is known of each."""
FEW: Final = 1_000
"""So many files are looked up one by one; where there are more, all are compared."""
MANY: Final = 5_000
"""More files than this are not looked up in the index one by one."""
FEW_NEW: Final = 10
"""For so many names it is asked which others could be taken for them, one by one."""
STALE: Final = 300
"""If git tells of so many files, they are listed anew: most of them have been looked at before."""
SHARED: Final = 20_000
"""Fewer files than this are listed before git is asked, or another process has begun to help."""


class Plan(NamedTuple):
    """What is to be done.

    Attributes:
        sheets: The files to read.
        gone: The numbers of files that are no more.
    """

    sheets: list[Sheet]
    gone: list[int]


class _WalkError(Exception):
    """Only a walk through all folders tells what there is."""


class Planner:
    """Finds out what has changed.

    Args:
        archive: The archive.
        database: Its index.
        meanwhile: What else can be done while files are listed, where there are many.
        ahead: What git has been asked already, if there is anything.
    """

    def __init__(
        self,
        archive: Archive,
        database: Database,
        meanwhile: Callable[[], None] = lambda: None,
        ahead: "Question | None" = None,
    ) -> None:
        self._archive = archive
        self._meanwhile = meanwhile
        self._ahead = ahead
        self._database = database
        self._seen = Seen(database)
        self._unreadable: list[Diagnostic] = []
        self.count: int | None = None
        """How many files there were when all were looked at last, if they were seen in passing."""

    def is_first_of_many(self, number: int) -> bool:
        """Whether nothing is known of any file, and there are more than so many."""
        return not self._database.has_more_than(0) and self._count_files(number + 1) > number

    def _count_files(self, most: int | None = None) -> int:
        return count_files(os.fspath(self._archive.root / self._archive.config.paths.records), SUFFIX, most)

    def first(self) -> tuple[int, Iterator[Sheet]]:
        """About how many files there are, and all of them as they are met, of which nothing is known.

        Raises:
            NoRecordsError: There is none; in the end.
        """
        return self._count_files(), self._met()

    def _met(self) -> Iterator[Sheet]:
        self._unreadable = []
        records = (one for one in self._archive.met() if self._is_record(one))
        return (Sheet(place, one.filename, one.iri) for place, one in self._by_places(records))

    def _is_record(self, one: Record | Diagnostic) -> TypeGuard[Record]:
        if isinstance(one, Diagnostic):
            self._unreadable.append(one)
            return False
        return True

    def all_met(self) -> None:
        """Keep what is wrong with the folder of records, once all files have been met and read."""
        found = [*self._unreadable, *collisions(self._database.filenames())]
        self._database.set_meta(_WALK, to_json(found))

    def plan(self) -> Plan:
        """Plan for all files.

        Raises:
            NoRecordsError: There is none.
        """
        self.count = None
        if not self._database.has_more_than(0):
            return self._walk({})
        told = self._told()
        plan = self._plan_for(told, of_files=True) if told is not None and len(told) <= STALE else None
        if plan:
            return plan
        self.count, began = None, time.time_ns()
        try:
            found = self._listing()
        except OddError:
            return self._walk({})
        places = self._seen.others_than(found) if self._walked() == [] and told is None else None
        plan = self._plan_for(places) if places is not None and len(places) <= FEW else None
        if plan is None or places is None:
            return self._compare(found, began)
        self.count = count_of(found)
        self._keep(found, places, began, only_with_dates=True)
        return plan

    def _told(self) -> set[str] | None:
        """The places of the files that may have changed, as git tells; nothing if it cannot be asked."""
        if not self._database.has_more_than(SHARED) or self._walked() != []:
            return None
        dates, ahead, self._ahead = self._dates(), self._ahead, None
        question = dates.ask(ahead)
        if question is None:
            return None
        with question:
            self._meanwhile()
            told = dates.others(question)
        self.count = dates.count
        return told

    def _keep(
        self, found: Listing, but: Collection[str], began: int, *, only_with_dates: bool = False
    ) -> None:
        """Keep the list of files for the next time, with their dates if there are many."""
        is_few = len(but) <= FEW
        dates = self._dates() if is_few and count_of(found) > SHARED else None
        if dates and not dates.can_keep(found, began):
            dates = None
        if dates or not only_with_dates:
            self._seen.keep(found, but if is_few else None)
        if dates:
            dates.keep(found, began)

    def _dates(self) -> "Dates":
        from filmld.check.stored.dates import Dates  # noqa: PLC0415  for large archives

        return Dates(self._archive, self._database, self._seen)

    def _listing(self) -> Listing:
        root = self._archive.root
        folder = root / self._archive.config.paths.records
        if self._database.has_more_than(SHARED):
            from filmld.check.stored import sharing  # noqa: PLC0415  for large archives

            if sharing.can_share():
                return sharing.shared_listing(folder, root, self._seen.names(), self._read_meanwhile)
        return listing(folder, root)

    def _read_meanwhile(self) -> None:
        self._seen.read()
        self._meanwhile()

    def plan_of(self, places: Collection[str]) -> Plan:
        """Plan for a few files; all are looked at if more may have changed than these.

        Raises:
            NoRecordsError: There is none.
        """
        are_known = self._database.meta(WHOLE) == "yes" and self._walked() == []
        plan = self._plan_for(places) if are_known and len(places) <= FEW else None
        return plan or self.plan()

    def found_walking(self) -> list[Diagnostic]:
        """What is wrong with the folder of records itself."""
        return self._walked() or []

    def _walked(self) -> list[Diagnostic] | None:
        text = self._database.meta(_WALK)
        return None if text is None else from_json(text)

    def _plan_for(self, places: Collection[str], *, of_files: bool = False) -> Plan | None:
        """Plan for a few files, where nothing was wrong with the folder of records.

        Args:
            places: Their places.
            of_files: Whether no place can be that of a folder which is gone, with all that was in it.

        Returns:
            None if that takes a walk through all folders: something else than a plain record has come, or
            may have gone.
        """
        known = {file.place: file for file in self._database.files_at(places)}
        plan, new = Plan([], []), list[Record]()
        for place in places:
            path, file = self._archive.root / place, known.get(place)
            stamp, record = stamp_at(path), None
            if file and (stamp == file.stamp != UNSETTLED):
                continue
            if of_files and file is None and not lexists(path):
                continue
            if file and stamp is not None:
                plan.sheets.append(_sheet(file))
            elif file and not lexists(path):
                plan.gone.append(file.id)
            elif file is None and stamp is not None and (record := self._archive.record_at(path)):
                new.append(record)
            else:
                return None
        if (new or plan.gone) and not self._are_by_themselves(new, plan.gone):
            return None
        plan.sheets.extend(Sheet(place, one.filename, one.iri) for place, one in self._by_places(new))
        return plan

    def _are_by_themselves(self, new: list[Record], gone: Collection[int]) -> bool:
        """Whether no new record bears a name that another has on some computer, and some record is left."""
        names = {folded(record.filename) for record in new}
        if len(names) != len(new):
            return False
        if not names:
            return self._database.has_more_than(len(gone))
        others = self._database.named(names if len(names) <= FEW_NEW else None)
        return names.isdisjoint(folded(name) for number, name in others if number not in gone)

    def _compare(self, found: Listing, began: int) -> Plan:
        """Compare what there is with what is known of each file."""
        known = self._database.stamps()
        come, changed = set[str](), set[str]()
        for place, stamp in stamps(found):
            before = known.pop(place, None)
            if before is None:
                come.add(place)
            elif before != stamp:
                changed.add(place)
        gone, is_in_order = known.keys(), self._walked() == []
        if is_in_order and count_of(found) > SMALL:  # a list would be written as often as it is read
            self._keep(found, come | changed | gone, began)
        if not is_in_order or come or gone:
            return self._walk(dict(stamps(found)))
        return Plan([_sheet(one) for one in self._at(changed)], [])

    def _at(self, places: Collection[str]) -> Iterator[Known]:
        if len(places) <= MANY:
            return self._database.files_at(places)
        return (file for file in self._database.files() if file.place in places)

    def _walk(self, found: Mapping[str, str]) -> Plan:
        known = {
            place: (file, filename, iri, stamp, digest)
            for file, filename, place, iri, stamp, digest, _ in self._database.files()
        }
        walk = self._archive.walk()
        self._database.set_meta(_WALK, to_json(walk.diagnostics))
        records = dict(self._by_places(walk.records))
        sheets = []
        for place, record in records.items():
            stamp, digest = known[place][3:] if place in known else (UNSETTLED, b"")
            if stamp == UNSETTLED or stamp != found.get(place):
                sheets.append(Sheet(place, record.filename, record.iri, digest))
        return Plan(sheets, [row[0] for place, row in known.items() if place not in records])

    def _by_places(self, records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
        """Records by their places below the archive's root; one text does for that and for the shown name."""
        above = ""
        for record in records:
            above = above or (record.folder / "x").relative_to(self._archive.root).as_posix()[:-1]
            place = above + record.place
            yield (record.filename if place == record.filename else place), record


def _sheet(known: Known) -> Sheet:
    return Sheet(known.place, known.filename, known.iri, known.digest)
