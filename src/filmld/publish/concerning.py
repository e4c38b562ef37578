"""Which questions can have another answer once some records have changed: only these are asked once more.

A file has asked of the records it names, so that there are many times as many questions as records. Of most
it is known from the change alone that their answer stays. Whatever is not known here is asked.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from filmld.catalog.former import FormerCatalog
from filmld.publish.addresses import LISTS
from filmld.publish.noted import DERIVED, unnoted
from filmld.publish.pages.lists import page_count
from filmld.publish.plan import Plan
from filmld.publish.remembered import are_named_alike
from filmld.tuples import NamedTuple

_OF_RECORDS: Final = ("text", "brief", "changed", "references", "record")
_OF_PLACES: Final = ("place", "at")
_OF_ORDERS: Final = ("order", "slice", "role-slice")
_OF_NAMES: Final = ("shards", "shard")


class Concerning(NamedTuple):
    """Questions that are to be asked.

    Attributes:
        settled: The words of questions of which only those are to be asked that are named; of all other
            words every question is.
        named: These.
    """

    settled: frozenset[str]
    named: frozenset[str]

    def settles(self, question: str) -> bool:
        """Say whether the answer to a question is what it was.

        Of an order that is not certain: where a list has other members, whoever has asked for its order has
        asked for these as well, so that the order need not be asked to know who is concerned.
        """
        word = question.partition(" ")[0]
        return word in self.settled and word not in _OF_ORDERS and question not in self.named


def concerning(
    catalog: FormerCatalog, plan: Plan, before: Mapping[str, str], now: Mapping[str, str]
) -> Concerning:
    """Say what is to be asked once more.

    Args:
        catalog: All records, and which of them have changed.
        plan: The site.
        before: The hashes of what is looked up in one place, at the time when the questions were asked:
            see :meth:`filmld.publish.answers.Answers.sources`.
        now: The same as it is now.
    """
    settled = {"text", "brief", "references"}
    settled.update(word for word in now if before.get(word) == now[word])
    if not catalog.has_moved:
        settled.update(("record", *_OF_PLACES, *_OF_ORDERS))
    if are_named_alike(catalog):
        settled.update(_OF_NAMES)
    if not any(catalog.derived_edit):
        settled.add(DERIVED)
    return Concerning(frozenset(settled), frozenset(_named(catalog, plan)))


def _named(catalog: FormerCatalog, plan: Plan) -> Iterator[str]:
    for iri in catalog.changed:
        yield from (f"{word} {iri}" for word in _OF_RECORDS)
    yield from (f"references {iri}" for iri in catalog.pointed_at)
    if not catalog.has_moved:
        yield from _orders(catalog, plan)


def _orders(catalog: FormerCatalog, plan: Plan) -> Iterator[str]:
    """The lists that name a thing with another name; of a list of other things that is asked besides."""
    overview, renamed = plan.overview.noted(unnoted), _renamed(catalog)
    kinds = {catalog.records[iri].kind for iri in renamed if iri in catalog.records}
    counts = plan.addresses.noted(unnoted).kinds
    places = {LISTS[kind]: counts[kind] for kind in kinds if kind in LISTS}
    for place, facet in overview.places.items():
        if not renamed.isdisjoint(facet.films):
            places[place] = len(facet.films)
    roles = {role: len(every) for role, every in overview.roles.items() if not renamed.isdisjoint(every)}
    for language in plan.languages:
        yield from (f"order {language} {place}" for place in places)
        yield from _slices("slice", language, places)
        yield from _slices("role-slice", language, roles)


def _slices(word: str, language: str, lists: Mapping[str, int]) -> Iterator[str]:
    for name, count in lists.items():
        yield from (f"{word} {language} {number} {name}" for number in range(1, page_count(count) + 1))


def _renamed(catalog: FormerCatalog) -> frozenset[str]:
    """Records of which lists say something else, and all things that anything else is stated of."""
    stated = (quad.split(" ", 1)[0] for quads in catalog.edit for quad in quads)
    return catalog.renamed.union(subject[1:-1] for subject in stated if subject.startswith("<"))
