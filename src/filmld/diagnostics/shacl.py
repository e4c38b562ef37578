"""Findings as a SHACL validation report in Turtle, with their places.

Findings of the text, which no shape makes, are results too. SHACL demands a focus node and a
constraint component of every result (§3.6.2), so theirs are a blank node for the file and
``fld:RuleConstraintComponent``; ``fld:code`` names the rule. The terms in ``fld:`` are
``code``, ``file``, ``row``, ``column``, ``endRow``, ``endColumn``, ``hint``, ``note``,
``fix``, ``related`` and ``RuleConstraintComponent``; ``related`` leads to a node with a
``file``, its place and a ``rdfs:comment``.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from filmld.diagnostics.harmless import encodable, in_order, is_unsafe
from filmld.diagnostics.model import Diagnostic, Related, Severity, Span
from filmld.patterns import regex
from filmld.vocab import FLD, RDFS, SH

_SEVERITIES = (
    (Severity.ERROR, "sh:Violation"),
    (Severity.WARNING, "sh:Warning"),
    (Severity.INFO, "sh:Info"),
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_BASIC_PLANE: Final = 0xFFFF

# N-Triples §7, as strict as the most exacting parser wants it.
_IRI = r'<[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>"{}|^`\\\[\]%]|%[0-9A-Fa-f]{2})*>'
_STRING = r'"(?:[^"\\\n\r]|\\(?:[tbnrf"\'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))*"'
_LITERAL = rf"{_STRING}(?:@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*|\^\^{_IRI})?"
_GROUND = regex(f"{_IRI}|{_LITERAL}")
_BLANK = regex(r"_:(?P<label>\w(?:[\w.-]*[\w-])?)")
_PATH_TOKEN = regex(rf"\s*({_IRI}|sh:[A-Za-z]+|[\[\]()])")
_CLOSERS = (("[", "]"), ("(", ")"))


def render_shacl(findings: Iterable[Diagnostic]) -> str:
    """Write a ``sh:ValidationReport``; blank nodes of different files stay different."""
    ordered = in_order(findings)
    report = [
        "a sh:ValidationReport",
        f"sh:conforms {'false' if ordered else 'true'}",
        *(f"sh:result _:result{number}" for number in range(1, len(ordered) + 1)),
    ]
    names = _Names()
    results = [
        _subject(f"_:result{number}", _statements(finding, names))
        for number, finding in enumerate(ordered, 1)
    ]
    files = [_subject(node, [f"fld:file {_string(name)}"]) for name, node in names.files()]
    prefixes = "".join(
        f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in (("fld", FLD), ("rdfs", RDFS), ("sh", SH))
    )
    return "\n".join([prefixes, _subject("_:report", report), *results, *files])


class _Names:
    """Blank nodes of one report, numbered as they come up."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[str, str], str] = {}
        self._files: dict[str, str] = {}

    def node(self, scope: str, label: str) -> str:
        """A label means something within one file only."""
        return self._nodes.setdefault((scope, label), f"_:node{len(self._nodes) + 1}")

    def file(self, filename: str) -> str:
        return self._files.setdefault(filename, f"_:file{len(self._files) + 1}")

    def files(self) -> Iterable[tuple[str, str]]:
        return self._files.items()


def _subject(node: str, statements: Iterable[str]) -> str:
    return node + "".join(f"\n    {statement} ;" for statement in statements) + "\n    .\n"


def _statements(finding: Diagnostic, names: _Names) -> Iterator[str]:
    record = finding.filename
    yield "a sh:ValidationResult"
    focus = finding.focus_node
    yield f"sh:focusNode {_term(focus, record, names) if focus is not None else names.file(record)}"
    if finding.result_path is not None and _is_path(finding.result_path):
        yield f"sh:resultPath {finding.result_path}"
    if finding.value is not None:
        yield f"sh:value {_term(finding.value, record, names)}"
    if finding.source_shape is not None:
        yield f"sh:sourceShape {_term(finding.source_shape, 'shapes graph', names)}"
    yield f"sh:sourceConstraintComponent {_component(finding)}"
    yield f"sh:resultSeverity {dict(_SEVERITIES)[finding.severity]}"
    yield f"sh:resultMessage {_string(finding.message)}"
    yield f"fld:code {_string(finding.code)}"
    yield from _place(record, finding.span)
    yield from _remarks(finding)


def _remarks(finding: Diagnostic) -> Iterator[str]:
    if finding.hint is not None:
        yield f"fld:hint {_string(finding.hint)}"
    yield from (f"fld:note {_string(note)}" for note in finding.notes)
    if finding.fix is not None:
        yield f"fld:fix {_string(finding.fix.title)}"
    yield from (f"fld:related [ {' ; '.join(_related(other))} ]" for other in finding.related)


def _related(related: Related) -> Iterator[str]:
    yield from _place(related.filename, related.span)
    yield f"rdfs:comment {_string(related.message)}"


def _place(filename: str, span: Span | None) -> Iterator[str]:
    yield f"fld:file {_string(filename)}"
    if span is not None:
        (row, column), (end_row, end_column) = span
        yield f"fld:row {row}"
        yield f"fld:column {column}"
        yield f"fld:endRow {end_row}"
        yield f"fld:endColumn {end_column}"


def _component(finding: Diagnostic) -> str:
    component = f"<{(finding.source_constraint_component or '').strip('<>')}>"
    return component if re.fullmatch(_IRI, component) else "fld:RuleConstraintComponent"


def _term(term: str, scope: str, names: _Names) -> str:
    """Write a term as it is; what is no term, such as the very address complained of, as a text."""
    if blank := _BLANK.fullmatch(term):
        return names.node(scope, blank["label"])
    return _escaped(term) if _GROUND.fullmatch(term) else _string(term)


def _is_path(path: str) -> bool:
    """Say whether a path can be written as it is: IRIs and terms of SHACL in matching brackets."""
    expected: list[str] = []
    at, end = 0, len(path.rstrip())
    while at < end:
        token = _PATH_TOKEN.match(path, at)
        if token is None:
            return False
        at = token.end()
        if token[1] in dict(_CLOSERS):
            expected.append(dict(_CLOSERS)[token[1]])
        elif token[1] in "])" and (not expected or expected.pop() != token[1]):
            return False
    return bool(path.strip()) and not expected


def _string(text: str) -> str:
    return f'"{_escaped(encodable(text).translate(_ESCAPES))}"'


def _escaped(text: str) -> str:
    """Write what cannot be seen as the escapes of Turtle, which mean the same in texts and IRIs."""
    return "".join(_escape(c) if is_unsafe(c) else c for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\U{code:08X}" if code > _BASIC_PLANE else f"\\u{code:04X}"
