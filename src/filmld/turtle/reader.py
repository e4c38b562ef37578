"""Reading a record: text in, triples with places and everything that is wrong out."""

from filmld.turtle import conflicts, lint
from filmld.turtle.decoding import decode
from filmld.turtle.document import Document
from filmld.turtle.draft import Draft
from filmld.turtle.grammar import Grammar
from filmld.turtle.lines import Lines
from filmld.turtle.tokens import scan

__all__ = ["decode", "read"]


def read(text: str, *, filename: str = "-", base: str | None = None) -> Document:
    """Read a record, whatever it looks like.

    Mistakes are in the document's diagnostics; the triples are those of the statements
    that have none. A CR LF inside a text is read as LF, and so is a CR in a file that has no LF
    at all: a record means the same however an editor ends its lines. Apart from that, lexical
    forms are as written.

    Anonymous blank nodes are called ``b1``, ``b2`` … in the order of the text, leaving out
    labels that the file itself uses.

    Args:
        text: The record, decoded.
        filename: As shown in diagnostics.
        base: What relative links start from until the file says ``@base``. Without it a
            relative link is a mistake.
    """
    conflict = conflicts.find(text, filename)
    if conflict:
        draft = Draft(filename, text, scan(text), Lines(text), well_formed=False)
        return Document(draft, conflict)
    grammar = Grammar(text, filename, base)
    grammar.run()
    found = grammar.found()
    draft = grammar.draft
    found += lint.lint(draft)
    found.sort(key=lambda fault: fault.place)
    return Document(draft, tuple(fault.diagnostic(filename, draft.lines) for fault in found))
