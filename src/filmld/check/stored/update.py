"""Bringing the index up to date with the files."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from filmld.check.asking import SHAPES
from filmld.check.stored.changes import Changes
from filmld.check.stored.database import ALL_AT_ONCE, MODE, RECORD_BY_RECORD, Case, Database
from filmld.check.stored.keys import SUBCLASSES, key
from filmld.check.stored.planning import MANY, WHOLE, Plan, Planner
from filmld.check.stored.stamps import Sheet
from filmld.diagnostics import Diagnostic

if TYPE_CHECKING:
    from filmld.check.stored.hands import Hands
    from filmld.check.stored.reading import Taken
    from filmld.check.stored.work import Verdict, Worker

Progress = Callable[[int, int], None]
"""Hears how many files are done, of how many."""

_ROUNDS: Final = 3
"""So often files are read anew that change while they are checked."""
_AT_A_TIME: Final = 100
"""So many files are written in one transaction."""
LARGE: Final = 1_000
"""An archive of so many files is read into columns for the first time."""
_LEAST: Final = 200
"""Fewer files than this are not read into columns at a time, unless no more are left."""
_ANEW: Final = 4
"""If a part of this size and more is not known, all is looked at as if for the first time."""
LOCAL: Final = "local"
"""Whether shapes can be judged record by record."""
_PRESUMED: Final = "presumed"
"""Whether files are said to have passed that may not have, since a first look has not come to its end."""
SHAPED: Final = "shaped"
"""What shapes say, in the index, for as long as nothing has changed."""

_Item = TypeVar("_Item")


class Update:
    """Brings an index up to date.

    Args:
        planner: Finds out what has changed.
        database: The index.
        worker: Gives who does the work for few files; not asked for where there is none.
        judge: Judges few files.
        hands: Who does what is to be done for many files.
        progress: Hears how far the work has come.

    Attributes:
        touched: The files of which something else may have been found than before.
    """

    def __init__(
        self,
        planner: Planner,
        database: Database,
        worker: "Callable[[], Worker]",
        judge: "Callable[[list[Case]], list[Verdict]]",
        hands: "Hands",
        progress: Progress | None = None,
    ) -> None:
        self._database = database
        self._worker = worker
        self._hands = hands
        self._progress = progress
        self._judge_few = judge
        self._planner = planner
        self.touched: set[int] = set()

    def run(self, only: Iterable[str] | None = None) -> None:
        """Read what has changed, and judge what depends on it.

        Args:
            only: The places of the files that are looked at, where not all of them need be.
        """
        if only is None and self._planner.is_first_of_many(LARGE):
            self._hands.prepare()
            plan = self._look()
        else:
            plan = self._planner.plan() if only is None else self._planner.plan_of(set(only))
            if self._is_little_known(plan):
                self.touched |= set(self._database.all_numbers())
                self._database.forget_all()
                plan = self._look()
        for left in reversed(range(_ROUNDS)):
            self._read(plan)
            if self._judge(is_last=not left):
                break
            plan = self._planner.plan()
        if self._database.meta(WHOLE) != "yes":
            self._database.set_meta(WHOLE, "yes")

    def _is_little_known(self, plan: Plan) -> bool:
        """Whether it takes less to look at everything anew than to go on record by record.

        So it is at first, after a first check that was killed, and where most files have changed.
        """
        if self._database.meta(_PRESUMED) == "yes":
            return True
        left = len(plan.sheets) + (0 if self._database.meta(WHOLE) == "yes" else self._database.count_open())
        if left < LARGE:
            return False
        return len(plan.sheets) > MANY or left * _ANEW >= self._database.count() - len(plan.gone)

    def count(self) -> int:
        """How many files there are; to count the rows of very many takes longer than to judge a record."""
        known = self._planner.count
        return self._database.count() if known is None else known

    def found_walking(self) -> list[Diagnostic]:
        """What is wrong with the folder of records itself."""
        return self._planner.found_walking()

    # Reading and judging

    def _read(self, plan: Plan) -> None:
        many = len(plan.sheets) > MANY
        if many or plan.gone:
            self._database.set_meta(WHOLE, "no")
        if many:
            self._database.reopen_all()
            self._database.unfinish()
        else:
            self._database.finish()  # what depends on a change is looked up by keys from here on
        changes = Changes(self._database, is_all_open=many)
        if plan.gone:
            changes.remove(plan.gone)
            self.touched |= set(plan.gone)
        processes = self._hands(len(plan.sheets))
        done = processes.take(plan.sheets) if processes else map(self._take, _parts(plan.sheets))
        count = 0
        for taken in done:
            self.touched |= changes.apply(taken)
            count += len(taken)
            self._tell(count / 2, len(plan.sheets))
        self._database.finish()
        if plan.gone or plan.sheets:
            self._worker().renew()

    def _take(self, sheets: list[Sheet]) -> "list[Taken]":
        return self._worker().take(sheets)

    def _look(self) -> Plan:
        """Read and judge an archive of which nothing is known; ask of each record what need be asked.

        Returns:
            What is left to be done.
        """
        from filmld.check.stored.processes import MANY, frugal, portion  # noqa: PLC0415  for large archives

        os.environ.update({name: os.environ.get(name, value) for name, value in frugal().items()})
        from filmld.check.columns.glance import Glance  # noqa: PLC0415  as above, and heavy
        from filmld.check.columns.together import FOLLOW  # noqa: PLC0415  likewise

        worker = self._worker()
        self._database.set_meta(WHOLE, "no")
        self._database.set_meta(_PRESUMED, "yes")
        self._database.unfinish()
        self._settle_mode()
        changes = Changes(self._database, is_all_open=True)
        with closing(Glance(worker.vocabulary, worker.sorting, worker.profile)) as glance:
            total, sheets = self._planner.first()
            processes = self._hands(total)
            parts = _taken(sheets, lambda done: max(_LEAST, portion(total - done, MANY)))
            count = 0
            for batches in processes.take_many(parts) if processes else map(worker.take_many, parts):
                for batch in batches:
                    glance.add(batch, changes.add(batch))
                    count += len(batch.sound) + len(batch.odd)
                self._tell(count / 2, total)
            self._planner.all_met()
            if processes:
                processes.warm()
            with self._database.finishing():
                asked = glance.decide()
            worker.renew()
        # Whoever is asked anything is asked by shapes, too: it takes less than to ask once more.
        answered = {file: what | SHAPES for file, what in asked.files.items()}
        alike = asked.alike(*self._ask(answered))
        self._ask({file: SHAPES for file in alike if file not in answered})
        changes.depend(asked.further, FOLLOW)
        self._database.set_meta(_PRESUMED, "no")
        self.touched |= set(self._database.all_numbers())
        return Plan([], [])

    def _ask(self, asked: Mapping[int, int]) -> tuple[set[int], set[int]]:
        """Judge some files as far as is needed.

        Returns:
            The things that shapes find fault with, and the files that have changed in between.
        """
        changes = Changes(self._database, is_all_open=False)
        changes.open(asked)
        cases = list(self._database.cases(asked))
        processes = self._hands(len(cases))
        faulty: set[int] = set()
        stale: set[int] = set()
        for verdicts in processes.judge(cases) if processes else map(self._judge_few, _parts(cases)):
            changes.judged(verdicts)
            faulty.update(node for verdict in verdicts for node in verdict.faulty)
            stale.update(verdict.file for verdict in verdicts if verdict.is_stale)
        return faulty, stale

    def _judge(self, *, is_last: bool) -> bool:
        """Judge all that is open; say whether all is done."""
        self._settle_mode()
        changes = Changes(self._database, is_all_open=False)
        cases = list(self._database.open_cases())
        if is_last:  # a file that never rests is judged as it is found
            cases = [case._replace(digest=b"") for case in cases]
        processes = self._hands(len(cases))
        done = processes.judge(cases) if processes else map(self._judge_few, _parts(cases))
        count, is_done = 0, True
        for verdicts in done:
            changes.judged(verdicts)
            self.touched |= {verdict.file for verdict in verdicts}
            is_done = is_done and not any(verdict.is_stale for verdict in verdicts)
            count += len(verdicts)
            self._tell((len(cases) + count) / 2, len(cases))
        return is_done

    def _settle_mode(self) -> None:
        """Shapes are judged all at once where they look far, or where records themselves define classes."""
        is_local = self._database.meta(LOCAL) == "yes" and not self._database.has_number(key(SUBCLASSES))
        mode = RECORD_BY_RECORD if is_local else ALL_AT_ONCE
        if self._database.meta(MODE) != mode:
            with self._database.transaction():
                self._database.reopen_all()
                self._database.set_meta(MODE, mode)
            self._worker().renew()

    def _tell(self, count: float, total: int) -> None:
        if self._progress:
            self._progress(int(count), total)


def _taken(items: Iterator[_Item], size: Callable[[int], int]) -> Iterator[list[_Item]]:
    """Parts of what is met one by one.

    Args:
        items: That.
        size: Says how long the next part is, of how many that were there before.
    """
    done = 0
    while part := list(islice(items, size(done))):
        yield part
        done += len(part)


def _parts(items: list[_Item], size: int = _AT_A_TIME) -> Iterator[list[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
