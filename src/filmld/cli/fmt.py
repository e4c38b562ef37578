"""``filmld fmt``."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from filmld.cli.diffs import unified_diff
from filmld.diagnostics import Diagnostic
from filmld.diagnostics.concise import render_concise

STDIN = Path("-")


@click.command(epilog="Example: filmld fmt --diff records/film")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True, exists=True))
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a record would be changed.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would be changed.")
@click.pass_context
def command(ctx: click.Context, *, paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Lay records out, one statement a line; all of them, those at PATHS, or - for standard input.

    Order, comments and the spelling of every word stay as they are. A record with a mistake in its
    text is not touched.
    """
    if paths == (STDIN,):
        ctx.exit(_filter())
    changed = faulty = 0
    for path, shown in _files(ctx.obj, paths):
        before = path.read_bytes()
        after, findings = _formatted(before, shown)
        if findings:
            click.echo(render_concise(findings).rstrip("\n"), err=True)
        if after is None:
            faulty += 1
        elif after != before:
            changed += 1
            _apply(path, shown, before, after, check=check, diff=diff)
    _summarize(changed, faulty, is_dry=check or diff)
    ctx.exit(1 if faulty or (changed and check) else 0)


def _apply(path: Path, shown: str, before: bytes, after: bytes, *, check: bool, diff: bool) -> None:
    from filmld.archive.writing import replace_file

    if diff:
        click.echo(unified_diff(before.decode(), after.decode(), shown), nl=False)
    elif check:
        click.echo(shown)
    else:
        replace_file(path, after)
        click.echo(shown)


def _files(root: Path | None, paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """The files to lay out, with their shown names: of the archive, or just those named."""
    from filmld.archive import Archive
    from filmld.archive.records import SUFFIX, shown, walk

    if not paths:
        for record in Archive.open(root).walk().records:
            yield record.path, record.filename
        return
    for path in paths:
        if path.is_dir():
            for record in walk(path, root=path, base="").records:
                yield record.path, shown(path / record.path.relative_to(path))
        elif path.suffix == SUFFIX:
            yield path, shown(path)
        else:
            message = f"{path} is not a Turtle file; its name does not end in {SUFFIX}"
            raise click.BadArgumentUsage(message)


def _formatted(data: bytes, shown: str) -> tuple[bytes | None, list[Diagnostic]]:
    """A record in the house style, or the mistakes that are in the way of it."""
    from filmld.turtle.format import UnformattableError, format_text
    from filmld.turtle.reader import decode

    text, findings = decode(data, filename=shown)
    if text is None:
        return None, list(findings)
    try:
        return format_text(text, filename=shown).encode(), []
    except UnformattableError as error:
        return None, list(error.diagnostics)


def _filter() -> int:
    data = sys.stdin.buffer.read()
    after, findings = _formatted(data, STDIN.name)
    if after is None:
        click.echo(render_concise(findings).rstrip("\n"), err=True)
        return 1
    sys.stdout.buffer.write(after)
    return 0


def _summarize(changed: int, faulty: int, *, is_dry: bool) -> None:
    counted = f"{changed} {'record' if changed == 1 else 'records'}"
    verb = "would be laid out anew" if is_dry else "laid out anew"
    untouched = f"; {faulty} with mistakes left as they are" if faulty else ""
    click.echo(f"{counted} {verb}{untouched}.", err=True)
