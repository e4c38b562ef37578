"""The shapes of an archive, ready to judge."""

from functools import lru_cache

from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.stated import Shapes


@lru_cache(maxsize=4)
def ready(shapes: Shapes) -> Compiled:
    """Compile shapes, once for as long as they are the same; each when it is needed, if all are sound.

    Raises:
        ShapesError: The shapes cannot be used.
    """
    return Compiled(shapes.graph, shapes.called, overview=shapes.overview)
