"""A link leads to a record of this archive that does not exist.

What it does:
    Finds links to a record of this archive that does not exist, or to a `#part` that its record does
    not describe.

Why it matters:
    Whoever follows the link finds nothing: the person's page lacks the film, and the film's page lacks
    the name.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:director person:leena-kilpelinen ;
    .
    ```

Instead:
    Correct the identifier, or make a record for the person:

    ```turtle
    film:the-voice-of-sokurov-2014
        schema:director person:leena-kilpelainen ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import Use
from filmld.check.wording import known_as, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

CODE = "dangling-link"
NAME = "Dangling link"
SEVERITY = Severity.ERROR

_MAKE = "make the record, or correct the identifier"
ADDRESSES = frozenset(SCHEMA + name for name in ("url", "contentUrl", "thumbnailUrl", "embedUrl"))
"""Properties whose values are addresses of files, not names of things."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each link into this archive that leads nowhere."""
    for triple in document.triples:
        target = triple.object
        if isinstance(target, IRI) and triple.predicate.value not in ADDRESSES and index.is_missing(target):
            yield finding(CODE, SEVERITY, document, triple, _words(target, document, index))


def _words(target: IRI, document: Document, index: Index) -> Words:
    name = written(target, document)
    similar = index.similar(target)
    if "#" in target.value:
        message, label = f"Nothing is called {name} in its record", "this is described nowhere"
    else:
        kind = target.value.removeprefix(index.base).partition("/")[0]
        message, label = f"There is no record for {name}", f"no {kind} has this identifier"
    if similar is None:
        hint = "describe it, or correct the identifier" if "#" in target.value else _MAKE
        return Words(message=message, label=label, hint=hint)
    better = written(similar, document)
    known = f" ({known_as(similar, index)})" if "#" not in target.value else ""
    return Words(message=message, label=label, hint=f"did you mean {better}{known}?", replace=better)


def _can_concern(use: Use, index: Index) -> bool:
    del index
    return use.sort is IRI and use.predicate not in ADDRESSES


WATCHES = _can_concern
