from pathlib import Path

import pytest

from filmld.publish.pages import backlinks
from filmld.publish.site import Site
from tests.publish.helpers import Html, body, catalog

FILM = "film/the-voice-of-sokurov-2014.html"


def page(folder: Path, statements: str, settings: str = "", **others: str) -> Html:
    records = {"film/x": f"<> a schema:Movie . {statements}"}
    records |= {name.replace("_", "/"): text for name, text in others.items()}
    return Html(body(Site(catalog(folder, records, settings)), "film/x.html"))


def test_credits_stand_in_their_printed_order(first_site: Site) -> None:
    words = Html(body(first_site, FILM)).words
    printed = (
        "Written by Leena Kilpeläinen Director Leena Kilpeläinen "
        "Production companies Revolver Film Ou LM Media GmbH Illume Oy Producer Merja Ritola "
        "Executive Producer Pertti Veijalainen Co-Producer Karin Reinberg Anastasia Pavlovich "
        "Distribution Films Boutique"
    )
    assert printed in words


def test_credit_order_decides_over_the_order_of_the_text(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        """<> schema:producer <#two>, <#one> .
        <#two> a schema:Role ; schema:roleName "Co" ; fld:creditOrder 2 ;
            schema:producer [ schema:name "Second" ] .
        <#one> a schema:Role ; schema:roleName "Co" ; fld:creditOrder 1 ;
            schema:producer [ schema:name "First" ] .
        """,
    )
    assert "Co First Second" in shown.words


def test_a_role_has_its_character_and_the_name_as_credited(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        """<> schema:actor [ a schema:PerformanceRole ; schema:actor [ schema:name "Ann" ] ;
        schema:characterName "The Queen"@en ; fld:creditedAs "A. Ann" ] .""",
    )
    assert "Cast Ann (A. Ann, The Queen)" in shown.words


def test_a_reviewer_stands_with_post_and_institution(first_site: Site) -> None:
    words = Html(body(first_site, FILM)).words
    assert "Antti Alanen Film Programmer, National Audiovisual Institute (Finland)" in words
    assert "Lauri Timonen Midnight Sun Film Festival" in words


def test_a_correction_shows_what_the_source_prints(first_site: Site) -> None:
    words = Html(body(first_site, FILM)).words
    assert "Heading as printed The Voice of Sukorov (2014)" in words
    assert "Corrected The heading misspells the name" in words
    assert "Image at the head of the page LM Media Logo" in words


def test_an_inferred_screening_says_so(first_site: Site) -> None:
    words = Html(body(first_site, FILM)).words
    assert (
        words.count("Inferred The page lists the festival; that the film was shown there is inferred.") == 3
    )


def test_an_image_without_a_file_is_a_caption_and_no_img(first_site: Site) -> None:
    shown = Html(body(first_site, FILM))
    assert shown.count("img") == 0
    assert "Image not available Alexander Sokurov schwarz weiss" in shown.words


def test_links_go_both_ways(first_site: Site) -> None:
    person = Html(body(first_site, "person/leena-kilpelainen.html"))
    assert "Director The Voice of Sokurov (2014) Writer The Voice of Sokurov (2014)" in person.words
    institute = Html(body(first_site, "organization/national-audiovisual-institute.html"))
    assert "People Antti Alanen" in institute.words
    festival = Html(body(first_site, "festival/locarno.html"))
    assert "Films shown The Voice of Sokurov (2014)" in festival.words
    producer = Html(body(first_site, "person/karin-reinberg.html"))
    assert "Co-Producer The Voice of Sokurov (2014)" in producer.words
    assert "There is an atmosphere of confidence" in Html(body(first_site, "person/antti-alanen.html")).words


def test_what_is_not_recorded_is_not_shown(first_site: Site) -> None:
    words = Html(body(first_site, FILM)).words
    for label in ("Country", "Language", "Running time", "Released"):
        assert label not in words


def test_what_filmld_does_not_know_is_shown_all_the_same(tmp_path: Path) -> None:
    shown = page(
        tmp_path, '<> <urn:x:reelCount> "7 reels" . <#copy> a schema:Thing ; schema:name "Copy A"@en .'
    )
    assert "Urn:x:reel count 7 reels" in shown.words
    assert "Further statements Copy A" in shown.words


def test_texts_carry_their_language(tmp_path: Path) -> None:
    shown = page(tmp_path, '<> schema:name "Голос Сокурова"@ru ; schema:description "قصة"@ar .')
    assert ("bdi", {"lang": "ru"}) in shown.elements
    assert ("p", {"lang": "ar", "dir": "auto"}) in shown.elements


HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<!-- <script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "`${alert(1)}`",
    "{{ 7 * 7 }}",
    "]]>",
    "&lt;/script&gt;",
    "a\u202eb",
]
FIELDS = [
    "schema:name",
    "schema:alternateName",
    "schema:description",
    "schema:genre",
    "schema:director",
    "schema:image",
    "schema:review",
    "schema:dateCreated",
    "fld:transcribedForm",
    "schema:identifier",
]


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_texts_are_shown_and_nothing_else(field: str, tmp_path: Path) -> None:
    values = ", ".join('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in HOSTILE)
    shown = page(tmp_path, f"<> {field} {values} .")
    assert shown.count("script") == 2  # what is embedded, and the file of our own
    assert shown.count("img") == 0
    assert not [name for _, attributes in shown.elements for name in attributes if name.startswith("on")]
    assert shown.count("footer") == 1
    for text in HOSTILE:
        assert text in shown.words


@pytest.mark.parametrize("field", ["reviewBody", "author"])
def test_hostile_texts_in_reviews_are_shown(field: str, tmp_path: Path) -> None:
    shown = page(
        tmp_path, f"<> schema:review <#r> . <#r> a schema:Review ; schema:{field} '</script><img>' ."
    )
    assert (shown.count("script"), shown.count("img")) == (2, 0)
    assert "</script><img>" in shown.words


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
)
def test_an_unsafe_address_is_a_text_and_no_link(address: str, tmp_path: Path) -> None:
    shown = page(
        tmp_path, f"<> schema:url <{address}> ; schema:director <{address}> ; schema:image <{address}> ."
    )
    assert [href for href in shown.all("href") if address[:5].casefold() == href[:5].casefold()] == []
    assert address in shown.words


def test_an_unsafe_address_given_as_text_is_no_link(tmp_path: Path) -> None:
    shown = page(tmp_path, '<> schema:image <#i> . <#i> schema:contentUrl "java\\tscript:alert(1)" .')
    assert [href for href in shown.all("href") if "script" in href] == []


def test_html_in_a_literal_is_text(tmp_path: Path) -> None:
    shown = page(tmp_path, '<> schema:description "<b>bold</b><script>x</script>"^^rdf:HTML .')
    assert (shown.count("b"), shown.count("script")) == (0, 2)
    assert "<b>bold</b><script>x</script>" in shown.words


def test_characters_that_html_may_not_hold_are_replaced(tmp_path: Path) -> None:
    made = Site(catalog(tmp_path, {"film/x": r'<> a schema:Movie ; schema:name "a\u0000\u0008\uFFFEb" .'}))
    text = body(made, "film/x.html")
    shown = text.partition("</script>")[2]
    assert not set(shown) & {"\x00", "\x08", "\ufffe"}
    assert "a\ufffd\ufffd\ufffdb" in shown


def test_a_page_says_its_language_its_address_and_its_other_forms(first_site: Site) -> None:
    elements = Html(body(first_site, FILM)).elements
    assert ("html", {"lang": "en"}) in elements
    address = "https://films.example.org/film/the-voice-of-sokurov-2014"
    assert ("link", {"rel": "canonical", "href": address}) in elements
    alternates = {e["type"]: e["href"] for tag, e in elements if tag == "link" and e["rel"] == "alternate"}
    assert alternates == {
        "text/turtle": "the-voice-of-sokurov-2014.ttl",
        "application/ld+json": "the-voice-of-sokurov-2014.jsonld",
        "application/n-triples": "the-voice-of-sokurov-2014.nt",
        "application/json+oembed": "https://films.example.org/embed/film/the-voice-of-sokurov-2014.oembed.json",
    }
    assert ("meta", {"property": "og:title", "content": "The Voice of Sokurov (2014)"}) in elements


def test_the_licence_is_named_where_one_was_chosen(tmp_path: Path) -> None:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    shown = page(tmp_path, "", f'licence = "{licence}"')
    assert ("a", {"rel": "license", "href": licence}) in shown.elements
    assert "license" not in page(tmp_path / "none", "").all("rel")


def test_a_thing_without_a_name_is_told_where_it_stands(tmp_path: Path) -> None:
    shown = page(tmp_path, '<> schema:materialExtent [ schema:value 2400 ; schema:unitText "metres"@en ] .')
    assert "Material extent 2400 (metres)" in shown.words
    assert "Without a name" not in shown.words


def test_a_ring_of_nameless_things_comes_to_an_end(tmp_path: Path) -> None:
    shown = page(tmp_path, "<> schema:about _:a . _:a schema:about _:b . _:b schema:about _:a .")
    assert "Subject Without a name" in shown.words


def test_a_genre_of_very_many_films_names_the_first_and_leads_to_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlinks, "MOST", 2)
    records = {
        f"film/{n}": f"</film/{n}> a schema:Movie ; schema:name '{n}' ; schema:genre </genre/g> ."
        for n in "cab"
    }
    made = catalog(tmp_path, {**records, "genre/g": "</genre/g> a schema:DefinedTerm ; schema:name 'G' ."})
    site = Site(made)
    shown = Html(body(site, "genre/g.html"))
    assert "Films a b Named in this archive: all 3" in shown.words
    assert "../linked/genre/g/all.html" in shown.all("href")
    assert (
        "3 records Named in this archive G a Films b Films c Films"
        in Html(body(site, "linked/genre/g/all.html")).words
    )


def test_people_whom_only_the_film_describes_are_credited(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        '<> schema:director [ schema:name "Ann" ; schema:jobTitle "poet" ] , <#ben>, "Cy" . '
        '<#ben> a schema:Person ; schema:name "Ben" .',
    )
    assert "Ann (poet) Ben Cy" in shown.words
    assert "ben" in shown.all("id")


def test_a_role_without_words_is_named_after_its_entry_in_the_vocabulary(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        '<> schema:producer [ a schema:Role ; schema:producer [ schema:name "Ann" ] , "Ben" ; '
        "schema:roleName <https://w3id.org/filmld/role/executive-producer> ] .",
    )
    assert "Executive producer Ann Ben" in shown.words


def test_a_role_without_any_name_goes_by_its_property(tmp_path: Path) -> None:
    shown = page(tmp_path, '<> schema:editor [ a schema:Role ; schema:editor "Ann" ] .')
    assert "Edited by Ann" in shown.words


def test_subjects_and_critics_may_be_plain_texts(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        '<> schema:about "cinema" . <> schema:review [ schema:author "Ann" ; schema:reviewBody "Good" ] .',
    )
    assert "Subject cinema" in shown.words
    assert "Good Ann" in shown.words


def test_a_credit_that_names_nobody_still_says_what_it_says(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        '<> schema:editor <#e> . <#e> a schema:Role ; schema:roleName "Cut" ; schema:name "Unknown" .',
    )
    assert "Cut Unknown" in shown.words


def test_two_distributors_each_have_their_place(tmp_path: Path) -> None:
    shown = page(
        tmp_path,
        """<> schema:publication <#one>, <#two> .
        <#one> schema:name "Distribution"@en ; schema:publishedBy [ schema:name "A" ] .
        <#two> schema:name "Distribution"@en ; schema:publishedBy "B" ; schema:location "Finland" .
        """,
    )
    assert "Distribution A B (Finland)" in shown.words
    assert {"one", "two"} <= set(shown.all("id"))
