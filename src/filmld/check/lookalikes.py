"""Letters of other scripts that look like Latin ones, and get into names by way of another keyboard."""

import unicodedata
from typing import Final

_LOOKALIKES: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406"
    "\u03bf\u03b1\u03bd\u03c1\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijsdABEKMHOPCTYXIoavpABEZHIKMNOPTYX",
)


def latin(name: str) -> str:
    """A name with each letter that looks like a Latin one replaced by that.

    >>> latin("n\u0430me")
    'name'
    """
    return name.translate(_LOOKALIKES)


def strangers(name: str) -> str:
    """A sentence about the letters that are not what they seem; empty if there are none.

    >>> strangers("n\u0430me") == " The letter ‘\u0430’ in it is Cyrillic"
    True
    """
    found = dict.fromkeys(letter for letter in name if latin(letter) != letter)
    scripts = (
        f"‘{letter}’ in it is {unicodedata.name(letter).partition(' ')[0].capitalize()}" for letter in found
    )
    return "".join(f" The letter {script}" for script in scripts)
