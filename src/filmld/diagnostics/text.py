"""Findings as people read them: a sentence, the words underlined, what to type instead.

records/film/moloch-1999.ttl:9:5: error[unknown-prefix]: The prefix ‘scheam:’ is not declared in this file
  |
9 |     scheam:director person:alexander-sokurov ;
  |     ^^^^^^^
  = help: did you mean ‘schema:’? (fixable)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from filmld.diagnostics.excerpt import excerpt, rows_of
from filmld.diagnostics.harmless import in_order, one_line
from filmld.diagnostics.model import Diagnostic, Related, Severity

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_FRAME = "\x1b[34m"
_COLOURS = ((Severity.ERROR, "\x1b[1;31m"), (Severity.WARNING, "\x1b[1;33m"), (Severity.INFO, "\x1b[1;36m"))

Sources = Callable[[str], str | None]
"""Gives the text of a file by the name that findings show, or ``None`` where it cannot be had."""


def render_text(
    findings: Iterable[Diagnostic], sources: Sources, *, colour: bool = False, width: int = 100
) -> str:
    """Write findings with their excerpts, a blank line after each.

    Args:
        findings: In any order; they are written by place.
        sources: Where the excerpts come from.
        colour: Whether to use the colours of a terminal.
        width: How many columns of a line an excerpt shows at most.
    """
    paint = _painted if colour else _plain
    return "".join(
        _block(finding, rows, paint, width)
        for filename, group in groupby(in_order(findings), key=lambda finding: finding.filename)
        for rows in [rows_of(sources(filename))]
        for finding in group
    )


Paint = Callable[[str, str], str]


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"{style}{text}{_RESET}" if text else text


def _block(finding: Diagnostic, rows: Sequence[str], paint: Paint, width: int) -> str:
    lines = [_header(finding, paint), *_body(finding, rows, paint, width), ""]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _header(finding: Diagnostic, paint: Paint) -> str:
    style = dict(_COLOURS)[finding.severity]
    place = paint(_place(finding), _BOLD)
    kind = paint(f"{finding.severity}[{one_line(finding.code)}]", style)
    return f"{place}: {kind}: {paint(one_line(finding.message), _BOLD)}"


def _place(finding: Diagnostic | Related) -> str:
    name = one_line(finding.filename)
    if finding.span is None:
        return name
    return f"{name}:{finding.span.start.row}:{finding.span.start.column}"


def _body(finding: Diagnostic, rows: Sequence[str], paint: Paint, width: int) -> Iterator[str]:
    gutter = len(str(finding.span.start.row)) if finding.span else 1
    shown = excerpt(rows, finding.span, width) if finding.span else None
    if shown is not None and finding.span is not None:
        row, pad = str(finding.span.start.row), " " * gutter
        label = " ".join(part for part in (one_line(finding.label or ""), shown.runs_on) if part)
        carets = paint(f"{'^' * shown.caret_width} {label}".rstrip(), dict(_COLOURS)[finding.severity])
        yield paint(f"{pad} |", _FRAME)
        yield f"{paint(f'{row} |', _FRAME)} {shown.text}"
        yield f"{paint(f'{pad} |', _FRAME)} {' ' * shown.caret_column}{carets}"
    for word, text in _remarks(finding):
        yield f"{' ' * gutter} {paint(f'= {word}:', _BOLD)} {text}"


def _remarks(finding: Diagnostic) -> Iterator[tuple[str, str]]:
    hint = finding.hint or (finding.fix.title if finding.fix else "")
    first, *others = hint.splitlines() or [""]
    if first:
        yield "help", one_line(first) + (" (fixable)" if finding.fix else "")
    yield from (("help", one_line(other)) for other in others if other)
    yield from (("note", one_line(note)) for note in finding.notes)
    yield from (("see", f"{_place(related)}: {one_line(related.message)}") for related in finding.related)
