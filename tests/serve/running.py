"""A server as people start it: a process of its own, talked to over loopback."""

import http.client
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Running:
    """A server that runs."""

    process: subprocess.Popen[str]
    home: str
    said: str

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.home)
        assert parts.hostname
        assert parts.port
        return parts.hostname, parts.port

    def ask(
        self,
        path: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        connection = http.client.HTTPConnection(*self.address, timeout=20)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str | None = None, **parameters: str) -> Reply:
        path = "/sparql?" + urlencode({"query": text, **parameters}, quote_via=quote)
        return self.ask(path, headers={"Accept": accept} if accept else {})


@contextmanager
def serving(root: Path, *options: str) -> Iterator[Running]:
    """Start ``filmld serve`` on a free port, and end it."""
    command = [sys.executable, "-m", "filmld", "--root", str(root), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Press"):
                break
        found = re.search(r"http://[^/\s]+/", said)
        assert found, said + (process.stderr.read() if process.stderr else "")
        try:
            yield Running(process, found[0], said)
        finally:
            process.terminate()
            process.communicate(timeout=10)


def archive_with(folder: Path, source: Path, limits: str) -> Path:
    """Make an archive with the records of this repository and limits of its own."""
    shutil.copytree(source / "records", folder / "records")
    (folder / "filmld.toml").write_text(
        f'base = "https://films.example.org/"\ntitle = "Films & <more>"\n[limits]\n{limits}\n',
        encoding="utf-8",
    )
    return folder
