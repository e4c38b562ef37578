"""One client's share: how many queries at a time, and how much computing in a minute."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from filmld.archive.config import Limits
from filmld.query.errors import ClientBudgetError, ClientBusyError

REMEMBERED = 10_000
"""Clients that have nothing to answer for are forgotten when there are more than this."""


@dataclass(slots=True)
class _Account:
    seconds: float
    updated: float
    running: int = 0


class Clients:
    """Keeps account of every client; belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._queries = limits.client_queries
        self._seconds = limits.client_seconds
        self._accounts: dict[str, _Account] = {}

    def __len__(self) -> int:
        return len(self._accounts)

    @contextmanager
    def admit(self, client: str) -> Iterator[None]:
        """Let a client's query be answered inside the ``with`` block, on its account.

        Raises:
            ClientBusyError: It has as many running as it may.
            ClientBudgetError: It has used up its computing time.
        """
        account = self._account(client)
        if account.running >= self._queries:
            raise ClientBusyError(self._queries)
        if account.seconds <= 0:
            raise ClientBudgetError(self._seconds, math.ceil(-account.seconds / self._rate) + 1)
        account.running += 1
        started = time.monotonic()
        try:
            yield
        finally:
            account.running -= 1
            account.seconds -= time.monotonic() - started

    @property
    def _rate(self) -> float:
        """How much of a second comes back in a second."""
        return self._seconds / 60

    def _account(self, client: str) -> _Account:
        if len(self._accounts) > REMEMBERED:
            self._forget()
        account = self._accounts.setdefault(client, _Account(self._seconds, time.monotonic()))
        self._bring_up_to_date(account)
        return account

    def _bring_up_to_date(self, account: _Account) -> None:
        now = time.monotonic()
        account.seconds = min(self._seconds, account.seconds + (now - account.updated) * self._rate)
        account.updated = now

    def _forget(self) -> None:
        for client, account in list(self._accounts.items()):
            self._bring_up_to_date(account)
            if account.running == 0 and account.seconds >= self._seconds:
                del self._accounts[client]
