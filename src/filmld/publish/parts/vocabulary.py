"""The ontology and the shapes: as Turtle under their own addresses, and as pages with a place a term."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from types import MappingProxyType

from filmld.publish.pages.terms import FOLDERS, terms_page, vocabulary_page
from filmld.publish.plan import TURTLE, Document, Plan
from filmld.publish.vocabulary import TermsFile
from filmld.publish.vocabulary import Vocabulary as Files


class Vocabulary:
    """All files of ``ontology/`` and ``shapes/``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._files = Files(plan.catalog.archive)

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from self._makers

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if not path.startswith(tuple(f"{folder}/" for folder in FOLDERS)):
            return None
        make = self._makers.get(path)
        return make() if make else None

    @cached_property
    def _makers(self) -> Mapping[str, Callable[[], Document]]:
        found: dict[str, Callable[[], Document]] = {
            f"{folder}/index.html": partial(self._index, folder) for folder in FOLDERS
        }
        for file in self._files.files:
            found[file.turtle] = partial(_turtle, file)
            for number in range(1, file.pages + 1):
                found[file.page(number)] = partial(self._page, file, number)
        return MappingProxyType(found)

    def _index(self, folder: str) -> Document:
        desk = self._plan.desk(f"{folder}/index.html")
        return self._plan.html(vocabulary_page(desk, self._files, folder))

    def _page(self, file: TermsFile, number: int) -> Document:
        return self._plan.html(terms_page(self._plan.desk(file.page(number)), self._files, file, number))


def _turtle(file: TermsFile) -> Document:
    return Document(file.path.read_bytes(), TURTLE)
