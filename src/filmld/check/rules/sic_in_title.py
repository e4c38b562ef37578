"""A title has a cataloguer's “[sic]” in it.

What it does:
    Finds titles and names that end in [sic] or [!].

Why it matters:
    The mark becomes a part of the title in lists and searches. The form as found has a place of its
    own, where it is searched for and never shown.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:name "The Voice of Sukorov [sic]"@en ;
    .
    ```

Instead:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:name "The Voice of Sokurov"@en ;
        fld:transcribedForm "The Voice of Sukorov"@en ;
    .
    ```
"""

import re
from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import literals
from filmld.diagnostics import Diagnostic, Severity
from filmld.patterns import regex
from filmld.turtle.document import Document
from filmld.turtle.terms import Literal
from filmld.vocab import SCHEMA

CODE = "sic-in-title"
NAME = "[sic] in a title"
SEVERITY = Severity.INFO

_SIC = regex(r"[\[(](?:sic!?|!)[\])]\s*$", re.IGNORECASE)
_NAMES = frozenset({SCHEMA + "name", SCHEMA + "alternateName"})
WATCHES = literals(*_NAMES)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each title with such a mark."""
    del index
    for triple in document.triples:
        name = triple.object
        if triple.predicate.value in _NAMES and isinstance(name, Literal) and _has_sic(name.lexical):
            words = Words(
                message="“[sic]” becomes a part of this title",
                label="a cataloguer’s remark",
                hint="write the title as it should be, and the form as found with fld:transcribedForm",
            )
            yield finding(CODE, SEVERITY, document, triple, words)


def _has_sic(name: str) -> bool:
    return name.rstrip().endswith(("]", ")")) and _SIC.search(name) is not None
