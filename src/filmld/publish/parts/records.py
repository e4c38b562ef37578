"""The files of each record: its page, its statements, and the block to embed."""

from collections.abc import Iterator
from typing import Final

from filmld.archive import Record
from filmld.publish import dumps
from filmld.publish.embed import embed_document, has_embed
from filmld.publish.jsonld import CONTEXT_FILE, record_document
from filmld.publish.jsontext import Json, pretty, script_element
from filmld.publish.pages.entity import entity_page
from filmld.publish.plan import HTML, JSON_LD, N_TRIPLES, TURTLE, Document, Plan

_ENDINGS: Final = ("html", "jsonld", "nt", "ttl")
_EMBED: Final = "embed/"


class RecordFiles:
    """The files of all records."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._catalog = plan.catalog

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        for record in self._catalog.records.values():
            place = self._plan.addresses.stem(record.iri)
            yield from (f"{place}.{ending}" for ending in _ENDINGS)
            if has_embed(self._catalog, record):
                yield f"{_EMBED}{place}.html"

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        place, _, ending = path.rpartition(".")
        embedded = place.startswith(_EMBED) and ending == "html"
        iri = self._plan.addresses.iri(place.removeprefix(_EMBED) if embedded else place)
        if iri is None:
            return None
        record = self._catalog.records[iri]
        return self.embed(record) if embedded else self._form(record, ending)

    def page(self, record: Record) -> Document:
        """Make the page of a record."""
        path = f"{self._plan.addresses.stem(record.iri)}.html"
        return self._plan.html(entity_page(self._plan.desk(path), record))

    def embed(self, record: Record) -> Document | None:
        """Make the ready ``script`` block of a record; ``None`` where schema.org has no class for it."""
        document = embed_document(self._catalog, record)
        return Document(script_element(document).encode(), HTML) if document else None

    def _form(self, record: Record, ending: str) -> Document | None:
        match ending:
            case "html":
                return self.page(record)
            case "ttl":
                return Document(self._catalog.source(record), TURTLE)
            case "nt":
                return Document(dumps.ntriples(self._catalog, record).encode(), N_TRIPLES)
            case "jsonld":
                return self._jsonld(record)
            case _:
                return None

    def _jsonld(self, record: Record) -> Document:
        address: Json = self._plan.base + CONTEXT_FILE
        document = record_document([dumps.stable_graph(self._catalog, record)], address)
        return Document(pretty(document).encode(), JSON_LD)
