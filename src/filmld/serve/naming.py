"""What the things in an answer are called, and which thing somebody means by a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from filmld.publish.pages.asking import Cell
from filmld.publish.texts import preferred
from filmld.query import prepare
from filmld.query.errors import QueryError, ResultTooLargeError
from filmld.query.pool import Pool
from filmld.query.process import Answer
from filmld.query.solutions import Row, SolutionReader
from filmld.serve.pages import PageServer
from filmld.serve.places import Place
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import SCHEMA

NAMED_THINGS = 500
NAME_SECONDS = 1.0
NAME_BYTES = 512 * 1024
SHOWN_ROWS = 1000


class ShownRows(NamedTuple):
    """The beginning of an answer; ``cut`` if there is more of it."""

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    cut: bool = False


async def read_rows(answer: Answer) -> ShownRows:
    """Read the beginning of an answer, and no more than a page can show."""
    reader = SolutionReader()
    rows: list[Row] = []
    cut = False
    try:
        async for chunk in answer.chunks():
            rows.extend(reader.feed(chunk))
    except ResultTooLargeError:
        cut = True
    cut = cut or len(rows) > SHOWN_ROWS
    return ShownRows(reader.variables, tuple(rows[:SHOWN_ROWS]), reader.boolean, cut)


@dataclass(frozen=True, slots=True)
class Naming:
    """Finds names by asking the records themselves.

    Attributes:
        pages: The pages there are.
        base: What the IRIs of the archive begin with.
        languages: The languages of the archive, the preferred one first.
        terms: What the terms of the ontology are called, in each language of the pages.
    """

    pages: PageServer
    base: str
    languages: tuple[str, ...]
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    async def namer(self, pool: Pool, rows: Iterable[Row], here: Place) -> "Names":
        """Learn the names of what is in these rows, if that is quick."""
        terms = {term: None for row in rows for term in row.values() if self.path(term) is not None}
        languages = tuple(dict.fromkeys((here.words.language, *self.languages)))
        names = await self._asked(pool, islice(terms, NAMED_THINGS), languages) if terms else {}
        return Names(self, names, here.folder, self.terms.get(here.words.language, {}))

    async def meant(self, pool: Pool, name: str) -> str:
        """Find the thing that somebody calls so; whatever is called nothing is left as it is."""
        if "://" in name:
            return name
        for terms in self.terms.values():
            for iri, known in terms.items():
                if known == name:
                    return iri
        tags = (None, *self.languages)
        values = " ".join(str(Literal(name, language=tag)) for tag in tags)
        found = await _few(
            pool, f"SELECT ?thing {{ VALUES ?name {{ {values} }} ?thing <{SCHEMA}name> ?name }}"
        )
        things = [thing.value for row in found if isinstance(thing := row.get("thing"), IRI)]
        return min(things, default=name)

    def path(self, term: Term | None) -> str | None:
        """Where the page of a thing is, relative to the top of the site."""
        if not isinstance(term, IRI) or not term.value.startswith(self.base):
            return None
        path = term.value.removeprefix(self.base)
        return path if self.pages.has_page(path.partition("#")[0]) else None

    async def _asked(self, pool: Pool, terms: Iterable[Term], languages: Sequence[str]) -> dict[str, Literal]:
        values = " ".join(map(str, terms))
        found: dict[str, list[Literal]] = {}
        for row in await _few(
            pool, f"SELECT ?thing ?name {{ VALUES ?thing {{ {values} }} ?thing <{SCHEMA}name> ?name }}"
        ):
            thing, name = row["thing"], row["name"]
            if isinstance(thing, IRI) and isinstance(name, Literal):
                found.setdefault(thing.value, []).append(name)
        return {iri: preferred(sorted(names, key=str), languages)[0] for iri, names in found.items()}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that were found, for one page."""

    naming: Naming
    names: Mapping[str, Literal]
    folder: str
    terms: Mapping[str, str]

    def thing(self, iri: str) -> Cell | None:
        """The thing as it is shown; ``None`` if nothing is known of it."""
        path = self.naming.path(IRI(iri))
        if path is None:
            name = self.terms.get(iri)
            return Cell(text=name) if name else None
        found = self.names.get(iri)
        if found is None:
            return Cell(text=path.partition("#")[2] or path, href=self.folder + path)
        return Cell(text=found.lexical, href=self.folder + path, language=found.language)


async def _few(pool: Pool, query: str) -> tuple[Row, ...]:
    """Ask for names; an answer without names is still an answer, so that a refusal is none."""
    request = prepare.Request(text=query, seconds=NAME_SECONDS, max_bytes=NAME_BYTES)
    try:
        async with pool.query(request) as answer:
            return (await read_rows(answer)).rows
    except QueryError:
        return ()
