"""What ships with filmld: its shapes and its ontology, found wherever it is installed."""

from pathlib import Path

import filmld
from filmld.errors import ResourceMissingError


def resource_folder(name: str) -> Path:
    """Find a folder that ships with filmld, ``shapes`` or ``ontology``.

    A wheel carries them as ``filmld/data/…``; in a checkout, an editable installation
    included, they are the folders at its top.

    Raises:
        ResourceMissingError: The installation is broken.
    """
    package = Path(filmld.__file__).parent
    for folder in (package / "data" / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise ResourceMissingError(name)
