"""Texts that were UTF-8 once, and were then read as Windows-1252."""

import re

from filmld.patterns import regex

# The characters that Windows-1252 (and, in its five gaps, ISO 8859-1) shows for the bytes 0x80 to 0xBF.
_SHOWN = {chr(byte): byte for byte in range(0x80, 0xA0) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D}} | {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0x100)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_FOLLOWERS = "".join(re.escape(character) for character, byte in _SHOWN.items() if byte < 0xC0)  # noqa: PLR2004 - UTF-8
GARBLED = regex(
    f"[\u00c2-\u00df][{_FOLLOWERS}]|[\u00e0-\u00ef][{_FOLLOWERS}]{{2}}|[\u00f0-\u00f4][{_FOLLOWERS}]{{3}}"
)
"""What one character of UTF-8 turned into."""


def mend(text: str) -> str:
    """Put right what was garbled, as often as it was; the rest of the text stays.

    >>> mend("Sokurovin Ã¤Ã¤ni")
    'Sokurovin ääni'
    """
    return GARBLED.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    try:
        return bytes(_SHOWN[character] for character in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
