"""The engine itself is the judge: what reaches the network there must not pass the guard."""

import contextlib
import random
import sys
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from filmld.query.errors import QueryError, QueryRefusedError, ServiceRefusedError
from filmld.query.guard import check
from tests.query.conftest import Desk, linux_only

SECONDS = 30
TARGET = "SERVICE<http://127.0.0.1:8890/>{?x ?y ?z}"
BEFORE = (
    *("'''", '"""', "'", '"', "#", "\n", "''", '""', "<a:x#>", "<a:y'>", "?z", "?s ?p ?z", "."),
    *("FILTER(", "true||", "?z<", "a:b", "a:c\\'", "a:", ":", "1", "1.", "true", ")", "(", "{", "}", "[]"),
    *("<<", ">>", "<<?s?p?z#>>", "BIND(1<", "VALUES(?a ?b){(<x:a#> <y:b#>)}", "VALUES ?a{<x:a#>}", "\\", ";"),
    *("OPTIONAL", "UNION", "\t", "\r", "@en", "^^a:b", ",", "a:b<a:x#>", "!", "=", "SILENT", "_:b", "$v"),
)
AFTER = (*BEFORE, "#'''\n", '#"""\n', "#'\n", "'''\n", ")", "}", ">")
fragments = st.lists(st.sampled_from(BEFORE), max_size=6).map("".join)
endings = st.lists(st.sampled_from(AFTER), max_size=4).map("".join)


def refused(text: str) -> bool:
    try:
        check(text, max_characters=65536, offline=False)
    except QueryRefusedError:
        return True
    return False


def reaches_network(desk: Desk, text: str) -> bool:
    with contextlib.suppress(QueryError):
        try:
            desk.ask(text, seconds=2, max_bytes=2**16)
        except ServiceRefusedError:
            return True
    return False


def wrapped(before: str, after: str) -> str:
    return f"PREFIX : <d:> PREFIX a: <a:> SELECT * {{ {before}{TARGET}{after} }}"


@linux_only
@example("?s ?p ?z FILTER(true||?z<a:x#>'''\n)", " #'''\n")
@example("?s ?p ?z FILTER(true||?z<1)", " #>\n")
@example("OPTIONAL{?s a:c\\'''.}", " #'''\n")
@example("OPTIONAL{<<?s?p?z#>>'''\n>> ?q ?r}", " #'''\n")
@example("?s ?p true.", "")
@example("?s ?p a:.", "")
@example("", "")
@given(fragments, endings)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_reaches_the_network_passes_the_guard(desk: Desk, before: str, after: str) -> None:
    text = wrapped(before, after)

    if not refused(text):
        assert not reaches_network(desk, text), text


@linux_only
@pytest.mark.slow
def test_nothing_that_reaches_the_network_passes_the_guard_for_half_a_minute(desk: Desk) -> None:
    """By plain chance, which tries many times as many texts as a library that looks for small ones."""
    seed = random.randrange(2**32)  # noqa: S311  another one each time; a failure names it
    chance = random.Random(seed)  # noqa: S311
    until = time.monotonic() + SECONDS
    tried = reached = 0
    while time.monotonic() < until:
        text = wrapped(
            "".join(chance.choices(BEFORE, k=chance.randrange(7))),
            "".join(chance.choices(AFTER, k=chance.randrange(5))),
        )
        tried += 1
        if refused(text):
            reached += tried % 50 == 0 and reaches_network(desk, text)
        else:
            assert not reaches_network(desk, text), (seed, text)
    sys.stdout.write(f"{tried} texts; of each fiftieth refused, {reached} reach the network\n")

    assert tried > 500


@linux_only
@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("?s ?p ?z FILTER(true||?z<a:x#>'''\n)", " #'''\n"), ("OPTIONAL{?s a:c\\'''.}", " #'''\n")],
)
def test_the_judge_is_awake(desk: Desk, before: str, after: str) -> None:
    assert reaches_network(desk, wrapped(before, after))
