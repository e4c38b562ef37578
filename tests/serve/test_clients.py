import contextlib

import pytest

from filmld.archive.config import Limits
from filmld.query.errors import ClientBudgetError, ClientBusyError
from filmld.serve.clients import REMEMBERED, Clients


class Clock:
    """Time that passes when told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("filmld.serve.clients.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_client_has_a_share_of_queries_and_others_have_theirs(clock: Clock) -> None:
    clients = Clients(Limits(client_queries=1))

    with clients.admit("a"), clients.admit("b"), pytest.raises(ClientBusyError), clients.admit("a"):
        pass
    with clients.admit("a"):
        pass


def test_a_client_that_computed_too_long_waits_until_it_may_again(clock: Clock) -> None:
    clients = Clients(Limits(client_seconds=30))
    with clients.admit("a"):
        clock.now += 80  # in which half a second comes back each second

    with pytest.raises(ClientBudgetError) as caught, clients.admit("a"):
        pass
    assert caught.value.retry_seconds == 21
    with clients.admit("b"):
        clock.now += 21
    with clients.admit("a"):
        pass


def test_a_query_that_fails_is_paid_for_too(clock: Clock) -> None:
    clients = Clients(Limits(client_seconds=1))
    with contextlib.suppress(ZeroDivisionError), clients.admit("a"):
        clock.now += 2
        raise ZeroDivisionError
    with pytest.raises(ClientBudgetError), clients.admit("a"):
        pass


def test_clients_with_nothing_to_answer_for_are_forgotten(clock: Clock) -> None:
    clients = Clients(Limits(client_seconds=1))
    with clients.admit("guilty"):
        clock.now += 30
    for number in range(REMEMBERED + 10):
        with clients.admit(str(number)):
            pass

    assert len(clients) < 20
    with pytest.raises(ClientBudgetError), clients.admit("guilty"):
        pass
