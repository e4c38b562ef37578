import pytest

from filmld.catalog.folding import beginnings, folded, words_of
from filmld.publish.folding import initial, sorting, without_article


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kilpeläinen", "kilpelainen"),
        ("Kilpela\u0308inen", "kilpelainen"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ﬁlm", "film"),
        ("ΛΌΓΟΣ", "λογοσ"),
        ("Ё", "\u0435"),
    ],
)
def test_case_and_diacritics_are_taken_away(text: str, plain: str) -> None:
    assert folded(text) == plain


def test_words_are_found_between_any_signs() -> None:
    assert words_of("“Wings” (Krylya): 1966!") == ("wings", "krylya", "1966")
    assert words_of("?! …") == ()


def test_a_name_in_another_script_is_found_by_latin_letters() -> None:
    assert {"голос", "golos", "сокурова", "sokurova"} <= set(beginnings("Голос Сокурова"))


def test_a_name_written_without_spaces_is_found_by_any_of_its_letters() -> None:
    assert {"東京物語", "京物語", "物語", "語"} == set(beginnings("東京物語"))


@pytest.mark.parametrize(
    ("title", "language", "listed"),
    [
        ("Die Brücke", "de", "Brücke"),
        ("Die Brücke", "en", "Die Brücke"),
        ("L'Avventura", "it", "Avventura"),
        ("L’Atalante", "fr", "Atalante"),
        ("Les Quatre Cents Coups", "fr-FR", "Quatre Cents Coups"),
        ("Un'anima divisa in due", "it", "anima divisa in due"),
        ("El espíritu de la colmena", "es", "espíritu de la colmena"),
        ("Det sjunde inseglet", "sv", "sjunde inseglet"),
        ("Se on siinä", "fi", "Se on siinä"),
        ("Das", "de", "Das"),
        ("‘The Kid’", "en", "Kid’"),
        ("Theatre", "en", "Theatre"),
        ("A Man Escaped", None, "A Man Escaped"),
    ],
)
def test_a_title_is_listed_without_its_article(title: str, language: str | None, listed: str) -> None:
    assert without_article(title, language) == listed


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Ädel", "Adler", "Åse", "Öl", "Olga", "Zola", "Ωmega", "Анна"]),
        ("de", ["Ädel", "Adler", "Åse", "Öl", "Olga", "Zola"]),
        ("fi", ["Adler", "Olga", "Zola", "Åse", "Ädel", "Öl"]),
        ("sv", ["Adler", "Olga", "Zola", "Åse", "Ädel", "Öl"]),
        ("da", ["Adler", "Olga", "Zola", "Ærø", "Øst", "Åse"]),
        ("es", ["nube", "nzz", "ñandú", "oca"]),
    ],
)
def test_names_come_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: sorting(name, language)) == names


def test_marks_and_capitals_decide_between_equals_only() -> None:
    assert sorted(["resumé b", "resume c", "resume a"], key=lambda name: sorting(name, "en")) == [
        "resume a",
        "resumé b",
        "resume c",
    ]


def test_each_name_has_a_letter_to_be_found_under() -> None:
    assert [initial(name, "fi") for name in ("Äiti", "“Anna”", "8½", "…", "Чапаев", "")] == [
        "Ä",
        "A",
        "#",
        "#",
        "Ч",
        "#",
    ]
