"""Identifiers of other systems: what they look like, and their check characters.

Each ``check_…`` function says what is wrong, or ``None``.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from filmld.patterns import regex
from filmld.tuples import NamedTuple

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ISAN = regex(r"(?:ISAN[ :]?)?(.*)", re.IGNORECASE)
_EIDR = regex(r"10\.5240/((?:[0-9A-F]{4}-){5})([0-9A-Z])", re.IGNORECASE)


class Fault(NamedTuple):
    """What is wrong with an identifier, and what would be right if that is certain."""

    message: str
    label: str
    hint: str


def mod_37_36(digits: str) -> str:
    """The check character of ISO 7064 mod 37,36, as ISAN and EIDR use it.

    >>> mod_37_36("B7525B47DBBEE5D45A3F")
    'N'
    """
    product = 36
    for digit in digits.upper():
        total = (product + _DIGITS.index(digit)) % 36 or 36
        product = total * 2 % 37
    return _DIGITS[(37 - product) % 36]


def mod_11_2(digits: str) -> str:
    """The check character of ISO 7064 mod 11-2, as ISNI and ORCID use it.

    >>> mod_11_2("000000021825009")
    '7'
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004  the standard's own number


def gnd_check(digits: str) -> str:
    """The check character of a GND number: mod 11, weights 2, 3 … from the right.

    >>> gnd_check("11854023")
    '8'
    """
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), start=2))
    rest = -total % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004  the standard's own number


def check_isan(text: str) -> Fault | None:
    """ISAN (ISO 15706): 16 hexadecimal digits and a check character, then 8 and another for a version."""
    match = _ISAN.fullmatch(text.strip())
    plain = re.sub(r"[-\s]", "", match.group(1) if match else text).upper()
    shape = re.fullmatch(r"([0-9A-F]{16})(?:([0-9A-Z])(?:([0-9A-F]{8})([0-9A-Z])?)?)?", plain)
    if shape is None:
        return Fault(
            f"‘{text}’ is not an ISAN",
            "not 16 digits in groups of four",
            "an ISAN looks like 0000-0000-D07A-0090-Q",
        )
    root, check, version, version_check = shape.groups()
    expected = mod_37_36(root)
    if check and check != expected:
        return _mismatch("ISAN", check, expected)
    if version_check and version_check != mod_37_36(root + version):
        return _mismatch("ISAN", version_check, mod_37_36(root + version))
    return None


def check_eidr(text: str) -> Fault | None:
    """EIDR: ``10.5240/``, five groups of four hexadecimal digits, and a check character."""
    plain = text.strip().removeprefix("https://doi.org/").upper()
    match = _EIDR.fullmatch(plain)
    if match is None:
        return Fault(
            f"‘{text}’ is not an EIDR",
            "not 10.5240/ and five groups of four digits",
            "an EIDR looks like 10.5240/B752-5B47-DBBE-E5D4-5A3F-N",
        )
    expected = mod_37_36(match.group(1).replace("-", ""))
    return None if match.group(2) == expected else _mismatch("EIDR", match.group(2), expected)


def check_isni(text: str) -> Fault | None:
    """ISNI (ISO 27729) and ORCID: 15 digits and a check character."""
    plain = re.sub(r"[-\s]", "", text.strip().removeprefix("https://isni.org/isni/")).upper()
    if not re.fullmatch(r"\d{15}[\dX]", plain):
        return Fault(f"‘{text}’ is not an ISNI", "not 16 digits", "an ISNI looks like 0000 0001 2103 2683")
    expected = mod_11_2(plain[:15])
    return None if plain[15] == expected else _mismatch("ISNI", plain[15], expected)


def check_gnd(text: str) -> Fault | None:
    """GND: digits and a check character."""
    plain = text.strip().removeprefix("https://d-nb.info/gnd/").upper()
    if not re.fullmatch(r"\d{8,9}[\dX]", plain):
        # Hyphenated numbers follow another rule; they are left alone.
        hyphenated = re.fullmatch(r"\d{1,7}-[\dX]", plain)
        return None if hyphenated else _unlike("GND number", text, "118540238")
    expected = gnd_check(plain[:-1])
    return None if plain[-1] == expected else _mismatch("GND", plain[-1], expected)


def check_imdb(text: str) -> Fault | None:
    """IMDb: two letters for the kind and at least seven digits."""
    if re.fullmatch(r"(tt|nm|co)\d{7,}", text):
        return None
    digits = re.fullmatch(r"t?(\d{7,})", text)
    hint = (
        f"did you mean tt{digits.group(1)}?"
        if digits
        else "titles look like tt3726012, people like nm0812546"
    )
    return Fault(f"‘{text}’ is not an IMDb title number", "IMDb titles look like tt3726012", hint)


def check_wikidata(text: str) -> Fault | None:
    """Wikidata items: Q and a number."""
    return None if re.fullmatch(r"Q[1-9]\d*", text) else _unlike("Wikidata item", text, "Q18018956")


def check_viaf(text: str) -> Fault | None:
    """VIAF: up to 22 digits."""
    return None if re.fullmatch(r"[1-9]\d{0,21}", text) else _unlike("VIAF number", text, "96994048")


def _mismatch(system: str, found: str, expected: str) -> Fault:
    return Fault(
        f"The {system} check character does not match",
        f"‘{found}’ should be ‘{expected}’",
        f"compare with the printed {system}; one digit was probably mistyped",
    )


def _unlike(system: str, text: str, example: str) -> Fault:
    return Fault(f"‘{text}’ is not a {system}", f"not a {system}", f"a {system} looks like {example}")


CHECKS: Final[Mapping[str, Callable[[str], Fault | None]]] = MappingProxyType(
    {
        "eidr": check_eidr,
        "gnd": check_gnd,
        "imdb": check_imdb,
        "isan": check_isan,
        "isni": check_isni,
        "viaf": check_viaf,
        "wikidata": check_wikidata,
    }
)
"""By the name of the system, in lower case, as ``schema:propertyID`` gives it."""
