"""``filmld probe``."""

import click


@click.command(epilog="Example: filmld probe https://films.example.org/")
@click.argument("url")
@click.pass_context
def command(ctx: click.Context, url: str) -> None:
    """Ask a deployed site whether it answers as it should.

    URL is where the site lies: the archive's own address, or where a copy of it is tried out. Asked for are
    its first page, one record of each kind in every form, and all records that are out of use. Nothing else
    is connected to, and redirects are not followed.

    Exits with 1 if people or programs are led astray; what is only advice does not count.
    """
    from filmld.archive import Archive
    from filmld.catalog import Catalog
    from filmld.publish.rules import expectations
    from filmld.serve.probe import Expected, probe

    catalog = Catalog.load(Archive.open(ctx.obj))
    places, moves = expectations(catalog)
    expected = Expected(base=catalog.archive.config.base, places=places, moves=moves)
    found = []
    for fault in probe(url, expected):
        found.append(fault)
        mark = "" if fault.grave else "advice: "
        accept = "" if fault.accept == "*/*" else f" (Accept: {fault.accept})"
        click.echo(f"{fault.url}{accept}: {mark}{fault.problem}")
    grave = sum(fault.grave for fault in found)
    click.echo(f"{len(places)} records asked for, {grave} faults, {len(found) - grave} advice", err=True)
    ctx.exit(1 if grave else 0)
