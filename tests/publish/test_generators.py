"""The recipes of the documentation, followed with the programs: what comes out is read by others."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.parser import FileInputSource
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.shared.jsonld.util import source_to_json

from filmld.cli.main import cli
from filmld.turtle.canonical import labelled
from tests.publish.helpers import archive
from tests.publish.inside import context as official
from tests.publish.inside import normal, read_by_pyld

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs" / "web-editors.md"
HOSTILE = "</script><img src=x onerror=alert(1)> <!-- <script> {{ .Site }} {% raw %} \\u2028 &lt;/b&gt; ‘ä’"
FILM = f"""<> a schema:Movie ; schema:name "{HOSTILE}" ; schema:director </person/p> ;
    schema:dateCreated "2014"^^xsd:gYear ; schema:url <https://x.example/a?b=c&d> ;
    schema:review [ a schema:Review ; schema:reviewBody "good" ; schema:author [ schema:name "Ann" ] ] ."""
RECORDS = {"film/x": FILM, "person/p": "</person/p> a schema:Person ; schema:name 'P' ."}
FRONT_MATTER = "---\nlayout: default\ntitle: A film\nfilm: film/x\n---\nText about the film.\n"


def recipe(language: str) -> str:
    """The code of a language in the documentation; there is one of each."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert isinstance(found, str)
    return found


def run(program: str, *arguments: str, at: Path) -> None:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (apt-get install --no-install-recommends {program})")
    done = subprocess.run(
        [found, *arguments], cwd=at, capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stdout + done.stderr


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plain(site: Path, work: Path) -> Path:
    block = (site / "embed" / "film" / "x.html").read_text(encoding="utf-8")
    page = work / "page.html"
    write(page, f"<!doctype html>\n<html><head><title>A film</title>\n{block}</head><body>Text</body></html>")
    return page


def hugo(site: Path, work: Path) -> Path:
    shutil.copytree(site / "embed", work / "embed")
    write(work / "layouts" / "partials" / "film.html", recipe("go-html-template"))
    layout = '<!doctype html><html><head>{{ partial "film.html" . }}</head><body>{{ .Content }}</body></html>'
    write(work / "layouts" / "_default" / "single.html", layout)
    write(
        work / "config.toml",
        'baseURL = "https://blog.example/"\ndisableKinds = ["home", "taxonomy", "term"]\n',
    )
    write(work / "content" / "films" / "a.md", FRONT_MATTER)
    run("hugo", "--cacheDir", str(work / "cache"), at=work)
    return work / "public" / "films" / "a" / "index.html"


def jekyll(site: Path, work: Path) -> Path:
    shutil.copytree(site / "embed", work / "_includes" / "embed")
    layout = f"<!doctype html><html><head>{recipe('liquid')}</head><body>{{{{ content }}}}</body></html>"
    write(work / "_layouts" / "default.html", layout)
    write(work / "a.md", FRONT_MATTER)
    run("jekyll", "build", "--disable-disk-cache", at=work)
    return work / "_site" / "a.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = archive(tmp_path_factory.mktemp("embedded"), RECORDS)
    assert CliRunner().invoke(cli, ["--root", str(made.root), "build"]).exit_code == 0
    return made.root


@pytest.mark.parametrize("generate", [plain, hugo, jekyll])
def test_the_snippet_comes_through_and_is_read_by_others(
    generate: Callable[[Path, Path], Path], root: Path, tmp_path: Path, shared: Path
) -> None:
    site = root / "site" / "current" / "www"
    page = generate(site, tmp_path / "work")
    context = official(shared)
    wanted = normal(json.loads((site / "embed" / "film" / "x.jsonld").read_text(encoding="utf-8")), context)
    assert "onerror" in wanted
    assert read_by_pyld(page.read_text(encoding="utf-8"), context) == wanted
    assert read_by_rdflib(page, context) == wanted
    done = CliRunner().invoke(cli, ["--root", str(root), "verify-embed", str(page)])
    assert done.exit_code == 0, done.stdout


def read_by_rdflib(page: Path, context: object) -> str:
    """What rdflib finds in the page; its own loader of contexts would go and ask for them."""
    with page.open("rb") as stream:
        source = FileInputSource(stream, encoding="utf-8")
        source.content_type = "text/html"
        (document,), _base = source_to_json(source, extract_all_scripts=True)
    assert isinstance(document, dict)
    assert document.pop("@context") == "https://schema.org"
    assert isinstance(context, dict)
    found = to_rdf(document, Graph(), context_data=context["@context"])
    return "\n".join(labelled(found.serialize(format="nt", encoding="utf-8")))
