"""The one door to all the ways in which findings are written."""

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from filmld.diagnostics.as_json import render_json
from filmld.diagnostics.concise import render_concise
from filmld.diagnostics.github import render_github
from filmld.diagnostics.model import Diagnostic
from filmld.diagnostics.registry import Registry
from filmld.diagnostics.sarif import render_sarif
from filmld.diagnostics.shacl import render_shacl
from filmld.diagnostics.text import Sources, render_text


class Format(StrEnum):
    """How findings are written, by the names of ``filmld check --format``."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    SHACL = "shacl"


def render(
    form: Format,
    findings: Iterable[Diagnostic],
    sources: Sources,
    registry: Registry,
    *,
    colour: bool = False,
    version: str | None = None,
) -> str:
    """Write findings in a format; the same findings always give the same text.

    Args:
        form: The format.
        findings: In any order.
        sources: Gives the text of a file, for excerpts; only ``text`` asks for it.
        registry: The rules, for their names and pages.
        colour: Whether ``text`` may use the colours of a terminal.
        version: The version of filmld, for ``sarif``.
    """
    match form:
        case Format.TEXT:
            return render_text(findings, sources, colour=colour)
        case Format.CONCISE:
            return render_concise(findings)
        case Format.JSON:
            return render_json(findings, registry)
        case Format.GITHUB:
            return render_github(findings)
        case Format.SARIF:
            return render_sarif(findings, registry, version=version)
        case Format.SHACL:
            return render_shacl(findings)
        case _:
            assert_never(form)
