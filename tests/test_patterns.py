"""Regular expressions are compiled when they are used, and behave as if they had been compiled before."""

import re

import pytest

from filmld.patterns import regex


def test_a_pattern_does_what_the_compiled_one_does() -> None:
    late, compiled = regex(r"(\w+)@", re.ASCII), re.compile(r"(\w+)@", re.ASCII)
    for text in ("anna@b", "ä@b", "@", ""):
        assert late.findall(text) == compiled.findall(text)
        assert bool(late.match(text)) == bool(compiled.match(text))
    assert (late.pattern, late.groups, late.sub("-", "a@b")) == (compiled.pattern, 1, "-b")


def test_a_pattern_of_bytes_looks_into_bytes() -> None:
    assert regex(rb"\d+").findall(b"7 and 11") == [b"7", b"11"]


def test_a_pattern_is_compiled_at_its_first_use_and_once() -> None:
    late = regex("(")
    with pytest.raises(re.error):
        late.match("x")
    sound = regex("x+")
    assert sound.search is sound.search
