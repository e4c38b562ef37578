"""The rules for hosts, and what they lead to: link sets, and the page for what is gone."""

from collections.abc import Iterator
from typing import Final

from filmld.archive import Record
from filmld.publish import rules
from filmld.publish.jsontext import Json, pretty
from filmld.publish.pages.retired import gone_page
from filmld.publish.plan import LINK_SET, TEXT, Document, Plan
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

_ENDING: Final = ".linkset.json"
_GONE: Final = "410.html"


class Hosting:
    """What makes a plain web server answer as ``filmld serve`` does."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._site = rules.hosted(plan)

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from rules.FILES
        if self._plan.catalog.retired:
            yield _GONE
        for iri in self._plan.catalog.records:
            yield f"{self._plan.addresses.stem(iri)}{_ENDING}"

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path in rules.FILES:
            self._plan.note("records", "")
            self._plan.note("retired", "")
            return Document(rules.rules(path, self._site).encode(), TEXT)
        if path == _GONE and self._plan.catalog.retired:
            # It is sent for addresses at any depth, so it cannot refer relatively.
            return self._plan.html(gone_page(self._plan.desk(_GONE, self._site.root)))
        iri = self._plan.addresses.iri(path.removesuffix(_ENDING)) if path.endswith(_ENDING) else None
        return self._link_set(self._plan.catalog.records[iri]) if iri else None

    def _link_set(self, record: Record) -> Document:
        """Say how the files of a record belong together (RFC 9264; signposting.org/FAIR)."""
        place = self._plan.base + self._plan.addresses.stem(record.iri)
        page = f"{place}.html"
        others = [form for form in rules.FORMS if form.name != "html"]
        context: dict[str, Json] = {
            "anchor": page,
            "cite-as": [{"href": record.iri}],
            "describedby": [{"href": f"{place}.{form.name}", "type": form.media_type} for form in others],
            "type": [{"href": iri} for iri in self._types(record)],
        }
        if self._site.licence:
            context["license"] = [{"href": self._site.licence}]
        back: list[Json] = [
            {"anchor": f"{place}.{form.name}", "describes": [{"href": page, "type": "text/html"}]}
            for form in others
        ]
        return Document(pretty({"linkset": [context, *back]}).encode(), LINK_SET)

    def _types(self, record: Record) -> list[str]:
        """A page about something, and what that is."""
        graph = self._plan.catalog.graph(record)
        page = f"{SCHEMA}AboutPage"
        return [page, *sorted(iri for iri in graph.types(IRI(record.iri)) if iri.startswith(SCHEMA))]
