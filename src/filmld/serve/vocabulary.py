"""What there is to ask for, where no site has listed it: the data are asked themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from filmld.publish.pages.sparql import NAMES, VOCABULARY
from filmld.query import prepare
from filmld.query.errors import QueryError
from filmld.query.pool import Pool
from filmld.query.solutions import Row, SolutionReader
from filmld.serve.pages import PageServer
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import curie

MOST_WORDS: Final = 500
MOST_NAMES: Final = 20_000
SECONDS: Final = 5.0
MAX_BYTES: Final = 8 * 2**20

_CLASSES: Final = "SELECT ?word (COUNT(*) AS ?count) { ?thing a ?word } GROUP BY ?word"
_PROPERTIES: Final = "SELECT ?word (COUNT(*) AS ?count) { ?thing ?word ?value } GROUP BY ?word"
_NAMED: Final = f"""
SELECT ?thing (SAMPLE(?any) AS ?name) {{
  VALUES ?naming {{
    schema:name rdfs:label skos:prefLabel <http://schema.org/name> <http://purl.org/dc/terms/title>
    <http://xmlns.com/foaf/0.1/name>
  }}
  ?thing ?naming ?any . FILTER(isIRI(?thing) && isLiteral(?any))
}} GROUP BY ?thing LIMIT {MOST_NAMES}
"""


@dataclass(frozen=True, slots=True)
class VocabularyPages:
    """Answers for the lists that the editor completes with; those of a site come first.

    Attributes:
        pages: The files of the site.
        pool: Who can be asked.
        terms: What the terms of the ontology are called.
    """

    pages: PageServer
    pool: Pool
    terms: Mapping[str, str]

    async def words(self, request: Request) -> Response:
        """Classes and properties, the most used first."""
        if self.pages.has(VOCABULARY):
            return await self.pages.answer(request)
        classes, properties = await self._counted(_CLASSES), await self._counted(_PROPERTIES)
        return _listed({"classes": classes, "properties": properties, "terms": []})

    async def things(self, request: Request) -> Response:
        """Things with their names."""
        if self.pages.has(NAMES):
            return await self.pages.answer(request)
        found = {
            thing.value: name.lexical
            for row in await self._rows(_NAMED)
            if isinstance(thing := row.get("thing"), IRI) and isinstance(name := row.get("name"), Literal)
        }
        return _listed({"things": [[iri, name, ""] for iri, name in sorted(found.items())]})

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


def _listed(lists: Mapping[str, object]) -> Response:
    return JSONResponse(lists, headers={"Cache-Control": "no-cache"})
