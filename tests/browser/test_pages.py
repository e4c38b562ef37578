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
from filmld.cli.findings import findings_by_file
from filmld.publish.site import Site
from tests.publish.helpers import catalog
from tests.publish.test_pages import HOSTILE

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
    "data/index.html",
    "ontology/index.html",
    "ontology/countries.html",
    "shapes/index.html",
    "shapes/film.html",
    "embed/film/the-voice-of-sokurov-2014.card.html",
    "invented/index.html",
    "invented/films.html",
    "invented/films/decade.html",
    "invented/films/country/finland.html",
    "invented/roles.html",
    "invented/role/cinematographer.html",
    "invented/film/the-bridge-at-ristisaari-1964.html",
    "invented/fi/film/winter-harbour-1986.html",
    "invented/festival/northern-lantern-1964.html",
    "invented/search.html",
    "invented/fi/search.html?q=%D0%B7%D0%B8%D0%BC",
    "hostile/film/x.html",
    "hostile/films.html",
    "hostile/work/gone.html",
    "hostile/410.html",
    "hostile/search.html?q=alert",
)

FIELDS = (
    *(f"schema:{name}" for name in ("name", "alternateName", "description", "abstract", "genre", "director")),
    *(
        f"schema:{name}"
        for name in ("dateCreated", "countryOfOrigin", "keywords", "identifier", "inLanguage")
    ),
    *("schema:author", "schema:publication", "fld:transcribedForm", "<urn:x:unknown>"),
)

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
    hostile = catalog(tmp_path_factory.mktemp("hostile"), hostile_records())
    for path, body in (*files(), *within("invented", invented()), *within("hostile", Site(hostile))):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    command = [node, str(HERE / "look.mjs"), chromium, str(folder), *PAGES]
    done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    return [Look(**row) for row in json.loads(done.stdout)]


def invented() -> Site:
    archive = Archive.open(ROOT / "tests" / "archives" / "invented")
    return Site(Catalog.load(archive), findings=findings_by_file(archive))


def within(folder: str, site: Site) -> Iterator[tuple[str, bytes]]:
    for path in site.all_paths():
        document = site.render(path)
        assert document is not None
        yield f"{folder}/{path}", document.body


def hostile_records() -> dict[str, str]:
    """A film that has everything, and hostile texts in all of it."""
    texts = ", ".join(json.dumps(text, ensure_ascii=False) for text in HOSTILE)
    fields = " ; ".join(f"{field} {texts}" for field in FIELDS)
    parts = {
        "credit": "a schema:Role ; schema:roleName {} ; schema:actor [ schema:name {} ] ; fld:creditedAs {}",
        "review": "a schema:Review ; schema:itemReviewed <> ; schema:author {} ; schema:reviewBody {}",
        "shown": "a schema:ScreeningEvent ; schema:workPresented <> ; schema:location {} ; schema:name {}",
        "award": "a fld:Award ; schema:workFeatured <> ; schema:name {}",
        "copy": "a fld:Item ; fld:itemOf <> ; schema:material {}",
        "title": "a fld:Title ; schema:name {}",
        "image": "a schema:ImageObject ; schema:about <> ; schema:caption {} ; schema:contentUrl {}",
        "note": "a fld:Assertion ; rdf:subject <> ; rdf:predicate schema:name ; "
        "rdf:object {} ; fld:asPrinted {}",
        "odd": "schema:name {} ; <urn:x:odd> {}",
    }
    described = " ".join(f"<#{name}> {text.replace('{}', texts)} ." for name, text in parts.items())
    links = "schema:actor <#credit> ; schema:review <#review> ; schema:image <#image> ; fld:title <#title>"
    links += f" ; schema:sameAs <https://en.example.org/wiki/{'Without_a_gap_' * 12}>"
    film = f"<> a schema:Movie ; {links} ; {fields} . {described}"
    return {
        "film/x": film,
        "person/p": f"</person/p> a schema:Person ; schema:name {texts} ; schema:alternateName {texts} .",
        "work/gone": f"</work/gone> fld:retired true ; schema:name {texts} .",
        "genre/g": f"</genre/g> a schema:DefinedTerm ; schema:name {texts} .",
    }


def files() -> Iterator[tuple[str, bytes]]:
    site = Site(Catalog.load(Archive.open(ROOT)))
    for path in site.all_paths():
        document = site.render(path)
        assert document is not None
        yield path, document.body


def test_axe_finds_no_violation(looks: list[Look]) -> None:
    assert len(looks) == len(PAGES) * 2 * 2
    assert {str(look): look.violations for look in looks if look.violations} == {}


def test_nothing_is_cut_off_or_scrolls_sideways(looks: list[Look]) -> None:
    assert {str(look): look.overflows for look in looks if look.overflows} == {}


def test_pages_keep_to_a_strict_policy_and_ask_nobody_else(looks: list[Look]) -> None:
    assert {str(look): look.complaints for look in looks if look.complaints} == {}


def test_pages_say_the_same_without_script(looks: list[Look]) -> None:
    for look in looks:
        if look.width == 1280 and "search.html" not in look.page:
            assert look.text == look.plain, look


def test_hostile_texts_are_read_as_they_are(looks: list[Look]) -> None:
    for look in looks:
        if look.page == "hostile/film/x.html":
            for text in HOSTILE:
                assert look.text.count(text) > len(FIELDS) / 2, text
            assert "Made with filmld" in look.text


def test_a_search_that_needs_a_script_says_so(looks: list[Look]) -> None:
    for look in looks:
        if look.page == "invented/fi/search.html?q=%D0%B7%D0%B8%D0%BC":
            assert "Talvisatama" in look.text
            assert "jota selaimesi ei suorita" in look.plain


def test_the_colours_follow_the_visitor(looks: list[Look]) -> None:
    light, dark = (
        {look.background for look in looks if look.colorScheme == scheme} for scheme in ("light", "dark")
    )
    assert (len(light), len(dark)) == (1, 1)
    assert light != dark


def is_entity(page: str) -> bool:
    kinds = {"film", "person", "organization", "festival", "place", "genre", "source"}
    return not page.startswith("embed/") and any(part in kinds for part in page.split("/")[:-1])


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
    with_block = [look for look in looks if look.block is not None and is_entity(look.page)]
    assert {look.page for look in with_block} == {page for page in PAGES if is_entity(page)}
    for look in with_block:
        if "/fi/" in look.page or look.page.startswith("hostile"):
            continue  # what is embedded is in the archive's first language; control characters are escaped
        seen = plain(look.text)
        missing = [text for text in texts(json.loads(look.block or "")) if plain(text) not in seen]
        assert missing == [], look
