from pathlib import Path

import pytest

from tests.serve.running import BROWSER, Running

FILM = "/film/the-voice-of-sokurov-2014"


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "text/html"])
def test_people_get_the_page_of_a_film(server: Running, accept: str) -> None:
    reply = server.ask(FILM, headers={"Accept": accept})

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Location"] == FILM + ".html"
    assert reply.headers["Vary"] == "Accept, Accept-Encoding"
    assert "The Voice of Sokurov" in reply.text


@pytest.mark.parametrize(
    ("accept", "suffix", "content_type"),
    [
        ("text/turtle", ".ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", ".jsonld", "application/ld+json"),
        ("application/json", ".jsonld", "application/ld+json"),
        ("application/n-triples", ".nt", "application/n-triples"),
        ("text/turtle;q=0.5, application/ld+json;q=0.4", ".ttl", "text/turtle; charset=utf-8"),
    ],
)
def test_programs_are_sent_to_the_form_they_want(
    server: Running, accept: str, suffix: str, content_type: str
) -> None:
    reply = server.ask(FILM, headers={"Accept": accept})

    assert (reply.status, reply.headers["Location"], reply.headers["Vary"]) == (303, FILM + suffix, "Accept")
    assert server.ask(FILM + suffix).headers["Content-Type"] == content_type


def test_who_wants_none_of_the_forms_is_told_which_there_are(server: Running) -> None:
    reply = server.ask(FILM, headers={"Accept": "application/pdf"})

    assert reply.status == 406
    assert f"text/turtle  {FILM}.ttl" in reply.text


def test_a_file_is_not_negotiated(server: Running) -> None:
    reply = server.ask(FILM + ".ttl", headers={"Accept": "application/pdf"})

    assert reply.status == 200
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_links_lead_to_the_other_forms(server: Running) -> None:
    links = server.ask(FILM).headers["Link"]

    assert f'<https://films.example.org{FILM}>; rel="canonical"' in links
    assert f'<{FILM}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<{FILM}.jsonld>; rel="describedby"; type="application/ld+json"' in links


@pytest.mark.parametrize("path", ["/", FILM, FILM + ".jsonld", "/assets/filmld.css"])
def test_what_has_not_changed_is_not_sent_again(server: Running, path: str) -> None:
    etag = server.ask(path).headers["ETag"]

    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        reply = server.ask(path, headers={"If-None-Match": known})
        assert (reply.status, reply.body, reply.headers["ETag"]) == (304, b"", etag)
    assert server.ask(path, headers={"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize(
    "path", ["/", FILM, "/films", "/nothing", "/healthz", "/sparql", "/sparql?query=ASK{}"]
)
def test_head_is_get_without_the_body(server: Running, path: str) -> None:
    got, headed = server.ask(path), server.ask(path, "HEAD")

    assert headed.body == b""
    assert headed.status == got.status
    assert headed.headers["Content-Length"] == got.headers["Content-Length"]
    assert headed.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize("path", ["/", FILM, FILM + ".ttl", "/nothing", "/sparql", "/sparql?query=nonsense"])
def test_every_answer_is_for_everybody_and_executes_nothing(server: Running, path: str) -> None:
    headers = server.ask(path, headers={"Origin": "null"}).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Credentials"] is None
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
        + ("; connect-src 'self'" if path.startswith("/sparql") else "")
    )
    assert headers["Server"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/film/nothing",
        "/film/nothing.ttl",
        "/film/",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc",
        "//etc/passwd",
        "/film/the-voice-of-sokurov-2014%00.html",
        "/" + "x" * 300,
        "/%0d%0aX-Injected:%20yes",
    ],
)
def test_what_is_not_there_is_not_found(server: Running, path: str) -> None:
    reply = server.ask(path, headers={"Accept": BROWSER})

    assert reply.status == 404
    assert reply.headers["X-Injected"] is None


def test_the_page_for_what_is_missing_is_the_archives_own(server: Running) -> None:
    reply = server.ask("/film/nothing")

    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Films &amp; &lt;more&gt;" in reply.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_pages_are_only_read(server: Running, method: str) -> None:
    reply = server.ask(FILM, method)

    assert reply.status == 405
    assert {part.strip() for part in reply.headers["Allow"].split(",")} == {"GET", "HEAD"}


def test_a_record_that_is_edited_meanwhile_is_told_plainly(server: Running, archive: Path) -> None:
    path = archive / "records" / "genre" / "documentary.ttl"
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"# edited\n")
        reply = server.ask("/genre/documentary.ttl")
        assert reply.status == 503
        assert "records/genre/documentary.ttl was changed" in reply.text
    finally:
        path.write_bytes(before)
    assert server.ask("/genre/documentary.ttl").status == 200


def test_the_server_says_whether_it_is_well(server: Running) -> None:
    reply = server.ask("/healthz")

    assert (reply.status, reply.text) == (200, "ok\n")
