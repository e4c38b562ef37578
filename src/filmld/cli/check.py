"""``filmld check``."""

import gc
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmld import __version__
from filmld.archive import Profile
from filmld.check.shapes.engines import Engine
from filmld.cli.leaving import leave
from filmld.cli.progress import bar, waiting
from filmld.diagnostics import Severity
from filmld.diagnostics.capped import A_RULE, Capped, capped, uncapped
from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.summary import summary

if TYPE_CHECKING:
    from filmld.archive import Archive
    from filmld.check.report import Report

FOR_PEOPLE = (Format.TEXT, Format.CONCISE)
"""What people read; machines get every finding."""

AUDITED = "--audit holds the compiled engine against pySHACL: leave out --engine"
MOST_ROUNDS = 5
"""How often fixes are made and looked for anew; one round does unless fixes stand close together."""


@click.command(
    epilog="Example: filmld check records/film --format concise --fail-on warning",
)
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
@click.option(
    "--profile",
    type=click.Choice(Profile, case_sensitive=False),
    default=Profile.ARCHIVE,
    show_default=True,
    help="Whose wishes are judged: those of archives, or of Google's movie results.",
)
@click.option(
    "--engine",
    type=click.Choice(Engine, case_sensitive=False),
    default=Engine.COMPILED,
    show_default=True,
    help="What judges by the shapes; pySHACL is the reference, and slow.",
)
@click.option(
    "--audit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Afterwards have pySHACL judge N records chosen at random; that it disagrees is an internal error.",
)
@click.option("--seed", type=int, help="What chooses the records of an audit; it repeats one.")
@click.option("--explain-engine", is_flag=True, help="Only say which shapes are not compiled, and why.")
@click.option("--all", "everything", is_flag=True, help="Show all findings, however many there are.")
@click.option("--fix", is_flag=True, help="Mend what is marked fixable, and show what was changed.")
@click.option("--watch", is_flag=True, help="Check again whenever a record is saved, until ^C.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    output: Format,
    fail_on: Severity,
    profile: Profile,
    engine: Engine,
    audit: int | None,
    seed: int | None,
    explain_engine: bool,
    everything: bool,
    fix: bool,
    watch: bool,
) -> None:
    """Check records: their text, and what the shapes demand; all of them, or those at PATHS."""
    from filmld.archive import Archive
    from filmld.check.run import Checks

    archive = Archive.open(ctx.obj)
    if explain_engine:
        _explain(archive, profile)
        return
    if audit and engine is Engine.PYSHACL:
        raise click.UsageError(AUDITED)
    choose = capped if output in FOR_PEOPLE and not everything else uncapped

    def show(report: "Report") -> None:
        _print(report, output, choose(report.findings))

    with ExitStack() as kept:
        with bar() as progress:
            checks = kept.enter_context(Checks(archive, profile, engine, progress=progress, wait=waiting))
            if watch:
                _watch(archive, lambda only: checks.check(paths, only=only), checks.warm, show)
            started = time.monotonic()
            report = _mended(archive, lambda: checks.check(paths)) if fix else checks.check(paths)
            gc.freeze()  # what was found stays to the end: among so much nobody need look for garbage
            show(report)
            seconds = time.monotonic() - started
            click.echo(summary(report.findings, files=report.files, seconds=seconds), err=True)
            if audit:
                import secrets

                click.echo(checks.audit(audit, secrets.randbelow(10**6) if seed is None else seed), err=True)
        code = 1 if report.reaches(fail_on) else 0
        leave(ctx, code)
    ctx.exit(code)


def _explain(archive: "Archive", profile: Profile) -> None:
    from filmld.check.explained import explained

    for line in explained(archive, profile):
        click.echo(line)


def _print(report: "Report", output: Format, chosen: Capped) -> None:
    text = render(
        output,
        chosen.shown,
        report.sources.get,
        report.rules,
        colour=sys.stdout.isatty(),
        version=__version__,
    )
    if text:
        click.echo(text.rstrip("\n"))
    for filename, count in chosen.left_out.items():
        click.echo(f"{filename}: {count:,} more findings are not shown; --all shows them", err=True)
    if chosen.by_rule:
        click.echo(_counted(chosen.by_rule), err=True)


def _counted(by_rule: Mapping[tuple[Severity, str], int]) -> str:
    """Say how often each rule has found something, and where more of that is to be had."""
    width = len(f"{max(by_rule.values()):,}")
    rows = (f"  {count:>{width},} {severity}[{code}]" for (severity, code), count in by_rule.items())
    return "\n".join(
        [
            f"\nOf each rule at most {A_RULE} findings are shown; --all shows all of these:",
            *rows,
            "filmld explain CODE tells of a rule, filmld check FILE of all that is found in a file.\n",
        ]
    )


def _mended(archive: "Archive", look: Callable[[], "Report"]) -> "Report":
    """Make fixes until none is left, and say on standard error what was changed."""
    from filmld.check.fix import mend
    from filmld.cli.diffs import unified_diff

    report = look()
    fixes = 0
    for _ in range(MOST_ROUNDS):
        changes = list(mend(archive.root, report))
        for change in changes:
            fixes += change.fixes
            click.echo(unified_diff(change.before, change.after, change.filename), err=True)
        if not changes:
            break
        report = look()
    click.echo(f"{fixes} {'fault was' if fixes == 1 else 'faults were'} mended.", err=True)
    return report


def _watch(
    archive: "Archive",
    look: Callable[[set[str] | None], "Report"],
    warm: Callable[[], None],
    show: Callable[["Report"], None],
) -> None:
    """Print the findings of whatever changes, until interrupted.

    Editors go by the lines that begin a run with ``checking`` and end it with ``watching``, or with
    how many files were checked.
    """
    from filmld.cli.saves import news, saves

    changes = saves(archive)
    next(changes)  # from here on no save is missed
    click.echo(f"checking {archive.config.paths.records}/", err=True)
    report = look(None)
    gc.freeze()  # as above
    show(report)
    click.echo(f"watching {archive.config.paths.records}/; ^C ends this", err=True)
    warm()
    for changed in changes:
        names = ", ".join(sorted(changed))
        click.echo(f"checking {names}", err=True)
        started = time.monotonic()
        before, report = report, look(changed)
        mine = tuple(news(before.findings, report.findings, changed))
        show(report._replace(findings=mine))
        seconds = time.monotonic() - started
        click.echo(f"{names}: {summary(mine, files=len(changed), seconds=seconds)}", err=True)
