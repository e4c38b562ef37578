"""What the data set says of itself, as files."""

from filmld.publish import description, examples
from filmld.publish.plan import TURTLE, Document, Plan
from filmld.publish.spool import SUMS, Dumps

WELL_KNOWN = ".well-known/void"
"""Where harvesters look first (VoID §7.2, RFC 8615)."""


class Description:
    """``void.ttl``, also where it is well known, and the questions to ask."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._plan = plan
        self._dumps = dumps

    def paths(self) -> tuple[str, ...]:
        """The paths of all files."""
        questions = (examples.FILE,) if self._plan.examples else ()
        return (description.FILE, WELL_KNOWN, *questions)

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path not in self.paths():
            return None
        return Document(self._examples() if path == examples.FILE else self._void(), TURTLE)

    def _void(self) -> bytes:
        survey = self._dumps.survey
        lines = self._dumps.path(SUMS).read_text(encoding="ascii").splitlines()
        sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        files = {
            name: (kind, self._dumps.path(name).stat().st_size, sums[name])
            for name, kind in self._dumps.names.items()
            if name != SUMS
        }
        return description.description(self._plan, survey, files)

    def _examples(self) -> bytes:
        self._plan.note("questions", "")
        dataset = description.dataset_iri(self._plan.base)
        return examples.examples_document(self._plan.base, dataset, self._plan.examples)
