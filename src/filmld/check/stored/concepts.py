"""The concepts of an ontology, such as roles and countries, before any record links to them."""

from functools import lru_cache
from typing import NoReturn

from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.ready import ready
from filmld.check.stored.data import Classes, StoredData
from filmld.check.stored.database import IN_MEMORY, Database
from filmld.check.stored.index import StoredIndex
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI


# Nearly every archive has the shapes and the ontology that ship with filmld.
@lru_cache(maxsize=4)
def faulty_concepts(shapes: ShapeFiles, ontology: Ontology, base: str) -> tuple[IRI, ...]:
    """The concepts of which shapes have anything to say.

    Raises:
        ShapesError: The shapes cannot be used.
    """
    database = Database(IN_MEMORY, for_writing=True)
    try:
        index = StoredIndex(database, _no_record, base, Terms.load(), ontology)
        index.begin_nowhere()
        data = StoredData(index, Classes(ontology.subclasses), read("", filename=""), 0)
        results = ready(shapes).judge_in_time(sorted(ontology.members), data)
        faulty = {result.focus_node for result in results}
        return tuple(one for one in sorted(ontology.members) if one in faulty)
    finally:
        database.close()


def _no_record(place: str, filename: str) -> NoReturn:
    raise LookupError(place, filename)
