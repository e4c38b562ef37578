"""Answers, once more, to what files of a site have asked: an answer that is the same is known by its hash."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Final

from filmld.archive import Record
from filmld.publish.noted import DERIVED, EVERYTHING, PIECES, unnoted
from filmld.publish.pages.lists import Slice
from filmld.publish.plan import Plan
from filmld.publish.slim import LARGE_QUESTION, is_large
from filmld.publish.spool import Dumps

NOTHING: Final = ""


class Answers:
    """Answers the questions that :class:`filmld.publish.noted.Notes` has taken note of."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._plan = plan
        self._dumps = dumps
        self._catalog = plan.whole
        self._words = MappingProxyType(
            self._of_records() | self._of_places() | self._of_all() | self._of_lists()
        )

    def digest(self, question: str) -> str:
        """The hash of an answer."""
        word, _, about = question.partition(" ")
        answer = self._words[word](about)
        return _hash(answer if isinstance(answer, str) else repr(answer))

    def sources(self) -> dict[str, str]:
        """The hashes of what questions of some words are answered from, by the word."""
        catalog, findings = self._catalog, self._plan.findings
        overview = self._plan.overview.noted(unnoted)
        found: dict[str, object] = {
            "changed": sorted(catalog.last_changes().items()),
            "findings": sorted(findings.items()) if findings is not None else None,
            "concept": sorted(overview.concept_pages.items()),
            "role-at": sorted(overview.role_places.items()),
        }
        return {word: _hash(repr(source)) for word, source in found.items()}

    def _of_records(self) -> dict[str, Callable[[str], object]]:
        catalog = self._catalog
        findings = self._plan.findings
        return {
            "all-findings": lambda _: sorted(findings.items()) if findings is not None else None,
            "text": lambda iri: catalog.digests.get(iri, NOTHING),
            "brief": self._brief,
            "record": self._record,
            "references": self._references,
            "changed": self._changed,
            "findings": lambda name: findings.get(name) if findings is not None else None,
        }

    def _of_places(self) -> dict[str, Callable[[str], object]]:
        addresses, overview = self._plan.addresses, self._plan.overview
        return {
            "place": addresses.page,
            "at": addresses.iri,
            "concept": overview.concept_page,
            "role-place": overview.role_place,
            "role-at": overview.role_places.get,
            "kind": addresses.kinds.get,
            "kinds": lambda _: sorted(addresses.kinds.items()),
            "has-kind": lambda kind: kind in addresses.kinds,
            "any-kind": lambda _: bool(addresses.kinds),
        }

    def _of_all(self) -> dict[str, Callable[[str], object]]:
        catalog = self._catalog
        return {
            EVERYTHING: lambda _: _joined(f"{iri} {catalog.digests[iri]}" for iri in catalog.records),
            "records": lambda _: _joined(catalog.records),
            "retired": lambda _: repr([*catalog.retired.items()]),
            LARGE_QUESTION: lambda _: is_large(catalog),
            PIECES: lambda _: self._dumps.made_of,
            DERIVED: lambda _: self._dumps.derived_sum,
            "statements": lambda _: catalog.statements,
            "usage": lambda _: [sorted(counts.items()) for counts in self._plan.catalog.usage()],
            "classes": lambda _: sorted(catalog.classes()),
            "shards": lambda _: list(self._plan.entries.keys),
            "shard": self._plan.entries.at,
            "questions": lambda _: self._plan.examples,
            "question": lambda name: [one for one in self._plan.questions if one.name == name],
        }

    def _of_lists(self) -> dict[str, Callable[[str], object]]:
        overview = self._plan.overview
        return {
            "of-kind": lambda kind: [record.iri for record in overview.of_kind(kind)],
            "order": self._order,
            "slice": self._slice,
            "role-slice": self._slice_of_role,
            "facet": overview.facet_at,
            "all-facets": lambda _: [[*found.values()] for found in overview.facets.values()],
            "facets": lambda name: [*overview.facets.get(name, {}).values()],
            "role": lambda role: dict(overview.roles.get(role, {})),
            "has-role": lambda role: role in overview.roles,
            "any-role": lambda _: bool(overview.roles),
            "roles": lambda _: list(overview.roles),
        }

    def _brief(self, iri: str) -> object:
        record = self._catalog.records.get(iri)
        return self._catalog.brief(record) if record else None

    def _record(self, iri: str) -> object:
        record = self._catalog.records.get(iri)
        return (record.filename, record.kind) if record else None

    def _changed(self, iri: str) -> str | None:
        record = self._catalog.records.get(iri)
        return self._catalog.last_change(record) if record else None

    def _references(self, iri: str) -> list[tuple[str, str, str]]:
        return [(found[0], found[1], found.record.iri) for found in self._catalog.references(iri)]

    def _slice(self, about: str) -> object:
        language, number, place = about.split(" ", 2)
        found = self._plan.orders.slice(place, language, int(number))
        return _shown(found, [record.iri for record in found.things])

    def _slice_of_role(self, about: str) -> object:
        language, number, role = about.split(" ", 2)
        found = self._plan.orders.slice_of_role(role, language, int(number))
        return _shown(found, found.things)

    def _order(self, about: str) -> object:
        language, _, place = about.partition(" ")
        keys, records = self._plan.orders.of(place, language)
        return keys, [record.iri for record in records]


def _shown(of: Slice[Record] | Slice[str], names: Sequence[str]) -> object:
    """What a page shows of a list."""
    return of.total, [*of.letters.items()], names


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)
