"""What is asked of a record: a bit for each rule, in the order of all, and one for shapes."""

from typing import Final

SHAPES: Final = 1 << 62
EVERY_RULE: Final = SHAPES - 1
EVERYTHING: Final = EVERY_RULE | SHAPES
