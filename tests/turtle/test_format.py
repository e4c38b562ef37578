from collections import Counter
from pathlib import Path

import pytest

from filmld.turtle.format import UnformattableError, format_text
from filmld.turtle.reader import read

HEAD = "@prefix : <urn:> .\n"


def laid_out(text: str) -> str:
    result = format_text(HEAD + text)
    assert result.startswith(HEAD)
    assert format_text(result) == result
    return result.removeprefix(HEAD)


def test_every_value_has_a_line_that_names_its_property() -> None:
    assert laid_out(':a a :b , :c;:p "x"@en,"y"^^:d;.') == (
        ':a\n    a :b ;\n    a :c ;\n    :p "x"@en ;\n    :p "y"^^:d ;\n.\n'
    )


def test_brackets_with_several_statements_are_indented() -> None:
    assert laid_out(":a :p [ :p 1 ; :q [ :p 2 , 3 ] ] .") == (
        ":a\n    :p [\n        :p 1 ;\n"
        "        :q [\n            :p 2 ;\n            :p 3 ;\n        ] ;\n    ] ;\n.\n"
    )


def test_brackets_with_one_statement_and_short_lists_stay_on_their_line() -> None:
    assert laid_out(":a :p [\n :q :b\n] , (1   2\n3), [], ( ) .") == (
        ":a\n    :p [ :q :b ] ;\n    :p ( 1 2 3 ) ;\n    :p [] ;\n    :p () ;\n.\n"
    )


def test_a_long_list_has_a_line_for_each_item() -> None:
    long = f'"{"x" * 60}"'
    assert (
        laid_out(f":a :p ( {long} {long} ) .")
        == f":a\n    :p (\n        {long}\n        {long}\n    ) ;\n.\n"
    )


def test_nothing_is_sorted_and_prefixes_stay_as_written() -> None:
    text = "PREFIX z: <urn:z>\n@prefix b: <urn:b> .\nz:b z:c z:a .\nz:a z:b z:c .\n"
    assert format_text(text) == (
        "PREFIX z: <urn:z>\n@prefix b: <urn:b> .\nz:b\n    z:c z:a ;\n.\nz:a\n    z:b z:c ;\n.\n"
    )


def test_comments_stay_with_what_they_followed_or_on_their_own_line() -> None:
    assert laid_out(
        "# top\n:a # thing\n  :p 1 , # one\n  # before two\n  2 ; # two\n  # last\n . # end\n# tail"
    ) == (
        "# top\n:a # thing\n    :p 1 ; # one\n    # before two\n"
        "    :p 2 ; # two\n    # last\n. # end\n# tail\n"
    )


def test_a_comment_after_a_dot_on_the_line_of_a_value_stays_with_the_value() -> None:
    assert laid_out(":a :p 1 . # one\n# next\n:b :p 2 .") == (
        ":a\n    :p 1 ; # one\n.\n# next\n:b\n    :p 2 ;\n.\n"
    )


def test_comments_in_one_column_stay_in_it() -> None:
    text = ":a\n    :p 1 ;      # one\n    :q 22 ;     # two\n.\n"
    assert laid_out(text) == text


def test_one_blank_line_is_kept_and_several_become_one() -> None:
    assert laid_out("\n\n\n:a :p 1 ;\n\n\n   :q 2 .\n\n# c\n\n\n:b :p 1 .\n\n") == (
        "\n:a\n    :p 1 ;\n\n    :q 2 ;\n.\n\n# c\n\n:b\n    :p 1 ;\n.\n"
    )


def test_invisible_characters_are_written_as_escapes() -> None:
    assert laid_out(':a :p "a\u00a0b\u200bc\u202ed\u2066e" .') == (
        ':a\n    :p "a\\u00A0b\\u200Bc\\u202Ed\\u2066e" ;\n.\n'
    )


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_lines_end_in_line_feeds(line_end: str) -> None:
    text = HEAD + ':a :p """x\ny""" ; # c\n :q 1 .\n'
    assert format_text(text.replace("\n", line_end)) == format_text(text)
    assert "\r" not in format_text(text.replace("\n", line_end))


def test_a_text_with_mistakes_is_refused_with_the_mistakes() -> None:
    with pytest.raises(UnformattableError) as caught:
        format_text(HEAD + ":a :p word .")
    assert [found.code for found in caught.value.diagnostics] == ["syntax"]


def test_a_text_that_is_turtle_but_wrong_is_formatted() -> None:
    assert laid_out(':a :p "8.8.2014"^^<http://www.w3.org/2001/XMLSchema#date> .').startswith(":a\n")


def test_relative_links_need_no_base() -> None:
    assert format_text("<> a <#b> .") == "<>\n    a <#b> ;\n.\n"


def test_an_empty_text_stays_empty_and_a_comment_alone_stays() -> None:
    assert format_text("") == ""
    assert format_text("\n# c") == "# c\n"


def test_the_records_of_this_repository_are_in_the_house_style(root: Path) -> None:
    records = sorted((root / "records").rglob("*.ttl"))
    assert records
    changed = [
        path.name for path in records if format_text(path.read_text("utf-8")) != path.read_text("utf-8")
    ]
    assert changed == []


def wrongly_formatted(records: tuple[bytes, ...]) -> list[bytes]:
    wrong = []
    for data in records:
        before = read(data.decode(), base="https://films.example.org/x")
        text = format_text(before.text)
        after = read(text, base="https://films.example.org/x")
        comments = Counter(comment.text.rstrip() for comment in before.comments)
        same = before.triples == after.triples and comments == Counter(
            comment.text for comment in after.comments
        )
        if not (same and after.well_formed and format_text(text) == text):
            wrong.append(data)
    return wrong


def test_real_records_keep_their_triples_and_comments_and_settle_at_once(sample: tuple[bytes, ...]) -> None:
    assert len(sample) > 500
    assert wrongly_formatted(sample) == []


@pytest.mark.slow
def test_all_records_of_the_corpus_keep_their_triples_and_comments(corpus: tuple[bytes, ...]) -> None:
    assert len(corpus) == 36_273
    assert wrongly_formatted(corpus) == []
