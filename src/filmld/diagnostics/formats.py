"""The one door to all the ways in which findings are written; each is imported where it is wanted."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from filmld.diagnostics.model import Diagnostic

if TYPE_CHECKING:
    from filmld.diagnostics.registry import Registry
    from filmld.diagnostics.text import Sources


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
    sources: "Sources",
    registry: "Callable[[], Registry]",
    *,
    colour: bool = False,
    version: str | None = None,
) -> str:
    """Write findings in a format; the same findings always give the same text.

    Args:
        form: The format.
        findings: In any order.
        sources: Gives the text of a file, for excerpts; only ``text`` asks for it.
        registry: Gives the rules, for their names and pages; only ``json`` and ``sarif`` ask for them.
        colour: Whether ``text`` may use the colours of a terminal.
        version: The version of filmld, for ``sarif``.
    """
    match form:
        case Format.TEXT:
            from filmld.diagnostics.text import render_text

            return render_text(findings, sources, colour=colour)
        case Format.CONCISE:
            from filmld.diagnostics.concise import render_concise

            return render_concise(findings)
        case Format.JSON:
            from filmld.diagnostics.as_json import render_json

            return render_json(findings, registry())
        case Format.GITHUB:
            from filmld.diagnostics.github import render_github

            return render_github(findings)
        case Format.SARIF:
            from filmld.diagnostics.sarif import render_sarif

            return render_sarif(findings, registry(), version=version)
        case Format.SHACL:
            from filmld.diagnostics.shacl import render_shacl

            return render_shacl(findings)
        case _:
            assert_never(form)
