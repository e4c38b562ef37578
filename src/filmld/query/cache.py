"""Answers that are kept for whoever asks the same: the data under a pool never changes."""

from collections import OrderedDict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from filmld.query.errors import ResultKind
from filmld.query.formats import Format
from filmld.query.frames import Question
from filmld.query.process import Answer

LARGEST_SHARE = 8
"""An answer that would take more than this part of the cache is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """A whole answer that was given before.

    Attributes:
        kind: What kind of answer it is.
        format: What it is written in.
        body: All of it.
        seconds_taken: How long it was worked on this time.
    """

    kind: ResultKind
    format: Format
    body: bytes
    seconds_taken: float = 0.0

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The answer, in one piece."""
        if self.body:
            yield self.body


class Cache:
    """The answers asked for last, as many as fit. Belongs to one pool, and so to one state of the data."""

    def __init__(self, max_bytes: int) -> None:
        self._room = max_bytes
        self._largest = max_bytes // LARGEST_SHARE
        self._answers: OrderedDict[Question, StoredAnswer] = OrderedDict()

    def find(self, question: Question) -> StoredAnswer | None:
        """Find the answer to a question."""
        key = _key(question)
        found = self._answers.get(key)
        if found:
            self._answers.move_to_end(key)
        return found

    def kept(self, question: Question, answer: Answer) -> Answer:
        """Give an answer that is kept as soon as it has been read to its end."""
        return _Recorded(answer, self, question, self._largest) if question.repeatable else answer

    def keep(self, question: Question, answer: StoredAnswer) -> None:
        """Keep an answer, and drop what has not been asked for longest."""
        key = _key(question)
        former = self._answers.pop(key, None)
        self._room += _size(key, former) - _size(key, answer)
        self._answers[key] = answer
        while self._room < 0:
            dropped, gone = self._answers.popitem(last=False)
            self._room += _size(dropped, gone)


def _key(question: Question) -> Question:
    """How long somebody is ready to wait does not change the answer."""
    return replace(question, cpu_seconds=0)


def _size(question: Question, answer: StoredAnswer | None) -> int:
    return len(question.text) + len(answer.body) if answer else 0


class _Recorded:
    """An answer that is put together again while somebody reads it."""

    def __init__(self, answer: Answer, cache: Cache, question: Question, largest: int) -> None:
        self._answer = answer
        self._cache = cache
        self._question = question
        self._largest = largest

    @property
    def kind(self) -> ResultKind:
        """What kind of answer it is."""
        return self._answer.kind

    @property
    def format(self) -> Format:
        """What it is written in."""
        return self._answer.format

    @property
    def seconds_taken(self) -> float:
        """How long it was worked on."""
        return self._answer.seconds_taken

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The bytes of the answer; what broke off or outgrew its share is not kept."""
        held: bytearray | None = bytearray()
        async for chunk in self._answer.chunks():
            if held is not None:
                held += chunk
                if len(held) > self._largest:
                    held = None
            yield chunk
        if held is not None:
            self._cache.keep(
                self._question, StoredAnswer(kind=self.kind, format=self.format, body=bytes(held))
            )
