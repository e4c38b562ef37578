"""All that is compiled, in the order of the standard."""

from typing import Final

from filmld.check.shapes.compiled import (
    cardinality,
    logical,
    others,
    pairs,
    queries,
    shape_based,
    strings,
    value_range,
    value_type,
)
from filmld.check.shapes.compiled.compiler import Chapter

CHAPTERS: Final[tuple[Chapter, ...]] = (
    value_type.constraints,
    cardinality.constraints,
    value_range.constraints,
    strings.constraints,
    pairs.constraints,
    logical.constraints,
    shape_based.constraints,
    others.constraints,
    queries.constraints,
)
