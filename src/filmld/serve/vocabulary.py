"""What there is to ask for, where no site has listed it: the data are asked themselves."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from filmld.errors import FilmldError
from filmld.publish.pages.sparql import VOCABULARY
from filmld.publish.search_index import Entry
from filmld.publish.words import Words, words_in
from filmld.query import prepare
from filmld.query.errors import QueryError
from filmld.query.pool import Pool
from filmld.query.solutions import Row, SolutionReader
from filmld.serve.pages import PageServer
from filmld.serve.search import Search
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import curie

MOST_WORDS: Final = 500
MOST_NAMES: Final = 50
MOST_CHARACTERS: Final = 200
SECONDS: Final = 5.0
MAX_BYTES: Final = 8 * 2**20

_CLASSES: Final = "SELECT ?word (COUNT(*) AS ?count) { ?thing a ?word } GROUP BY ?word"
_PROPERTIES: Final = "SELECT ?word (COUNT(*) AS ?count) { ?thing ?word ?value } GROUP BY ?word"
_NAMED: Final = """
SELECT DISTINCT ?thing ?name {
  VALUES ?naming {
    schema:name rdfs:label skos:prefLabel <http://schema.org/name> <http://purl.org/dc/terms/title>
    <http://xmlns.com/foaf/0.1/name>
  }
  ?thing ?naming ?name .
  FILTER(isIRI(?thing) && isLiteral(?name) && CONTAINS(CONCAT(" ", LCASE(STR(?name))), %s))
} LIMIT %d
"""


@dataclass(frozen=True, slots=True)
class VocabularyPages:
    """Answers for the lists that the editor completes with; those of a site come first.

    Attributes:
        pages: The files of the site.
        pool: Who can be asked.
        terms: What the terms of the ontology are called.
        search: Looks names up, where there is an index of them.
        languages: The languages of the pages, the first one first.
    """

    pages: PageServer
    pool: Pool
    terms: Mapping[str, str]
    search: Search
    languages: tuple[str, ...]

    async def words(self, request: Request) -> Response:
        """Classes and properties, the most used first."""
        if self.pages.has(VOCABULARY):
            return await self.pages.answer(request)
        classes, properties = await self._counted(_CLASSES), await self._counted(_PROPERTIES)
        return _listed({"classes": classes, "properties": properties, "terms": []})

    async def things(self, request: Request) -> Response:
        """Things of whose names a word begins with each word of ``q``, the best of them."""
        sought = request.query_params.get("q", "").strip()[:MOST_CHARACTERS]
        if not sought:
            return _listed({"things": []})
        try:
            found = await asyncio.to_thread(self.search.find, sought)
        except FilmldError:  # such as a record that was edited since it was read
            found = None
        if found is not None:
            language = request.query_params.get("language", "")
            words = words_in(language if language in self.languages else self.languages[0])
            return _listed({"things": [_thing(entry, words) for entry in found.entries]})
        named: dict[str, str] = {}
        for row in await self._rows(_NAMED % (Literal(f" {sought.lower()}"), MOST_NAMES)):
            thing, name = row.get("thing"), row.get("name")
            if isinstance(thing, IRI) and isinstance(name, Literal):
                named.setdefault(thing.value, name.lexical)
        return _listed({"things": [[iri, name, ""] for iri, name in sorted(named.items())]})

    async def _counted(self, query: str) -> list[tuple[str, str, int]]:
        found = [
            (word.value, self.terms.get(word.value) or curie(word.value), int(count.lexical))
            for row in await self._rows(query)
            if isinstance(word := row.get("word"), IRI) and isinstance(count := row.get("count"), Literal)
        ]
        return sorted(found, key=lambda each: (-each[2], each[0]))[:MOST_WORDS]

    async def _rows(self, query: str) -> tuple[Row, ...]:
        """Ask; the page is of use without these lists, so that a refusal is an empty one."""
        wanted = prepare.Request(text=query, seconds=SECONDS, max_bytes=MAX_BYTES)
        reader = SolutionReader()
        try:
            async with self.pool.query(wanted) as answer:
                return tuple([row async for chunk in answer.chunks() for row in reader.feed(chunk)])
        except QueryError:
            return ()


def _thing(entry: Entry, words: Words) -> tuple[str, str, str]:
    name = next((text for text, tag in entry.names if tag == words.language), entry.names[0][0])
    kind = words.kinds[entry.kind].one if entry.kind in words.kinds else entry.kind
    place = entry.place or entry.path.removesuffix(".html")
    return place, name, ", ".join(filter(None, (kind, entry.year)))


def _listed(lists: Mapping[str, object]) -> Response:
    return JSONResponse(lists, headers={"Cache-Control": "no-cache"})
