"""What ``filmld verify-embed`` reads and says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filmld.catalog import Catalog
from filmld.errors import PageUnreadableError
from filmld.publish.blocks import Block, blocks
from filmld.publish.drift import Comparison, compare
from filmld.publish.facts import Fact
from filmld.publish.jsontext import Json, pretty
from filmld.publish.statements import UnreadableBlockError
from filmld.serve.client import MAX_BYTES, fetch, require_loopback
from filmld.tuples import NamedTuple

LONGEST: Final = 100
"""Characters of a value that are shown in a line of text."""


class Problem(NamedTuple):
    """A block that cannot be compared."""

    row: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One page and what was found in it.

    Attributes:
        page: What it was named as.
        comparisons: Its blocks about records.
        problems: Its blocks that cannot be read.
    """

    page: str
    comparisons: tuple[Comparison, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether it has a block about a record, and all of them say what the records say."""
        return bool(self.comparisons) and not self.problems and all(one.equal for one in self.comparisons)


def verified(catalog: Catalog, page: str) -> Verified:
    """Compare a page with the records.

    Raises:
        FilmldError: The page cannot be read.
    """
    comparisons: list[Comparison] = []
    problems: list[Problem] = []
    for block in _blocks(page):
        try:
            comparisons += compare(catalog, block)
        except UnreadableBlockError as error:
            problems.append(Problem(block.row, str(error)))
    return Verified(page=page, comparisons=tuple(comparisons), problems=tuple(problems))


def _blocks(page: str) -> list[Block]:
    if page.startswith(("http://", "https://")):
        require_loopback(page)
        answer = fetch(page, {"Accept": "text/html"})
        if answer.status != 200:  # noqa: PLR2004  OK
            raise PageUnreadableError(page, f"the server answers with status {answer.status}")
        return blocks(answer.body, answer.headers.get_content_charset())
    try:
        with Path(page).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PageUnreadableError(page, error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise PageUnreadableError(page, f"it is larger than {MAX_BYTES // 1024**2} MiB")
    return blocks(data)


def as_text(found: Iterable[Verified]) -> str:
    """Tell people."""
    return "".join(f"{_harmless(line)}\n" for page in found for line in _lines(page))


def _harmless(line: str) -> str:
    """Take from a line, which quotes what strangers wrote, all that a terminal would obey."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def _lines(page: Verified) -> Iterator[str]:
    for problem in page.problems:
        yield f"{page.page}:{problem.row}: this block cannot be compared: {problem.text}"
    for one in page.comparisons:
        yield from _told(page.page, one)
    if not page.comparisons and not page.problems:
        yield f"{page.page}: no JSON-LD in this page is about a record of this archive"


def _told(page: str, one: Comparison) -> Iterator[str]:
    place, name = f"{page}:{one.row}", one.record.iri
    if one.equal:
        yield f"{place}: equals {name}"
        return
    yield f"{place}: differs from {name}"
    for fact in one.missing:
        yield f"  only in the record  {_fact(fact, name)}"
    for fact in one.added:
        yield f"  only in the page    {_fact(fact, name)}"
    if one.regrouped:
        yield "  the same facts, but not about the same things"
    if one.outdated:
        yield "  the block is a copy of an earlier state of the record; paste it again"


def _fact(fact: Fact, main: str) -> str:
    about = "" if fact.subject == main else f"{fact.subject} "
    value = fact.value if len(fact.value) <= LONGEST else f"{fact.value[:LONGEST]}…"
    return f"{about}{' › '.join(fact.path)}: {value}"


def as_json(found: Iterable[Verified]) -> str:
    """Tell programs."""
    return pretty({"pages": [_page(page) for page in found]})


def _page(page: Verified) -> Json:
    return {
        "page": page.page,
        "equal": page.sound,
        "records": [_comparison(one) for one in page.comparisons],
        "problems": [{"row": problem.row, "message": problem.text} for problem in page.problems],
    }


def _comparison(one: Comparison) -> Json:
    return {
        "record": one.record.iri,
        "row": one.row,
        "equal": one.equal,
        "outdated": one.outdated,
        "regrouped": one.regrouped,
        "missing": [_json(fact) for fact in one.missing],
        "added": [_json(fact) for fact in one.added],
    }


def _json(fact: Fact) -> Json:
    return {"subject": fact.subject, "path": list(fact.path), "value": fact.value}
