"""A catalogue in which every question of the gallery finds something: what researchers and archives add.

    python -m tests.benchmark.researched FOLDER 10000

writes the archive of ``tests.benchmark.catalogue``, and into the records of films and people what that one
leaves out: co-productions, credits with roles, casts, distributions, awards, festivals, copies, variants,
other titles, where it was shot, how certain a fact is.
"""

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from filmld.vocab import RDF
from tests.benchmark import catalogue

COMPANIES = 20
"""So many organizations hold copies."""


def records(films: int) -> Iterator[tuple[str, str]]:
    """The places and texts of all records, in a settled order."""
    for place, text in catalogue.records(films, 0):
        kind, _, rest = place.partition("/")
        number = int(rest.rpartition("-")[2].removesuffix(".ttl")) if kind in {"film", "person"} else 0
        choose = random.Random(f"more of {place} {films}")  # noqa: S311  the same records everywhere
        if kind == "film":
            yield place, text + "".join(_more_of_film(f"film:film-{number}", films, choose))
        elif kind == "person":
            yield place, text + "".join(_more_of_person(f"person:person-{number}", choose))
        else:
            yield place, text


def _more_of_person(person: str, choose: random.Random) -> Iterator[str]:
    if choose.random() < 0.7:
        yield f"\n{person} schema:gender schema:{choose.choice(('Female', 'Male', 'Male'))} .\n"
    if choose.random() < 0.1:
        yield f"\n{person} schema:affiliation organization:organization-{choose.randrange(COMPANIES)} .\n"


def _more_of_film(film: str, films: int, choose: random.Random) -> Iterator[str]:
    people = max(6, films * 6 // 10)
    companies = max(3, films // 12)

    def person() -> str:
        return f"person:person-{int(people * choose.random() ** 1.6)}"

    def company(count: int) -> str:
        return f"organization:organization-{choose.randrange(min(count, companies))}"

    def country() -> str:
        return f"place:{choose.choice(catalogue.COUNTRIES)}"

    cast = " , ".join(dict.fromkeys(person() for _ in range(5)))
    parts: tuple[tuple[float, Callable[[], str]], ...] = (
        (1.0, lambda: f"{film} schema:actor {cast} .\n"),
        (0.3, lambda: f"{film} schema:countryOfOrigin {country()} .\n"),
        (0.9, lambda: _credit(film, "cinematographer", person())),
        (0.4, lambda: _credit(film, "sound-designer", person())),
        (0.1, lambda: f"{film} schema:director {(one := person())} ; schema:author {one} .\n"),
        (0.2, lambda: f'{film} schema:alternateName "Another Name {choose.randrange(films)}"@en .\n'),
        (0.1, lambda: f'{film} fld:transcribedForm "As Fuond {choose.randrange(films)}" .\n'),
        (
            0.1,
            lambda: f'{film} fld:title [ a fld:Title ; schema:name "Working {choose.randrange(films)}" ] .\n',
        ),
        (0.03, lambda: f"{film} schema:about {person()} .\n"),
        (0.2, lambda: f"{film} schema:locationCreated {country()} .\n"),
        (0.5, lambda: _distribution(film, company(companies), country())),
        (0.3, lambda: _screening(film, choose.randrange(catalogue.FESTIVALS))),
        (0.1, lambda: _award(film, nominated=choose.random() < 0.5)),
        (0.7, lambda: _copy(film, choose.choice(_MATERIALS), company(COMPANIES))),
        (0.03, lambda: _variant(film)),
        (0.05, lambda: _assertion(film)),
    )
    for share, part in parts:
        if choose.random() < share:
            yield "\n" + part()


_MATERIALS = ("nitrate", "acetate", "polyester")


def _credit(film: str, role: str, person: str) -> str:
    return (
        f"{film} schema:contributor :credit-{role} .\n"
        f":credit-{role} a fld:Credit, schema:Role ; schema:contributor {person} ; "
        f"schema:roleName role:{role} .\n"
    )


def _distribution(film: str, company: str, country: str) -> str:
    return (
        f"{film} schema:publication :distribution .\n"
        ":distribution a fld:Distribution, schema:PublicationEvent ; "
        f"schema:publishedBy {company} ; schema:location {country} .\n"
    )


def _screening(film: str, festival: int) -> str:
    return (
        f":screening-2 a schema:ScreeningEvent ; schema:workPresented {film} ; "
        f'schema:startDate "2021-01-01"^^xsd:date ; schema:superEvent festival:festival-{festival} .\n'
    )


def _award(film: str, *, nominated: bool) -> str:
    only = " ; fld:nominationOnly true" if nominated else ""
    return f":award a fld:Award, schema:Event ; schema:workFeatured {film}{only} .\n"


def _copy(film: str, material: str, archive: str) -> str:
    return (
        f":item a fld:Item, schema:ArchiveComponent ; fld:itemOf {film} ; "
        f'schema:material "{material}" ; schema:holdingArchive {archive} .\n'
    )


def _variant(film: str) -> str:
    return f':variant a fld:Variant ; fld:variantOf {film} ; schema:name "The Long Version"@en .\n'


def _assertion(film: str) -> str:
    return (
        f":note a fld:Assertion ; <{RDF}subject> {film} ; <{RDF}predicate> schema:dateCreated ; "
        'fld:certainty fld:Inferred ; schema:description "From the edge of the print"@en .\n'
    )


def write(folder: Path, films: int) -> None:
    """Write an archive."""
    catalogue.write(folder, 0, 0)
    for place, text in records(films):
        (folder / "records" / place).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
