"""What a host must be told to serve a site as ``filmld serve`` does, in the words of each kind of host.

A web server's rules cannot weigh an ``Accept`` header as RFC 9110 has it. These ask in turn for what is
named without a lesser weight, people's page first, then for what is named with one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlsplit

import jinja2

from filmld.catalog import Catalog
from filmld.publish.frontend import FOLDER
from filmld.publish.parts.retired import moves
from filmld.publish.plan import Plan
from filmld.tuples import NamedTuple

FILES: Final = MappingProxyType(
    {
        ".htaccess": "htaccess",
        "Caddyfile": "Caddyfile",
        "_headers": "_headers",
        "_redirects": "_redirects",
        "nginx.conf": "nginx.conf",
        "w3id.htaccess": "w3id.htaccess",
    }
)
"""The files of rules on the site, and the template of each."""

_OWN: Final = "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
POLICY: Final = f"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; {_OWN}"
ASKING: Final = (
    # WebAssembly and requests to the site itself are what SPARQL without a server needs, and its worker.
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    f"img-src 'self' https:; {_OWN}"
)
FRAMED: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Of cards, which are there to be shown by others, and have no script."""
ASKED: Final = ("sparql", "queries", FOLDER)
"""The folders of pages that ask the data of the site, and of their scripts."""
CACHING: Final = "public, max-age=300, stale-while-revalidate=86400"
TYPES: Final = MappingProxyType(
    {
        "css": "text/css",
        "csv": "text/csv",
        "gz": "application/gzip",
        "html": "text/html",
        "js": "text/javascript",
        "json": "application/json",
        "jsonld": "application/ld+json",
        "nq": "application/n-quads",
        "nt": "application/n-triples",
        "parquet": "application/vnd.apache.parquet",
        "rq": "application/sparql-query",
        "svg": "image/svg+xml",
        "ttl": "text/turtle",
        "txt": "text/plain",
        "wasm": "application/wasm",
        "xml": "application/xml",
    }
)

_HEAD: Final = r"(^|,)\s*"
_PARAMETERS: Final = r"(\s*;\s*[^q,;\s][^,;]*)*"
_FULL: Final = r"(\s*;\s*q\s*=\s*1(\.0*)?)?\s*(,|$)"
_LESS: Final = r"\s*;\s*q\s*=\s*0\.\d*[1-9]\d*\s*(,|$)"


class Form(NamedTuple):
    """One form of a record: the ending of its name, its media type, and the names it is asked for by."""

    name: str
    media_type: str
    asked: str


class Rule(NamedTuple):
    """An ``Accept`` header in which the pattern is found wants the form; the first rule that fits counts."""

    pattern: str
    form: Form


FORMS: Final = (
    Form("html", "text/html", r"(text/html|text/\*|\*/\*)"),
    Form("ttl", "text/turtle", "text/turtle"),
    Form("jsonld", "application/ld+json", r"application/(ld\+)?json"),
    Form("nt", "application/n-triples", "application/n-triples"),
)
RULES: Final = (
    *(Rule(_HEAD + form.asked + _PARAMETERS + _FULL, form) for form in FORMS),
    Rule(rf"{_HEAD}text/html{_PARAMETERS}{_LESS}", FORMS[0]),
    *(Rule(_HEAD + form.asked + _PARAMETERS + _LESS, form) for form in FORMS[1:]),
)


class Move(NamedTuple):
    """Where a retired address leads."""

    place: str
    target: str
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A site as its host sees it.

    Attributes:
        base: Its address.
        host: The name of the host in it.
        root: Its path there, ending in a slash.
        kinds: The folders of records.
        moved: Retired addresses that lead on.
        gone: Retired addresses that do not.
    """

    base: str
    host: str
    root: str
    kinds: tuple[str, ...]
    moved: tuple[Move, ...]
    gone: tuple[str, ...]
    rules: tuple[Rule, ...] = RULES
    policy: str = POLICY
    asking: str = ASKING
    framed: str = FRAMED
    asked: tuple[str, ...] = ASKED
    caching: str = CACHING
    endings: str = "|".join(form.name for form in FORMS)
    licence: str | None = None

    @property
    def types(self) -> Mapping[str, str]:
        """The media type of each ending."""
        return TYPES

    @property
    def places(self) -> str:
        """A pattern for the path of a record without its ending."""
        return rf"({'|'.join(map(re.escape, self.kinds)) or '-'})/[a-z0-9/-]+"

    def links(self, place: str) -> str:
        """The ``Link`` header of a record's page and of its other forms (RFC 8288; signposting.org)."""
        return ", ".join(self._links(place))

    def _links(self, place: str) -> Iterator[str]:
        yield f'<{self.base}{place}>; rel="canonical"'
        yield f'<{self.base}{place}>; rel="cite-as"'
        for form in FORMS:
            relation = "alternate" if form.name == "html" else "alternate describedby"
            yield f'<{self.root}{place}.{form.name}>; rel="{relation}"; type="{form.media_type}"'
        yield f'<{self.root}{place}.linkset.json>; rel="linkset"; type="application/linkset+json"'
        if self.licence:
            yield f'<{self.licence}>; rel="license"'


def hosted(plan: Plan) -> Hosted:
    """See a site as its host does."""
    parts = urlsplit(plan.base)
    found = moves(plan)
    folders = {plan.addresses.stem(iri).rpartition("/")[0] for iri in plan.catalog.records}
    licence = plan.catalog.archive.config.licence
    return Hosted(
        base=plan.base,
        host=parts.netloc,
        root=parts.path,
        kinds=tuple(sorted(folder for folder in folders if folder)),
        moved=tuple(_move(place, target, parts.path) for place, target in sorted(found.items()) if target),
        gone=tuple(sorted(place for place, target in found.items() if not target)),
        licence=_safe(licence) if licence else None,
        asked=(*ASKED, *(f"{language}/{name}" for language in plan.languages[1:] for name in ASKED[:2])),
    )


def expectations(catalog: Catalog) -> tuple[tuple[str, ...], Mapping[str, str | None]]:
    """The path of one record of each kind, and where the retired ones lead: enough to try a host by."""
    plan = Plan.of(catalog)
    first: dict[str, str] = {}
    for record in catalog.records.values():
        first.setdefault(record.kind, plan.addresses.stem(record.iri))
    return tuple(first.values()), moves(plan)


def _move(place: str, target: str, root: str) -> Move:
    if ":" in target:
        return Move(place, _safe(target), is_ours=False)
    return Move(place, root + target, is_ours=True)


def _safe(address: str) -> str:
    """Encode what means something in the rules of a server; an address means the same (RFC 3986 §2.2)."""
    return quote(address, safe="/:?#[]@!&()*+,=~%-._")


def rules(name: str, site: Hosted) -> str:
    """Write a file of rules."""
    text: str = _environment().get_template(FILES[name]).render(site=site)
    return text


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701  this is no HTML; what is filled in is encoded above
        loader=jinja2.PackageLoader("filmld.publish", "hosting"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["backreferences"] = _without_backreferences
    return environment


def _without_backreferences(text: str) -> str:
    """Escape what mod_rewrite would fill in."""
    return text.replace("%", "\\%")
