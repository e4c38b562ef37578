"""Findings about two records: in which of them they are told, and whether somebody said that all is well."""

import re

from filmld.turtle.document import Document


def is_told_here(code: str, here: Document, there: Document) -> bool:
    """One finding a pair: in the record that says it is right so, else in the later one."""
    if _is_accepted(code, here) or _is_accepted(code, there):
        return _is_accepted(code, here)
    return here.filename >= there.filename


def _is_accepted(code: str, document: Document) -> bool:
    accepted = re.compile(rf"#+\s*filmld:\s*ok\s+{re.escape(code)}(?![\w-])")
    return any(accepted.match(comment.text) for comment in document.comments)
