"""``filmld build``."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from filmld.publish.completing import Built
    from filmld.publish.writing import Progress

TERMINATED = 128 + signal.SIGTERM


@click.command(epilog="Example: filmld build, then open site/current/www/index.html")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where to write; otherwise the archive's own folder, site/.",
)
@click.option(
    "--check/--no-check",
    "checked",
    default=True,
    show_default=True,
    help="Say on each record's page what filmld check finds in it; this takes its time in a large archive.",
)
@click.option(
    "--full", is_flag=True, help="Write every file anew, not only those that depend on something changed."
)
@click.pass_obj
def command(root: Path | None, output: Path | None, *, checked: bool, full: bool) -> None:
    """Publish the archive: pages, JSON-LD, dumps, and the store that answers queries.

    All of it is written aside first and then takes the place of what was published before
    in one step. If anything goes wrong, the old stays. Files that depend on nothing that has
    changed are taken over from what was published before.
    """
    from filmld.archive import Archive
    from filmld.catalog.texts import Texts
    from filmld.cli.answering import answered, unanswered
    from filmld.cli.findings import findings_by_file
    from filmld.publish.output import CURRENT
    from filmld.publish.snapshot import Unanswered, build, unchanged

    signal.signal(signal.SIGTERM, _terminated)
    archive = Archive.open(root)
    folder = output or archive.site
    findings = findings_by_file(archive) if checked else None
    questions = unanswered(archive)
    texts = Texts(archive)
    built = None if full else unchanged(texts, folder, questions, findings)
    if built is None:
        with _bar() as progress:
            asked = Unanswered(questions, answered)
            built = build(texts, folder, progress, asked, findings=findings, full=full)
    pages = folder / CURRENT / "www"
    click.echo(f"{built.records} records, {built.files} files, snapshot {built.name}", err=True)
    click.echo(_work(built), err=True)
    if built.statements is None:
        click.echo("nothing has changed since this snapshot was built", err=True)
    else:
        click.echo(f"the store holds {built.statements} statements{_store_work(built)}", err=True)
    click.echo(f"{pages / _first_page(pages)}")
    snapshot = f" --snapshot {folder / CURRENT}" if output else ""
    click.echo(f"open this page in a browser, or run: filmld serve{snapshot}", err=True)


def _work(built: "Built") -> str:
    """Say what the build did with files."""
    removed = f", {built.removed} removed" if built.removed else ""
    return f"{built.written} files written, {built.linked} taken over unchanged{removed}"


def _store_work(built: "Built") -> str:
    """Say what the build did with the store."""
    if built.replaced is None:
        return ""
    records = "record was" if built.replaced == 1 else "records were"
    return f"; {built.replaced} {records} replaced in that of the snapshot before"


def _first_page(pages: Path) -> str:
    """The page to look at first: a film's, if there is any in use, which has its text beside it."""
    first = min((path.stem for path in pages.glob("film/*.ttl")), default=None)
    return f"film/{first}.html" if first else "index.html"


@contextmanager
def _bar() -> Iterator["Progress"]:
    """A progress bar, where somebody is watching."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label="writing pages", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(TERMINATED)
