"""``python -m filmld`` is the ``filmld`` command."""

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, NoReturn

OBJECTS: "Final" = 50_000
"""So many objects are made before garbage is looked for: to start takes fewer, and they stay."""


def main() -> "NoReturn":
    """Start the command; see :func:`filmld.cli.main.main`."""
    gc.set_threshold(OBJECTS)
    try:
        from filmld.bundle import use  # noqa: PLC0415  with more patience for garbage, and for ^C

        use()
        code = _everyday()
        if code is None:
            from filmld.cli.main import main as command  # noqa: PLC0415  heavy

            command(is_ours=True)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  for the one handler
        from filmld.cli.main import end  # noqa: PLC0415  seldom needed

        end(error)
    sys.exit(code)


def _everyday() -> int | None:
    """Do what is done all day, and say how the program ends; nothing if it is something else."""
    from filmld.cli.everyday import everyday  # noqa: PLC0415  as above

    wishes = everyday(sys.argv[1:])
    if wishes is None:
        return None
    from filmld.cli.wishes import begin  # noqa: PLC0415  as above

    begun = begin(wishes, is_ours=True)
    from filmld.cli.checking import check  # noqa: PLC0415  as above; what was begun is at work by now

    return check(wishes, begun, is_ours=True)


if __name__ == "__main__":
    main()
