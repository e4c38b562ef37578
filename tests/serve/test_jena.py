"""Apache Jena's ``rsparql``, as Debian packages it, works unchanged."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.serve.running import Running

JARS = Path("/usr/share/java")
LIBRARIES = (
    "commons-cli",
    "commons-codec",
    "commons-compress",
    "commons-csv",
    "commons-io",
    "commons-lang3",
    "dexx.collection",
    "gson",
    "guava",
    "httpclient",
    "httpcore",
    "jackson-annotations",
    "jackson-core",
    "jackson-databind",
    "jakarta.json-api",
    "jcl-over-slf4j",
    "jsonld-java",
    "protobuf",
    "slf4j-api",
    "slf4j-nop",
    "thrift",
    "titanium-json-ld",
)
MOVED = "org/apache/jena/ext/"
NAME = "The Voice of Sokurov"
PERSON = "https://films.example.org/person/leena-kilpelainen"
SOME_PREFIXES = "PREFIX schema: <https://schema.org/> "

needed = pytest.mark.skipif(
    not (shutil.which("java") and (JARS / "jena-cmds.jar").is_file()),
    reason="needs Java and Debian's libapache-jena-java",
)
pytestmark = [pytest.mark.slow, needed]


@pytest.fixture(scope="module")
def classpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Jena, what it needs, and before them the texts that Debian's build looks for in another place.

    Its copy of Xerces is in the package ``xerces``, the messages of that in ``org.apache.jena.ext.xerces``;
    without them it cannot so much as read a regular expression.
    """
    messages = tmp_path_factory.mktemp("messages")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{MOVED}xerces/") and name.endswith(".properties"):
                file = messages / name.removeprefix(MOVED)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(jar.read(name))
    jena = sorted(path for path in JARS.glob("jena-*.jar") if not path.is_symlink())
    return os.pathsep.join(map(str, (messages, *jena, *(JARS / f"{name}.jar" for name in LIBRARIES))))


def rsparql(classpath: str, server: Running, *arguments: str) -> str:
    command = ["java", "-cp", classpath, "arq.rsparql", "--service", f"{server.home}sparql", *arguments]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False, encoding="utf-8")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("method", [(), ("--post",)], ids=["by GET", "by POST"])
def test_jena_reads_solutions(classpath: str, server: Running, method: tuple[str, ...]) -> None:
    query = f"{SOME_PREFIXES}SELECT ?name {{ ?film a schema:Movie ; schema:name ?name }} ORDER BY ?name"
    found = json.loads(rsparql(classpath, server, *method, "--results=JSON", query))
    assert found["results"]["bindings"] == [{"name": {"type": "literal", "xml:lang": "en", "value": NAME}}]


def test_jena_reads_yes_and_no(classpath: str, server: Running) -> None:
    assert "Yes" in rsparql(classpath, server, f"{SOME_PREFIXES}ASK {{ ?film a schema:Movie }}")
    assert "No" in rsparql(classpath, server, f"{SOME_PREFIXES}ASK {{ ?film a schema:Nothing }}")


def test_jena_reads_a_graph(classpath: str, server: Running) -> None:
    query = (
        f"{SOME_PREFIXES}CONSTRUCT {{ ?film schema:director ?who }} WHERE {{ ?film schema:director ?who }}"
    )
    lines = rsparql(classpath, server, "--results=N-Triples", query).splitlines()
    assert [line.split()[1:3] for line in lines if line.strip()] == [
        ["<https://schema.org/director>", f"<{PERSON}>"]
    ]
