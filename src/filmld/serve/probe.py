"""Whether a deployed site answers as ``filmld serve`` does: forms, redirects, headers, what is gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from filmld.serve.client import Answer, fetch
from filmld.tuples import NamedTuple

_BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_FORMS: Final = (
    ("text/turtle", ".ttl"),
    ("application/ld+json", ".jsonld"),
    ("application/n-triples", ".nt"),
)
_OK, _SEE_OTHER, _NOT_MODIFIED, _NOT_FOUND, _GONE = 200, 303, 304, 404, 410
_PERMANENT: Final = frozenset({301, 308})
_ABSENT: Final = "no-such-record-a7f3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a site should have.

    Attributes:
        base: The address its records are named by.
        places: The paths of some records, without ending.
        moves: Where retired records lead: a path, an address elsewhere, or nowhere.
    """

    base: str
    places: tuple[str, ...]
    moves: Mapping[str, str | None]


class Fault(NamedTuple):
    """One thing that is not as it should be.

    Attributes:
        url: What was asked for.
        accept: The ``Accept`` header it was asked with.
        problem: What is wrong, in one sentence.
        grave: Whether people or programs are led astray; otherwise it is advice.
    """

    url: str
    accept: str
    problem: str
    grave: bool = True


def probe(url: str, expected: Expected) -> Iterator[Fault]:
    """Ask a site for some of what it should have, and say what is wrong.

    Args:
        url: The address of the site's first page; the base, or where a copy of the site is tried out.
        expected: What it should have.

    Raises:
        UnreachableError: It does not answer.
    """
    home = _Asked(url if url.endswith("/") else f"{url}/", "*/*")
    yield from home.is_form("text/html")
    yield from _Asked(urljoin(home.url, _ABSENT), _BROWSER).has_status(_NOT_FOUND)
    for place in expected.places:
        yield from _record(home.url, place, expected)
    for place, target in sorted(expected.moves.items()):
        yield from _retired(home.url, place, target)


def _record(home: str, place: str, expected: Expected) -> Iterator[Fault]:
    url = home + quote(place)
    page = _Asked(url, _BROWSER)
    yield from page.is_form("text/html")
    if "accept" not in page.header("Vary").lower():
        yield page.fault("has no “Vary: Accept”, so a cache may give the wrong form", grave=False)
    links = page.header("Link")
    if f'<{expected.base}{place}>; rel="canonical"' not in links:
        yield page.fault("has no Link header with its canonical address", grave=False)
    if 'rel="linkset"' not in links:
        yield page.fault("has no Link header to its link set", grave=False)
    for media_type, ending in _FORMS:
        yield from _form(url, media_type, ending)
    yield from _Asked(f"{url}.linkset.json", "*/*").is_form("application/linkset+json")


def _form(url: str, media_type: str, ending: str) -> Iterator[Fault]:
    """A form by its own address, and on the way from the address of the thing (Cool URIs §4.3)."""
    file = _Asked(url + ending, "*/*")
    yield from file.is_form(media_type)
    yield from _headers(file)
    asked = _Asked(url, media_type)
    if asked.answer.status == _SEE_OTHER:
        if asked.target() != urlsplit(url + ending).path:
            yield asked.fault(f"leads to {asked.header('Location')} instead of {url + ending}")
    else:
        yield from asked.is_form(media_type)


def _headers(file: "_Asked") -> Iterator[Fault]:
    if file.answer.status != _OK:
        return
    if file.header("Access-Control-Allow-Origin") != "*" or file.header("Access-Control-Allow-Credentials"):
        yield file.fault("may not be read by scripts of other sites (Access-Control-Allow-Origin: *)")
    if file.header("X-Content-Type-Options").lower() != "nosniff":
        yield file.fault("has no “X-Content-Type-Options: nosniff”", grave=False)
    etag = file.header("ETag")
    if not etag:
        yield file.fault("has no ETag, so it is sent again when it has not changed", grave=False)
    elif fetch(file.url, {"If-None-Match": etag}).status != _NOT_MODIFIED:
        yield file.fault("is sent again although it has not changed (If-None-Match)", grave=False)


def _retired(home: str, place: str, target: str | None) -> Iterator[Fault]:
    asked = _Asked(home + quote(place), _BROWSER)
    if target is None:
        yield from asked.has_status(_GONE)
    elif asked.answer.status not in _PERMANENT:
        yield asked.fault(f"answers {asked.answer.status} instead of leading on for good (301)")
    elif not _leads(asked, urljoin(home, quote(target)) if ":" not in target else target):
        yield asked.fault(f"leads to {asked.header('Location')} instead of {target}")


def _leads(asked: "_Asked", target: str) -> bool:
    return unquote(urljoin(asked.url, asked.header("Location"))) == unquote(target)


class _Asked:
    """An address that was asked for, and the answer."""

    def __init__(self, url: str, accept: str) -> None:
        self.url = url
        self.accept = accept
        self.answer: Answer = fetch(url, {"Accept": accept})

    def header(self, name: str) -> str:
        """A header, all its lines in one; empty if there is none."""
        return ", ".join(self.answer.headers.get_all(name) or ())

    def target(self) -> str:
        """The path that a redirect leads to."""
        return urlsplit(urljoin(self.url, self.header("Location"))).path

    def fault(self, problem: str, *, grave: bool = True) -> Fault:
        """Say that something is wrong with it."""
        return Fault(self.url, self.accept, problem, grave)

    def has_status(self, status: int) -> Iterator[Fault]:
        """Check the status."""
        if self.answer.status != status:
            yield self.fault(f"answers {self.answer.status} instead of {status}")

    def is_form(self, media_type: str) -> Iterator[Fault]:
        """Check that it was found, in the form that was wanted."""
        found = self.answer.headers.get_content_type()
        if self.answer.status != _OK:
            yield from self.has_status(_OK)
        elif found != media_type:
            yield self.fault(f"is {found} instead of {media_type}")
