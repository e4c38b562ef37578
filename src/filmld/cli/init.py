"""``filmld init``: a new archive."""

import shlex
from pathlib import Path

import click

_STEPS = """
{folder} is an archive now. Its example records are there to be looked at and deleted.
Next:

  {go}filmld check
  filmld new film "TITLE" --year 2014
  filmld serve

For git, once in every clone, so that differences say which record they are in:

  {git}
"""


@click.command("init", epilog="Example: filmld init my-archive --base https://films.example.org/")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--base",
    metavar="ADDRESS",
    help="Where the records will be published; the address of each begins with it, for good.",
)
def command(folder: Path, base: str | None) -> None:
    """Make DIR, or this folder, a new archive: configuration, example records, files for editors and git.

    Nothing that is there is changed. If a file is in the way, nothing is written.
    """
    from filmld.archive.start import DEFAULT_BASE, GIT_COMMAND, start

    for name in start(folder, base or DEFAULT_BASE):
        click.echo(folder / name)
    if base is None:
        click.echo(f"addresses begin with {DEFAULT_BASE}, an example; give your own with --base", err=True)
    here = folder.resolve() == Path.cwd()
    click.echo(
        _STEPS.format(
            folder=folder, go="" if here else f"cd {shlex.quote(str(folder))}\n  ", git=GIT_COMMAND
        ),
        err=True,
    )
