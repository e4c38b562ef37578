"""Blank nodes of many files in one graph; in a file, the label of each means something to that file only."""

from filmld.turtle.terms import BlankNode, Resource, Term, Triple


def shared(triple: Triple, file: int) -> Triple:
    """A statement of one file as it stands in the graph of all files."""
    subject, predicate, value = triple
    return Triple(_named(subject, file), predicate, _named_term(value, file))


def shared_node(node: Resource, file: int) -> Resource:
    """A node of one file as it stands in the graph of all files.

    >>> shared_node(BlankNode("b1"), 7)
    BlankNode(label='7.b1')
    """
    return _named(node, file)


def own(term: Term) -> Term:
    """A term of the graph of all files as its own file has it."""
    return BlankNode(term.label.partition(".")[2]) if isinstance(term, BlankNode) else term


def own_node(node: Resource) -> Resource:
    """A node of the graph of all files as its own file has it.

    >>> own_node(BlankNode("7.b1"))
    BlankNode(label='b1')
    """
    return BlankNode(node.label.partition(".")[2]) if isinstance(node, BlankNode) else node


def _named(node: Resource, file: int) -> Resource:
    return BlankNode(f"{file}.{node.label}") if isinstance(node, BlankNode) else node


def _named_term(term: Term, file: int) -> Term:
    return BlankNode(f"{file}.{term.label}") if isinstance(term, BlankNode) else term
