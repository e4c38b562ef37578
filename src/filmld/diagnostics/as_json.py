"""Findings as JSON, for programs.

The output is one array, one finding a line, in strict JSON and UTF-8. A finding is an object::

    code            string        the stable word, as for ``filmld explain``
    name            string        the name of the rule; the code where the rule is unknown
    severity        string        "error", "warning" or "info"
    message         string        one sentence
    hint            string|null   what to type instead
    filename        string        relative to the root of the archive, with "/"
    location        object|null   {"row", "column"}: 1-based integers, columns count code points
    end_location    object|null   the first place after the words concerned
    fix             object|null   {"title", "edits": [{"location", "end_location", "content"}]}
    url             string|null   the page of the rule

and, only where they apply::

    focusNode, value, sourceShape    string   a term in N-Triples form
    resultPath                       string   a property in N-Triples form, or a SHACL path
    sourceConstraintComponent        string   an IRI
    related                          array    [{"message", "filename", "location", "end_location"}]

A lone surrogate, which UTF-8 cannot hold, is written as the six characters of its escape.
"""

from collections.abc import Iterable

from filmld.diagnostics.harmless import Json, in_order, strict_json
from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related
from filmld.diagnostics.registry import Registry


def render_json(findings: Iterable[Diagnostic], registry: Registry) -> str:
    """Write findings as a JSON array; ``registry`` gives the names of the rules."""
    lines = [strict_json(_object(finding, registry)) for finding in in_order(findings)]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def shacl_details(finding: Diagnostic) -> dict[str, Json]:
    """What SHACL says of a finding, by SHACL's names, as far as it applies."""
    details: dict[str, Json] = {
        "focusNode": finding.focus_node,
        "resultPath": finding.result_path,
        "value": finding.value,
        "sourceShape": finding.source_shape,
        "sourceConstraintComponent": finding.source_constraint_component,
    }
    return {name: value for name, value in details.items() if value is not None}


def _object(finding: Diagnostic, registry: Registry) -> dict[str, Json]:
    related: dict[str, Json] = (
        {"related": [_related(other) for other in finding.related]} if finding.related else {}
    )
    return {
        "code": finding.code,
        "name": registry.name_of(finding.code),
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "filename": finding.filename,
        "location": _position(finding.span.start) if finding.span else None,
        "end_location": _position(finding.span.end) if finding.span else None,
        "fix": _fix(finding.fix) if finding.fix else None,
        "url": registry.url_of(finding.code),
        **shacl_details(finding),
        **related,
    }


def _position(position: Position) -> dict[str, Json]:
    return {"row": position.row, "column": position.column}


def _fix(fix: Fix) -> dict[str, Json]:
    return {"title": fix.title, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Json]:
    start, end = edit.span
    return {"location": _position(start), "end_location": _position(end), "content": edit.text}


def _related(related: Related) -> dict[str, Json]:
    return {
        "message": related.message,
        "filename": related.filename,
        "location": _position(related.span.start) if related.span else None,
        "end_location": _position(related.span.end) if related.span else None,
    }
