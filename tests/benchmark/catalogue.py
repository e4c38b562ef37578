"""Catalogues to measure with: films with people, organizations, festivals, and faults at a stated rate.

    python -m tests.benchmark.catalogue FOLDER 10000 [--faults 0.01]

writes an archive of that many films, six people for ten films and one organization for twelve. The same
numbers give the same bytes, on any machine.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

BASE = "https://films.example.org/"
FESTIVALS = 100
_PROSE = """
voice silence river night winter summer shadow light house road mother father city island mirror stone glass
bird train sea garden letter song dance memory border factory harvest bridge clock moon sun fire ice salt
bread window door street soldier teacher dream war peace love return journey first last small great lost
"""
_WORDS = tuple(_PROSE.split())
_FIRST_NAMES = """
Leena Anna Aki Pedro Agnès Andrei Claire Wim Chantal Akira Satyajit Mira Abbas Kira Lucrecia Lynne Jane
Ousmane Sarah Youssef Béla Ildikó Krzysztof Agnieszka Jean Marie Karin Merja Pertti Antti Lauri Ulla
"""
_GIVEN = tuple(_FIRST_NAMES.split())
_LAST_NAMES = """
Kilpeläinen Varda Denis Wenders Akerman Kurosawa Ray Nair Panahi Muratova Martel Ramsay Campion Chahine
Enyedi Holland Rouch Reinberg Ritola Veijalainen Alanen Timonen Pavlovich Virtanen Korhonen Mäkinen
"""
_FAMILY = tuple(_LAST_NAMES.split())
_GENRES = ("documentary", "drama", "comedy", "thriller", "animation", "short", "experimental", "western")
_LANGUAGES = ("en", "fi", "de", "fr", "ru", "es", "it", "sv", "pl", "ja")
COUNTRIES = (
    "finland",
    "germany",
    "estonia",
    "france",
    "spain",
    "italy",
    "sweden",
    "poland",
    "japan",
    "india",
)
_KINDS = ("festival", "film", "genre", "organization", "person", "place", "source")
_PREFIXES = (
    "".join(f"@prefix {kind}: <{BASE}{kind}/> .\n" for kind in _KINDS)
    + "@prefix fld: <https://w3id.org/filmld/ontology#> .\n"
    + "@prefix role: <https://w3id.org/filmld/role/> .\n"
    + "@prefix schema: <https://schema.org/> .\n"
    + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
)


class Fault(NamedTuple):
    """A slip that a record is given: what stands there, what stands there instead."""

    name: str
    before: str
    after: str


FAULTS = (
    Fault("misspelt property", "schema:duration", "schema:druation"),
    Fault("dangling link", "schema:director person:", "schema:director person:x"),
    Fault("date that is none", '"^^xsd:date ;', '-x"^^xsd:date ;'),
    Fault("missing semicolon", "    schema:genre", "    schema:genre genre:drama\n    schema:genre"),
    Fault("wrong kind", "schema:director person:", "schema:director organization:"),
    Fault("no name", "    schema:name", "    schema:alternateName"),
    Fault("text in two pieces", 'schema:description "', 'schema:description "Two  blanks. '),
    Fault("bad code", "schema:inLanguage", 'schema:inLanguage "Finnish!" ;\n    schema:inLanguage'),
)


def records(films: int, faults: float) -> Iterator[tuple[str, str]]:
    """The places and texts of all records, in a settled order."""
    sizes = Sizes(films, max(6, films * 6 // 10), max(3, films // 12))
    yield "source/catalogue.ttl", _record("source:catalogue", "source/catalogue", _SOURCE)
    for genre in _GENRES:
        body = f'    a schema:DefinedTerm ;\n    schema:name "{genre.capitalize()}"@en ;\n'
        yield f"genre/{genre}.ttl", _record(f"genre:{genre}", f"genre/{genre}", body)
    for country in COUNTRIES:
        body = f'    a schema:Country ;\n    schema:name "{country.capitalize()}"@en ;\n'
        yield f"place/{country}.ttl", _record(f"place:{country}", f"place/{country}", body)
    for kind, count, make in (
        ("festival", FESTIVALS, _festival),
        ("organization", sizes.organizations, _organization),
        ("person", sizes.people, _person),
        ("film", films, _film),
    ):
        for number in range(count):
            choose = random.Random(f"{kind} {number} {films}")  # noqa: S311  the same records everywhere
            text = make(number, choose, sizes)
            if kind == "film" and choose.random() < faults:
                fault = FAULTS[number % len(FAULTS)]
                text = text.replace(fault.before, fault.after, 1)
            yield f"{kind}/{kind}-{number}.ttl", text


class Sizes(NamedTuple):
    """How much there is of each kind."""

    films: int
    people: int
    organizations: int


_SOURCE = '    a schema:WebPage ;\n    schema:name "The printed catalogue"@en ;\n'


def _record(node: str, place: str, body: str, more: str = "") -> str:
    return (
        f"@prefix : <{BASE}{place}#> .\n{_PREFIXES}{node}\n{body}.\n\n{more}"
        f":record\n    a fld:Record ;\n    schema:mainEntity {node} ;\n"
        "    schema:isBasedOn source:catalogue ;\n.\n"
    )


def _words(choose: random.Random, count: int) -> str:
    return " ".join(choose.choice(_WORDS) for _ in range(count))


def _festival(number: int, choose: random.Random, sizes: Sizes) -> str:
    del sizes
    body = (
        "    a fld:FilmFestival ;\n    a schema:EventSeries ;\n    a schema:Festival ;\n"
        f'    schema:name "{_words(choose, 1).title()} Film Festival {number}"@en ;\n'
        f'    schema:description "{_words(choose, 12).capitalize()}."@en ;\n'
        f"    schema:location place:{choose.choice(COUNTRIES)} ;\n"
    )
    return _record(f"festival:festival-{number}", f"festival/festival-{number}", body)


def _organization(number: int, choose: random.Random, sizes: Sizes) -> str:
    del sizes
    body = (
        "    a schema:Organization ;\n"
        f'    schema:name "{_words(choose, 2).title()} Film {number}" ;\n'
        '    schema:foundingDate "1890"^^xsd:gYear ;\n'
        f"    schema:location place:{choose.choice(COUNTRIES)} ;\n"
    )
    return _record(f"organization:organization-{number}", f"organization/organization-{number}", body)


def _person(number: int, choose: random.Random, sizes: Sizes) -> str:
    del sizes
    name = f"{choose.choice(_GIVEN)} {choose.choice(_FAMILY)} {_roman(number)}"
    body = (
        f'    a schema:Person ;\n    schema:name "{name}" ;\n'
        f'    schema:birthDate "{choose.randint(1930, 1960)}"^^xsd:gYear ;\n'
        f'    schema:jobTitle "director"@en ;\n'
        f"    schema:sameAs <http://www.wikidata.org/entity/Q{1_000_000 + number}> ;\n"
    )
    return _record(f"person:person-{number}", f"person/person-{number}", body)


def _roman(number: int) -> str:
    """A number in letters, so that nobody shares a name by chance."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()


def _film(number: int, choose: random.Random, sizes: Sizes) -> str:
    node, place = f"film:film-{number}", f"film/film-{number}"
    year = choose.randint(1980, 2020)
    people = [f"person:person-{_skewed(choose, sizes.people)}" for _ in range(4)]
    company = f"organization:organization-{_skewed(choose, sizes.organizations)}"
    body = (
        f"    a schema:Movie ;\n"
        f'    schema:name "{_words(choose, 2).title()} {_roman(number)}"@en ;\n'
        f'    schema:dateCreated "{year}"^^xsd:gYear ;\n'
        f'    schema:datePublished "{year}-0{choose.randint(1, 9)}-{choose.randint(10, 28)}"^^xsd:date ;\n'
        f'    schema:description "{_words(choose, 45).capitalize()}."@en ;\n'
        f"    schema:genre genre:{choose.choice(_GENRES)} ;\n"
        f'    schema:duration "PT{choose.randint(45, 180)}M"^^xsd:duration ;\n'
        f'    schema:inLanguage "{choose.choice(_LANGUAGES)}" ;\n'
        f"    schema:countryOfOrigin place:{choose.choice(COUNTRIES)} ;\n"
        f"    schema:director {people[0]} ;\n"
        f"    schema:author {people[1]} ;\n"
        f"    schema:producer {people[2]} ;\n"
        f"    schema:productionCompany {company} ;\n"
        f"    schema:sameAs <http://www.wikidata.org/entity/Q{50_000_000 + number}> ;\n"
        f"    schema:image :image ;\n"
        f"    schema:review :review ;\n"
    )
    more = (
        f':image\n    a schema:ImageObject ;\n    schema:caption "{_words(choose, 5).capitalize()}"@en ;\n'
        f"    schema:contentUrl <https://images.example.org/{number}.jpg> ;\n"
        f"    schema:license <https://creativecommons.org/licenses/by/4.0/> ;\n"
        f"    schema:about {node} ;\n.\n\n"
        f":review\n    a schema:Review ;\n    schema:itemReviewed {node} ;\n    schema:author {people[3]} ;\n"
        f'    schema:datePublished "{year + 1}"^^xsd:gYear ;\n'
        f'    schema:reviewBody "{_words(choose, 30).capitalize()}."@en ;\n.\n\n'
        f":screening\n    a schema:ScreeningEvent ;\n    schema:workPresented {node} ;\n"
        f'    schema:startDate "{year}-12-31"^^xsd:date ;\n'
        f"    schema:superEvent festival:festival-{_skewed(choose, FESTIVALS)} ;\n.\n\n"
    )
    credited, parts = _credits(number, sizes)
    return _record(node, place, body + credited, more + parts + _screenings(number, node, year))


_CREDITS = ("cinematographer", "editor", "composer", "co-producer", "sound-designer")


def _credits(number: int, sizes: Sizes) -> tuple[str, str]:
    """Two or three credits with roles, and up to three parts that somebody plays."""
    choose = random.Random(f"credits {number} {sizes.films}")  # noqa: S311  the same records everywhere
    links = parts = ""
    for nth in range(choose.randint(2, 3)):
        person, role = _skewed(choose, sizes.people), choose.choice(_CREDITS)
        links += f"    schema:contributor :credit-{nth} ;\n"
        parts += (
            f":credit-{nth}\n    a fld:Credit ;\n    a schema:Role ;\n"
            f"    schema:contributor person:person-{person} ;\n"
            f"    schema:roleName role:{role} ;\n    fld:creditOrder {nth + 1} ;\n.\n\n"
        )
    for nth in range(choose.randint(0, 3)):
        person, name = _skewed(choose, sizes.people), choose.choice(_GIVEN)
        links += f"    schema:actor :cast-{nth} ;\n"
        parts += (
            f":cast-{nth}\n    a schema:PerformanceRole ;\n    schema:actor person:person-{person} ;\n"
            f'    schema:characterName "{name}" ;\n.\n\n'
        )
    return links, parts


def _screenings(number: int, node: str, year: int) -> str:
    """Up to two more screenings, in the years after the film was made."""
    choose = random.Random(f"screenings {number}")  # noqa: S311  the same records everywhere
    return "".join(
        f":screening-{nth}\n    a schema:ScreeningEvent ;\n    schema:workPresented {node} ;\n"
        f'    schema:startDate "{year + nth + 1}-05-{choose.randint(10, 28)}"^^xsd:date ;\n'
        f"    schema:superEvent festival:festival-{_skewed(choose, FESTIVALS)} ;\n.\n\n"
        for nth in range(choose.randint(0, 2))
    )


def _skewed(choose: random.Random, count: int) -> int:
    """A number below ``count``, small ones more often: a few people make many films."""
    return int(count * choose.random() ** 1.6)


def write(folder: Path, films: int, faults: float, told: Callable[[int], None] = lambda _: None) -> int:
    """Write an archive; return how many records it has."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "filmld.toml").write_text(f'base = "{BASE}"\n', encoding="utf-8")
    for kind in _KINDS:
        (folder / "records" / kind).mkdir(parents=True, exist_ok=True)
    count = 0
    for place, text in records(films, faults):
        (folder / "records" / place).write_text(text, encoding="utf-8")
        count += 1
        told(count)
    return count


def main() -> None:
    """Write what the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("films", type=int)
    parser.add_argument("--faults", type=float, default=0.01)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.films, chosen.faults)


if __name__ == "__main__":
    main()
