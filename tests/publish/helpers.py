"""What the tests of publishing share: small archives, and a reader of HTML."""

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site

ROOT = Path(__file__).parents[2]
BASE = "https://films.example.org/"
PREFIXES = """\
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://films.example.org/film/x> .
"""
MOVED = {
    "film/x": "<> a schema:Movie, fld:Special ; schema:name 'X' .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "film/old": "</film/old> fld:replacedBy <> .",
    "film/away": "</film/away> fld:replacedBy <https://elsewhere.example/%2F?a=$1;b> .",
    "film/gone": "</film/gone> fld:retired true .",
}
"""Records of which one is replaced by another, one by a page elsewhere, and one by nothing."""


def archive(folder: Path, records: Mapping[str, str], settings: str = "") -> Archive:
    """Make an archive; each record is given by its path without ``.ttl`` and its statements."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "filmld.toml").write_text(f'base = "{BASE}"\n{settings}', encoding="utf-8")
    for name, statements in records.items():
        path = folder / "records" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIXES + statements, encoding="utf-8")
    return Archive.open(folder)


def catalog(folder: Path, records: Mapping[str, str], settings: str = "") -> Catalog:
    return Catalog.load(archive(folder, records, settings))


def body(site: Site, path: str) -> str:
    document = site.render(path)
    assert document is not None, f"the site has no {path}"
    return document.body.decode()


class Html(HTMLParser):
    """A page taken apart: its elements, and the words that are read on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._break_at(tag)
        if tag in {"head", "script", "details"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break_at(tag)
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def _break_at(self, tag: str) -> None:
        if tag not in {"a", "bdi", "span", "time"}:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "script":
            self.scripts.append(data)
        elif not self._inside:
            self._words.append(data)

    @property
    def words(self) -> str:
        """What is read without opening anything, runs of space made one."""
        return " ".join("".join(self._words).split())

    def all(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)
