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
