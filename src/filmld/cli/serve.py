"""``filmld serve``: pages and a SPARQL endpoint, for this computer or for everybody."""

from pathlib import Path

import click


@click.command("serve", epilog="Example: filmld serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 picks a free one.",
)
@click.option(
    "--snapshot",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Serve what filmld build has made, such as site/current, instead of the records.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Answer queries over this file (Turtle, N-Triples, N-Quads, TriG), without pages.",
)
@click.option(
    "--check",
    "checked",
    is_flag=True,
    help="Check the records first, and say on each page what was found; the server starts later.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Show a saved edit at once in the pages that are open, with what filmld check finds in it.",
)
@click.option(
    "--proxy",
    metavar="ADDRESS",
    help="The address of a web server in front of this one; its X-Forwarded-For says who asks.",
)
@click.pass_obj
def command(
    root: Path | None,
    host: str,
    port: int,
    snapshot: Path | None,
    data: tuple[Path, ...],
    proxy: str | None,
    *,
    checked: bool,
    watch: bool,
) -> int:
    """Serve the archive: its pages, its data in every form, and SPARQL at /sparql.

    Each query runs in a process of its own, with limits of time, memory and size, and without
    network; [limits] in the archive's configuration sets them.
    """
    from filmld.cli import serving

    if snapshot and data:
        message = "--snapshot and --data exclude each other"
        raise click.UsageError(message)
    if checked and (snapshot or data):
        message = "--check is for records; a snapshot has what the build found"
        raise click.UsageError(message)
    if watch and (snapshot or data):
        message = "--watch is for records: nobody edits a snapshot or plain data"
        raise click.UsageError(message)
    return serving.serve(
        root,
        host=host,
        port=port,
        snapshot=snapshot,
        data=data,
        proxy=proxy,
        wish=serving.Wish(checked=checked, watched=watch),
    )
