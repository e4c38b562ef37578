"""Why a query got no answer, or not a whole one."""

from collections.abc import Sequence
from enum import StrEnum

from filmld.errors import FilmldError


class ResultKind(StrEnum):
    """What a query form answers with (SPARQL 1.1 Query §16)."""

    SOLUTIONS = "solutions"
    BOOLEAN = "boolean"
    TRIPLES = "triples"

    @property
    def forms(self) -> str:
        """The query forms that answer so."""
        return {"solutions": "SELECT", "boolean": "ASK", "triples": "CONSTRUCT and DESCRIBE"}[self.value]


class QueryError(FilmldError):
    """A query has no answer; every other error of this module is one of these."""


class QueryRefusedError(QueryError):
    """The query itself is at fault, and was not evaluated."""


class QueryEmptyError(QueryRefusedError):
    """There is nothing but blank space and comments."""

    def __init__(self) -> None:
        super().__init__("the query is empty", "such as SELECT * { ?film a schema:Movie } LIMIT 10")


class QueryTooLongError(QueryRefusedError):
    """The text is longer than a person would write."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"the query has {length:,} characters; at most {limit:,} are accepted",
            "an archive allows more with query_characters in its [limits]",
        )


class QueryNotUnicodeError(QueryRefusedError):
    """The text cannot be written as UTF-8, so it is no SPARQL (SPARQL 1.1 Query §19.1)."""

    def __init__(self) -> None:
        super().__init__("the query is not UTF-8 text")


class ServiceRefusedError(QueryRefusedError):
    """SERVICE would make this computer call another one."""

    def __init__(self, row: int | None = None, column: int | None = None) -> None:
        place = f"line {row}, column {column}: " if row else ""
        super().__init__(
            f"{place}SERVICE is not allowed; queries never leave this computer",
            "leave the SERVICE block out, or ask the other endpoint separately",
        )


class UpdateRefusedError(QueryRefusedError):
    """The text is a SPARQL update; records are changed as text."""

    def __init__(self, keyword: str) -> None:
        super().__init__(
            f"{keyword} is an update; only queries are answered",
            "SELECT, ASK, CONSTRUCT and DESCRIBE are queries; records are changed in their files",
        )


class TooDeepError(QueryRefusedError):
    """Brackets nest deeper than an engine's stack should have to bear."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"brackets are nested more than {limit} deep", "split the query")


class TooManyOperatorsError(QueryRefusedError):
    """One expression or path is longer than an engine's stack should have to bear."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"the query has more than {limit:,} operators",
            "a list of values goes into VALUES ?x { … } or IN (…)",
        )


class QuerySyntaxError(QueryRefusedError):
    """The text is not SPARQL 1.1.

    Attributes:
        row: 1-based line near which reading stopped, if known.
        column: 1-based column, in code points.
    """

    def __init__(self, problem: str, row: int | None = None, column: int | None = None) -> None:
        place = f"line {row}, column {column}: " if row else ""
        super().__init__(
            f"{place}{problem}", "the mistake is at this place or just before it" if row else None
        )
        self.row = row
        self.column = column


class FormatKindError(QueryRefusedError):
    """The answer cannot be written in any format that was asked for."""

    def __init__(self, kind: ResultKind, offers: Sequence[str]) -> None:
        super().__init__(
            f"the answer to {kind.forms} cannot be written in the format asked for",
            f"{kind.forms}: {', '.join(offers)}",
        )
        self.kind = kind
        self.offers = tuple(offers)


class CharacterError(QueryError):
    """The answer holds a character that XML cannot hold (XML 1.0 §2.2), and XML was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "the answer holds a control character, which XML cannot hold",
            "ask for another format, such as JSON",
        )


class EvaluationError(QueryError):
    """The engine gave up while it evaluated the query."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the query cannot be evaluated: {problem}")


class DeadlineError(QueryError):
    """The query took longer than it may; its process was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the query was ended: it took longer than {seconds:g} seconds",
            "ask for less: LIMIT, fewer unconnected patterns, no ORDER BY over everything",
        )


class ResultTooLargeError(QueryError):
    """The answer outgrew its limit; what was sent before is not the whole answer."""

    def __init__(self, mib: float) -> None:
        super().__init__(
            f"the result is larger than {mib:g} MiB", "ask for part of it, with LIMIT and OFFSET"
        )


class WorkerDiedError(QueryError):
    """The process that evaluated the query died, of this query or by someone's hand."""

    def __init__(self) -> None:
        super().__init__(
            "the process that evaluated this query ended unexpectedly",
            "the query may need too much memory or stack; ask for less at once",
        )


class PoolBusyError(QueryError):
    """No process became free in time."""

    def __init__(self) -> None:
        super().__init__("too many queries are being answered", "try again in a few seconds")


class ClientBusyError(QueryError):
    """One client asks for more than its share."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"at most {limit} queries of one client are answered at a time", "wait for one of them to end"
        )


class ClientBudgetError(QueryError):
    """One client has used up its time.

    Attributes:
        retry_seconds: When it may ask again.
    """

    def __init__(self, seconds: int, retry_seconds: int) -> None:
        super().__init__(
            f"the queries of one client may compute for {seconds} seconds in a minute",
            f"ask again in {retry_seconds} seconds",
        )
        self.retry_seconds = retry_seconds


class DataUnreadableError(QueryError):
    """The data to be queried cannot be read."""

    def __init__(self, name: str, problem: str, row: int | None = None, column: int | None = None) -> None:
        place = f"{name}:{row}:{column or 1}" if row else name
        super().__init__(f"{place}: {problem}")


class UnknownDataFormatError(QueryError):
    """A file's name does not tell what it is written in."""

    def __init__(self, name: str, suffixes: Sequence[str]) -> None:
        super().__init__(
            f"{name}: the name does not tell the format of the file",
            f"data is read from files that end in {', '.join(suffixes)}",
        )


class WorkerStartError(QueryError):
    """No process for queries can be started."""

    def __init__(self, problem: str = "it ended before it had read its data") -> None:
        super().__init__(f"no process for queries could be started: {problem}")


class WorkerStartTimeoutError(WorkerStartError):
    """A process for queries began and never was ready."""

    def __init__(self) -> None:
        super().__init__("it does not come to an end of reading its data")


class BadEndpointError(QueryError):
    """An endpoint was named that has no address on the web."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url!r} is not the address of an endpoint",
            "such as --endpoint https://query.wikidata.org/sparql",
        )


class EndpointError(QueryError):
    """Another endpoint gives no answer."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")


class ClosedError(QueryError):
    """Somebody asks what has been closed."""

    def __init__(self) -> None:
        super().__init__("these data have been closed", "open them again with filmld.open()")


class LibraryMissingError(QueryError):
    """A library that only some people need is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not installed", "pip install 'filmld[pandas]'")
