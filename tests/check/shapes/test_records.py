"""Real records and records with faults of many kinds get the same results from both engines."""

import random
import tarfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.ontology import Ontology
from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.reference import Shapes
from filmld.check.shapes.reference_manner import as_rdflib_shows
from filmld.turtle.bulk import parse
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, Triple, lang_string
from filmld.vocab import FLD, RDF, SCHEMA, XSD

ROOT = Path(__file__).parents[3]
ARCHIVES = {"demonstration": ROOT, "invented": ROOT / "tests" / "archives" / "invented"}
TYPE = IRI(RDF + "type")
CHUNKS, CHUNK = 6, 500

Change = Callable[[Triple], list[Triple]]


def valued(value: Term) -> Change:
    return lambda triple: [triple._replace(object=value)]


def with_another(value: Term) -> Change:
    return lambda triple: [triple, triple._replace(object=value)]


def typed(lexical: str, datatype: str) -> Change:
    return valued(Literal(lexical, XSD + datatype))


NODE = BlankNode("strange")
CHANGES: dict[str, Change] = {
    "left out": lambda _: [],
    "misspelt": lambda triple: [triple._replace(predicate=IRI(triple.predicate.value + "s"))],
    "a text": valued(Literal("Kuu")),
    "an empty text": valued(Literal("")),
    "a text in a language": valued(lang_string("Kuu", "fi")),
    "another language": with_another(lang_string("Moon", "en")),
    "a language twice": lambda triple: [
        triple,
        *(triple._replace(object=lang_string(n, "fi")) for n in "AB"),
    ],
    "a language in capitals": lambda triple: [
        triple._replace(object=lang_string("A", tag)) for tag in ("en", "EN")
    ],
    "an unknown link": valued(IRI("https://films.example.org/nowhere")),
    "a second link": with_another(IRI("https://films.example.org/nowhere")),
    "a link to itself": lambda triple: [triple._replace(object=triple.subject)],
    "a nameless node": lambda triple: [triple._replace(object=NODE)],
    "a nameless film": lambda triple: [
        triple._replace(object=NODE),
        Triple(NODE, TYPE, IRI(SCHEMA + "Movie")),
    ],
    "a nameless person": lambda triple: [
        triple._replace(object=NODE),
        Triple(NODE, TYPE, IRI(SCHEMA + "Person")),
    ],
    "a year": typed("2014", "gYear"),
    "a day": typed("2014-02-28", "date"),
    "a day that is none": typed("2014-02-30", "date"),
    "a duration": typed("PT77M", "duration"),
    "minutes": typed("77 min", "duration"),
    "a number": typed("7", "integer"),
    "a negative number": typed("-7", "integer"),
    "no number": typed("seven", "integer"),
    "a decimal": typed("1.5", "decimal"),
    "an address": typed("https://example.org/x", "anyURI"),
    "an unknown datatype": valued(Literal("x", FLD + "nothing")),
}
"""What can be done to a statement."""
PROPERTIES = (
    RDF + "type",
    *(
        SCHEMA + name
        for name in ("name", "director", "duration", "datePublished", "dateCreated", "inLanguage")
    ),
    *(SCHEMA + name for name in ("genre", "image", "contentUrl", "review", "author", "ratingValue", "actor")),
    *(
        SCHEMA + name
        for name in ("countryOfOrigin", "productionCompany", "sameAs", "description", "startDate")
    ),
    FLD + "creditOrder",
)
KINDS = [(name, IRI(predicate)) for name in CHANGES for predicate in PROPERTIES]


@cache
def shapes_of(profile: Profile = Profile.ARCHIVE) -> tuple[Triple, ...]:
    return tuple(ShapeFiles.load(Archive.open(ROOT), profile).triples)


@cache
def background() -> tuple[Triple, ...]:
    """The classes and the concepts of the ontology."""
    ontology = Ontology.load(Archive.open(ROOT).ontology_files())
    return (*ontology.subclasses, *(triple for about in ontology.members.values() for triple in about))


def records_of(folder: Path) -> list[list[Triple]]:
    archive = Archive.open(folder)
    files = [record.path.read_bytes() for record in archive.walk().records]
    return [parse(data, scope=f"r{number}.") for number, data in enumerate(files)]


def corpus(shared: Path, start: int, count: int) -> Iterator[list[Triple]]:
    archive = shared / "corpora" / "wikipedia-us.tar.gz"
    if not archive.is_file():
        pytest.skip("the corpus of film records is absent")
    read = 0
    with tarfile.open(archive, "r|gz") as opened:
        for number, member in enumerate(member for member in opened if member.name.endswith(".ttl")):
            stream = opened.extractfile(member) if number >= start and number % 12 == start % 12 else None
            if stream is not None:
                read += 1
                yield parse(stream.read(), scope=f"c{number}.")
            if read == count:
                return


def changed(record: list[Triple], predicate: IRI, change: Change) -> list[Triple]:
    """A record with one statement of a property changed."""
    place = next(place for place, triple in enumerate(record) if triple.predicate == predicate)
    return [*record[:place], *change(record[place]), *record[place + 1 :]]


def compare(records: list[list[Triple]], shapes: tuple[Triple, ...]) -> int:
    data = [*(triple for record in records for triple in record), *background()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what rdflib reads into odd literals
        found = as_rdflib_shows(Compiled(shapes).judge_all(Whole(data)))
        assert found == as_rdflib_shows(Shapes(shapes).judge(data))
    return len(found)


def with_faults(
    records: list[list[Triple]], kinds: list[tuple[str, IRI]]
) -> tuple[list[list[Triple]], set[object]]:
    """Records with one fault each, as far as there are records that have the property."""
    chance = random.Random(20)  # noqa: S311  no secret
    left = list(records)
    chance.shuffle(left)
    done: set[object] = set()
    faulty = []
    for name, predicate in kinds:
        fitting = next((r for r in left if any(triple.predicate == predicate for triple in r)), None)
        if fitting is not None:
            left.remove(fitting)
            done.add((name, predicate))
            faulty.append(changed(fitting, predicate, CHANGES[name]))
    return [*faulty, *left], done


@pytest.mark.parametrize("profile", Profile)
def test_the_demonstration_archive(profile: Profile) -> None:
    assert compare(records_of(ARCHIVES["demonstration"]), shapes_of(profile)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("profile", Profile)
def test_the_invented_archive(profile: Profile) -> None:
    assert compare(records_of(ARCHIVES["invented"]), shapes_of(profile)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("archive", ARCHIVES)
def test_faults_in_the_archives(archive: str) -> None:
    """Each round takes the next kinds, so that small archives see many."""
    records = records_of(ARCHIVES[archive])
    seen: set[object] = set()
    for start in range(9):
        faulty, done = with_faults(records, random.Random(start).sample(KINDS, 60))  # noqa: S311
        assert compare(faulty, shapes_of()) > 0
        seen |= done
    assert len(seen) >= 60


@pytest.mark.slow
def test_faults_in_records_of_the_corpus(shared: Path) -> None:
    records = list(corpus(shared, 5, 400))
    faulty, done = with_faults(records, random.Random(1).sample(KINDS, len(KINDS)))  # noqa: S311
    assert len(done) >= 100
    assert compare(faulty, shapes_of()) > len(done)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_three_thousand_records_of_the_corpus(shared: Path, chunk: int) -> None:
    records = list(corpus(shared, chunk, CHUNK))
    assert len(records) == CHUNK
    assert compare(records, shapes_of()) > CHUNK
