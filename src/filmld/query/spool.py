"""An archive's statements, laid down once for every worker that is ever started."""

import os
import tempfile
from typing import BinaryIO

from filmld.catalog import Catalog
from filmld.query.descriptors import above_standard


def spool(catalog: Catalog) -> BinaryIO:
    """Write a catalogue as N-Quads to a file without a name; whoever gets it closes it.

    The workers share the open file, so a replacement starts without the parent's help, and
    nothing is left behind however this process ends.
    """
    with tempfile.TemporaryFile() as nameless:
        file = os.fdopen(above_standard(os.dup(nameless.fileno())), "w+b")
    catalog.dump(file)
    file.flush()
    return file
