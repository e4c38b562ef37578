"""Charts that need no script."""

from collections.abc import Mapping

from filmld.publish.pages.asking import Bar, Cell
from filmld.publish.pages.bars import Choice, bars, choose
from filmld.publish.results import Results
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import XSD

COUNTRY = "https://w3id.org/filmld/country/"
FINLAND, SWEDEN = IRI(COUNTRY + "fi"), IRI(COUNTRY + "se")


class Names:
    """Names countries by their codes."""

    def thing(self, iri: str) -> Cell | None:
        return Cell(text=iri[-2:].upper()) if iri.startswith(COUNTRY) else None


def integer(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")


def results(*rows: Mapping[str, Term]) -> Results:
    return Results(tuple(rows[0]), rows)


PAIRS = results(
    {"decade": integer(1930), "country1": FINLAND, "country2": SWEDEN, "films": integer(3)},
    {"decade": integer(1960), "country1": FINLAND, "country2": SWEDEN, "films": integer(1)},
    {"decade": integer(1960), "country1": FINLAND, "country2": IRI(COUNTRY + "fr"), "films": integer(2)},
)
LIVES = results(
    {"name": Literal("Long"), "first": integer(1920), "last": integer(1939)},
    {"name": Literal("Short"), "first": integer(1935), "last": integer(1935)},
)


def test_a_network_without_script_is_a_bar_for_each_pair() -> None:
    choice = choose(PAIRS, "network")
    assert choice == Choice(kind="network", x="country1", y="films", by="country2")
    chart = bars(PAIRS, choice, Names())
    assert chart
    assert chart.title == "films by country1 and country2"
    assert chart.bars == (
        Bar(name="FI · SE", value="4", width=100),
        Bar(name="FI · FR", value="2", width=50),
    )


def test_a_map_without_script_is_a_bar_for_each_country() -> None:
    choice = choose(PAIRS, "map")
    assert choice == Choice(kind="map", x="country1", y="films")
    chart = bars(PAIRS, choice, Names())
    assert chart
    assert [(bar.name, bar.value) for bar in chart.bars] == [("FI", "6")]


def test_bars_along_years_come_in_the_order_of_years() -> None:
    choice = choose(PAIRS, "bar")
    assert choice == Choice(kind="bar", x="decade", y="films", by="country2")
    chart = bars(PAIRS, choice, Names())
    assert chart
    assert [bar.name for bar in chart.bars] == ["1930 · SE", "1960 · FR", "1960 · SE"]


def test_a_timeline_has_spans_that_begin_where_they_begin() -> None:
    choice = choose(LIVES, "timeline")
    assert choice == Choice(kind="timeline", x="first", y="last", by="name")
    chart = bars(LIVES, choice, Names())
    assert chart
    assert chart.bars == (
        Bar(name="Long", value="1920–1939", start=0, width=100),
        Bar(name="Short", value="1935", start=75, width=5),
    )


def test_rows_are_counted_where_there_is_no_number() -> None:
    answer = results({"name": Literal("A"), "x": Literal("1")}, {"name": Literal("A"), "x": Literal("2")})
    chart = bars(answer, Choice(kind="bar", x="name"), Names())
    assert chart
    assert (chart.title, chart.bars) == ("number of rows by name", (Bar(name="A", value="2", width=100),))


def test_no_more_bars_are_shown_than_can_be_read() -> None:
    answer = results(*({"name": Literal(f"n{number:02}"), "films": integer(number)} for number in range(60)))
    chart = bars(answer, Choice(kind="bar", x="name", y="films"), Names())
    assert chart
    assert (len(chart.bars), chart.cut, chart.bars[0].name) == (40, True, "n59")


def test_what_makes_no_chart_is_only_a_table() -> None:
    empty = Results(("film",), ())
    texts = results({"a": Literal("x"), "b": Literal("y")})
    assert [choose(texts, kind) for kind in ("table", "map", "network", "timeline")] == [None] * 4
    assert choose(empty, "bar") is None
    assert bars(empty, Choice(kind="bar", x="film"), Names()) is None
    assert bars(empty, Choice(kind="timeline", x="film"), Names()) is None


def test_a_chart_shows_what_is_counted_before_what_is_measured() -> None:
    lengths = results({"decade": integer(1930), "minutes": integer(75), "films": integer(3)})
    assert choose(lengths, "bar") == Choice(kind="bar", x="decade", y="films")
