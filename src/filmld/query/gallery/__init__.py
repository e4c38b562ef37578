"""The query gallery: questions that researchers ask, ready to run, each in a file beside this one."""

from filmld.query.gallery.parameters import Kind, Parameter
from filmld.query.gallery.questions import Chart, Question, find_question, gallery, read_questions

__all__ = ["Chart", "Kind", "Parameter", "Question", "find_question", "gallery", "read_questions"]
