"""What each file of a snapshot has asked, kept beside its manifest: by it the next build knows what to write.

Files that have asked the same share a trace. Anything odd about the file of traces means that there is
none, and then everything is written anew.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Final

from filmld.catalog.database import connected, written
from filmld.publish.answers import Answers
from filmld.publish.concerning import Concerning
from filmld.publish.noted import PIECES
from filmld.tuples import NamedTuple

_FORMAT: Final = 3
_SCHEMA: Final = """
CREATE TABLE world (hash TEXT NOT NULL);
CREATE TABLE source (word TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE question (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, answer TEXT NOT NULL);
CREATE TABLE asked (question INTEGER NOT NULL, trace INTEGER NOT NULL, PRIMARY KEY (question, trace))
    WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, trace INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE remembered (name TEXT PRIMARY KEY, text TEXT NOT NULL);
"""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_INDEX: Final = "CREATE INDEX file_by_trace ON file (trace)"
"""It is made when all rows are there, which is quicker."""


class World(NamedTuple):
    """What files depend on, whatever they ask.

    Attributes:
        hash: The hash of what all files depend on.
        sources: The hashes of what questions are answered from, by their words.
    """

    hash: str
    sources: Mapping[str, str]


class Answered(NamedTuple):
    """Answers to questions.

    Attributes:
        known: The hashes of answers that were worked out already.
        digest: Works out the hash of another; needed only where nobody has asked before.
    """

    known: Mapping[str, str]
    digest: Callable[[str], str]


class Traces:
    """The traces of one snapshot, read.

    Attributes:
        changed: The questions that are answered differently now, with the new answers.
        stale: The files that have asked any of these.
        concerning: Which questions were answered anew; ``None`` if all were.
    """

    def __init__(
        self,
        changed: Mapping[str, str],
        stale: frozenset[str],
        concerning: Concerning | None = None,
    ) -> None:
        self.changed = changed
        self.stale = stale
        self.concerning = concerning

    def settles(self, question: str) -> bool:
        """Say whether the answer is known to be what it was, if anybody has asked."""
        known = self.concerning
        return known is not None and known.settles(question)


Choose = Callable[[Mapping[str, str]], Concerning]
"""Says which questions are to be asked once more, by the hashes of what they were answered from."""


def read(file: Path, world: str, answers: Answers, choose: Choose | None = None) -> Traces | None:
    """Compare answers with those of the time when the traces were written.

    Args:
        file: The file of traces.
        world: The hash of what all files depend on.
        answers: Answers anew.
        choose: Says which answers can be others; all are compared if it is not given.

    Returns:
        ``None`` if there are no traces that can be used, or the world is another one.
    """
    try:
        with closing(connected(file, _FORMAT)) as database:
            if database.execute("SELECT hash FROM world").fetchall() != [(world,)]:
                return None
            sources = dict(database.execute("SELECT word, hash FROM source"))
            concerning = choose(sources) if choose else None
            known = _questions(database, concerning)
            changed = _differing(known, answers)
            return Traces(changed, frozenset(_asking(database, changed)), concerning)
    except (sqlite3.Error, ValueError, KeyError):
        return None


def _questions(database: sqlite3.Connection, concerning: Concerning | None) -> Iterator[tuple[str, str]]:
    """Questions with their answers: all of them, or those that are to be asked; of pieces none."""
    settled = concerning.settled if concerning else frozenset[str]()
    words = sorted({*settled, PIECES})
    marks = ",".join("?" * len(words))
    of_others = "SELECT text, answer FROM question WHERE substr(text, 1, instr(text, ' ') - 1) NOT IN "
    yield from database.execute(f"{of_others} ({marks})", words)
    for text in sorted(concerning.named) if concerning else ():
        if text.partition(" ")[0] in settled:
            yield from database.execute("SELECT text, answer FROM question WHERE text = ?", (text,))


def _differing(known: Iterable[tuple[str, str]], answers: Answers) -> dict[str, str]:
    """The new answers to those of some questions that are answered differently now."""
    return {text: new for text, old in known if (new := answers.digest(text)) != old}


def with_pieces(file: Path, known: Traces, answers: Answers) -> Traces:
    """The same traces once pieces are there, which are files themselves: whatever is made of them.

    Raises:
        OSError: The file cannot be read any more.
    """
    try:
        with closing(connected(file, _FORMAT)) as database:
            query = "SELECT text, answer FROM question WHERE text = ?"
            changed = _differing(database.execute(query, (f"{PIECES} ",)), answers)
            stale = known.stale.union(_asking(database, changed))
    except (sqlite3.Error, ValueError) as error:
        raise OSError(0, str(error)) from error
    return Traces({**known.changed, **changed}, stale, known.concerning)


def remembered(file: Path) -> dict[str, str]:
    """What a build has left for the next one to go by; nothing in doubt."""
    try:
        with closing(connected(file, _FORMAT)) as database:
            return dict(database.execute("SELECT name, text FROM remembered"))
    except (sqlite3.Error, ValueError):
        return {}


def world_of(file: Path) -> str | None:
    """The hash of what all files depend on, at the time when the traces were written; ``None`` in doubt."""
    try:
        with closing(connected(file, _FORMAT)) as database:
            found = database.execute("SELECT hash FROM world").fetchone()
            return str(found[0]) if found else None
    except (sqlite3.Error, ValueError):
        return None


def _asking(database: sqlite3.Connection, questions: Iterable[str]) -> Iterator[str]:
    """The files that have asked any of some questions."""
    query = (
        "SELECT path FROM question JOIN asked ON asked.question = question.id "
        "JOIN file ON file.trace = asked.trace WHERE question.text = ?"
    )
    for question in questions:
        yield from (path for (path,) in database.execute(query, (question,)))


def write(
    file: Path,
    world: World,
    made: Mapping[str, frozenset[str]],
    answers: Answered,
    before: tuple[Path, Traces] | None = None,
    gone: Iterable[str] = (),
    remembered: Mapping[str, str] = _NOTHING,
) -> None:
    """Write the traces of a snapshot.

    Args:
        file: The file, which does not exist.
        world: What files depend on besides answers, and what these are made of.
        made: What each file has asked that was made anew.
        answers: The answers to all of that.
        before: The file of traces of the snapshot that the other files are taken from, and what it said.
        gone: The files that were in it and are no more.
        remembered: What the next build may go by, besides.

    Raises:
        OSError: The file cannot be written.
    """
    try:
        if before is None:
            with written(file, _FORMAT) as database:
                for statement in _SCHEMA.split(";"):
                    database.execute(statement)
                database.execute("INSERT INTO world VALUES (?)", (world.hash,))
                _say(database, world)
                _add(database, made, answers)
                _remember(database, remembered)
                database.execute(_INDEX)
        else:
            shutil.copyfile(before[0], file)
            with written(file, _FORMAT) as database:
                anew = ((answer, text) for text, answer in before[1].changed.items())
                database.executemany("UPDATE question SET answer = ? WHERE text = ?", anew)
                is_left = _forget(database, {*made, *gone})
                _add(database, made, answers)
                if is_left:
                    database.execute("DELETE FROM question WHERE id NOT IN (SELECT question FROM asked)")
                database.execute("DELETE FROM source")
                _say(database, world)
                _remember(database, remembered)
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from error


def _say(database: sqlite3.Connection, world: World) -> None:
    """Say what answers are made from."""
    database.executemany("INSERT INTO source VALUES (?, ?)", sorted(world.sources.items()))


def _remember(database: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    database.executemany("INSERT OR REPLACE INTO remembered VALUES (?, ?)", sorted(texts.items()))


def _add(database: sqlite3.Connection, made: Mapping[str, frozenset[str]], answers: Answered) -> None:
    (next_trace,) = database.execute("SELECT coalesce(max(trace), 0) + 1 FROM file").fetchone()
    traces = {asked: next_trace + number for number, asked in enumerate(dict.fromkeys(made.values()))}
    numbers = _numbers(database, {question for asked in traces for question in asked}, answers)
    asking = ((numbers[each], trace) for asked, trace in traces.items() for each in asked)
    database.executemany("INSERT INTO asked VALUES (?, ?)", sorted(asking))
    files = ((path, traces[asked]) for path, asked in sorted(made.items()))
    database.executemany("INSERT INTO file VALUES (?, ?)", files)


def _numbers(database: sqlite3.Connection, questions: set[str], answers: Answered) -> dict[str, int]:
    """The numbers of questions; those that nobody has asked before are added, the others answered as now."""
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM question").fetchone()
    numbers: dict[str, int] = {}
    if last:
        anew = ((answer, each, answer) for each, answer in sorted(answers.known.items()))
        database.executemany("UPDATE question SET answer = ? WHERE text = ? AND answer != ?", anew)
        for each in questions:
            numbers.update(database.execute("SELECT text, id FROM question WHERE text = ?", (each,)))
    new = {each: last + place for place, each in enumerate(sorted(questions - numbers.keys()), 1)}
    rows = ((number, each, answers.known.get(each) or answers.digest(each)) for each, number in new.items())
    database.executemany("INSERT INTO question VALUES (?, ?, ?)", rows)
    return numbers | new


def _forget(database: sqlite3.Connection, paths: Iterable[str]) -> bool:
    """Remove files, and the traces that are no file's any more; say whether there were such."""
    traces: set[int] = set()
    for path in paths:
        traces.update(row[0] for row in database.execute("SELECT trace FROM file WHERE path = ?", (path,)))
        database.execute("DELETE FROM file WHERE path = ?", (path,))
    used = "SELECT 1 FROM file WHERE trace = ?"
    unused = {trace for trace in traces if database.execute(used, (trace,)).fetchone() is None}
    if unused:
        database.execute("CREATE TEMP TABLE unused (trace INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO unused VALUES (?)", ((trace,) for trace in unused))
        database.execute("DELETE FROM asked WHERE trace IN unused")
    return bool(unused)
