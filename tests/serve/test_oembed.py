"""``/oembed``, and the cards that it frames."""

import json
from urllib.parse import quote

import pytest

from tests.serve.running import Reply, Running

FILM = "https://films.example.org/film/the-voice-of-sokurov-2014"


def oembed(server: Running, url: str, more: str = "") -> Reply:
    return server.ask(f"/oembed?url={quote(url, safe='')}{more}")


@pytest.mark.parametrize("ending", ["", ".html", ".jsonld", "#screening-hong-kong", "?a=b"])
def test_a_record_is_found_by_any_of_its_addresses(ending: str, server: Running) -> None:
    for address in (FILM + ending, f"{server.home}film/the-voice-of-sokurov-2014{ending}"):
        reply = oembed(server, address)
        assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
        assert json.loads(reply.body)["title"] == "The Voice of Sokurov (2014)"


def test_the_card_keeps_within_the_room_there_is(server: Running) -> None:
    found = json.loads(oembed(server, FILM, "&maxwidth=300&maxheight=9999").body)
    assert (found["width"], found["height"]) == (300, 240)
    assert 'width="300" height="240"' in found["html"]


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        (FILM, "&format=xml", 501),
        (FILM, "&maxwidth=wide", 400),
        ("https://films.example.org/film/none", "", 404),
        ("https://elsewhere.example/film/the-voice-of-sokurov-2014", "", 404),
        ("https://films.example.org/../../etc/passwd", "", 404),
        ("", "", 404),
    ],
)
def test_what_cannot_be_answered_is_said_so(url: str, more: str, status: int, server: Running) -> None:
    assert oembed(server, url, more).status == status


def test_a_card_may_be_framed_by_anybody_and_other_pages_may_not(server: Running) -> None:
    for ending in (".card.html", ".card"):
        card = server.ask(f"/embed/film/the-voice-of-sokurov-2014{ending}")
        assert card.status == 200
        assert card.headers["Content-Security-Policy"].endswith("frame-ancestors *")
        assert "script-src" not in card.headers["Content-Security-Policy"]
    page = server.ask("/film/the-voice-of-sokurov-2014")
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
