"""A small archive with much in it that depends on other records, and ways to change it."""

import random
import re
from collections.abc import Callable
from pathlib import Path

HEAD = """\
@prefix film: <https://films.example.org/film/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix genre: <https://films.example.org/genre/> .
@prefix organization: <https://films.example.org/organization/> .
@prefix person: <https://films.example.org/person/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix role: <https://w3id.org/filmld/role/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
NAMES = ("Kuu", "Aurinko", "Meri", "Tuuli")
PEOPLE = ("Aki", "Leena", "Pirjo")


def person(number: int, choose: random.Random) -> str:
    born = choose.choice(("1951", "1998", "2030", "1890"))
    died = choose.choice(
        ("", '    schema:deathDate "1999"^^xsd:gYear ;\n', '    schema:deathDate "1940"^^xsd:gYear ;\n')
    )
    number_ = f"    schema:sameAs <https://www.wikidata.org/entity/Q{choose.randint(1, 4)}> ;\n"
    return (
        f"{HEAD}person:p{number}\n    a schema:Person ;\n"
        f'    schema:name "{choose.choice(PEOPLE)}" ;\n'
        f'    schema:birthDate "{born}"^^xsd:gYear ;\n{died}{number_ if choose.random() < 0.5 else ""}.\n'
    )


def film(number: int, choose: random.Random) -> str:
    node = f"film:f{number}"
    here = f"https://films.example.org/film/f{number}"
    lines = [
        "a schema:Movie",
        f'schema:name "{choose.choice(NAMES)}"@fi',
        f'schema:dateCreated "{choose.choice((1920, 1950, 2014, 2014, 2045))}"^^xsd:gYear',
        f"schema:director person:p{choose.randint(1, 5)}",
        f"schema:author person:p{choose.randint(1, 5)}",
        f"schema:productionCompany organization:o{choose.randint(1, 3)}",
        f"schema:genre genre:g{choose.randint(1, 2)}",
    ]
    if choose.random() < 0.4:
        lines.append(f"schema:isPartOf film:f{choose.randint(1, 6)}")
    if choose.random() < 0.3:
        lines.append(f"schema:hasPart film:f{choose.randint(1, 6)}")
    if choose.random() < 0.3:
        lines.append(f'schema:producer "{choose.choice(PEOPLE)}"')
    if choose.random() < 0.3:
        lines.append('schema:identifier [ schema:propertyID "IMDb" ; schema:value "tt0000001" ]')
    if choose.random() < 0.3:
        lines.append(f'schema:director [ a schema:Person ; schema:name "{choose.choice(PEOPLE)}" ]')
    lines.append(f"schema:producer <{here}#credit>")
    lines.append(f"schema:review <{here}#review>")
    credit = choose.choice(("schema:producer", "schema:contributor"))
    return (
        f"{HEAD}{node}\n    " + " ;\n    ".join(lines) + " .\n\n"
        f"<{here}#credit> a fld:Credit, schema:Role ; {credit} person:p{choose.randint(1, 5)} ;"
        f' schema:roleName "Producer"@en .\n'
        f"<{here}#review> a schema:Review ; schema:itemReviewed film:f{choose.randint(1, 6)} ;"
        f' schema:datePublished "{choose.choice((1930, 2015, 2040))}"^^xsd:gYear .\n'
    )


def organization(number: int, choose: random.Random) -> str:
    return (
        f"{HEAD}organization:o{number}\n    a schema:Organization ;\n"
        f'    schema:name "Yhtiö {number}" ;\n'
        f'    schema:foundingDate "{choose.choice((1900, 1990))}"^^xsd:gYear ;\n.\n'
    )


def genre(number: int, choose: random.Random) -> str:
    return f'{HEAD}genre:g{number} a schema:DefinedTerm ; schema:name "{choose.choice(NAMES)}"@en .\n'


MAKERS: dict[str, Callable[[int, random.Random], str]] = {
    "film": film,
    "person": person,
    "organization": organization,
    "genre": genre,
}


def invented(choose: random.Random) -> dict[str, str]:
    """The records, by their places."""
    counts = {"film": 5, "person": 4, "organization": 2, "genre": 2}
    return {
        f"records/{kind}/{kind[0]}{number}.ttl": MAKERS[kind](number, choose)
        for kind, count in counts.items()
        for number in range(1, count + 1)
    }


def _some(records: Path, choose: random.Random) -> Path:
    return choose.choice(sorted(records.rglob("*.ttl")))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def change(records: Path, choose: random.Random) -> None:
    path = _some(records, choose)
    kind = path.parent.name
    path.write_text(MAKERS[kind](int(path.stem[1:]), choose), encoding="utf-8")


def add(records: Path, choose: random.Random) -> None:
    kind = choose.choice(sorted(MAKERS))
    number = choose.randint(1, 7)
    (records / kind / f"{kind[0]}{number}.ttl").write_text(MAKERS[kind](number, choose), encoding="utf-8")


def delete(records: Path, choose: random.Random) -> None:
    if len(sorted(records.rglob("*.ttl"))) > 4:
        _some(records, choose).unlink()


def rename(records: Path, choose: random.Random) -> None:
    path = _some(records, choose)
    path.rename(path.with_name(f"{path.stem[0]}{choose.randint(1, 9)}.ttl"))


def retype(records: Path, choose: random.Random) -> None:
    path = _some(records, choose)
    text = _text(path)
    kinds = ("schema:Movie", "schema:Person", "schema:Organization", "fld:FilmFestival")
    path.write_text(re.sub("|".join(kinds), choose.choice(kinds), text, count=1), encoding="utf-8")


def split(records: Path, choose: random.Random) -> None:
    """Say something of one record's entity in another record, too."""
    other = _some(records, choose)
    kind = choose.choice(("film", "person"))
    more = choose.choice(
        (
            "a schema:Person",
            'schema:name "Kuu"@fi',
            'schema:birthDate "1960"^^xsd:gYear',
            'schema:dateCreated "1999"^^xsd:gYear',
            "schema:director person:p2",
        )
    )
    with other.open("a", encoding="utf-8") as file:
        file.write(f"{kind}:{kind[0]}{choose.randint(1, 6)} {more} .\n")


def spoil(records: Path, choose: random.Random) -> None:
    """Make a mistake in the text of a record."""
    path = _some(records, choose)
    text = _text(path)
    wrong = choose.choice(("schema:name", "@prefix xsd", " ;\n", "a schema:"))
    path.write_text(
        text.replace(wrong, choose.choice(("schema:nmae", "", "% ", "unknown:x ")), 1), encoding="utf-8"
    )


def remark(records: Path, choose: random.Random) -> None:
    """Silence something."""
    code = choose.choice(("possible-duplicate", "unused-record", "missing-country", "dangling-link"))
    path = _some(records, choose)
    path.write_text(f"# filmld: ok {code} as it is\n{_text(path)}", encoding="utf-8")


def undecodable(records: Path, choose: random.Random) -> None:
    path = _some(records, choose)
    path.write_bytes(path.read_bytes() + b"# \xe4\n")


def untouched(records: Path, choose: random.Random) -> None:
    """Write the same again."""
    path = _some(records, choose)
    path.write_bytes(path.read_bytes())


EDITS = (change, change, add, delete, rename, retype, split, spoil, remark, undecodable, untouched)
