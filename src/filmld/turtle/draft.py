"""What a reader gathers from one text before it is handed out as a document."""

from dataclasses import dataclass, field

from filmld.tuples import NamedTuple
from filmld.turtle.lines import Lines
from filmld.turtle.terms import Literal, Triple
from filmld.turtle.tokens import Kind, Tokens


class Place(NamedTuple):
    """The tokens of one triple: where its subject, its property and its value are written.

    For a list, the cells have no words of their own: the first cell is its ``(``, each other
    one its item, and the link to the next cell is the next item or the ``)``.
    """

    subject: int
    predicate: int
    object: int


class Declaration(NamedTuple):
    """A prefix as declared: by the tokens of its name and its IRI."""

    prefix: str
    iri: str
    name_token: int
    iri_token: int


@dataclass(slots=True)
class Draft:
    """The state of reading one text.

    Attributes:
        filename: As shown in diagnostics.
        text: The text.
        tokens: Its tokens.
        lines: Its rows and columns.
        triples: What it states, in its order.
        places: Where, one for each triple.
        declarations: Its prefixes, in its order.
        bases: Its bases, and the tokens that declare them.
        links: Every link written in full, by the token that writes it first.
        typed: Every literal written with a datatype, and every very long number, by its token.
        languages: Every language mark, without its ``@``.
        brackets: The token that closes each ``[`` and ``(``.
        well_formed: Whether it is Turtle 1.1.
    """

    filename: str
    text: str
    tokens: Tokens
    lines: Lines
    triples: list[Triple] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    bases: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    typed: list[tuple[Literal, int]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    brackets: dict[int, int] = field(default_factory=dict)
    well_formed: bool = True

    def last_token(self, index: int) -> int:
        """The last token of the term that begins at ``index``."""
        if self.tokens.kinds[index] in {Kind.OPEN, Kind.OPEN_LIST}:
            return self.brackets.get(index, index)
        return self.tokens.last(index)
