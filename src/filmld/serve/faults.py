"""Which status each error of a query becomes (RFC 9110 §15), and when to come back."""

from starlette.responses import Response

from filmld.query import errors

_STATUS: tuple[tuple[type[errors.QueryError], int], ...] = (
    (errors.QueryTooLongError, 413),
    (errors.FormatKindError, 406),
    (errors.CharacterError, 406),
    (errors.QueryRefusedError, 400),
    (errors.ResultTooLargeError, 413),
    (errors.ClientBusyError, 429),
    (errors.ClientBudgetError, 429),
    (errors.PoolBusyError, 503),
    (errors.WorkerStartError, 503),
    (errors.DeadlineError, 504),
)
"""The status of each error; whatever is not here is our fault, 500."""


def status_of(error: errors.QueryError) -> int:
    """The status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def advise(response: Response, error: errors.QueryError) -> None:
    """Say when to come back (RFC 9110 §10.2.3)."""
    if isinstance(error, errors.ClientBudgetError):
        response.headers["Retry-After"] = str(error.retry_seconds)
    elif response.status_code in {429, 503}:
        response.headers["Retry-After"] = "5"
