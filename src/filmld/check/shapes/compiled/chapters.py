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
    *(
        Chapter(module.constraints, module.PARAMETERS)
        for module in (
            value_type,
            cardinality,
            value_range,
            strings,
            pairs,
            logical,
            shape_based,
            others,
        )
    ),
    Chapter(queries.constraints),
)
