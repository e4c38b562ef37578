"""The questions of the gallery with their answers: a page each, the answer as files, the query."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from filmld.catalog.terms import term_names
from filmld.publish.pages.cells import CatalogNamer
from filmld.publish.pages.model import Shell
from filmld.publish.pages.question import FOLDER, INDEX, question_page, questions_page
from filmld.publish.pages.shell import in_every_language, shell
from filmld.publish.parts.setting import local_setting
from filmld.publish.plan import CSV, JSON, SPARQL, Document, Plan
from filmld.publish.results import Asked

_PATH: Final = re.compile(rf"{FOLDER}(.+)\.(html|csv|json|rq)")


class Questions:
    """All files of all questions; none where no question was handed in."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._questions = {asked.name: asked for asked in plan.questions}

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        if self._questions:
            yield INDEX
        for name, asked in self._questions.items():
            for suffix in ("html", "csv", "json", "rq") if asked.results else ("html", "rq"):
                yield f"{FOLDER}{name}.{suffix}"

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path == INDEX:
            self._plan.note("questions", "")
            return self._index() if self._questions else None
        match = _PATH.fullmatch(path)
        asked = self._questions.get(match[1]) if match else None
        if match is None or asked is None:
            return None
        self._plan.note("question", asked.name)
        return self._file(path, match[2], asked)

    def _file(self, path: str, suffix: str, asked: Asked) -> Document | None:
        match suffix:
            case "html":
                return self._page(path, asked)
            case "rq":
                return Document(asked.query.encode(), SPARQL)
            case "csv" if asked.results:
                return Document(asked.results.as_csv(), CSV)
            case "json" if asked.results:
                return Document(asked.results.as_json(), JSON)
        return None

    def _page(self, path: str, asked: Asked) -> Document:
        desk = self._plan.desk(path)
        asked = asked.in_language(self._plan.words.language)
        page = question_page(
            self._frame(path, asked.title, asked.description),
            asked,
            CatalogNamer(desk, self._terms),
            local_setting(self._plan, path),
        )
        return self._plan.html(page)

    def _index(self) -> Document:
        said = self._plan.words.asking
        frame = self._frame(INDEX, said["questions_title"], said["questions_about"])
        return self._plan.html(questions_page(frame, self._plan.questions, local_setting(self._plan, INDEX)))

    def _frame(self, path: str, title: str, description: str) -> Shell:
        desk = self._plan.desk(path)
        canonical = self._plan.base + path
        frame = shell(desk, title=title, description=description, canonical=canonical)
        return in_every_language(desk, frame, canonical)

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        archive = self._plan.catalog.archive
        return term_names(archive.ontology_files(), (self._plan.words.language, *archive.config.languages))
