"""The rules that records are judged by, with their pages."""

from functools import lru_cache

from filmld.check import rules
from filmld.check.shapes import demands
from filmld.check.shapes.stated import Shapes
from filmld.diagnostics.registry import Registry, reader_rules


@lru_cache(maxsize=4)
def registry_of(*profiles: Shapes) -> Registry:
    """All rules: of the reader, of the modules, of the shapes; a shape may happen to have a code of ours."""
    known = reader_rules() | rules.registry() | demands.rules()
    for shapes in profiles:
        known |= Registry.of(rule for code, rule in shapes.rules.items() if code not in known)
    return known
