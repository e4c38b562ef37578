"""pySHACL, as far as compiled shapes need it."""

from typing import TYPE_CHECKING, Final

from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.compiled.tree import Values
from filmld.check.shapes.result import Result
from filmld.turtle.terms import Resource, Term

if TYPE_CHECKING:
    from filmld.check.shapes.questions import Questions

QUERY: Final = "sh:sparql"
"""What is written for the reason why a shape asks pySHACL, where it is not the name of a component."""


class Asked:
    """pySHACL, fetched when it is first needed: that takes longer than to judge a hundred films."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._questions: Questions | None = None

    def results(self, shape: Resource, reason: str, focus: Term, values: Values, data: Data) -> list[Result]:
        """Ask for the results of one constraint."""
        if self._questions is None:
            from filmld.check.shapes.questions import Questions  # noqa: PLC0415  heavy

            self._questions = Questions(self._source.graph)
        if reason == QUERY:
            return self._questions.by_query(shape, focus, values, data)
        return self._questions.by_component(shape, reason, focus, values, data)
