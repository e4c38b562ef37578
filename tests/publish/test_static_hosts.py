"""The rules for hosts that read ``_headers`` and ``_redirects``, matched as those hosts match them."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from filmld.publish.rules import ASKING, POLICY
from filmld.publish.site import Site
from tests.publish.helpers import MOVED, body, catalog

PACKAGES = Path(__file__).parents[1] / "node_modules"
AWAY = "https://elsewhere.example/%2F?a=%241%3Bb"
MOST_HEADER_RULES, LONGEST_LINE, MOST_REDIRECTS = 100, 2000, 2000
STATUSES = frozenset({"200", "301", "302", "303", "307", "308"})
"""What Cloudflare Pages takes (developers.cloudflare.com/pages/configuration/headers and …/redirects)."""


class Answers(NamedTuple):
    """What a host makes of the rules.

    Attributes:
        headers: The header fields of each path, by small names.
        redirects: Where an address leads, with the status.
        hidden: The addresses that do not lead there if there is a file.
    """

    headers: dict[str, dict[str, str]]
    redirects: dict[str, tuple[str, int]]
    hidden: frozenset[str] = frozenset()


def by_netlify(site: Site, paths: Sequence[str], folder: Path) -> Answers:
    """Ask the parsers that Netlify publishes and runs itself."""
    if not (shutil.which("node") and (PACKAGES / "@netlify").is_dir()):
        pytest.skip("needs npm ci --prefix tests")
    for name in ("_headers", "_redirects"):
        (folder / name).write_text(body(site, name), encoding="utf-8")
    script = Path(__file__).with_name("netlify.mjs")
    done = subprocess.run(
        ["node", script, folder],
        input=json.dumps(paths),
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    said = json.loads(done.stdout)
    assert said["errors"] == []
    headers = {
        path: {name.lower(): value for name, value in found.items()}
        for path, found in zip(paths, said["headers"], strict=True)
    }
    first: dict[str, tuple[str, int, bool]] = {}
    for start, target, status, is_forced, query in said["redirects"]:
        assert query == {}
        first.setdefault(start, (target, status, is_forced))
    hidden = frozenset(start for start, (_, _, is_forced) in first.items() if not is_forced)
    return Answers(headers, {start: move[:2] for start, move in first.items()}, hidden)


def by_cloudflare(site: Site, paths: Sequence[str], folder: Path) -> Answers:
    """Match as documented: a rule is anchored, ``*`` is anything, ``:name`` anything without a slash.

    Of one field in several rules the values are joined. A redirect is for one path, whatever file is
    there; a line with a status that is none is passed over.
    """
    del folder
    lines = [line for line in body(site, "_headers").splitlines() if line and not line.startswith("#")]
    assert max(map(len, lines)) <= LONGEST_LINE
    rules: list[tuple[str, dict[str, str]]] = []
    for line in lines:
        if line.startswith("/"):
            rules.append((_pattern(line.strip()), {}))
        else:
            name, value = line.strip().split(": ", 1)
            assert re.fullmatch(r"[A-Za-z-]+", name), line
            rules[-1][1][name.lower()] = value
    assert len(rules) <= MOST_HEADER_RULES
    found: dict[str, dict[str, str]] = {path: {} for path in paths}
    for path, headers in found.items():
        for pattern, values in rules:
            if re.fullmatch(pattern, path):
                for name, value in values.items():
                    headers[name] = f"{headers[name]}, {value}" if name in headers else value
    lines = [line for line in body(site, "_redirects").splitlines() if not line.startswith("#")]
    moves = [line.split() for line in lines]
    known = [move for move in moves if len(move) == 3 and move[2] in STATUSES]
    assert len(known) <= MOST_REDIRECTS
    return Answers(found, {start: (target, int(status)) for start, target, status in known})


def _pattern(rule: str) -> str:
    parts = re.split(r"(\*|:[A-Za-z]\w*)", rule)
    return "".join({"*": ".*"}.get(part, "[^/]+" if part[:1] == ":" else re.escape(part)) for part in parts)


HOSTS = pytest.mark.parametrize("ask", [by_netlify, by_cloudflare])
Ask = Callable[[Site, Sequence[str], Path], Answers]


@HOSTS
def test_each_file_has_its_type_and_may_be_read_by_all(ask: Ask, tmp_path: Path) -> None:
    site = Site(catalog(tmp_path / "archive", MOVED))
    types = {
        "/film/x.ttl": "text/turtle; charset=utf-8",
        "/person/p.jsonld": "application/ld+json",
        "/film/x.nt": "application/n-triples",
        "/film/x.linkset.json": "application/linkset+json",
        "/.well-known/void": "text/turtle; charset=utf-8",
    }
    plain = ("/", "/film/x", "/film/x.html", "/films.html", "/embed/film/x.html", "/data/all.nq")
    found = ask(site, (*types, *plain), tmp_path).headers
    assert {path: found[path].get("content-type") for path in types} == types
    assert [path for path in plain if "content-type" in found[path]] == []
    for path, headers in found.items():
        assert headers["access-control-allow-origin"] == "*", path
        assert headers["x-content-type-options"] == "nosniff", path


@HOSTS
def test_pages_have_one_policy_and_no_header_of_another_record(ask: Ask, tmp_path: Path) -> None:
    """A placeholder in a value, which only some of these hosts fill in, would be a wrong address."""
    site = Site(catalog(tmp_path / "archive", MOVED, 'licence = "https://licence.example/by"'))
    strict = ("/film/x", "/film/x.html", "/person/p")
    asking = ("/sparql/", "/sparql/index.html", "/queries/", "/assets/app/worker.js")
    free = ("/embed/film/x.card.html", "/embed/film/x.html")
    found = ask(site, (*strict, *asking, *free), tmp_path).headers
    assert {found[path]["content-security-policy"] for path in strict} == {POLICY}
    assert {found[path].get("content-security-policy") for path in asking[:3]} == {ASKING}
    assert [path for path in free if "content-security-policy" in found[path]] == []
    assert [value for headers in found.values() for value in headers.values() if ":slug" in value] == []


@HOSTS
def test_what_has_been_replaced_leads_on_in_every_form(ask: Ask, tmp_path: Path) -> None:
    site = Site(catalog(tmp_path / "archive", MOVED))
    _, found, hidden = ask(site, (), tmp_path)
    endings = ("", ".html", ".ttl", ".jsonld", ".nt")
    assert found == {f"/film/old{ending}": (f"/film/x{ending}", 301) for ending in endings} | {
        f"/film/away{ending}": (AWAY, 301) for ending in endings
    }
    pages = {f"/{path.removesuffix(ending)}" for path in site.paths() for ending in ("", ".html")}
    assert "/film/old.html" in pages
    assert hidden & pages == set()
    targets = {target.removeprefix("/") for target, _ in found.values() if target.startswith("/")}
    assert targets - {"film/x"} <= set(site.paths())


@HOSTS
def test_below_a_path_the_rules_are_for_that_path(ask: Ask, tmp_path: Path) -> None:
    made = catalog(tmp_path / "archive", {"film/x": "<https://a.example/films/film/x> a schema:Movie ."})
    (tmp_path / "archive" / "filmld.toml").write_text('base = "https://a.example/films/"\n', encoding="utf-8")
    site = Site(type(made).load(type(made.archive).open(tmp_path / "archive")))
    found = ask(site, ("/films/film/x.ttl", "/film/x.ttl"), tmp_path).headers
    assert found["/films/film/x.ttl"]["content-type"] == "text/turtle; charset=utf-8"
    assert "content-type" not in found["/film/x.ttl"]
