"""Languages by the names that catalogues give them, and the codes that records need."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arabic": "ar",
        "bengali": "bn",
        "cantonese": "yue",
        "chinese": "zh",
        "czech": "cs",
        "danish": "da",
        "deutsch": "de",
        "dutch": "nl",
        "english": "en",
        "estonian": "et",
        "finnish": "fi",
        "français": "fr",
        "french": "fr",
        "georgian": "ka",
        "german": "de",
        "greek": "el",
        "hebrew": "he",
        "hindi": "hi",
        "hungarian": "hu",
        "icelandic": "is",
        "italian": "it",
        "japanese": "ja",
        "korean": "ko",
        "latvian": "lv",
        "lithuanian": "lt",
        "mandarin": "cmn",
        "no dialogue": "zxx",
        "none": "zxx",
        "norwegian": "no",
        "persian": "fa",
        "polish": "pl",
        "portuguese": "pt",
        "romanian": "ro",
        "russian": "ru",
        "silent": "zxx",
        "spanish": "es",
        "suomi": "fi",
        "svenska": "sv",
        "swedish": "sv",
        "turkish": "tr",
        "ukrainian": "uk",
        "yiddish": "yi",
    }
)
"""Those that film catalogues name most; IETF BCP 47 has the rest."""

_BY_SCRIPT = {
    "Arab": "ar fa ur",
    "Armn": "hy",
    "Beng": "bn",
    "Cyrl": "be bg kk mk ru sr uk",
    "Deva": "hi mr",
    "Geor": "ka",
    "Grek": "el",
    "Hans": "cmn zh",
    "Hant": "yue",
    "Hebr": "he yi",
    "Jpan": "ja",
    "Kore": "ko",
    "Latn": "af az bs ca cs cy da de en es et eu fi fr ga gl hr hu id is it la lb lt lv ms mt nl no pl pt "
    "ro se sk sl sq sv tr vi",
    "Mlym": "ml",
    "Taml": "ta",
    "Telu": "te",
    "Thai": "th",
}
SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {code: script for script, codes in _BY_SCRIPT.items() for code in codes.split()}
)
"""The script that each of some languages is usually written in, by the usual codes of both.

It says what langcodes says, which takes as long to import as a record to check: nearly all records
name no other languages.
"""

SILENT: Final = "zxx"
"""Nothing is spoken, or written."""
