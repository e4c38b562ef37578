"""Findings as SARIF 2.1.0, the OASIS standard that code scanning services read.

Section numbers are those of the specification. A file is given relative to ``%SRCROOT%``,
which the reader of the log binds to its own checkout, so no path of this computer shows.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from filmld.diagnostics.as_json import shacl_details
from filmld.diagnostics.harmless import Json, in_order, strict_json
from filmld.diagnostics.model import Diagnostic, Fix, Related, Severity, Span
from filmld.diagnostics.registry import Registry, Rule, explain, explain_markdown
from filmld.patterns import regex

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://w3id.org/filmld/"
_ROOT = "%SRCROOT%"
_LEVELS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
# Surrogates but for those by which Python writes a byte of a file name that is no text (PEP 383).
_NO_BYTE = regex("[\ud800-\udc7f\udd00-\udfff]")
_BRACES = str.maketrans({"{": "{{", "}": "}}"})
_BRACKETS = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]"})


def render_sarif(findings: Iterable[Diagnostic], registry: Registry, *, version: str | None = None) -> str:
    """Write findings as a SARIF log of one run.

    Args:
        findings: In any order; they are written by place.
        registry: Gives the names and the pages of the rules.
        version: The version of filmld that found them.
    """
    ordered = in_order(findings)
    codes = sorted({finding.code for finding in ordered})
    log: dict[str, Json] = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(codes, registry, version)},
                "columnKind": "unicodeCodePoints",
                "defaultEncoding": "utf-8",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root folder of the archive."}}},
                "results": [_result(finding, codes.index(finding.code)) for finding in ordered],
            }
        ],
    }
    return strict_json(log, indent=2) + "\n"


def _driver(codes: Sequence[str], registry: Registry, version: str | None) -> dict[str, Json]:
    driver: dict[str, Json] = {"name": "filmld", "informationUri": _HOME}
    if version is not None:
        driver["version"] = version
    rules = [_descriptor(registry[code]) if code in registry else {"id": code} for code in codes]
    return {**driver, "rules": rules}


def _descriptor(rule: Rule) -> dict[str, Json]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.page.what_it_does or rule.summary},
        "help": {"text": explain(rule), "markdown": explain_markdown(rule)},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": dict(_LEVELS)[rule.severity]},
    }


def _result(finding: Diagnostic, rule_index: int) -> dict[str, Json]:
    hint = f"\nhelp: {finding.hint}" if finding.hint else ""
    result: dict[str, Json] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": dict(_LEVELS)[finding.severity],
        "message": _message(finding.message + hint),
        "locations": [_location(finding.filename, finding.span, finding.label)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_related(other)} for number, other in enumerate(finding.related, 1)
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.filename, finding.fix)]
    details = shacl_details(finding)
    return {**result, "properties": details} if details else result


def _related(related: Related) -> dict[str, Json]:
    return _location(related.filename, related.span, related.message)


def _location(filename: str, span: Span | None, message: str | None) -> dict[str, Json]:
    place: dict[str, Json] = {"artifactLocation": _artifact(filename)}
    if span is not None:
        place["region"] = _region(span)
    location: dict[str, Json] = {"physicalLocation": place}
    return {**location, "message": _message(message)} if message else location


def _artifact(filename: str) -> dict[str, Json]:
    """A URI relative to the root (§3.4.3); bytes that are no text keep their value.

    Of a file outside of the archive, whose path is nobody's business, only the name is told.
    """
    path = PurePosixPath(filename)
    relative = path.name if path.is_absolute() else str(path)
    nameable = _NO_BYTE.sub("\ufffd", relative)
    return {"uri": quote(nameable, safe="/", errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, Json]:
    """``endColumn`` is the first column after the region (§3.30.8), as in :class:`Span`."""
    (row, column), (end_row, end_column) = span
    return {"startLine": row, "startColumn": column, "endLine": end_row, "endColumn": end_column}


def _fix(filename: str, fix: Fix) -> dict[str, Json]:
    replacements: list[Json] = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    change: dict[str, Json] = {"artifactLocation": _artifact(filename), "replacements": replacements}
    return {"description": _message(fix.title), "artifactChanges": [change]}


def _message(text: str) -> dict[str, Json]:
    """A message as it is meant: no placeholders (§3.11.5), no links (§3.11.6)."""
    plain = text.translate(_BRACKETS) if "](" in text else text
    return {"text": plain.translate(_BRACES)}
