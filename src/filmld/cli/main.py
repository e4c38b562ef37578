"""The ``filmld`` command, and the one place where every error ends."""

import importlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

import click

from filmld import __version__
from filmld.cli.leaving import OURS
from filmld.errors import FilmldError

INTERRUPTED: Final = 130
INTERNAL: Final = 3

COMMANDS: Final = MappingProxyType(
    {
        "build": "filmld.cli.build",
        "check": "filmld.cli.check",
        "explain": "filmld.cli.explain",
        "export": "filmld.cli.export",
        "fmt": "filmld.cli.fmt",
        "init": "filmld.cli.init",
        "new": "filmld.cli.new",
        "probe": "filmld.cli.probe",
        "query": "filmld.cli.query",
        "serve": "filmld.cli.serve",
        "verify": "filmld.cli.verify",
        "verify-embed": "filmld.cli.verify_embed",
    }
)
"""Each command lives in a module of its own, imported when it is asked for."""


class LazyGroup(click.Group):
    """Commands that are imported only when they are used, so that ``--help`` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, whose module has it as ``command``."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: filmld check && filmld build && filmld serve",
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The archive's folder; otherwise it is looked for from here upward.",
)
@click.version_option(__version__, prog_name="filmld", help="Show the version and exit.")
@click.pass_context
def cli(ctx: click.Context, root: Path | None) -> None:
    """Turn a folder of Turtle records about films into linked data: checked, published, queried."""
    ctx.meta[OURS] = bool(ctx.obj)
    ctx.obj = root


def main(*, is_ours: bool = False) -> NoReturn:
    """Run the command and exit: 0 clean, 1 findings, 2 usage or environment, 3 internal error, 130 ^C.

    Args:
        is_ours: Whether the process has nothing else to do, and may end as soon as the command has.
    """
    sys.exit(_ended(partial(cli.main, standalone_mode=False, prog_name="filmld", obj=is_ours)))


def end(error: BaseException) -> NoReturn:
    """Exit as if a command had raised this; for one that did without click."""

    def again() -> NoReturn:
        raise error

    sys.exit(_ended(partial(click.Command("filmld", callback=again).main, [], standalone_mode=False)))


def _ended(work: Callable[[], object]) -> int:
    try:
        result = work()
    except FilmldError as error:
        click.echo(f"filmld: {error.message}", err=True)
        if error.hint:
            click.echo(f"  help: {error.hint}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except OSError as error:
        click.echo(f"filmld: {error.filename or 'the output'} cannot be used: {error.strerror}", err=True)
        return FilmldError.exit_code
    except Exception:  # noqa: BLE001  the one broad handler: no traceback reaches a user unexplained
        _report()
        return INTERNAL
    return result if isinstance(result, int) else 0


def _report() -> None:
    import platform
    import traceback

    click.echo(
        "filmld: internal error; this is our mistake, not yours. Please report it with all that follows.\n"
        f"filmld {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{traceback.format_exc()}",
        err=True,
    )
