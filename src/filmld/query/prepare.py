"""From what someone asks to what a worker is asked: the guard stands in between."""

from dataclasses import dataclass

from filmld.archive.config import Limits
from filmld.query import guard
from filmld.query.formats import SOLUTION_FORMATS, TRIPLE_FORMATS, Format
from filmld.query.frames import Question
from filmld.vocab import PREFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What someone asks.

    Attributes:
        text: The query.
        solutions: The format wanted for SELECT and ASK; none if they want none of ours.
        triples: The format wanted for CONSTRUCT and DESCRIBE.
        default_graphs: ``default-graph-uri`` of the SPARQL Protocol.
        named_graphs: ``named-graph-uri``.
        max_bytes: The largest answer, 0 for any.
        seconds: How long it may take.
        base: What relative IRIs are resolved against (SPARQL 1.1 Query §4.1.1): the archive's
            own, so that ``<film/moloch-1999>`` names a film.
    """

    text: str
    solutions: Format | None = SOLUTION_FORMATS[0]
    triples: Format | None = TRIPLE_FORMATS[0]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    max_bytes: int = 0
    seconds: float = 10
    base: str | None = None


def prepare(request: Request, *, limits: Limits, offline: bool) -> Question:
    """Make the question for a worker.

    Raises:
        QueryRefusedError: The guard does not let the query pass.
    """
    passed = guard.check(request.text, max_characters=limits.query_characters, offline=offline)
    return Question(
        text=passed.text,
        solutions=request.solutions.name if request.solutions else None,
        triples=request.triples.name if request.triples else None,
        names_dataset=passed.names_dataset,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        max_bytes=request.max_bytes,
        cpu_seconds=2 * round(request.seconds) + 1,
        prefixes=PREFIXES,
        base=request.base,
        repeatable=passed.repeatable,
    )
