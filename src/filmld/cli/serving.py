"""What ``filmld serve`` does once its options have been read."""

import asyncio
import contextlib
import ipaddress
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from filmld.archive import Archive, Config
from filmld.catalog import Catalog
from filmld.catalog.terms import term_names
from filmld.cli.asking import questions
from filmld.cli.findings import findings_by_file
from filmld.cli.main import INTERRUPTED
from filmld.errors import FilmldError
from filmld.publish.manifest import read_manifest
from filmld.publish.site import Site
from filmld.query.gallery import gallery
from filmld.query.pool import Pool
from filmld.query.source import Source, Spool, StoreFolder, data_files
from filmld.query.spool import spool
from filmld.serve import server
from filmld.serve.app import build_app
from filmld.serve.exchange import Exchange, Served
from filmld.serve.pages import NoPages, Pages
from filmld.serve.questions import Gallery, asked_of
from filmld.serve.snapshot import Snapshot

SNAPSHOT_MAX_AGE = 300


class _Served(NamedTuple):
    """What is served."""

    pages: Pages
    source: Source
    config: Config
    gallery: Gallery
    max_age: int = 0


def serve(
    root: Path | None,
    *,
    host: str,
    port: int,
    snapshot: Path | None,
    data: tuple[Path, ...],
    proxy: str | None = None,
    checked: bool = False,
) -> int:
    """Serve until a signal comes.

    Returns:
        The exit code: 0 after SIGTERM, 130 after ^C.

    Raises:
        FilmldError: Nothing can be served.
    """
    listener = server.listen(host, port)
    with listener, _served(root, snapshot, data, checked=checked) as served:
        pool = Pool(served.source, served.config.limits)
        home = server.address(listener)

        def ready() -> None:
            _tell(home, host, served, pool)

        async def run() -> int | None:
            limits = served.config.limits
            newer = _Newer(snapshot, served) if snapshot else _nothing
            exchange = Exchange(_application(served, pool), limits, newer=newer, tell=_tell_of_exchange)
            return await server.run(exchange, listener, ready, limits, proxy)

        ended_by = asyncio.run(run())
    return INTERRUPTED if ended_by == signal.SIGINT else 0


def _application(served: _Served, pool: Pool) -> Served:
    app = build_app(served.pages, pool, served.config, served.gallery, max_age=served.max_age)
    return Served(app, pool)


def _nothing() -> None:
    """Where there is no snapshot, nothing newer comes."""


class _Newer:
    """Looks whether ``current`` leads to another snapshot than before."""

    def __init__(self, snapshot: Path, served: _Served) -> None:
        self._snapshot = snapshot
        self._served = served
        self._seen = snapshot.resolve()

    def __call__(self) -> Served | None:
        """Open the snapshot if it is another; one that cannot be served is told of once."""
        found = self._snapshot.resolve()
        if found == self._seen:
            return None
        self._seen = found
        built = Snapshot(found)
        read_manifest(found)
        served = self._served._replace(pages=built, source=StoreFolder(built.store))
        return _application(served, Pool(served.source, served.config.limits))


def _tell_of_exchange(error: FilmldError | None) -> None:
    if error is None:
        click.echo("The new snapshot is served.")
        return
    click.echo(
        f"filmld: warning: the new snapshot is not served, the former is: {error.message}",
        err=True,
    )


@contextlib.contextmanager
def _served(
    root: Path | None, snapshot: Path | None, data: tuple[Path, ...], *, checked: bool
) -> Iterator[_Served]:
    if data:
        plain = Config(base="http://localhost/", title="Data")
        yield _Served(NoPages(), data_files(data), plain, Gallery(gallery()))
        return
    archive = Archive.open(root)
    asked = Gallery(questions(archive), term_names(archive.ontology_files(), archive.config.languages))
    if snapshot:
        built = Snapshot(snapshot)
        read_manifest(snapshot.resolve())  # what is not as it was built is not served
        yield _Served(built, StoreFolder(built.store), archive.config, asked, SNAPSHOT_MAX_AGE)
        return
    catalog = Catalog.load(archive)
    with spool(catalog) as file:
        findings = findings_by_file(archive) if checked else None
        examples = tuple(asked_of(question, {}) for question in asked.questions)
        site = Site(catalog, examples, findings=findings)
        yield _Served(site, Spool(file.fileno()), archive.config, asked)


def _tell(home: str, host: str, served: _Served, pool: Pool) -> None:
    """Say where to look."""
    click.echo(f"Serving {served.config.title}:")
    if "index.html" in served.pages.paths():
        click.echo(f"  home page    {home}")
    film = next((path for path in sorted(served.pages.paths()) if _is_film_page(path)), None)
    if film:
        click.echo(f"  first film   {home}{film.removesuffix('.html')}")
    click.echo(f"  SPARQL       {home}sparql")
    click.echo("Press ^C to stop.")
    if not _is_local(host):
        click.echo(
            f"filmld: warning: {host} can be reached from other computers; "
            "put a web server with TLS and limits of its own in front",
            err=True,
        )
    if pool.missing:
        click.echo(f"filmld: warning: this system lacks {', '.join(pool.missing)}", err=True)


def _is_film_page(path: str) -> bool:
    return path.startswith("film/") and path.endswith(".html")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
