"""Findings about records: their model, their registry, and the ways they are printed."""

from filmld.diagnostics.model import (
    Diagnostic,
    Edit,
    Fix,
    Position,
    Related,
    Severity,
    Span,
    by_place,
    place_of,
)

__all__ = ["Diagnostic", "Edit", "Fix", "Position", "Related", "Severity", "Span", "by_place", "place_of"]
