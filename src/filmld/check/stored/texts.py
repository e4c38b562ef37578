"""The text of a file as people are shown it."""

import re

from filmld.turtle.decoding import decode


def text_of(data: bytes, filename: str) -> str | None:
    """The text of a record; of what is not UTF-8, as far as people can make it out."""
    text, problems = decode(data, filename=filename)
    if text is None and any(problem.label for problem in problems):
        return guessed(data)
    return text


def guessed(data: bytes) -> str:
    """A text for excerpts: each byte that is not UTF-8 is shown as Windows-1252 would have it."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return re.sub(
        "[\udc80-\udcff]", lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )
