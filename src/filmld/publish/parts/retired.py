"""The pages of records that are out of use, and the list of them that servers go by."""

from collections.abc import Iterator, Mapping
from typing import Final

from filmld.catalog.retired import successor
from filmld.publish.addresses import stem
from filmld.publish.jsontext import pretty
from filmld.publish.pages.desk import prefix
from filmld.publish.pages.retired import retired_page
from filmld.publish.plan import JSON, Document, Plan

LIST: Final = "retired.json"


class RetiredRecords:
    """What remains of records that are out of use."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_path = {f"{stem(iri, plan.base)}.html": iri for iri in plan.catalog.retired}

    def paths(self) -> Iterator[str]:
        """The paths of all pages, and of the list if there is anything on it."""
        yield from self._by_path
        if self._by_path:
            yield LIST

    def render(self, path: str) -> Document | None:
        """Make one page, or the list, or say that there is none."""
        if path == LIST and self._by_path:
            return Document(pretty(dict(moves(self._plan))).encode(), JSON)
        iri = self._by_path.get(path)
        if iri is None:
            return None
        return self._plan.html(retired_page(self._plan.desk(path), self._plan.catalog.retired[iri]))


def moves(plan: Plan) -> Mapping[str, str | None]:
    """Where each retired address leads: from the path without ending to another, or to an address elsewhere.

    ``None`` where nothing has taken its place.
    """
    retired = plan.catalog.retired
    found: dict[str, str | None] = {}
    for language in plan.languages:
        folder = prefix(language, plan.languages)
        for iri in retired:
            target = _target(plan, successor(iri, retired))
            is_ours = target is not None and ":" not in target
            found[folder + stem(iri, plan.base)] = f"{folder}{target}" if is_ours else target
    return found


def _target(plan: Plan, iri: str | None) -> str | None:
    if iri is None:
        return None
    record = plan.catalog.record_of(iri)
    return plan.addresses.stem(record.iri) if record else iri
