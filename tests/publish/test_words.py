import dataclasses
import json
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from filmld.archive.config import Config
from filmld.publish import frontend
from filmld.publish.pages.sparql import Setting
from filmld.publish.words import ENGLISH, known_languages, page_languages, words_in

OTHERS = sorted(known_languages() - {"en"})


def table(language: str) -> dict[str, object]:
    file = resources.files("filmld.publish").joinpath("languages", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def keys(value: object, path: str = "") -> set[str]:
    if not isinstance(value, dict):
        return {path}
    return {key for name, inner in value.items() for key in keys(inner, f"{path}/{name}")}


def test_german_and_finnish_are_there() -> None:
    assert {"de", "en", "fi"} <= known_languages()


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything_that_english_says_and_nothing_else(language: str) -> None:
    assert keys(table(language)) == keys(table("en"))


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_a_file_is_named_after_its_language(language: str) -> None:
    assert words_in(language).language == language


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_has_its_place_in_every_language(language: str) -> None:
    for field in dataclasses.fields(ENGLISH):
        english, other = getattr(ENGLISH, field.name), getattr(words_in(language), field.name)
        if isinstance(english, str):
            assert len(re.findall("{}", english)) == len(re.findall("{}", other)), field.name
            assert other.strip(), field.name
    for name in ("asking", "script"):
        english, other = getattr(ENGLISH, name), getattr(words_in(language), name)
        for key, text in english.items():
            assert len(re.findall("{}", text)) == len(re.findall("{}", other[key])), key
            assert other[key], key


@pytest.mark.parametrize("language", OTHERS)
def test_the_pages_that_ask_are_not_in_english_under_another_name(language: str) -> None:
    english, other = table("en"), table(language)
    for name in ("asking", "script"):
        ours, theirs = english[name], other[name]
        assert isinstance(ours, dict)
        assert isinstance(theirs, dict)
        assert {
            key for key in ours if ours[key] == theirs[key] and re.search(r"[a-z]{3}", ours[key])
        } == set()


def test_numbers_are_written_as_a_language_writes_them() -> None:
    assert ENGLISH.rows(1) == "1 row"
    assert ENGLISH.rows(30167) == "30,167 rows"
    assert words_in("de").rows(30167) == "30.167 Zeilen"
    assert words_in("fi").rows(30167) == "30\u00a0167 riviä"
    assert [words_in("fi").duration(each) for each in (0.0214, 1.5)] == ["21 ms", "1,50 s"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_not_english_under_another_name(language: str) -> None:
    english, other = table("en")["texts"], table(language)["texts"]
    assert isinstance(english, dict)
    assert isinstance(other, dict)
    assert {name for name in english if english[name] == other[name]} <= {"logo", "festivals"}


def test_an_archive_chooses_its_languages() -> None:
    assert page_languages(["fi", "en"]) == ("fi", "en")
    assert page_languages(["en-GB", "en", "DE"]) == ("en", "de")
    assert page_languages(["ja"]) == ("en",)


SCRIPTS = Path(frontend.__file__).parent / "web" / "src"


def test_the_scripts_say_what_there_is_and_nothing_is_left_unsaid() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.ts")))
    said = {key for call in re.findall(r"\bsay\(([^;]*?)[,)]", texts) for key in re.findall(r'"(\w+)"', call)}
    shown = {"bar", "line", "timeline", "map", "network", "table"}
    setting = Setting(
        config=Config(base="https://x.example/", title="X"), root="", endpoint=None, words=ENGLISH, folder=""
    )
    known = json.loads(setting.as_json())["words"]
    assert said - {"solutions", "boolean", "graph"} <= known.keys()
    assert set(ENGLISH.script) <= said | shown
