"""What is known of languages beforehand is what langcodes says of them."""

import langcodes
import pytest

from filmld.check.languages import CODES, SCRIPTS, SILENT


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_a_language_known_beforehand_is_as_langcodes_has_it(code: str) -> None:
    assert langcodes.tag_is_valid(code)
    assert langcodes.standardize_tag(code) == code
    assert langcodes.Language.get(code).maximize().script == SCRIPTS[code]


def test_the_code_of_silence_is_usual() -> None:
    assert langcodes.tag_is_valid(SILENT)
    assert langcodes.standardize_tag(SILENT) == SILENT


def test_the_languages_that_catalogues_name_most_are_known_beforehand() -> None:
    assert set(CODES.values()) - {SILENT} <= set(SCRIPTS)
