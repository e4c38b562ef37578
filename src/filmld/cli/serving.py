"""What ``filmld serve`` does once its options have been read."""

import asyncio
import contextlib
import ipaddress
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmld.archive import Archive, Config
from filmld.catalog import Catalog
from filmld.catalog.terms import term_names
from filmld.cli.asking import questions
from filmld.cli.findings import findings_by_file
from filmld.cli.main import INTERRUPTED
from filmld.errors import FilmldError
from filmld.publish.results import Asked
from filmld.publish.site import Site
from filmld.publish.verify import check_store
from filmld.publish.words import page_languages
from filmld.query import edits
from filmld.query.gallery import gallery
from filmld.query.pool import Pool
from filmld.query.source import EditedSpool, Source, Spool, StoreFolder, data_files
from filmld.query.spool import nameless, spool
from filmld.serve import server
from filmld.serve.app import build_app
from filmld.serve.exchange import Exchange, Served
from filmld.serve.pages import NoPages, Pages
from filmld.serve.questions import Gallery, asked_of
from filmld.serve.snapshot import Snapshot
from filmld.tuples import NamedTuple

if TYPE_CHECKING:
    from filmld.serve.live import Live

SNAPSHOT_MAX_AGE = 300


class Wish(NamedTuple):
    """What else is wanted of an archive's records.

    Attributes:
        checked: Say on each page what a check has found.
        watched: Let the pages follow what is saved.
    """

    checked: bool = False
    watched: bool = False


class _Edits(NamedTuple):
    """What lets pages follow, and what begins it once they are served."""

    live: "Live"
    begin: Callable[[Pool], None]


class _Served(NamedTuple):
    """What is served."""

    pages: Pages
    source: Source
    config: Config
    gallery: Gallery
    max_age: int = 0
    edits: _Edits | None = None


def serve(
    root: Path | None,
    *,
    host: str,
    port: int,
    snapshot: Path | None,
    data: tuple[Path, ...],
    proxy: str | None,
    wish: Wish,
) -> int:
    """Serve until a signal comes.

    Returns:
        The exit code: 0 after SIGTERM, 130 after ^C.

    Raises:
        FilmldError: Nothing can be served.
    """
    listener = server.listen(host, port)
    with listener, _served(root, snapshot, data, wish) as served:
        pool = Pool(served.source, served.config.limits)
        home = server.address(listener)

        def ready() -> None:
            if served.edits:
                served.edits.begin(pool)
            _tell(home, host, served, pool)

        async def run() -> int | None:
            limits = served.config.limits
            newer = _Newer(snapshot, served) if snapshot else _nothing
            exchange = Exchange(_application(served, pool), limits, newer=newer, tell=_tell_of_exchange)
            ending = served.edits.live.end if served.edits else _nothing
            return await server.run(exchange, listener, ready, limits, proxy, ending)

        ended_by = asyncio.run(run())
    return INTERRUPTED if ended_by == signal.SIGINT else 0


def _application(served: _Served, pool: Pool) -> Served:
    live = served.edits.live if served.edits else None
    app = build_app(served.pages, pool, served.config, served.gallery, max_age=served.max_age, live=live)
    return Served(app, pool)


def _nothing() -> None:
    """Where there is no snapshot, nothing newer comes; where nobody edits, nothing needs to be let go of."""


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
        check_store(found)
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
    root: Path | None, snapshot: Path | None, data: tuple[Path, ...], wish: Wish
) -> Iterator[_Served]:
    if data:
        plain = Config(base="http://localhost/", title="Data")
        yield _Served(NoPages(), data_files(data), plain, Gallery(gallery()))
        return
    archive = Archive.open(root)
    asked = Gallery(questions(archive), _terms(archive))
    if snapshot:
        built = Snapshot(snapshot)
        check_store(snapshot.resolve())  # what is not as it was built is not served
        yield _Served(built, StoreFolder(built.store), archive.config, asked, SNAPSHOT_MAX_AGE)
        return
    if wish.watched:
        with _edited(archive, asked) as served:
            yield served
        return
    catalog = Catalog.load(archive)
    with spool(catalog) as file:
        findings = findings_by_file(archive) if wish.checked else None
        site = Site(catalog, _examples(asked), findings=findings)
        yield _Served(site, Spool(file.fileno()), archive.config, asked)


def _terms(archive: Archive) -> dict[str, Mapping[str, str]]:
    languages = archive.config.languages
    return {
        language: term_names(archive.ontology_files(), (language, *languages))
        for language in page_languages(languages)
    }


@contextlib.contextmanager
def _edited(archive: Archive, asked: Gallery) -> Iterator[_Served]:
    """The pages of records that are edited while they are served."""
    from filmld.catalog.working import WorkingCatalog
    from filmld.cli.following import Following
    from filmld.serve.live import Live

    live = Live(most=archive.config.limits.connections // 2)
    following = Following(archive, live)
    try:
        catalog = WorkingCatalog.load(archive)
        site = Site(catalog, _examples(asked))

        def begin(pool: Pool) -> None:
            live.begin()
            following.start(
                catalog, site, lambda edit: live.begin_in_loop(lambda: pool.edit(edits.lines(*edit)))
            )

        with spool(catalog) as file, nameless() as log:
            source = EditedSpool(file.fileno(), log.fileno())
            yield _Served(site, source, archive.config, asked, edits=_Edits(live, begin))
    finally:
        following.stop()


def _examples(asked: Gallery) -> tuple[Asked, ...]:
    return tuple(asked_of(question, {}) for question in asked.questions)


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
