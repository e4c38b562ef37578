"""``filmld check``."""

import sys
import time
from pathlib import Path

import click

from filmld import __version__
from filmld.diagnostics import Severity
from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.summary import summary


@click.command(epilog="Example: filmld check records/film --format concise --fail-on warning")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
    "output",
    type=click.Choice(Format, case_sensitive=False),
    default=Format.TEXT,
    show_default=True,
    help="How findings are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice(Severity, case_sensitive=False),
    default=Severity.ERROR,
    show_default=True,
    help="The least severity that makes the command exit with 1.",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], output: Format, fail_on: Severity) -> None:
    """Check records: their text, and what the shapes demand; all of them, or those at PATHS."""
    from filmld.archive import Archive
    from filmld.check.run import check

    started = time.monotonic()
    report = check(Archive.open(ctx.obj), paths)
    text = render(
        output,
        report.findings,
        report.sources.get,
        report.registry,
        colour=sys.stdout.isatty(),
        version=__version__,
    )
    if text:
        click.echo(text.rstrip("\n"))
    seconds = time.monotonic() - started
    click.echo(summary(report.findings, files=report.files, seconds=seconds), err=True)
    ctx.exit(1 if report.reaches(fail_on) else 0)
