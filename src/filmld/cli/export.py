"""``filmld export``."""

import sys
from pathlib import Path

import click

FORMATS = ("jsonld", "embed", "html", "turtle", "ntriples", "nquads", "csv")


@click.command(
    epilog="Example: filmld export film/the-voice-of-sokurov-2014 --format embed -o snippet.html",
)
@click.argument("records", nargs=-1, metavar="[RECORD|IRI]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="jsonld",
    show_default=True,
    help="embed is the ready script block for a web page, html the page itself.",
)
@click.option(
    "--engine",
    type=click.Choice(("direct", "pyld")),
    default="direct",
    show_default=True,
    help="Who arranges the embed form; pyld is the reference, slow, and writes the same.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file instead of standard output.",
)
@click.pass_obj
def command(root: Path | None, records: tuple[str, ...], form: str, engine: str, output: Path | None) -> None:
    """Write records in another form.

    A record is named by its IRI, its file, or its path such as film/moloch-1999. jsonld,
    ntriples, nquads and csv take any number of records, and all of them if none is named;
    embed, html and turtle take one. csv has a row for each record and flattens it.
    """
    from filmld.archive import Archive
    from filmld.catalog import Catalog
    from filmld.publish.embed import Engine
    from filmld.publish.export import export

    catalog = Catalog.load(Archive.open(root))
    chosen = tuple(dict.fromkeys(catalog.find(name) for name in records))
    pieces = export(catalog, chosen, form, Engine(engine))
    if output is None or output == Path("-"):
        sys.stdout.buffer.writelines(pieces)
    else:
        from filmld.publish.files import replace

        replace(output, pieces)
        click.echo(f"{output}", err=True)
