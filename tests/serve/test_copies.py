"""What the page gives to copy is run as it stands, against a server on loopback."""

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publish.scripts import in_node
from tests.serve.running import Running

QUERIES = (
    "SELECT ?name WHERE {\n  ?film a schema:Movie ; schema:name ?name\n}\nORDER BY ?name",
    'SELECT ("it\'s \\"quoted\\" \\\\ $HOME `id` \u2028 \u00e9 \U0001f3ac %0d+&=" AS ?text) (1 AS ?n) {}',
)


def copies(server: Running, query: str) -> tuple[dict[str, str], list[list[str]]]:
    """The programs for a query, and its answer."""
    found = in_node("copies", [{"endpoint": f"{server.home}sparql", "query": query}])[0]
    return {name: str(text) for name, text in found.items()}, table(server.query(query, "text/csv").text)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("query", QUERIES, ids=["lines", "marks"])
def test_the_command_for_curl_gets_the_answer(server: Running, query: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    programs, expected = copies(server, query)
    done = subprocess.run(["sh", "-c", programs["curl"]], capture_output=True, check=True, timeout=30)
    assert table(done.stdout.decode()) == expected
    assert len(expected) > 1


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=["lines", "marks"])
def test_the_program_in_python_gets_the_answer(server: Running, query: str, tmp_path: Path) -> None:
    programs, expected = copies(server, query)
    told = f"{programs['Python']}\nimport sys\ntable.to_csv(sys.argv[1], index=False)\n"
    answer = tmp_path / "answer.csv"
    subprocess.run([sys.executable, "-c", told, str(answer)], check=True, timeout=60, capture_output=True)
    assert table(answer.read_text("utf-8")) == expected


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=["lines", "marks"])
def test_the_program_in_r_gets_the_answer(server: Running, query: str, tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    programs, expected = copies(server, query)
    told = tmp_path / "ask.R"
    told.write_text(f"{programs['R']}\nwrite.csv(table, 'answer.csv', row.names = FALSE)\n", "utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # R reads programs in the encoding of the computer
    subprocess.run(
        [rscript, str(told)], check=True, timeout=60, capture_output=True, cwd=tmp_path, env=environment
    )
    assert table((tmp_path / "answer.csv").read_text("utf-8")) == expected
