"""Looking names up in the index, and putting what is found into the page of the search."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Final, cast

from markupsafe import escape

from filmld.catalog.folding import beginnings, folded, words_of
from filmld.publish.folding import sorting
from filmld.publish.pages.desk import prefix
from filmld.publish.render import fragment
from filmld.publish.search_index import FOLDER, Entry, keys_for, read_call, shard_path
from filmld.publish.words import Words
from filmld.tuples import NamedTuple

KEYS: Final = f"{FOLDER}/keys.js"
BEGIN: Final = "<!--results-->"
END: Final = "<!--/results-->"
"""Between these, the page of the search has what it says before anything was searched."""

MOST_CHARACTERS: Final = 200
MOST_WORDS: Final = 12
MOST_FILES: Final = 12
MOST_RESULTS: Final = 50
REMEMBERED: Final = 128
"""Files of the index that a server keeps in memory."""


class Hit(NamedTuple):
    """Something found, as it is shown.

    Attributes:
        href: The way to its page.
        name: Its name.
        language: The language of the name.
        remarks: Its kind, its year, and the form of its name that was asked for.
    """

    href: str
    name: str
    language: str
    remarks: tuple[str, ...]


class Found(NamedTuple):
    """What a search found.

    Attributes:
        entries: The best of it.
        is_all: Whether that is all.
        is_short: Whether too many names begin like what was asked for to look at all.
    """

    entries: tuple[Entry, ...]
    is_all: bool
    is_short: bool


class _Known(NamedTuple):
    """An entry with the words it is found by."""

    entry: Entry
    words: tuple[str, ...]


class Searcher:
    """Looks names up in the files of the index, and remembers those it has read."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        """Take note of how to get at the site.

        Args:
            read: Gives the text of a file of the site, which never changes.
        """
        self._read = read
        self._shard = lru_cache(maxsize=REMEMBERED)(self._load)

    def find(self, query: str) -> Found:
        """Look for names of which some word begins with each word of a query."""
        words = words_of(query[:MOST_CHARACTERS])[:MOST_WORDS]
        if not words:
            return Found((), is_all=True, is_short=False)
        files = keys_for(max(words, key=len), self._keys)
        candidates = {known.entry.path: known for key in files[:MOST_FILES] for known in self._shard(key)}
        hits = [known.entry for known in candidates.values() if _matches(known, words)]
        hits.sort(key=lambda entry: _rank(entry, query))
        return Found(
            tuple(hits[:MOST_RESULTS]), is_all=len(hits) <= MOST_RESULTS, is_short=len(files) > MOST_FILES
        )

    @cached_property
    def _keys(self) -> list[str]:
        return cast("list[str]", read_call(self._read(KEYS) or "[]"))

    def _load(self, key: str) -> tuple[_Known, ...]:
        text = self._read(shard_path(key)) or "[]"
        rows = cast("list[list[object]]", read_call(text))
        entries = (_entry(row) for row in rows)
        return tuple(_Known(entry, tuple(entry.words())) for entry in entries)


def _entry(row: list[object]) -> Entry:
    path, kind, year, _, _, _, *place = cast("list[str]", row)
    names, forms = cast("list[list[str]]", row[3]), cast("list[str]", row[4])
    return Entry(path, kind, year, tuple((name[0], name[1]) for name in names), tuple(forms), *place)


def _matches(known: _Known, words: Iterable[str]) -> bool:
    return all(any(word.startswith(asked) for word in known.words) for asked in words)


def _rank(entry: Entry, query: str) -> tuple[bool, bool, tuple[str, str, str], str]:
    asked = " ".join(words_of(query))
    texts = [" ".join(words_of(text)) for text in (*(name for name, _ in entry.names), *entry.forms)]
    is_exact, begins = asked in texts, any(text.startswith(asked) for text in texts)
    return not is_exact, not begins, sorting(entry.names[0][0], "en"), entry.path


def answered(
    page: str, query: str, found: Found, words: Words, languages: Sequence[str], root: str = ""
) -> str:
    """Put what was found into the page of the search.

    Args:
        page: The page before anything was searched.
        query: What was asked for.
        found: What was found.
        words: The language of the page.
        languages: The languages of the site, the one of plain addresses first.
        root: The way to the top of the site.
    """
    query = query[:MOST_CHARACTERS]
    folder = root + prefix(words.language, languages)
    hits = [_hit(entry, query, words, folder) for entry in found.entries]
    results = fragment("_results.html", words, query=query, hits=hits, found=found)
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return before.replace(' value=""', f' value="{escape(query)}"') + results + after


def _hit(entry: Entry, query: str, words: Words, folder: str) -> Hit:
    name, language = next((each for each in entry.names if each[1] == words.language), entry.names[0])
    kind = words.kinds[entry.kind].one if entry.kind in words.kinds else ""
    asked = words_of(query)
    shown = folded(name)
    others = (*(other for other, _ in entry.names), *entry.forms)
    matched = next(
        (
            other
            for other in others
            if folded(other) != shown
            and any(
                word.startswith(each) and not any(own.startswith(each) for own in beginnings(name))
                for word in beginnings(other)
                for each in asked
            )
        ),
        "",
    )
    return Hit(folder + entry.path, name, language, tuple(filter(None, (kind, entry.year, matched))))
