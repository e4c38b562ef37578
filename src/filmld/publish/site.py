"""The whole site as a function: which files there are, and what each holds."""

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.addresses import Addresses
from filmld.publish.parts import Part
from filmld.publish.parts.data import Data
from filmld.publish.parts.embeds import Embeds
from filmld.publish.parts.front import Front
from filmld.publish.parts.hosting import Hosting
from filmld.publish.parts.lists import Lists
from filmld.publish.parts.records import RecordFiles
from filmld.publish.parts.retired import RetiredRecords
from filmld.publish.parts.sitemaps import Sitemaps
from filmld.publish.plan import Document, Plan


class Site:
    """The site of a catalogue: ``build`` writes every file of it, ``serve`` makes one when asked."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.addresses = Addresses(catalog)
        plan = Plan(catalog, self.addresses)
        self._records = RecordFiles(plan)
        self._parts = _parts(plan, self._records)

    def paths(self) -> tuple[str, ...]:
        """The path of every file, sorted."""
        return tuple(sorted({path for part in self._parts for path in part.paths()}))

    def render(self, path: str) -> Document | None:
        """Make one file; ``None`` if the site has no file of that path."""
        made = (part.render(path) for part in self._parts)
        return next((document for document in made if document is not None), None)

    def page(self, record: Record) -> Document:
        """Make the page of a record."""
        return self._records.page(record)

    def embed(self, record: Record) -> Document | None:
        """Make the ready ``script`` block of a record; ``None`` where schema.org has no class for it."""
        return self._records.embed(record)


def _parts(plan: Plan, records: RecordFiles) -> tuple[Part, ...]:
    return (
        Front(plan),
        Lists(plan),
        Sitemaps(plan),
        Data(plan),
        RetiredRecords(plan),
        Hosting(plan),
        Embeds(plan),
        records,
    )
