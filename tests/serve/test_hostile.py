"""What nobody may do to the endpoint, and what it says to those who try (the faults Q01 to Q30)."""

import contextlib
import http.client
import os
import signal
import socket
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.canary import Canary
from tests.serve.running import Running, serving

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(server: Running, text: str) -> int:
    body = urlencode({"query": text}).encode()
    return server.ask("/sparql", "POST", FORM, body).status


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
        "PREFIX s: <{}> SELECT * {{ SERVICE s: {{ ?s ?p ?o }} }}",
        "ASK {{ FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ {{ SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }} }} }}",
        "SELECT * {{ ?s ?p true.SERVICE<{}>{{ ?a ?b ?c }} }}",
        "SELECT * {{ ?s ?p ?o #\n service<{}>{{ ?a ?b ?c }} }}",
    ],
)
def test_service_is_refused_and_nobody_is_called(server: Running, canary: Canary, text: str) -> None:
    assert post(server, text.format(canary.address)) == 400


@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>", "FROM <file:///etc/passwd>"])
def test_from_fetches_nothing(server: Running, canary: Canary, clause: str) -> None:
    assert post(server, f"SELECT * {clause.format(canary.address)} {{ ?s ?p ?o }}") == 200


@pytest.mark.parametrize(
    "text",
    ["LOAD <{}>", "INSERT DATA {{ <{}> <a:b> 1 }}", "DELETE WHERE {{ ?s ?p ?o }}", "CLEAR ALL", "DROP ALL"],
)
def test_updates_are_refused_and_change_nothing(server: Running, canary: Canary, text: str) -> None:
    before = server.query("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }").body

    assert post(server, text.format(canary.address)) == 400
    assert server.query("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }").body == before


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}", {504}),
        (f"SELECT * {{ {CROSS} }} ORDER BY ?l ?a ?i", {504, 500}),
        ("SELECT DISTINCT ?a ?d ?g ?j { " + CROSS + " } OFFSET 100000000", {504, 500}),
        (f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {CROSS} }}", {504, 500}),
        (
            "SELECT (STRLEN(?x40) AS ?n) { BIND('aaaaaaaa' AS ?x0)"
            + "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
            + " }",
            {504, 500},
        ),
        (
            "SELECT * { ?s (((!a:b)*)*)* ?o . ?o (((!a:b)*)*)* ?z . " + CROSS + " } OFFSET 99999999",
            {400, 504},
        ),
        ("SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 2000 + "}", {504, 500, 200}),
        ("SELECT * {" + "{" * 5000 + "?a ?b ?c" + "}" * 5000 + "}", {400}),
        ("SELECT (" + "(" * 15000 + "1" + ")" * 15000 + " AS ?x) {}", {400}),
        ("SELECT (" + "!" * 30000 + "true AS ?x) {}", {400}),
        ("SELECT (1" + "+1" * 30000 + " AS ?x) {}", {400}),
        ("SELECT * { FILTER(true" + "||true" * 10000 + ") }", {400}),
        ("SELECT * { ?s a:b" + "|a:b" * 15000 + " ?o }", {400}),
        ("SELECT * { ?s " + "(" * 5000 + ")" * 5000 + " ?o }", {400}),
        ("SELECT * { ?s ?p " + "[ ?p " * 5000 + "1" + " ]" * 5000 + " }", {400}),
        ("SELECT * { FILTER REGEX('" + "a" * 30 + "b', '^(a+)+$') }", {200}),
        (
            "SELECT (STRLEN(?y) AS ?l) { BIND('" + "a" * 2000 + "' AS ?x) "
            "BIND(REPLACE(?x, 'a', '" + "b" * 2000 + "') AS ?z) "
            "BIND(REPLACE(?z, 'b', '" + "c" * 2000 + "') AS ?y) }",
            {500, 504},
        ),
        ("SELECT * { ?s a:b" + "/a:b" * 4900 + " ?o }", {400, 504}),
        ("SELECT * { " + "".join(f"?a{n} ?b{n} ?c{n} . " for n in range(30)) + "} LIMIT 1", {200, 504}),
        ("SELECT (" + "(" * 50000 + "1" + ")" * 50000 + " AS ?x) {}", {413}),
        ("SELECT ('\u202e\u2066' AS ?x) {}", {200}),
        ("SELECT (1AS ?x) { ?s ?p 1SERVICE <http://127.0.0.1:1/> {} }", {400}),
        ("PREFIX x: <http://127.0.0.1:8890/> SELECT * { SERVICEx:y {} }", {400}),
        (f"DESCRIBE ?a ?d ?g ?j {{ {CROSS} }}", {413, 504}),
        ("SELECT ('SERVICE' AS ?service) { #SERVICE\n }", {200}),
        ("x" * 70001, {413}),
        ("SELECT * { VALUES ?x { " + "1 " * 100000 + "} }", {413}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_hostile_queries_have_their_status_in_time(server: Running, text: str, statuses: set[int]) -> None:
    started = time.monotonic()

    assert post(server, text) in statuses
    assert time.monotonic() - started < 5  # the deadline is 1 s; the rest is a busy machine
    assert post(server, "ASK {}") == 200


def test_too_large_an_answer_is_broken_off_and_no_one_can_take_it_for_whole(server: Running) -> None:
    for accept in ("text/csv", "application/sparql-results+json"):
        with pytest.raises(http.client.IncompleteRead):
            server.query(f"SELECT * {{ {CROSS} }}", accept)
    with pytest.raises(http.client.IncompleteRead):
        server.query(f"CONSTRUCT {{ ?a ?b [ ?e ?f ] }} {{ {CROSS} }}", "application/n-triples")


def test_a_client_may_ask_for_less_time(server: Running) -> None:
    started = time.monotonic()

    reply = server.query(f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}", timeout="0.2")

    assert reply.status == 504
    assert reply.text.startswith("the query was ended: it took longer than 0.2 seconds")
    assert time.monotonic() - started < 3


def workers(server: Running) -> set[int]:
    """The processes that answer queries: forked by the one that the server has started."""
    (nursery,) = children(server.process.pid)
    return children(nursery)


def children(pid: int) -> set[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(child) for child in path.read_text(encoding="ascii").split()}


def settled(server: Running, count: int = 2) -> set[int]:
    """Wait until the server has as many workers as it should."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if len(found := workers(server)) == count:
            return found
        time.sleep(0.02)
    raise AssertionError


def test_workers_killed_by_hand_are_replaced(server: Running) -> None:
    before = settled(server)
    statuses: list[int] = []
    asking = threading.Thread(
        target=lambda: statuses.append(post(server, f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}"))
    )
    asking.start()
    time.sleep(0.2)
    for pid in before:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    asking.join()

    assert statuses == [500]
    assert post(server, "ASK {}") == 200
    assert before.isdisjoint(settled(server))


@pytest.mark.parametrize("text", [f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}", f"SELECT * {{ {CROSS} }}"])
def test_a_client_that_leaves_frees_its_worker(server: Running, text: str) -> None:
    for _ in range(4):
        with socket.create_connection(server.address) as client:
            client.sendall(f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.1)
    started = time.monotonic()

    assert post(server, "ASK {}") == 200
    assert time.monotonic() - started < 3
    assert len(settled(server)) == 2


def test_one_client_cannot_take_every_worker(archive: Path) -> None:
    limits = (archive / "filmld.toml").read_text(encoding="utf-8")
    (archive / "filmld.toml").write_text(limits.replace("client_queries = 50", "client_queries = 2"), "utf-8")
    try:
        with serving(archive) as server:
            settled(server)
            statuses: list[int] = []
            retries: set[str] = set()

            def ask(number: int) -> None:
                headers = {"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": f"for=192.0.2.{number}"}
                reply = server.ask("/sparql?query=" + quote(slow), headers=headers)
                statuses.append(reply.status)
                retries.update(reply.headers.get_all("Retry-After", []))

            slow = f"SELECT (COUNT(*) AS ?count) {{ {CROSS} }}"
            clients = [threading.Thread(target=ask, args=(n,)) for n in range(50)]
            for client in clients:
                client.start()
            for client in clients:
                client.join(30)
            assert sorted(statuses) == [429] * 48 + [504] * 2
            assert retries == {"5"}
            assert post(server, "ASK {}") == 200
    finally:
        (archive / "filmld.toml").write_text(limits, encoding="utf-8")
