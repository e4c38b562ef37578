"""The pages as a visitor meets them: wide and narrow, light and dark, with script and without."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site
from tests.serve.running import serving

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGES = (
    "index.html",
    "films.html",
    "people.html",
    "film/the-voice-of-sokurov-2014.html",
    "person/antti-alanen.html",
    "organization/lm-media.html",
    "festival/locarno.html",
    "place/st-petersburg.html",
    "genre/documentary.html",
    "source/the-voice-of-sokurov-page.html",
    "404.html",
    "embed/film/the-voice-of-sokurov-2014.card.html",
    "sparql.html",
    "sparql-answer.html",
    "sparql-fault.html",
)
SERVED = {
    "sparql.html": "/sparql",
    "sparql-answer.html": "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+ORDER+BY+%3Fs+LIMIT+20",
    "sparql-fault.html": "/sparql?query=SELECT+*+%7B",
    "assets/sparql.css": "/assets/sparql.css",
}
"""What only a server has; its links are relative, so that it can be looked at beside the others."""

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a page has shown."""

    page: str
    width: int
    colorScheme: str  # noqa: N815  the report's own name
    text: str
    plain: str
    block: str | None
    violations: list[str]
    overflows: list[int]
    background: str
    complaints: list[str]

    def __str__(self) -> str:
        return f"{self.page} at {self.width}, {self.colorScheme}"


def demanded(name: str, found: str | None) -> str:
    """Something that these tests need; only in CI is it a failure that it is missing."""
    if found:
        return found
    message = f"{name} is not installed"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    chromium = demanded("chromium", shutil.which("chromium") or shutil.which("chromium-browser"))
    node = demanded("node", shutil.which("node"))
    modules = HERE.parent / "node_modules" / "playwright-core"
    demanded("playwright-core (npm ci --prefix tests)", str(modules) if modules.is_dir() else None)
    folder = tmp_path_factory.mktemp("www")
    for path, body in files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    command = [node, str(HERE / "look.mjs"), chromium, str(folder), *PAGES]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    return [Look(**row) for row in json.loads(done.stdout)]


def files() -> Iterator[tuple[str, bytes]]:
    site = Site(Catalog.load(Archive.open(ROOT)))
    for path in site.paths():
        document = site.render(path)
        assert document is not None
        yield path, document.body
    with serving(ROOT) as server:
        for path, address in SERVED.items():
            yield (
                path,
                server.ask(
                    address,
                    headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
                ).body,
            )


def test_axe_finds_no_violation(looks: list[Look]) -> None:
    assert len(looks) == len(PAGES) * 2 * 2
    assert {str(look): look.violations for look in looks if look.violations} == {}


def test_nothing_is_cut_off_or_scrolls_sideways(looks: list[Look]) -> None:
    assert {str(look): look.overflows for look in looks if look.overflows} == {}


def test_pages_keep_to_a_strict_policy_and_ask_nobody_else(looks: list[Look]) -> None:
    assert {str(look): look.complaints for look in looks if look.complaints} == {}


def test_pages_say_the_same_without_script(looks: list[Look]) -> None:
    for look in looks:
        if look.width == 1280:
            assert look.text == look.plain, look


def test_the_colours_follow_the_visitor(looks: list[Look]) -> None:
    light, dark = (
        {look.background for look in looks if look.colorScheme == scheme} for scheme in ("light", "dark")
    )
    assert (len(light), len(dark)) == (1, 1)
    assert light != dark


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("@") or key == "@reverse":
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


def plain(text: str) -> str:
    """A text without regard to line breaks and capitals, which are the style sheet's."""
    return " ".join(text.split()).casefold()


def test_all_that_is_embedded_is_seen_on_the_page(looks: list[Look]) -> None:
    with_block = [look for look in looks if look.block is not None]
    assert {look.page for look in with_block} == {page for page in PAGES if "/" in page}
    for look in with_block:
        seen = plain(look.text)
        missing = [text for text in texts(json.loads(look.block or "")) if plain(text) not in seen]
        assert missing == [], look
