"""A running time is too short or too long to be one.

What it does:
    Finds running times under a second and over 24 hours. Over five hours is only remarked upon.

Why it matters:
    Minutes were taken for hours, or seconds for minutes.

Example:
    ```turtle
    film:moloch-1999
        schema:duration "PT108H"^^xsd:duration ;
    .
    ```

Instead:
    ```turtle
    film:moloch-1999
        schema:duration "PT108M"^^xsd:duration ;
    .
    ```
"""

import re
from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import literals
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.dates import minutes
from filmld.turtle.document import Document
from filmld.turtle.terms import Literal
from filmld.vocab import SCHEMA, XSD

CODE = "odd-running-time"
NAME = "Odd running time"
SEVERITY = Severity.WARNING

_LONG = 300
_LONGEST = 24 * 60
WATCHES = literals(SCHEMA + "duration")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each running time that hardly any film has."""
    del index
    for triple in document.triples:
        value = triple.object
        if (
            triple.predicate.value == SCHEMA + "duration"
            and isinstance(value, Literal)
            and value.datatype == XSD + "duration"
        ):
            severity, message = _judge(value.lexical)
            if message:
                words = Words(message=message, label=value.lexical, hint="compare it with the source")
                yield finding(CODE, severity, document, triple, words)


def is_sound(value: Literal) -> bool:
    """Say whether a running time is one that films have."""
    return value.datatype != XSD + "duration" or _judge(value.lexical)[1] is None


def _judge(text: str) -> tuple[Severity, str | None]:
    length = minutes(text)
    if length is None:
        return SEVERITY, f"The running time {text} counts in months or years" if re.search(
            r"\d[YM]", text
        ) else None
    if length > _LONGEST:
        return SEVERITY, f"A running time of {length // 60} hours is longer than a day"
    if length == 0 and not re.search(r"[1-9]\d*(?:\.\d+)?S", text):
        return SEVERITY, "A running time of nothing is none"
    if length > _LONG:
        return Severity.INFO, f"A running time of {length} minutes is more than five hours"
    return SEVERITY, None
