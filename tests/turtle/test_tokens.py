"""A narrower pattern says the same as the whole one, of texts that hold nothing beyond it."""

import re
import sys

import pytest

from filmld.turtle import tokens
from filmld.turtle.tokens import _BASE, _LATIN, _LATIN_BASE, _LATIN_MORE, _MORE, scan

LATIN = "".join(_LATIN.findall("".join(map(chr, range(sys.maxunicode + 1)))))
ASCII = "".join(map(chr, range(128)))


@pytest.mark.parametrize(
    ("letters", "narrow", "whole"),
    [
        (LATIN, _LATIN_BASE, _BASE),
        (LATIN, _LATIN_MORE, _MORE),
        (ASCII, "A-Za-z", _BASE),
        (ASCII, r"_\-0-9", _MORE),
    ],
)
def test_a_letter_belongs_to_names_by_both_patterns_or_neither(letters: str, narrow: str, whole: str) -> None:
    assert re.findall(f"[{narrow}]", letters) == re.findall(f"[{whole}]", letters)


@pytest.mark.parametrize(
    "text",
    [
        '@prefix é: <urn:é#> .\né:Kilpeläinen\u00ad é:a·b "“Kuu” – Mond…" ; é:ß.ø [] . <unclosed é\n',
        ":a :b\u00d7c :d\u00f7e ‘x’ ;\n",
    ],
)
def test_latin_texts_are_cut_the_same_by_both(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _LATIN.fullmatch(text)
    narrow = scan(text)
    monkeypatch.setattr(tokens, "_LATIN", re.compile("never"))
    whole = scan(text)
    assert (narrow.kinds, narrow.values) == (whole.kinds, whole.values)
    assert (narrow.comments, narrow.invisible) == (whole.comments, whole.invisible)
