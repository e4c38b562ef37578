"""What is wrong with a query that the engine could not read, in words for a person."""

from filmld.query import guard
from filmld.query.errors import QuerySyntaxError
from filmld.query.frames import Fault, Question

_SENTENCES = (
    ("variable that is unbound", "SELECT names a variable that is neither bound nor grouped by"),
    ("IRI parsing failed", "an IRI is not absolute, and there is no BASE"),
    ("Prefix not found", "a prefix is used that is not declared"),
)


def explain(fault: Fault, question: Question) -> QuerySyntaxError:
    """Say what a syntax error is.

    The engine names every token that its grammar would have let stand at the farthest
    place it came to, which tells a person little. What people most often get wrong is said
    in words; otherwise the place alone has to do.
    """
    known = {prefix for prefix, _ in question.prefixes}
    undeclared = guard.undeclared_prefix(question.text, known)
    if undeclared:
        name, row, column = undeclared
        return QuerySyntaxError(f"the prefix {name}: is not declared", row, column)
    sentence = next((words for mark, words in _SENTENCES if mark in fault.message), "this is not SPARQL")
    return QuerySyntaxError(sentence, fault.row, fault.column)
