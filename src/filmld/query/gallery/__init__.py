"""The query gallery: questions that researchers ask, ready to run, each in a file beside this one."""

from filmld.query.gallery.paging import AFTER, ROWS
from filmld.query.gallery.parameters import Kind, Parameter
from filmld.query.gallery.questions import (
    Chart,
    Question,
    Translation,
    find_question,
    gallery,
    read_questions,
)

__all__ = [
    "AFTER",
    "ROWS",
    "Chart",
    "Kind",
    "Parameter",
    "Question",
    "Translation",
    "find_question",
    "gallery",
    "read_questions",
]
