"""What can be odd about links and texts, told in an instant; :mod:`filmld.turtle.lint` says what it is."""

import unicodedata

from filmld.patterns import regex
from filmld.turtle import iris
from filmld.turtle.mojibake import GARBLED

# Characters that XML and HTML cannot hold, so that no page could show them.
CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
BIDI = regex("[\u202a-\u202e\u2066-\u2069]")
_SUSPECT = regex(f"{CONTROL.pattern}|{BIDI.pattern}")
JOINERS = regex("[\u200c\u200d\ufeff]")
ODD_CHARACTERS = (_SUSPECT.pattern, GARBLED.pattern, JOINERS.pattern)
"""What :func:`is_garbled` and :func:`has_joiners` look for, beside letters apart from their accents."""
_UNSAFE_SCHEMES = ("javascript:", "data:", "vbscript:")
OLD_SCHEMA = ("http://schema.org/", "http://www.schema.org/", "https://www.schema.org/")
ORDINARY = regex(r"https?://(?!(?:www\.)?schema\.org/)(?:[a-z0-9-]+\.)+[a-z]+[/#]|https://schema\.org/")
"""Most links: nothing can be wrong with their scheme or host."""
LANGUAGE_MARK = regex(r"@[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*+")
"""A LANGTAG (144s) whose parts are no longer than BCP 47 allows."""


def is_odd_link(iri: str) -> bool:
    """Say whether something is wrong with the scheme or the host of a link."""
    if ORDINARY.match(iri):
        return False
    is_unsafe = iri[:11].lower().startswith(_UNSAFE_SCHEMES)
    return iri.startswith(OLD_SCHEMA) or is_unsafe or iris.host_fault(iri) is not None


def is_garbled(text: str) -> bool:
    """Say whether a text has characters that should not be there, or letters apart from their accents."""
    return bool(_SUSPECT.search(text) or GARBLED.search(text) or not unicodedata.is_normalized("NFC", text))


def has_joiners(text: str) -> bool:
    """Say whether a text has characters that nobody sees and that names may contain by the grammar."""
    return JOINERS.search(text) is not None
