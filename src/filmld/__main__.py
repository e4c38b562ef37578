"""``python -m filmld`` is the ``filmld`` command."""

import gc
from typing import Final, NoReturn

_PATIENCE: Final = 50_000
"""So many objects are made before garbage is looked for: to start takes fewer, and they stay."""


def main() -> NoReturn:
    """Start the command; see :func:`filmld.cli.main.main`."""
    gc.set_threshold(_PATIENCE)
    from filmld.cli.main import main as command  # noqa: PLC0415  with more patience from here on

    command(is_ours=True)


if __name__ == "__main__":
    main()
