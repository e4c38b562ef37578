"""The name of a file does not fit what the file describes.

What it does:
    Finds files that describe something of this archive, but not what their name promises: the file
    `records/film/moloch-1999.ttl` is the record of `https://…/film/moloch-1999`.

Why it matters:
    Pages, links and searches find a record by its name. What is described under another name gets no
    page of its own.

Example:
    ```turtle
    # records/film/moloch.ttl
    film:moloch-1999
        a schema:Movie ;
    .
    ```

Instead:
    Rename the file, or correct the identifier:

    ```turtle
    # records/film/moloch-1999.ttl
    film:moloch-1999
        a schema:Movie ;
    .
    ```
"""

import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from filmld.check.index import Index
from filmld.check.watching import anything
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI

CODE = "file-name"
NAME = "File name"
SEVERITY = Severity.ERROR
WATCHES = anything


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding if a file describes things of this archive, and none that it is named after."""
    home = index.homes.get(document.filename)
    described = [
        subject
        for subject in index.graph(document).subjects()
        if isinstance(subject, IRI) and index.is_own(subject)
    ]
    if home is None or any(_same(subject.value.partition("#")[0], home) for subject in described):
        return
    main = next((subject for subject in described if "#" not in subject.value), None)
    if main is None or len(index.describing(main)) > 1:
        return
    name = document.filename.rpartition("/")[2]
    place = f"records/{unquote(main.value.removeprefix(index.base))}.ttl"
    yield Diagnostic(
        code=CODE,
        severity=SEVERITY,
        message=f"The file {name} describes {written(main, document)}, which its name does not say",
        filename=document.filename,
        span=document.span(main),
        label="the file should be named after this",
        hint=f"rename the file to {place}, or correct the identifier",
        focus_node=str(main),
    )


def _same(iri: str, home: str) -> bool:
    return _plain(iri) == _plain(home)


def _plain(iri: str) -> str:
    return unicodedata.normalize("NFC", unquote(iri))
