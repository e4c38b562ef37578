from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish import search_index
from filmld.publish.search import Searcher, answered
from filmld.publish.search_index import Entry, Findable, keys_for, read_call, shard_path, shard_text, shards
from filmld.publish.site import Site
from filmld.publish.words import words_in
from tests.publish.helpers import ROOT, Html, body, catalog


@pytest.fixture(scope="module")
def invented() -> Site:
    return Site(Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented")))


def searcher(site: Site) -> Searcher:
    def read(path: str) -> str | None:
        document = site.render(path)
        return document.body.decode() if document else None

    return Searcher(read)


def found(site: Site, query: str) -> list[str]:
    return [entry.names[0][0] for entry in searcher(site).find(query).entries]


@pytest.mark.parametrize(
    "query",
    [
        "The Bridge at Ristisaari",
        "bridge rist",
        "RISTISAAREN",
        "bron vid",
        "die brücke von",
        "brucke von",
        "ristisaari 1964",
    ],
)
def test_a_film_is_found_by_any_form_of_its_title(invented: Site, query: str) -> None:
    assert found(invented, query)[0] == "The Bridge at Ristisaari"


def test_names_are_found_in_their_script_and_in_latin_letters(invented: Site) -> None:
    assert found(invented, "зимняя")[0] == "Winter Harbour"
    assert found(invented, "zimnyaya")[0] == "Winter Harbour"


def test_transcribed_and_credited_forms_are_found(tmp_path: Path) -> None:
    records = {
        "film/x": """<> a schema:Movie ; schema:name "The Voice"@en ; fld:transcribedForm "The Voise" ;
            schema:actor <#c> . <#c> a fld:Credit ; schema:actor </person/p> ; fld:creditedAs "K. Neva" .
            <#t> a fld:Title ; schema:name "Ääni"@fi . <> fld:title <#t> .""",
        "person/p": '</person/p> a schema:Person ; schema:name "Kirsi Neva" ; schema:alternateName "Kiki" .',
    }
    site = Site(catalog(tmp_path, records))
    assert found(site, "voise") == ["The Voice"]
    assert found(site, "aani") == ["The Voice"]
    assert found(site, "k neva") == ["Kirsi Neva"]
    assert found(site, "kiki") == ["Kirsi Neva"]


def test_the_exact_name_comes_first(tmp_path: Path) -> None:
    names = {"a": "Alien Nation", "b": "Alien", "c": "My Alien", "d": "Alien Again"}
    records = {f"film/{n}": f"</film/{n}> a schema:Movie ; schema:name '{t}' ." for n, t in names.items()}
    assert found(Site(catalog(tmp_path, records)), "ALIEN") == [
        "Alien",
        "Alien Again",
        "Alien Nation",
        "My Alien",
    ]


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzzz", "\x00", "</script>" * 50, "a" * 5000, "ﷺ" * 300])
def test_what_is_not_there_is_not_found(invented: Site, query: str) -> None:
    assert found(invented, query) == []


def findable(*names: str) -> list[Findable]:
    found = (Entry(f"{n}.html", "film", "", ((name, "en"),), ()) for n, name in enumerate(names))
    return [Findable(entry, entry.words()) for entry in found]


def looked_up(index: dict[str, tuple[Entry, ...]], word: str) -> set[str]:
    keys = keys_for(word, sorted(index))
    return {entry.names[0][0] for key in keys for entry in index[key]}


def test_every_name_is_in_a_file_that_each_beginning_of_its_words_leads_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_index, "LARGEST", 3)
    names = ["the", "them", "theme", "then", "thaw", "thin", "tho", "thy", "other", "the the"]
    index = dict(shards(findable(*names)))
    assert max(len(found) for key, found in index.items()) <= 3
    for name in names:
        for word in name.split():
            for end in range(1, len(word) + 1):
                assert name in looked_up(index, word[:end]), (name, word[:end])


def test_a_very_common_word_leads_to_the_names_that_have_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "LARGEST", 2)
    monkeypatch.setattr(search_index, "COMMON", 3)
    index = dict(shards(findable("The Bridge", "The River", "The", "The Sea", "The Sky", "The The")))
    assert {"The", "The The"} <= looked_up(index, "the")
    assert "The Sky" in looked_up(index, "sky")


def test_files_of_the_index_have_plain_and_different_names() -> None:
    keys = ["con", "con$", "ко", "к", "\u043e", "-6f-", "o", "京", "a1"]
    paths = [shard_path(key) for key in keys]
    assert len(set(paths)) == len(paths)
    assert all(path.isascii() and path == path.lower() for path in paths)


def test_a_file_of_the_index_gives_back_what_was_put_in() -> None:
    hostile = '</script><!--"\\\u2028\u2029\x00'
    text = shard_text(one.entry for one in findable(hostile))
    assert "\u2028" not in text
    rows = read_call(text)
    assert rows == [["0.html", "film", "", [[hostile, "en"]], [], ""]]


def test_results_are_put_into_the_page_and_nothing_of_the_query_is_markup(invented: Site) -> None:
    page = body(invented, "fi/search.html")
    query = '"><script>alert(1)</script>{{ 7*7 }}'
    none = Html(answered(page, query, searcher(invented).find(query), words_in("fi"), ("en", "fi"), "../"))
    assert none.count("script") == 1
    assert none.count("noscript") == 0
    assert f"Haulla ”{query}” ei löytynyt mitään." in none.words
    assert query in none.all("value")
    some = Html(answered(page, "зимн", searcher(invented).find("зимн"), words_in("fi"), ("en", "fi"), "../"))
    assert "Talvisatama Elokuva · 1986 · Зимняя гавань" in some.words
    assert "../fi/film/winter-harbour-1986.html" in some.all("href")


def test_without_a_script_the_page_says_so_and_leads_to_the_lists(invented: Site) -> None:
    page = body(invented, "search.html")
    inside = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "your browser does not run" in inside
    assert 'href="films.html"' in inside


def test_every_page_leads_to_the_search(invented: Site) -> None:
    assert 'action="../../search.html"' not in body(invented, "fi/film/winter-harbour-1986.html")
    assert 'action="../search.html"' in body(invented, "fi/film/winter-harbour-1986.html")
    assert 'action="search.html"' in body(invented, "index.html")


def test_results_stop_somewhere(tmp_path: Path) -> None:
    records = {f"film/{n}": f"</film/{n}> a schema:Movie ; schema:name 'Same {n}' ." for n in range(60)}
    site = Site(catalog(tmp_path, records))
    result = searcher(site).find("same")
    assert (len(result.entries), result.is_all, result.is_short) == (50, False, False)
    shown = answered(body(site, "search.html"), "same", result, words_in("en"), ("en",))
    assert "The first 50 are shown" in shown
