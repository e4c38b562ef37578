"""A copy of this process that judges a few records by the shapes, while the process itself does all else.

A third of the time in which a record that was saved is checked goes to what only shapes need: to import it,
and to read and compile them. None of that depends on what has changed. So the process is copied (fork(2)) as
soon as it is known that files are named. The copy says what findings depend on beside the records, makes
ready, rehearses with these files as they are, and waits to be told what is to be judged.

Whatever goes wrong with the copy, from want of memory to an index that is made anew meanwhile, it says
nothing more, and the process does all by itself.
"""

import json
import os
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from filmld.archive import Archive, Profile
from filmld.check.asking import EVERY_RULE, EVERYTHING, SHAPES
from filmld.check.stored.whereabouts import index_of

if TYPE_CHECKING:
    from filmld.check.stored.database import Case, Database
    from filmld.check.stored.work import Verdict, Worker

_FEW: Final = 3
"""So many files are enough to rehearse with."""
_KILL: Final = 9
"""The number of the signal, which :mod:`signal` takes a millisecond to tell."""


def can_copy() -> bool:
    """Whether a process can be copied here, and there is a core for the copy."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Deputy:
    """A copy of this process, which has no other threads: the locks that they hold would be held for ever.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        paths: The files that are named.

    Attributes:
        process: The number of the copy.
        has_judged: Whether it has been asked to judge, which it is once.
        has_answered: Whether it has said all that it has to say, and ends by itself.

    Raises:
        OSError: The process cannot be copied.
    """

    def __init__(self, archive: Archive, profile: Profile, paths: Sequence[Path]) -> None:
        asked, self._asking = os.pipe()
        answered, answering = os.pipe()
        self._answered = open(answered, "rb")  # noqa: PTH123, SIM115  a pipe, closed with the rest
        self.has_judged = self.has_answered = False
        self.process = 0
        try:
            self.process = os.fork()
            if not self.process:
                others = (self._asking, answered)
                _Copy(archive, profile, asked, answering).live(paths, others)
        except OSError:
            self.close()
            raise
        finally:
            os.close(asked)
            os.close(answering)

    def close(self) -> None:
        """End the copy, whatever it is doing, and wait for its end: nobody else may ask how it went."""
        if self._answered.closed:
            return
        self._answered.close()
        os.close(self._asking)
        if self.process:
            if not self.has_answered:
                os.kill(self.process, _KILL)
            os.waitpid(self.process, 0)

    @cached_property
    def context(self) -> str | None:
        """What findings depend on beside the records, as it was when the copy was made; if it can tell."""
        said = self._next()
        return said if isinstance(said, str) else None

    def judge(self, cases: "list[Case]", worker: "Worker", context: str) -> "list[Verdict]":
        """Judge records together with a worker, which does all of it if the copy cannot.

        Args:
            cases: The records; few, since the copy reads of none before it has read of all.
            worker: Judges by the index as it is.
            context: What findings depend on beside the records.
        """
        self.has_judged = True
        _ = self.context  # it is told first
        self._ask([case._replace(asked=case.asked & SHAPES) for case in cases])
        by_rules = worker.judge([case._replace(asked=case.asked & EVERY_RULE) for case in cases])
        by_shapes = self._verdicts(context)
        if len(by_shapes) != len(cases):
            return worker.judge(cases)
        return list(map(together, cases, by_rules, by_shapes))

    def _ask(self, cases: "list[Case]") -> None:
        try:
            _write(self._asking, [[*case[:4], case.digest.hex(), case.asked] for case in cases])
        except OSError:
            return  # the copy is gone, and says nothing more

    def _verdicts(self, context: str) -> "list[Verdict]":
        from filmld.check.stored.work import Verdict  # noqa: PLC0415  it is imported by now

        kept, rows = self._next(), self._next()
        if kept != context or not isinstance(rows, list):
            return []
        self.has_answered = True
        return [
            Verdict(file, is_stale, judged, dict(asked), faulty=tuple(faulty), speaks_of=tuple(speaks_of))
            for file, is_stale, judged, asked, faulty, speaks_of in rows
        ]

    def _next(self) -> object:
        """What the copy says next; nothing if it has come to its end."""
        line = self._answered.readline()
        said: object = json.loads(line) if line.endswith(b"\n") else None
        return said


class _Copy:
    """The copy, as it sees itself.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        asked: Where it hears what is to be judged.
        answering: Where it says what it has to say.
    """

    def __init__(self, archive: Archive, profile: Profile, asked: int, answering: int) -> None:
        self._archive = archive
        self._profile = profile
        self._asked = asked
        self._answering = answering

    def live(self, paths: Sequence[Path], others: Sequence[int]) -> NoReturn:
        """Do what there is to do, and end; nothing that the process was about to do is done twice.

        Args:
            paths: The files that are named.
            others: The ends of the pipes that are not its own.
        """
        try:
            _leave(others)
            self._work(paths)
        except BaseException:  # noqa: BLE001  the top of a process; who waits for it does its work, and tells why
            os._exit(1)
        os._exit(0)

    def _work(self, paths: Sequence[Path]) -> None:
        from filmld.check.stored.context import context_of  # noqa: PLC0415  not for the process that is copied

        self._say(context_of(self._archive, self._profile))
        from filmld.check.stored.database import CONTEXT, Case, Database  # noqa: PLC0415  nobody waits for it
        from filmld.check.stored.work import Worker  # noqa: PLC0415  as above

        root = self._archive.root
        database = Database(index_of(root, self._profile), for_writing=False)
        worker = Worker(self._archive, self._profile, database)
        with database.reading():
            kept = database.meta(CONTEXT)
            _ = worker.by_shapes.compiled, worker.index.ontology.subclasses
        places = [path.resolve().relative_to(root).as_posix() for path in paths[:_FEW]]
        worker.judge(
            [Case(one.id, one.place, one.filename, one.iri, b"", SHAPES) for one in database.files_at(places)]
        )
        worker.renew()
        cases = self._cases()
        if not all(_is_known(case, database) for case in cases):
            return  # somebody has put another index in the place of this one
        verdicts = worker.judge(cases)
        self._say(kept)
        self._say([[*one[:3], sorted(one.asked.items()), one.faulty, one.speaks_of] for one in verdicts])

    def _cases(self) -> "list[Case]":
        from filmld.check.stored.database import Case  # noqa: PLC0415  as above

        with open(self._asked, "rb") as asked:  # noqa: PTH123  a pipe
            rows: list[list[object]] = json.loads(asked.readline())
        return [Case._make([*row[:4], bytes.fromhex(str(row[4])), row[5]]) for row in rows]

    def _say(self, what: object) -> None:
        _write(self._answering, what)


def _is_known(case: "Case", database: "Database") -> bool:
    """Whether an index has what the process has written there."""
    known = database.file_called(case.filename)
    return known is not None and known.id == case.id and case.digest in {b"", known.digest}


def _leave(others: Sequence[int]) -> None:
    """Hold nothing that somebody waits to be closed, and leave ^C to the process that was copied."""
    import signal  # noqa: PLC0415  not for the process that is copied

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in others:
        os.close(end)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)


def _write(pipe: int, what: object) -> None:
    """Say something in one line."""
    said = memoryview(json.dumps(what, separators=(",", ":")).encode() + b"\n")
    while said:
        said = said[os.write(pipe, said) :]


def together(case: "Case", by_rules: "Verdict", by_shapes: "Verdict") -> "Verdict":
    """What rules and shapes say of a record, as one verdict."""
    from filmld.check.stored.wire import joined  # noqa: PLC0415  it is imported by now

    asked = dict(by_rules.asked)
    for question, sides in by_shapes.asked.items():
        asked[question] = asked.get(question, 0) | sides
    return by_rules._replace(
        is_stale=by_rules.is_stale or by_shapes.is_stale,
        judged=joined(by_rules.judged, by_shapes.judged),
        asked=asked,
        is_screened=case.asked != EVERYTHING,
        faulty=by_shapes.faulty,
        speaks_of=tuple(sorted({*by_rules.speaks_of, *by_shapes.speaks_of})),
    )
