"""``filmld verify-embed``."""

import click


@click.command(epilog="Example: filmld verify-embed saved-page.html http://127.0.0.1:1313/films/moloch/")
@click.argument("pages", nargs=-1, required=True, metavar="FILE|URL...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json is for programs.",
)
@click.pass_context
def command(ctx: click.Context, pages: tuple[str, ...], form: str) -> None:
    """Say whether the JSON-LD inside web pages still equals the records, and which facts differ.

    A page is a file, saved from anywhere, or an address on this computer, such as a Hugo server's. The
    block may be laid out in any way, and stand among others; what counts is what it states about the
    archive's records.

    Exits with 1 if a fact differs, a block cannot be read, or a page has none about a record.
    """
    from filmld.archive import Archive
    from filmld.catalog import Catalog
    from filmld.cli.embeds import as_json, as_text, verified

    catalog = Catalog.load(Archive.open(ctx.obj))
    found = [verified(catalog, page) for page in pages]
    click.echo(as_json(found) if form == "json" else as_text(found), nl=False)
    ctx.exit(0 if all(page.sound for page in found) else 1)
