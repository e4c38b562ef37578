"""``filmld serve`` as people start and stop it."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.snapshot import build
from tests.check.archives import run_here
from tests.query.test_worker import gone
from tests.serve.running import BROWSER, Running, serving
from tests.serve.test_hostile import CROSS, settled


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "filmld", *arguments], capture_output=True, text=True, timeout=20, check=False
    )


def test_it_says_where_to_look(server: Running) -> None:
    assert server.said.splitlines() == [
        "Serving Films & <more>:",
        f"  home page    {server.home}",
        f"  first film   {server.home}film/the-voice-of-sokurov-2014",
        f"  SPARQL       {server.home}sparql",
        "Press ^C to stop.",
    ]
    assert server.home.startswith("http://127.0.0.1:")


def test_answers_do_not_wait_for_acknowledgements(server: Running) -> None:
    with contextlib.closing(http.client.HTTPConnection(*server.address)) as connection:
        times = []
        for _ in range(20):
            started = time.monotonic()
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok\n"
            times.append(time.monotonic() - started)

    assert min(times) < 0.02


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_soon_and_all_its_workers(archive: Path, number: signal.Signals, code: int) -> None:
    with serving(archive) as server:
        pids = settled(server)
        with (
            socket.create_connection(server.address) as idle,
            socket.create_connection(server.address) as busy,
        ):
            query = f"SELECT (COUNT(*) AS ?c) {{ {CROSS} }}".replace(" ", "%20")
            busy.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.1)
            started = time.monotonic()
            server.process.send_signal(number)
            assert server.process.wait(timeout=10) == code
            assert time.monotonic() - started < 5
            idle.close()
        assert all(gone(pid) for pid in pids)


def test_workers_end_with_a_server_that_is_killed(archive: Path) -> None:
    with serving(archive) as server:
        pids = settled(server)
        server.process.kill()
        server.process.wait()

        assert all(gone(pid) for pid in pids)


def test_a_port_in_use_is_told(server: Running, archive: Path) -> None:
    port = str(server.address[1])

    ended = run("--root", str(archive), "serve", "--port", port)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"filmld: cannot listen on 127.0.0.1 port {port}: address already in use\n"
        "  help: another program may use it; --port 0 picks a free port\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "256.0.0.1"), "cannot listen on 256.0.0.1"),
        (("--host", "192.0.2.1"), "cannot listen on 192.0.2.1"),
        (("--port", "70000"), "Invalid value for '--port'"),
        (("--snapshot", ".", "--data", __file__), "exclude each other"),
        (("--data", __file__), "the name does not tell the format of the file"),
        (("--snapshot", str(Path(__file__).parent)), "is not a built snapshot"),
    ],
)
def test_what_cannot_be_served_is_told(
    archive: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    ended = run_here(archive, capsys, "serve", "--port", "0", *options)

    assert ended.code == 2
    assert said in ended.err


def test_a_host_that_others_can_reach_is_warned_of(archive: Path) -> None:
    with serving(archive, "--host", "0.0.0.0") as server:  # noqa: S104  what is warned of
        server.process.terminate()
        _, errors = server.process.communicate(timeout=10)

    assert "warning: 0.0.0.0 can be reached from other computers" in errors


def test_plain_data_is_served_without_pages(tmp_path: Path, archive: Path) -> None:
    data = tmp_path / "films.nt"
    data.write_text('<https://a.example/film> <https://schema.org/name> "Moloch" .\n', encoding="utf-8")

    with serving(archive, "--data", str(data)) as server:
        assert (
            server.query("SELECT ?name { ?film schema:name ?name }", "text/csv").text == "name\r\nMoloch\r\n"
        )
        assert "Moloch" in server.query("SELECT * { ?film schema:name ?name }", BROWSER).text
        assert server.ask("/").headers["Location"] == "/sparql"


def test_a_built_snapshot_is_served_as_it_is(archive: Path, tmp_path: Path) -> None:
    build(Catalog.load(Archive.open(archive)), tmp_path / "site")

    with serving(archive, "--snapshot", str(tmp_path / "site" / "current")) as server:
        assert server.ask("/film/the-voice-of-sokurov-2014").status == 200
        assert server.ask("/film/the-voice-of-sokurov-2014").headers["Cache-Control"] == "public, max-age=300"
        assert server.query("SELECT ?n { ?f a schema:Movie ; schema:name ?n }", "text/csv").text == (
            "n\r\nThe Voice of Sokurov\r\n"
        )
        assert server.ask("/../store/CURRENT").status == 404
