"""The rules for hosts that cannot weigh an ``Accept`` header."""

import json
import re
from pathlib import Path

import pytest

from filmld.publish.plan import Plan
from filmld.publish.rules import FILES, RULES, expectations, hosted
from filmld.publish.site import Site
from filmld.serve.negotiation import choose
from filmld.serve.pages import FORMS
from tests.publish.helpers import MOVED, body, catalog


def ruled(accept: str) -> str:
    found = (rule.form.name for rule in RULES if re.search(rule.pattern, accept, re.IGNORECASE))
    return next(found, "html")


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "text/*",
        "text/turtle",
        "TEXT/Turtle",
        "text/turtle;charset=utf-8",
        "text/turtle; q=1.0",
        "text/turtle;q=0.9",
        "text/turtle;q=0.9, */*;q=0.1",
        "text/turtle, text/html",
        "text/turtle, text/html;q=0.9",
        "text/turtle, */*",
        "application/json",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
        "application/ld+json, application/json;q=0.9, */*;q=0.1",
        "application/n-triples",
        "application/n-triples;q=0.1",
        "application/rdf+xml, text/turtle;q=0.9",
        "application/rdf+xml, text/turtle;q=0.9, application/n-triples;q=0.8",
        "text/turtle;q=0, text/html",
        "text/turtle;q=0.0, application/ld+json;q=0.3",
        "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3",
        "x-text/turtle",
        "text/turtlesque",
        "application/pdf, text/html;q=0.2",
    ],
)
def test_the_rules_choose_as_a_server_that_weighs(accept: str) -> None:
    endings = {media_type: ending.removeprefix(".") for media_type, ending in FORMS}
    offers = {**endings, "application/json": "jsonld"}
    chosen = choose(accept, offers)
    assert ruled(accept) == (offers[chosen] if chosen else "html")


def test_of_two_lesser_weights_they_do_not_know_the_greater() -> None:
    assert (
        ruled("text/html;q=0.1, text/turtle;q=0.9"),
        choose("text/html;q=0.1, text/turtle;q=0.9", ["text/html", "text/turtle"]),
    ) == (
        "html",
        "text/turtle",
    )


def test_every_site_has_rules_for_every_kind_of_host(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, MOVED, 'licence = "https://licence.example/by\'x"'))
    assert set(FILES) < set(site.paths())
    for name in FILES:
        text = body(site, name)
        assert "text/turtle" in text or name == "_redirects"
        assert "\n\n\n" not in text
    assert 'https://licence.example/by%27x>; rel="license"' in body(site, "nginx.conf")


def test_retired_addresses_are_in_all_that_can_say_so(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, MOVED))
    for name in ("nginx.conf", ".htaccess", "Caddyfile"):
        assert "film/gone" in body(site, name)
        assert "film/old" in body(site, name)
    assert "/film/old.ttl /film/x.ttl 301\n" in body(site, "_redirects")
    assert "film/gone" not in body(site, "_redirects")
    assert '"https://elsewhere.example/\\%2F?a=\\%241\\%3Bb"' in body(site, ".htaccess")
    assert "This record is out of use" in body(site, "410.html")


def test_an_archive_without_retired_records_has_no_page_for_them(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, {"film/x": MOVED["film/x"]}))
    assert "410.html" not in site.paths()
    assert site.render("410.html") is None
    assert site.render("film/y.linkset.json") is None


def test_a_link_set_says_how_the_files_of_a_record_belong_together(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, MOVED, 'licence = "https://licence.example/by"'))
    page, *others = json.loads(body(site, "film/x.linkset.json"))["linkset"]
    place = "https://films.example.org/film/x"
    assert page == {
        "anchor": f"{place}.html",
        "cite-as": [{"href": place}],
        "describedby": [
            {"href": f"{place}.ttl", "type": "text/turtle"},
            {"href": f"{place}.jsonld", "type": "application/ld+json"},
            {"href": f"{place}.nt", "type": "application/n-triples"},
        ],
        "type": [{"href": "https://schema.org/AboutPage"}, {"href": "https://schema.org/Movie"}],
        "license": [{"href": "https://licence.example/by"}],
    }
    assert others == [
        {"anchor": one["href"], "describes": [{"href": f"{place}.html", "type": "text/html"}]}
        for one in page["describedby"]
    ]
    assert '<link rel="linkset" type="application/linkset+json" href="x.linkset.json">' in body(
        site, "film/x.html"
    )


def test_a_site_below_a_path_has_it_in_its_rules(tmp_path: Path) -> None:
    made = catalog(tmp_path, {"film/x": "<https://a.example/films/film/x> a schema:Movie ."})
    config = tmp_path / "filmld.toml"
    config.write_text('base = "https://a.example/films/"\n', encoding="utf-8")
    site = Site(type(made).load(type(made.archive).open(tmp_path)))
    plan = Plan.of(site.catalog)
    assert (hosted(plan).host, hosted(plan).root) == ("a.example", "/films/")
    assert "RewriteBase /films/\n" in body(site, ".htaccess")
    assert "ErrorDocument 404 /films/404.html\n" in body(site, ".htaccess")


def test_a_host_is_tried_by_one_record_of_each_kind_and_all_that_are_out_of_use(tmp_path: Path) -> None:
    places, moves = expectations(catalog(tmp_path, MOVED))
    assert places == ("film/x", "person/p")
    assert moves == {
        "film/away": "https://elsewhere.example/%2F?a=$1;b",
        "film/gone": None,
        "film/old": "film/x",
    }
