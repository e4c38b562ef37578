"""Names are found by their words, however these are written."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive import Archive
from filmld.catalog import Catalog, folding
from filmld.catalog.searching import LONGEST_WORD, WORD, beginnings, words
from filmld.vocab import FLD

RECORD = """\
@prefix schema: <https://schema.org/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
<https://x.example/film/taurus-2000> a schema:Movie ;
  schema:name "Телец"@ru , "Taurus"@en ;
  schema:alternateName "L’Étoile du Taureau"@fr ;
  fld:title <https://x.example/film/taurus-2000#title> .
<https://x.example/film/taurus-2000#title> schema:name "Stier, Der"@de .
<https://x.example/film/taurus-2000#review> a schema:Review ; schema:name "Unrelated" .
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("named")
    (folder / "filmld.toml").write_text('base = "https://x.example/"\n', encoding="utf-8")
    path = folder / "records" / "film" / "taurus-2000.ttl"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD, encoding="utf-8")
    return Catalog.load(Archive.open(folder))


def found(catalog: Catalog, beginning: str) -> list[str]:
    text = f'SELECT DISTINCT ?f {{ ?w <{FLD}beginsWith> "{beginning}" ; <{FLD}wordOf> ?f }}'
    solutions = catalog.store.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(row["f"]) for row in solutions]


@pytest.mark.parametrize("typed", ["t", "taur", "taurus", "телец", "tel", "etoile", "du", "stier"])
def test_a_film_is_found_by_the_beginning_of_any_word_of_its_names(catalog: Catalog, typed: str) -> None:
    assert found(catalog, typed) == ["<https://x.example/film/taurus-2000>"]


@pytest.mark.parametrize("typed", ["aurus", "taurusx", "unrelated", "Taurus", ""])
def test_nothing_else_is_found(catalog: Catalog, typed: str) -> None:
    assert found(catalog, typed) == []


def test_who_asks_for_all_that_is_said_of_a_film_meets_no_words(catalog: Catalog) -> None:
    text = "DESCRIBE <https://x.example/film/taurus-2000>"
    triples = catalog.store.query(text, use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)
    assert not any("word" in str(triple) for triple in triples)
    assert catalog.references("https://x.example/film/taurus-2000") == []


def test_queries_and_the_search_of_pages_know_the_same_words() -> None:
    for name in ("Łódź", "Ærø", "Đorđe", "Straße", "İstanbul", "東京物語", "Зима", "L’Atalante"):
        assert words(name) == folding.beginnings(name)
    assert words("Łódź Ærø") == ("lodz", "aero")


@given(st.text(max_size=30))
def test_a_name_is_found_by_each_of_its_words_folded(name: str) -> None:
    for word in words(name):
        ox.NamedNode(WORD + word)  # which refuses what is no IRI
        assert str(list(beginnings([word]))).count(repr(word)) > 0
        assert 0 < len(word) <= LONGEST_WORD


def test_case_and_marks_do_not_count() -> None:
    assert words("ÀÉÎõü Straße") == ("aeiou", "strasse")
    assert words("x" * 100) == ("x" * LONGEST_WORD,)
    assert words("…?!") == ()
    assert words("新しい波 2001") == ("新しい波", "しい波", "い波", "波", "2001")
