"""What backslashes mean in texts, links and names (RDF 1.1 Turtle §6.4)."""

import re

from filmld.patterns import regex

_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.?))", re.DOTALL)
_CHARACTERS = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_RESERVED = regex(r"\\(.)")
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF


class EscapeError(ValueError):
    """A backslash that means nothing, at ``offset`` of the written form."""

    def __init__(self, written: str, offset: int) -> None:
        super().__init__(written)
        self.written = written
        self.offset = offset


def unescape(written: str, *, characters: bool = True) -> str:
    r"""Replace UCHAR and, in texts, ECHAR.

    Args:
        written: What stands between the quotation marks or angle brackets.
        characters: Allow ``\n`` and its like; they have no meaning in an IRIREF.

    Raises:
        EscapeError: An escape is unknown, or names no character.
    """
    if "\\" not in written:
        return written

    def replace(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        if digits is None:
            character = _CHARACTERS.get(match[3]) if characters else None
        else:
            number = int(digits, 16)
            character = None if number in _SURROGATES or number > _LAST_CHARACTER else chr(number)
        if character is None:
            raise EscapeError(match[0], match.start())
        return character

    return _ESCAPE.sub(replace, written)


def unescape_name(local: str) -> str:
    """Replace PN_LOCAL_ESC; ``%20`` stays as it is."""
    return _RESERVED.sub(r"\1", local) if "\\" in local else local
