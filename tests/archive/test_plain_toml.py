"""What is read without the library is what the library reads."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive.plain_toml import read_plain

PIECES = st.sampled_from(
    [
        *("base", "title", "paths", "a-b_1", "é", "a.b", '"quoted"', "'", '"', '""', '"""', "\\", '"\\n"'),
        *(
            '"https://films.example.org/"',
            '"Ünlü # no comment"',
            '"a, b"',
            '"a]"',
            "# comment",
            "# it's",
            "#",
        ),
        *(
            "[",
            "]",
            "[[",
            "]]",
            ",",
            "=",
            " = ",
            " ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\x00",
            "\x0b",
            "\x7f",
            "\u00a0",
        ),
        *(
            "0",
            "7",
            "042",
            "+1",
            "1_000",
            "0x1f",
            "1.5",
            "true",
            "1979-05-27",
            "{",
            "}",
            "9" * 19,
            "٣",
            "\ufeff",
        ),
    ]
)
KEYS = st.sampled_from(["base", "title", "paths", "limits", "a-b_1", "7"])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6).map(lambda text: f'"{text}"')
VALUES = (
    TEXTS
    | st.integers(0, 10**20).map(str)
    | st.lists(TEXTS, min_size=1).map(lambda all_: f"[{', '.join(all_)}]")
)
LINES = (
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}")
    | KEYS.map(lambda name: f"[{name}]")
    | st.just("")
    | st.text(max_size=4).map(lambda text: f"# {text}")
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.lists(LINES, max_size=6).map("\n".join))
def test_nothing_is_read_otherwise_than_by_the_library(text: str) -> None:
    plain = read_plain(text)
    assert plain is None or plain == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        (files("filmld.archive") / "starter" / "filmld.toml").read_text(encoding="utf-8"),
        'base = "https://films.example.org/"\r\nlanguages=["fi",\t"sv" ] # 2\r\n[paths]\r\nrecords = "a"\n',
        "[limits]\n\tquery_seconds\t=\t30\t# thirty\n[paths]  # none",
        "",
    ],
)
def test_what_archives_say_is_plain(text: str) -> None:
    plain = read_plain(text)
    assert plain is not None
    assert plain == tomllib.loads(text)
