"""From the bytes of a file to text, or to a word about what the file is instead."""

import re
import unicodedata

from filmld.diagnostics.model import Diagnostic, Position, Severity, Span
from filmld.patterns import regex
from filmld.turtle.lines import Lines

SIZE_LIMIT = 16 * 1024 * 1024
"""Larger files are not read: a record of a film has a few thousand characters."""

_BOM = b"\xef\xbb\xbf"
_START = Span(Position(1, 1), Position(1, 1))
_MAGIC = (
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
)
_MARKUP = regex(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?P<tag><!doctype\s+html|<html|<rdf:rdf|<\?xml|<!doctype)",
    re.IGNORECASE | re.DOTALL,
)
_JSON = regex(rb'\s*(?:\{\s*"|\[\s*\{)')
_HEAD = 4096
_MANY_CONTROLS = 0.1
_CONTROLS = bytes(frozenset(range(32)) - {9, 10, 12, 13})


def decode(data: bytes, *, filename: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode a record as UTF-8, strictly.

    Returns:
        The text without a byte order mark, and what there is to say about it; ``None`` for the
        text if there is nothing to read.
    """
    refusal = _refusal(data, filename)
    if refusal:
        return None, (refusal,)
    findings: tuple[Diagnostic, ...] = ()
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        findings = (_byte_order_mark(filename),)
    try:
        return data.decode("utf-8"), findings
    except UnicodeDecodeError as error:
        return None, (*findings, _not_utf8(data, error, filename))


def _refusal(data: bytes, filename: str) -> Diagnostic | None:
    if len(data) > SIZE_LIMIT:
        return Diagnostic(
            code="too-large",
            severity=Severity.ERROR,
            message=f"This file has {len(data):,} bytes; a record may have {SIZE_LIMIT:,}",
            filename=filename,
            span=_START,
            hint="put long texts, images and other files beside the records, and link to them",
            notes=("nothing in the file was checked",),
        )
    wide = _wide(data[:_HEAD])
    if wide:
        return Diagnostic(
            code="encoding",
            severity=Severity.ERROR,
            message=f"This file is not saved as UTF-8; it looks like {wide}",
            filename=filename,
            span=_START,
            hint="save the file again as UTF-8 (in Notepad: Save As → Encoding → UTF-8)",
            notes=("nothing in the file was checked",),
        )
    format_ = _format(data[:_HEAD])
    if format_ is None:
        return None
    return Diagnostic(
        code="not-turtle",
        severity=Severity.ERROR,
        message=f"This is not a Turtle file; it looks like {format_}",
        filename=filename,
        span=_START,
        hint="give it the right ending, and keep it outside the folder of records",
        notes=("nothing in the file was checked",),
    )


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 and UTF-32, with or without their mark."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    pairs = len(head) // 2
    if pairs > 1 and max(head[::2].count(0), head[1::2].count(0)) > pairs // 2:
        return "UTF-16"
    return None


def _format(head: bytes) -> str | None:
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    match = _MARKUP.match(head.removeprefix(_BOM))
    if match:
        tag = match["tag"].lower()
        if b"html" in tag:
            return "a web page (HTML)"
        return "RDF/XML" if tag == b"<rdf:rdf" or b"<rdf:RDF" in head else "an XML file"
    if _JSON.match(head):
        return "JSON or JSON-LD"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "a binary file" if controls > len(head) * _MANY_CONTROLS else None


def _byte_order_mark(filename: str) -> Diagnostic:
    return Diagnostic(
        code="byte-order-mark",
        severity=Severity.WARNING,
        message="This file begins with an invisible byte order mark",
        filename=filename,
        span=_START,
        hint="filmld fmt removes it; or save the file as UTF-8 without BOM",
    )


def _not_utf8(data: bytes, error: UnicodeDecodeError, filename: str) -> Diagnostic:
    before = data[: error.start].decode("utf-8")
    start = Lines(before).position(len(before))
    byte = data[error.start : error.start + 1]
    elsewhere = byte.decode("cp1252", errors="ignore")
    label = f"byte 0x{byte.hex().upper()} is not valid here"
    if elsewhere and unicodedata.category(elsewhere) != "Cc":
        label += f"; in Windows-1252 it would be ‘{elsewhere}’"
    count = data.decode("utf-8", errors="replace").count("\ufffd") - data.count("\ufffd".encode())
    affected = "1 place is" if count == 1 else f"{count:,} places are"
    return Diagnostic(
        code="encoding",
        severity=Severity.ERROR,
        message="This file is not saved as UTF-8",
        filename=filename,
        span=Span(start, Position(start.row, start.column + 1)),
        label=label,
        hint="save the file again as UTF-8 (in Notepad: Save As → Encoding → UTF-8)",
        notes=(f"{affected} affected; nothing else in the file was checked",),
    )
