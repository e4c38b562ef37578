"""``filmld explain``."""

import click


@click.command(epilog="Example: filmld explain dangling-link")
@click.argument("code", required=False)
@click.pass_context
def command(ctx: click.Context, code: str | None) -> None:
    """Explain a rule: what it does, why it matters, and what to write instead; without CODE, list all."""
    from filmld.archive import Archive, Profile
    from filmld.check.registry import registry_of
    from filmld.check.shapes.files import ShapeFiles
    from filmld.diagnostics.registry import explain

    archive = Archive.open(ctx.obj)
    registry = registry_of(*(ShapeFiles.load(archive, profile) for profile in Profile))
    if code is None:
        width = max(map(len, registry))
        for rule in registry.values():
            click.echo(f"{rule.code:<{width}}  {rule.severity:<7}  {rule.summary}")
    elif code in registry:
        click.echo(explain(registry[code]).rstrip("\n"))
    else:
        import difflib

        close = difflib.get_close_matches(code, registry, n=1)
        hint = f"did you mean {close[0]}?" if close else "filmld explain lists all rules"
        message = f"there is no rule ‘{code}’; {hint}"
        raise click.BadArgumentUsage(message)
