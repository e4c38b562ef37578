"""Reading sound records fast, and places only where somebody asks for them.

Most records have nothing wrong with their text. They are parsed by pyoxigraph, four times as fast as by
:func:`filmld.turtle.reader.read`, into the same statements in the same order with the same labels. Whatever
the reader could have anything to say of is left to the reader: the screens here may suspect what is sound,
never the other way round. ``tests/turtle/test_quick.py`` holds the two against each other.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode as OxBlankNode
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode, RdfFormat
from pyoxigraph import parse as ox_parse

from filmld.turtle import iris, lexical, oddities
from filmld.turtle.decoding import SIZE_LIMIT
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.oddities import LANGUAGE_MARK
from filmld.turtle.screen import Head, Screen
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import RDF

if TYPE_CHECKING:
    from filmld.turtle.draft import Draft

_FIRST = RDF + "first"
_REIFIES = RDF + "reifies"
UNORDERED: Final = frozenset({_FIRST, RDF + "rest", _REIFIES})
"""Lists come in another order than in the text; what is reified is RDF 1.2."""
_MOST = 200_000
"""So many terms are remembered before they are thought to be too many."""
STARTS: Final = (b"@prefix ", b"@base ", b"#")
"""No other kind of file begins so (:func:`filmld.turtle.decoding.decode`)."""
_NESTED = 50
"""The reader refuses brackets that are a hundred deep."""
_LONG = 200
"""Longer texts are hardly ever met twice."""

_new = tuple.__new__  # half the time of a named tuple's own


class QuickDocument(Document):
    """A sound record: its places are worked out at the first question for one.

    Args:
        filename: The file as shown to people.
        text: The text.
        triples: What it states.
        graph: The same, by subject and property.
        prefixes: What it declares.
    """

    def __init__(
        self, filename: str, text: str, triples: tuple[Triple, ...], graph: Graph, prefixes: Mapping[str, str]
    ) -> None:
        own = self.__dict__
        own["_filename"] = filename
        own["_text"] = text
        own["triples"] = triples
        own["_graph"] = graph
        own["prefixes"] = prefixes
        own["diagnostics"] = ()

    _filename: str
    _text: str
    _graph: Graph

    @property
    def filename(self) -> str:
        """The file as shown to people."""
        return self._filename

    @property
    def text(self) -> str:
        """The text as read."""
        return self._text

    @property
    def well_formed(self) -> bool:
        """Whether the text is Turtle 1.1 throughout: nothing else is read quickly."""
        return True

    @cached_property
    def draft(self) -> "Draft":
        """What the reader gathers, when somebody asks for it."""
        from filmld.turtle.reader import read  # noqa: PLC0415  of most records nobody asks for a place

        return read(self._text, filename=self._filename).draft

    def graph(self) -> Graph:
        """The triples, each once."""
        return self._graph


class _OddError(Exception):
    """Something is for the reader to judge."""


class QuickReader:
    """Reads records quickly, and remembers the terms that they share."""

    def __init__(self) -> None:
        self._iris: dict[str, IRI] = {}
        self._literals: dict[tuple[str, str, str | None], Literal] = {}
        self._screen = Screen()

    def read(self, data: bytes, filename: str) -> Document | None:
        """Read a record that is sound.

        Args:
            data: Its bytes.
            filename: As shown in diagnostics.

        Returns:
            ``None`` where the reader has to look at it.
        """
        if not data.startswith(STARTS) or len(data) > SIZE_LIMIT:
            return None
        if len(self._iris) > _MOST or len(self._literals) > _MOST:
            self._iris.clear()
            self._literals.clear()
        try:
            text = data.decode("utf-8")
            head = self._screen.head(text)
            if head is None:
                return None
            triples = self._triples(data, head)
        except (SyntaxError, ValueError, _OddError):
            return None
        graph = Graph(triples)
        if not triples or len(graph) != len(triples):  # the reader warns of what is empty or said twice
            return None
        return QuickDocument(filename, text, tuple(triples), graph, head.prefixes)

    def _triples(self, data: bytes, head: Head) -> list[Triple]:
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
        known, found, blanks = self._iris, list[Triple](), False
        for quad in ox_parse(data, format=RdfFormat.TURTLE):
            subject, value, name = quad.subject, quad.object, quad.predicate.value
            if name in UNORDERED:
                raise _OddError
            predicate = known.get(name) or self._iri(name)
            first: Resource
            if type(subject) is NamedNode:
                name = subject.value
                first = known.get(name) or self._iri(name)
            else:
                first, blanks = _unlabelled(subject), True
            last: Term
            if type(value) is NamedNode:
                name = value.value
                last = known.get(name) or self._iri(name)
            elif type(value) is OxLiteral:
                last = self._literal(value, head)
            else:
                last, blanks = _unlabelled(value), True
            found.append(_new(Triple, (first, predicate, last)))
        return _labelled(_in_order_of_text(found)) if blanks else found

    def _iri(self, name: str) -> IRI:
        """Make an IRI, of which the reader would have nothing to say wherever it stood."""
        if oddities.is_odd_link(name) or iris.fault(name):
            raise _OddError
        made = self._iris[name] = IRI(name)
        return made

    def _literal(self, term: OxLiteral, head: Head) -> Literal:
        language = term.language
        key = (term.value, RDF_LANG_STRING if language else term.datatype.value, language)
        if language and language in head.tags:
            key = (key[0], key[1], head.tags[language])
        found = self._literals.get(key)
        if found is None:
            found = _new(Literal, key)
            self._judge(found, term, head)
            if len(key[0]) <= _LONG:
                self._literals[key] = found
        elif head.has_escapes and oddities.is_garbled(found.lexical):
            raise _OddError
        return found

    def _judge(self, literal: Literal, term: OxLiteral, head: Head) -> None:
        text, datatype, language = literal
        if language is not None:
            is_odd = term.direction is not None or not LANGUAGE_MARK.fullmatch(f"@{language}")
        elif datatype == XSD_STRING:
            is_odd = False
        else:
            is_odd = lexical.is_ill_formed(text, (self._iris.get(datatype) or self._iri(datatype)).value)
        if is_odd or (head.has_escapes and oddities.is_garbled(text)):
            raise _OddError


def _unlabelled(node: object) -> BlankNode:
    if not isinstance(node, OxBlankNode):
        raise _OddError  # a triple term of RDF 1.2
    return _new(BlankNode, (node.value,))


def _in_order_of_text(triples: list[Triple]) -> list[Triple]:
    """Put the statement that a bracket is the value of before those inside the bracket.

    pyoxigraph tells of it when the bracket is closed, the reader when it is opened.
    """
    found: list[Triple] = []
    begins: dict[Resource, int] = {}
    for triple in triples:
        subject, _, value = triple
        place = begins.get(value, len(found)) if isinstance(value, BlankNode) else len(found)
        found.insert(place, triple)
        if isinstance(subject, BlankNode):
            begins.setdefault(subject, place)
    return found


def _labelled(triples: list[Triple]) -> list[Triple]:
    """Label anonymous nodes as the reader does: in the order in which they open."""
    labels: dict[BlankNode, BlankNode] = {}

    def label(node: BlankNode) -> BlankNode:
        return labels.get(node) or labels.setdefault(node, BlankNode(f"b{len(labels) + 1}"))

    found = []
    for subject, predicate, value in triples:
        first = label(subject) if isinstance(subject, BlankNode) else subject
        last = label(value) if isinstance(value, BlankNode) else value
        found.append(Triple(first, predicate, last))
    if len(labels) > _NESTED:
        raise _OddError
    return found
