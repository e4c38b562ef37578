"""From view models to HTML, through templates that escape everything."""

from functools import cache
from typing import TypeAlias

import jinja2

from filmld.publish.pages.asking import QuestionPage, QuestionsPage, SparqlPage
from filmld.publish.pages.model import (
    CardPage,
    EntityPage,
    FilesPage,
    HomePage,
    ListPage,
    MissingPage,
    RetiredPage,
    SearchPage,
    TermsPage,
    VocabularyPage,
)
from filmld.publish.words import Words

Page: TypeAlias = (
    CardPage
    | EntityPage
    | FilesPage
    | HomePage
    | ListPage
    | MissingPage
    | QuestionPage
    | QuestionsPage
    | RetiredPage
    | SearchPage
    | SparqlPage
    | TermsPage
    | VocabularyPage
)

_TEMPLATES = (
    (CardPage, "card.html"),
    (EntityPage, "entity.html"),
    (HomePage, "home.html"),
    (ListPage, "list.html"),
    (MissingPage, "missing.html"),
    (QuestionPage, "question.html"),
    (QuestionsPage, "questions.html"),
    (SparqlPage, "sparql.html"),
    (RetiredPage, "retired.html"),
    (SearchPage, "search.html"),
    (FilesPage, "files.html"),
    (TermsPage, "terms.html"),
    (VocabularyPage, "vocabulary.html"),
)


def render(page: Page, words: Words) -> bytes:
    """Lay out a page."""
    name = next(template for model, template in _TEMPLATES if isinstance(page, model))
    html: str = _environment().get_template(name).render(page=page, words=words)
    return html.encode()


def fragment(name: str, words: Words, **values: object) -> str:
    """Lay out a part of a page."""
    html: str = _environment().get_template(name).render(words=words, **values)
    return html


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("filmld.publish"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # nobody edits templates meanwhile, and to look costs time for every page
    )
