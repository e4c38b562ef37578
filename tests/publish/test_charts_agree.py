"""The script and the pages without script choose the same columns for a chart."""

import random

from filmld.publish.pages.bars import COUNTRY, choose
from filmld.publish.results import Results, Solution
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, lang_string
from filmld.vocab import XSD
from tests.publish.scripts import in_node

NAMES = ("film", "year", "decade", "films", "percent", "first", "last", "country", "name", "minutes")
KINDS = ("bar", "line", "timeline", "map", "network")


def term(choose_: random.Random, kind: str) -> Term:
    number = choose_.randint(0, 20)
    match kind:
        case "thing":
            return IRI(f"https://films.example.org/film/{number}")
        case "country":
            return IRI(COUNTRY + choose_.choice(("fi", "se", "de")))
        case "year":
            return Literal(str(1980 + number), datatype=XSD + choose_.choice(("gYear", "date", "integer")))
        case "number":
            lexical = choose_.choice((str(number), f"{number}.5", "1900", "INF", "-3"))
            return Literal(lexical, datatype=XSD + choose_.choice(("integer", "decimal", "double")))
        case "blank":
            return BlankNode("b")
        case _:
            return lang_string(f"Name {number % 3}", choose_.choice(("en", "fi")))


def answer(number: int) -> Results:
    choose_ = random.Random(number)  # noqa: S311  the same answers each time
    variables = tuple(choose_.sample(NAMES, choose_.randint(1, 5)))
    kinds = {
        name: choose_.choice(("thing", "country", "year", "number", "text", "blank")) for name in variables
    }
    empty = choose_.choice(variables) if choose_.random() < 0.2 else None
    rows: list[Solution] = [
        {name: term(choose_, kinds[name]) for name in variables if name != empty and choose_.random() < 0.9}
        for _ in range(choose_.randint(0, 15))
    ]
    return Results(variables, tuple(rows))


def test_the_script_chooses_as_the_page_without_script_does() -> None:
    answers = [answer(number) for number in range(400)]
    seen = set()
    for results, found in zip(answers, in_node("charts", [one.as_object() for one in answers]), strict=True):
        for kind in KINDS:
            ours = choose(results, kind)
            if kind == "line" and kind not in found:
                continue  # the script offers no line along what has no order
            assert found.get(kind) == (ours.as_object() if ours else None), (kind, results)
            seen.add((kind, ours is None))
    assert len(seen) > 8
