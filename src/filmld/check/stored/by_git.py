"""Which files have other dates than in a list, asked of git.

To ask for the dates of hundreds of thousands of files takes Python half a second and more, git a sixth of
one: it has threads for that, and makes nothing of what it finds the same. So the list of files that an index
keeps is written down as git's own list of files, its index (gitformat-index(5)), and git compares it with
what there is (git-diff-files(1)). That is all: no repository is asked, nor any configuration, attribute or
hook of one, so that nothing that comes with an archive is run.

git compares seconds. A file that was changed within the second in which the list was made could be changed
again unseen, so those that were fresh then have to be left out, and looked at each time.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Final, Self

from filmld.check.stored.stamps import full_stamp_of
from filmld.tuples import NamedTuple

_NOWHERE: Final = Path(__file__).with_name("nowhere")
"""What git takes for a repository, with nothing in it; without one it compares nothing."""
_COMMAND: Final = (
    *("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.fileMode=false"),
    *("-c", "core.checkStat=default", "-c", "core.trustctime=true", "-c", "core.preloadIndex=true"),
    *("-c", "core.splitIndex=false", "-c", "core.untrackedCache=false"),
)
_QUESTION: Final = ("diff-files", "-z", "--name-only", "--no-ext-diff", "--no-textconv", "--no-renames")
_ENVIRONMENT: Final = (
    ("GIT_DIR", os.fspath(_NOWHERE)),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_SYSTEM", os.devnull),
    ("GIT_CONFIG_GLOBAL", os.devnull),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("LC_ALL", "C"),
)
_HEAD: Final = Struct(">4sII")
_ENTRY: Final = Struct(">10I20sH")
_PLAIN: Final = 0o100644
_CONTENT: Final = b"\x01" * 20
"""Stands for what is in a file. It is never so: where git looks, the file is one to look at."""
_WORD: Final = 0xFFFFFFFF
_LONGEST_NAME: Final = 0xFFF
_NICE: Final = 10
"""git has twenty threads: so they take two processes' share of a computer that is busy, not twenty."""
_SECOND: Final = 1_000_000_000
_CHUNK: Final = 1 << 20
_AT_A_TIME: Final = 10_000
"""So many files are written by one call."""


class Dated(NamedTuple):
    """A file in a list.

    Attributes:
        place: Its place below the archive's root.
        size: In bytes.
        modified: When its content was changed, in nanoseconds.
        changed: When its entry was.
        inode: Its number in the file system.
    """

    place: bytes
    size: int
    modified: int
    changed: int
    inode: int


def can_ask() -> bool:
    """Whether there is a git that does what is described here."""
    if sys.platform != "linux":  # elsewhere names and inodes have their own ways
        return False
    return any(os.access(f"{folder}/git", os.X_OK) for folder in os.get_exec_path())


def write(path: Path, count: int, files: Iterable[Dated], owner: tuple[int, int]) -> None:
    """Write a list of files, in place of the one that was there.

    Args:
        path: Where to.
        count: How many files there are.
        files: All of them, in the order of their places.
        owner: Whom they belong to, and which group; a file of others will be one to look at.

    Raises:
        OSError: It cannot be written.
    """
    from hashlib import sha1  # noqa: PLC0415  heavy, and lists are seldom written

    entries = _entries(files, owner)
    written = path.with_name(f"{path.name}.new")
    written.unlink(missing_ok=True)  # nor is anything written where a link leads
    sum_ = sha1(usedforsecurity=False)
    part = _HEAD.pack(b"DIRC", 2, count)
    with written.open("xb") as file:
        while part:
            file.write(part)
            sum_.update(part)
            part = b"".join(islice(entries, _AT_A_TIME))
        file.write(sum_.digest())
    written.replace(path)


def _entries(files: Iterable[Dated], owner: tuple[int, int]) -> Iterator[bytes]:
    pack, blanks = _ENTRY.pack, [b"\0" * count for count in range(9)]
    for place, size, modified, changed, inode in files:
        length = len(place)
        head = pack(
            changed // _SECOND & _WORD,
            changed % _SECOND,
            modified // _SECOND & _WORD,
            modified % _SECOND,
            0,  # the device is not compared
            inode & _WORD,
            _PLAIN,
            *owner,
            size & _WORD,
            _CONTENT,
            min(length, _LONGEST_NAME),
        )
        yield head + place + blanks[8 - (_ENTRY.size + length) % 8]


class Question:
    """A question to git, which is at work on it from now on.

    Args:
        root: The archive.
        path: The list.

    Attributes:
        stamp: Of the list that it is about.

    Raises:
        OSError: There is no list, or git cannot be started.
    """

    def __init__(self, root: Path, path: Path) -> None:
        self.stamp = full_stamp_of(os.lstat(path))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= dict(_ENVIRONMENT)
        environment |= {"GIT_WORK_TREE": os.fspath(root), "GIT_INDEX_FILE": os.fspath(path)}
        self._answer: int | None
        self._answer, writing = os.pipe()
        self._process = 0
        try:
            self._process = os.posix_spawnp(
                "git",
                [*_COMMAND, "-C", os.fspath(root), *_QUESTION],
                environment,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, writing, 1),
                    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                ],
            )
            os.setpriority(os.PRIO_PROCESS, self._process, _NICE)
        except OSError:
            self.close()
            raise
        finally:
            os.close(writing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ask no longer, if anybody still does."""
        answer, self._answer = self._answer, None
        if answer is not None:
            os.close(answer)  # whoever still writes there ends
        self._wait()

    def places(self) -> frozenset[str] | None:
        """The places of the files that are not, or may not be, as the list has them.

        Returns:
            None if git had trouble, or has been asked already.
        """
        if self._answer is None:
            return None
        said = b"".join(_chunks(self._answer))
        return None if self._wait() else frozenset(map(os.fsdecode, said.split(b"\0")[:-1]))

    def _wait(self) -> int:
        process, self._process = self._process, 0
        return os.waitpid(process, 0)[1] if process else 0


def _chunks(answer: int) -> Iterator[bytes]:
    while chunk := os.read(answer, _CHUNK):
        yield chunk
