"""The text of a new record: what is known, and what the shapes would like to know."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from filmld.archive.fields import Field
from filmld.archive.kinds import KINDS, Kind, kind_of
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal, Term, lang_string
from filmld.vocab import FLD, PREFIXES, SCHEMA, XSD

NAME: Final = SCHEMA + "name"
YEAR: Final = SCHEMA + "dateCreated"
RECORD: Final = FLD + "Record"
GAP: Final = "…"
"""What stands for a value; a record cannot be read while one is in a link."""

_INDENT: Final = "    "
_OFFER: Final = "# What can be stated besides: take a # away and put what you know in place of the … ."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is known of a new record.

    Attributes:
        kind: Its kind.
        base: The IRI that all records of the archive begin with.
        slug: The last part of its IRI.
        name: The title or name of the main entity.
        language: The language of the name, if it is marked with one.
        year: The year of reference of a film, if known.
    """

    kind: Kind
    base: str
    slug: str
    name: str
    language: str | None = None
    year: int | None = None

    @property
    def iri(self) -> str:
        """The IRI of the main entity."""
        return f"{self.base}{self.kind.name}/{self.slug}"


def write(
    record: NewRecord,
    *,
    entity: Sequence[Field],
    document: Sequence[Field],
    texts_in: str,
    is_prose: Callable[[str], bool],
) -> str:
    """Write a new record in the house style.

    Whatever the shapes ask for and is not known stands there as a comment, so that nothing is
    stated that nobody has said.

    Args:
        record: What is known.
        entity: What the shapes say of the main entity.
        document: What they say of the record itself.
        texts_in: The language that texts are likely to be in.
        is_prose: Whether a property, given by its IRI, takes nothing but text.
    """
    return _Writer(record, texts_in, is_prose).write(entity, document)


class _Writer:
    """Writes one record, and remembers which prefixes it needs."""

    def __init__(self, record: NewRecord, texts_in: str, is_prose: Callable[[str], bool]) -> None:
        self._record = record
        self._texts_in = texts_in
        self._is_prose = is_prose
        self._prefixes = {"": f"{record.iri}#"}

    def write(self, entity: Sequence[Field], document: Sequence[Field]) -> str:
        subject = self._link(self._record.kind.name, self._record.slug)
        lines = [
            "",
            *self._block(subject, self._known(), entity, self._narrower()),
            "",
            *self._block(":record", [("a", self._iri(RECORD)), (SCHEMA + "mainEntity", subject)], document),
        ]
        declarations = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in sorted(self._prefixes.items())]
        return "\n".join([*declarations, *lines, ""])

    def _known(self) -> Iterator[tuple[str, str]]:
        record = self._record
        yield from (("a", self._iri(class_)) for class_ in record.kind.classes)
        yield (
            NAME,
            _shown(lang_string(record.name, record.language) if record.language else Literal(record.name)),
        )
        if record.year is not None:
            yield YEAR, f'"{record.year:04}"^^{self._iri(XSD + "gYear")}'

    def _narrower(self) -> Iterator[tuple[str, str]]:
        if self._record.kind.narrower:
            class_, when = self._record.kind.narrower
            yield f"a {self._iri(class_)} ;", when

    def _block(
        self,
        subject: str,
        known: Iterable[tuple[str, str]],
        fields: Sequence[Field],
        also: Iterable[tuple[str, str]] = (),
    ) -> Iterator[str]:
        """The statements about one subject; how to go on is explained once, in the first block."""
        known = list(known)
        stated = {property_ for property_, _ in known}
        offers = [*also, *(self._offer(field) for field in fields if field.property not in stated)]
        yield subject
        for property_, value in known:
            yield f"{_INDENT}{property_ if property_ == 'a' else self._iri(property_)} {value} ;"
        if offers and subject != ":record":
            yield _INDENT + _OFFER
        width = max((len(statement) for statement, _ in offers), default=0)
        for statement, words in offers:
            yield f"{_INDENT}# {statement:{width}}  # {words}".rstrip(" #")
        yield "."

    def _offer(self, field: Field) -> tuple[str, str]:
        words = ": ".join(filter(None, (field.name, field.description)))
        return f"{self._iri(field.property)} {self._gap(field)} ;", words

    def _gap(self, field: Field) -> str:
        """What the value of a field will look like."""
        if field.choices:
            return self._term(field.choices[0])
        kind = next(filter(None, map(kind_of, field.classes)), None)
        # A shape need not name a class for people to see which kind of record is meant.
        if kind or (field.name in KINDS and not field.datatypes):
            return self._link(kind or field.name, GAP)
        if field.classes:
            return f":{GAP}"
        if field.is_link:
            return f"<{GAP}>"
        return self._text_gap(field)

    def _text_gap(self, field: Field) -> str:
        if field.is_marked or (not field.datatypes and self._is_prose(field.property)):
            return f'"{GAP}"@{self._texts_in}'
        datatype = next(iter(field.datatypes), XSD_STRING)
        return f'"{GAP}"' if datatype in {XSD_STRING, RDF_LANG_STRING} else f'"{GAP}"^^{self._iri(datatype)}'

    def _term(self, term: Term) -> str:
        return self._iri(term.value) if isinstance(term, IRI) else str(term)

    def _link(self, kind: str, slug: str) -> str:
        self._prefixes[kind] = f"{self._record.base}{kind}/"
        return f"{kind}:{slug}"

    def _iri(self, iri: str) -> str:
        for prefix, namespace in PREFIXES:
            local = iri.removeprefix(namespace)
            if local != iri and local.isalnum():
                self._prefixes[prefix] = namespace
                return f"{prefix}:{local}"
        return f"<{iri}>"


def _shown(literal: Literal) -> str:
    """A text as Turtle, its invisible characters written as escapes."""
    return "".join(
        char if char == " " or char.isprintable() or unicodedata.category(char) != "Cf" else _escaped(char)
        for char in str(literal)
    )


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"  # noqa: PLR2004  a plane
