"""``filmld new``: a record to begin with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from filmld.archive.kinds import KINDS
from filmld.patterns import regex

if TYPE_CHECKING:
    from filmld.archive import Archive
    from filmld.archive.create import Created

_LANGUAGE = regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def _language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None or _LANGUAGE.fullmatch(value):
        return value
    message = f"‘{value}’ is not a language tag, such as en, fi or ru-Latn"
    raise click.BadParameter(message)


@click.command("new", epilog='Example: filmld new film "The Voice of Sokurov" --year 2014')
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("title")
@click.option(
    "--year", type=click.IntRange(1000, 9999), help="The year of a film; it becomes part of its address."
)
@click.option(
    "--language",
    metavar="TAG",
    callback=_language,
    help="The language of the title; otherwise the archive's first, where titles are marked with one.",
)
@click.option("--slug", help="The last part of the address; otherwise it is made from the title.")
@click.option("--force", is_flag=True, help="Begin the record anew if there is one.")
@click.pass_obj
def command(
    root: Path | None,
    kind: str,
    title: str,
    *,
    year: int | None,
    language: str | None,
    slug: str | None,
    force: bool,
) -> None:
    """Write a new record of a KIND, named TITLE, with all that the shapes ask for as comments.

    Its place among the records is its address, for good: it is made from the title once, in the
    letters a to z, and stays when the title changes. Greek and Cyrillic letters are transcribed; those
    of other scripts become numbers, and --slug is the better choice.
    """
    from filmld.archive import Archive
    from filmld.archive.create import Wish, create
    from filmld.check.schema_org import Terms
    from filmld.vocab import SCHEMA

    if year is not None and kind != "film":
        message = "--year is for films"
        raise click.UsageError(message)
    archive = Archive.open(root)
    terms = Terms.load()
    wish = Wish(kind=KINDS[kind], title=title, slug=slug, year=year, language=language, force=force)
    created = create(archive, wish, lambda iri: _is_prose(terms.ranges(iri.removeprefix(SCHEMA))))
    click.echo(_near(created.path))
    click.echo(f"it describes {created.iri}", err=True)
    _tell_namesakes(archive, kind, created)
    click.echo("fill in what you know, then run: filmld check", err=True)


def _is_prose(ranges: tuple[str, ...]) -> bool:
    return bool(ranges) and {"Text", "TextObject"}.issuperset(ranges)


def _near(path: Path) -> Path:
    """A path as it can be given to an editor from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _tell_namesakes(archive: "Archive", kind: str, created: "Created") -> None:
    from filmld.check.namesakes import namesakes

    for record in namesakes(archive, kind, created.name):
        if record.path != created.path:
            click.echo(f"note: {record.filename} has the same name; is it the same {kind}?", err=True)
