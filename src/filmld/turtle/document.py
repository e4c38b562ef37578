"""A record as read: what it states, where it states it, and what is wrong with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from filmld.diagnostics.model import Diagnostic, Position, Span
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Resource, Term, Triple

if TYPE_CHECKING:
    from filmld.turtle.draft import Draft
    from filmld.turtle.tokens import Token

_Key: TypeAlias = tuple[Resource, IRI | None, Term | None]


class Comment(NamedTuple):
    """A comment, with its ``#``."""

    text: str
    span: Span


class Prefix(NamedTuple):
    """A prefix as declared, and where: its name with the colon, and its IRI."""

    prefix: str
    iri: str
    name: Span
    link: Span


class Document:
    """One record's text, read.

    Offsets into the text are cheap and are what tokens and the editor use; rows and columns
    are worked out when they are asked for.

    Args:
        draft: What the reader gathered; not for use outside ``filmld.turtle``.
        diagnostics: What is wrong, in the order of the text.
    """

    def __init__(self, draft: "Draft", diagnostics: tuple[Diagnostic, ...]) -> None:
        self._draft = draft
        self._diagnostics = diagnostics

    @cached_property
    def draft(self) -> "Draft":
        """What the reader gathered."""
        return self._draft

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, in the order of the text."""
        return self._diagnostics

    @property
    def filename(self) -> str:
        """The file as shown to people."""
        return self.draft.filename

    @property
    def text(self) -> str:
        """The text as read."""
        return self.draft.text

    @property
    def well_formed(self) -> bool:
        """Whether the text is Turtle 1.1 throughout, whatever its texts and links may contain."""
        return self.draft.well_formed

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """What the sound statements state, in the order of the text, repetitions included."""
        return tuple(self.draft.triples)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes without their colon; if one is declared twice, the last one."""
        return MappingProxyType({item.prefix: item.iri for item in self.draft.declarations if item.iri})

    @cached_property
    def declarations(self) -> tuple[Prefix, ...]:
        """The prefix declarations in the order of the text."""
        return tuple(
            Prefix(item.prefix, item.iri, self._place(item.name_token), self._place(item.iri_token))
            for item in self.draft.declarations
        )

    @cached_property
    def tokens(self) -> tuple["Token", ...]:
        """All tokens, comments included; between them is nothing but blanks."""
        return tuple(self.draft.tokens)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments in the order of the text."""
        return tuple(
            Comment(text, self.draft.lines.span(start, start + len(text)))
            for _, start, text in self.draft.tokens.comments
        )

    def graph(self) -> Graph:
        """The triples, each once."""
        return Graph(self.draft.triples)

    def span(
        self,
        subject: Resource,
        predicate: IRI | None = None,
        object: Term | None = None,  # noqa: A002 - as in RDF
    ) -> Span | None:
        """The place to underline for a subject, a property of it, or a value of that.

        It is the smallest known: where the value is written, else the property, else the
        subject's first mention as a subject; what is not in the file is left out of the
        question, from the value to the subject. Of a text it is the text without its language mark
        or datatype, of ``[…]`` and ``(…)`` the opening bracket; :meth:`extent` gives the whole.

        Returns:
            ``None`` if the file says nothing about the subject.
        """
        return next(iter(self.spans(subject, predicate, object)), None)

    def spans(
        self,
        subject: Resource,
        predicate: IRI | None = None,
        object: Term | None = None,  # noqa: A002 - as in RDF
    ) -> tuple[Span, ...]:
        """Every place of what :meth:`span` finds the first place of."""
        for key in ((subject, predicate, object), (subject, predicate, None), (subject, None, None)):
            tokens = self._index.get(key)
            if tokens:
                return tuple(self._place(token) for token in dict.fromkeys(tokens))
        return ()

    def extent(self, span: Span) -> Span:
        """All of the term that is written at a place of :meth:`span`: up to its mark or closing bracket."""
        token = self._token_at(span)
        if token is None:
            return span
        end = self.draft.tokens.end(self.draft.last_token(token))
        return Span(span.start, self.draft.lines.position(end))

    def language_span(self, span: Span) -> Span | None:
        """The language mark, with its ``@``, of the text at a place of :meth:`span`."""
        from filmld.turtle.tokens import Kind  # noqa: PLC0415  most documents are sound, and never asked

        token = self._token_at(span)
        if token is None or self.draft.tokens.kinds[token] != Kind.TEXT:
            return None
        is_marked = self.draft.tokens.kinds[token + 1] == Kind.AT
        return self._place(token + 1) if is_marked else None

    def statement_span(self, span: Span) -> Span | None:
        """The whole statement, up to its dot, that holds a place of :meth:`span`."""
        token = self._token_at(span)
        if token is None:
            return None
        following = bisect_right(self._starts, token)
        first = self._starts[following - 1]
        last = self._starts[following] - 1 if following < len(self._starts) else len(self.draft.tokens) - 2
        return self.draft.lines.span(self.draft.tokens.starts[first], self.draft.tokens.end(last))

    def statement_rows(self, row: int) -> tuple[int, int] | None:
        """The first and the last row of the statement that stands on a row, if one does."""
        starts = self.draft.tokens.starts
        token = bisect_left(starts, self.draft.lines.offset(Position(row, 1)))
        if token >= len(starts) - 1:
            return None
        statement = self.statement_span(self._place(token))
        return (statement.start.row, statement.end.row) if statement and statement.start.row <= row else None

    def places(self) -> Iterator[tuple[Triple, Span, Span, Span]]:
        """Every triple with the places of its subject, property and value."""
        for triple, (subject, predicate, object_) in zip(self.draft.triples, self.draft.places, strict=True):
            yield triple, self._place(subject), self._place(predicate), self._place(object_)

    @cached_property
    def _starts(self) -> list[int]:
        """The first token of every statement."""
        from filmld.turtle.tokens import Kind  # noqa: PLC0415  as above

        ends = (index + 1 for index, kind in enumerate(self.draft.tokens.kinds) if kind == Kind.DOT)
        return [0, *ends]

    def _token_at(self, span: Span) -> int | None:
        """The token that begins at a place."""
        return self.draft.tokens.index_at(self.draft.lines.offset(span.start))

    def _place(self, token: int) -> Span:
        tokens = self.draft.tokens
        return self.draft.lines.span(tokens.starts[token], tokens.end(token))

    @cached_property
    def _index(self) -> dict[_Key, list[int]]:
        """The tokens that write each subject, property and value."""
        index: dict[_Key, list[int]] = {}
        for triple, place in zip(self.draft.triples, self.draft.places, strict=True):
            subject, predicate, object_ = triple
            index.setdefault((subject, None, None), []).append(place[0])
            index.setdefault((subject, predicate, None), []).append(place[1])
            index.setdefault((subject, predicate, object_), []).append(place[2])
        return index
