"""SHACL's severities (SHACL §2.1.4) and ours."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from filmld.diagnostics import Severity
from filmld.turtle.terms import IRI, Term
from filmld.vocab import SH

_SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {SH + "Violation": Severity.ERROR, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}
)


def severity_of(term: Term | None) -> Severity:
    """What a shape's severity means; a shape without one, or with one of its own, finds errors."""
    return _SEVERITIES.get(term.value, Severity.ERROR) if isinstance(term, IRI) else Severity.ERROR
