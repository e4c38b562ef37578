"""``filmld verify``."""

from pathlib import Path

import click


@click.command(epilog="Example: filmld verify site/current")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path | None) -> None:
    """Compare a built snapshot with its manifest, file by file; the archive's current one if none is named.

    Exits with 1 if a file is missing, changed or not part of it.
    """
    from filmld.archive import Archive
    from filmld.publish.output import CURRENT
    from filmld.publish.verify import faults

    snapshot = folder or Archive.open(ctx.obj).site / CURRENT
    if (snapshot / CURRENT).is_symlink():
        snapshot = snapshot / CURRENT
    found = list(faults(snapshot))
    for fault in found:
        click.echo(fault)
    click.echo("the snapshot is as it was built" if not found else f"{len(found)} faults", err=True)
    ctx.exit(1 if found else 0)
