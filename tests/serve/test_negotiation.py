import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.serve.negotiation import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/*", "text/html"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json;q=0.4", "text/turtle"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/turtle;q=0.1, text/*;q=0.9", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/pdf", None),
        ("*/*;q=0", None),
        ("text/turtle;q=nonsense", None),
        ("text/turtle;q=2", None),
        ("text", None),
        ("nonsense, text/turtle", "text/turtle"),
        (",,text/turtle ; q=1 ,", "text/turtle"),
        ("application/pdf, */*;q=0.1", "text/html"),
    ],
)
def test_the_form_that_a_client_likes_best_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


@given(st.text())
def test_no_header_is_too_odd(accept: str) -> None:
    assert choose(accept, OFFERS) in {*OFFERS, None}


def test_nothing_offered_is_nothing_chosen() -> None:
    assert choose(None, []) is None
