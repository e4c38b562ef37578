"""``filmld check``."""

from pathlib import Path
from typing import Any

import click

from filmld.archive import Profile
from filmld.check.shapes.engines import Engine
from filmld.cli.checking import check
from filmld.cli.leaving import OURS
from filmld.cli.wishes import Wishes, begin
from filmld.diagnostics import Severity
from filmld.diagnostics.formats import Format

AUDITED = "--audit holds the compiled engine against pySHACL: leave out --engine"


@click.command(
    epilog="Example: filmld check records/film --format concise --fail-on warning",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
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
@click.option("--all", is_flag=True, help="Show all findings, however many there are.")
@click.option("--fix", is_flag=True, help="Mend what is marked fixable, and show what was changed.")
@click.option("--watch", is_flag=True, help="Check again whenever a record is saved, until ^C.")
@click.pass_context
def command(ctx: click.Context, /, **wishes: Any) -> None:
    """Check records: their text, and what the shapes demand; all of them, or those at PATHS."""
    wanted = Wishes(root=ctx.obj, **wishes)
    if wanted.audit and wanted.engine is Engine.PYSHACL:
        raise click.UsageError(AUDITED)
    is_ours = bool(ctx.meta.get(OURS))
    ctx.exit(check(wanted, begin(wanted, is_ours=is_ours), is_ours=is_ours))
