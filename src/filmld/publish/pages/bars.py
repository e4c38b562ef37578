"""Charts that need no script: which columns of an answer make one, and its bars."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from filmld.publish.jsontext import Json
from filmld.publish.pages.asking import Bar, BarChart
from filmld.publish.pages.cells import Namer, cell
from filmld.publish.results import Results, Solution
from filmld.publish.words import ENGLISH, Words
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import XSD

MOST_BARS: Final = 40
MOST_SERIES: Final = 12
COUNTRY: Final = "https://w3id.org/filmld/country/"

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))
_CALLED_A_YEAR = re.compile(r"year|decade|first|last|from|until|since", re.IGNORECASE)
_CALLED_A_COUNT = re.compile(r"^(films|copies|count|number)", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{4}")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A chart, and the columns it is made of.

    Attributes:
        kind: ``bar``, ``line``, ``timeline``, ``map`` or ``network``.
        x: What runs along it; the start of a timeline; one end of a network's lines.
        y: The number; the end of a timeline; none where rows are counted.
        by: What sets series apart; the lines of a timeline; the other end of a network's lines.
    """

    kind: str
    x: str
    y: str | None = None
    by: str | None = None

    def as_object(self) -> dict[str, Json]:
        """The choice for scripts."""
        return {"kind": self.kind, "x": self.x, "y": self.y, "by": self.by}


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of an answer by what they hold."""

    years: tuple[str, ...]
    numbers: tuple[str, ...]
    countries: tuple[str, ...]
    things: tuple[str, ...]
    texts: tuple[str, ...]
    several: frozenset[str]
    few: frozenset[str]


def choose(results: Results, kind: str) -> Choice | None:
    """Choose the columns for a chart; ``None`` if the answer has none that suit it."""
    if not results.rows:
        return None
    columns = _columns(results)
    nodes = columns.things + columns.countries
    nodes = tuple(name for name in results.variables if name in nodes)
    number = _measure(columns.numbers)
    labels = [name for name in results.variables if name in columns.several | columns.few]
    labels = [name for name in labels if name not in columns.numbers]
    match kind:
        case "network" if len(nodes) > 1:
            return Choice(kind=kind, x=nodes[0], y=number, by=nodes[1])
        case "map" if columns.countries:
            return Choice(kind=kind, x=columns.countries[0], y=number)
        case "timeline" if columns.years:
            named = columns.texts + columns.countries + columns.things
            end = columns.years[1] if len(columns.years) > 1 else None
            return Choice(kind=kind, x=columns.years[0], y=end, by=next(iter(named), None))
        case "bar" | "line":
            return _along(columns, labels, kind)
        case _:
            return None


def _measure(numbers: Sequence[str]) -> str | None:
    """The number that a chart shows: what is counted, before what is measured; a share of it last."""
    counts = [name for name in numbers if _CALLED_A_COUNT.search(name)]
    others = [name for name in numbers if "percent" not in name.casefold()]
    return next(iter((*counts, *others, *numbers)), None)


def _along(columns: _Columns, labels: Sequence[str], kind: str) -> Choice | None:
    number = _measure(columns.numbers)
    several = [name for name in labels if name in columns.several] or list(labels)
    x = next(iter((*columns.years, *several, *columns.numbers)), None)
    if x is None:
        return None
    y = next((name for name in columns.numbers if name != x), None) if x == number else number
    by = next(
        (name for name in labels if name != x and name in columns.several and name in columns.few), None
    )
    return Choice(kind=kind, x=x, y=y, by=by)


def bars(results: Results, choice: Choice, namer: Namer, words: Words = ENGLISH) -> BarChart | None:
    """Make the bars of a chart; those of a timeline begin where they begin."""
    if choice.kind == "timeline":
        return _spans(results, choice, namer, words)
    sums: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for row in results.rows:
        key = tuple(cell(row[name], namer).text if name in row else "–" for name in _keys(choice))
        sums[key] += _number(row.get(choice.y)) if choice.y else 1
    if not sums:
        return None
    ordered = _ordered(sums.items(), by_key=choice.x in _columns(results).years + _columns(results).numbers)
    longest = max(*sums.values(), 0.0) or 1.0
    said = words.asking
    along = reduce(said["chart_and"].format, _keys(choice))
    return BarChart(
        title=said["chart_by"].format(choice.y or said["chart_rows"], along),
        bars=tuple(
            Bar(name=" · ".join(key), value=_shown(value), width=max(0.0, 100 * value / longest))
            for key, value in ordered
        ),
        cut=len(ordered) < len(sums),
    )


def _ordered(
    sums: Iterable[tuple[tuple[str, ...], float]], *, by_key: bool
) -> list[tuple[tuple[str, ...], float]]:
    """Along a scale all bars in its order, else the largest first and not more than can be read."""
    if by_key:
        return sorted(sums, key=lambda pair: (_scale(pair[0][0]), pair[0]))
    return sorted(sums, key=lambda pair: (-pair[1], pair[0]))[:MOST_BARS]


def _scale(text: str) -> float:
    try:
        return float(text[:5].rstrip("-"))
    except ValueError:
        return float("inf")


def _spans(results: Results, choice: Choice, namer: Namer, words: Words) -> BarChart | None:
    found: list[tuple[int, int, str]] = []
    for row in results.rows:
        start = _year(row.get(choice.x))
        end = _year(row.get(choice.y)) if choice.y else start
        if start is not None:
            found.append((start, max(start, end or start), _label(row, choice, namer)))
    if not found:
        return None
    shown = sorted(found)[:MOST_BARS]
    first, last = min(start for start, _, _ in shown), max(end for _, end, _ in shown)
    whole = last - first + 1
    along = words.asking["chart_span"].format(choice.x, choice.y) if choice.y else choice.x
    return BarChart(
        title=words.asking["chart_from"].format(along, first, last),
        bars=tuple(
            Bar(
                name=name,
                value=str(start) if start == end else f"{start}–{end}",
                start=100 * (start - first) / whole,
                width=100 * (end - start + 1) / whole,
            )
            for start, end, name in shown
        ),
        cut=len(shown) < len(found),
    )


def _label(row: Solution, choice: Choice, namer: Namer) -> str:
    return cell(row[choice.by], namer).text if choice.by and choice.by in row else "–"


def _keys(choice: Choice) -> tuple[str, ...]:
    return (choice.x, choice.by) if choice.by else (choice.x,)


def _columns(results: Results) -> _Columns:
    terms = {name: [row[name] for row in results.rows if name in row] for name in results.variables}
    kinds = {name: _kind(name, found) for name, found in terms.items() if found}
    distinct = {name: len(set(found)) for name, found in terms.items() if found}

    def of(kind: str) -> tuple[str, ...]:
        return tuple(name for name, one in kinds.items() if one == kind)

    return _Columns(
        of("year"),
        of("number"),
        of("country"),
        of("thing"),
        of("text"),
        frozenset(name for name, count in distinct.items() if count > 1),
        frozenset(name for name, count in distinct.items() if count <= MOST_SERIES),
    )


def _kind(name: str, terms: Sequence[Term]) -> str:
    if all(isinstance(term, Literal) and _is_year(name, term) for term in terms):
        return "year"
    if all(isinstance(term, Literal) and _is_number(term) for term in terms):
        return "number"
    if all(isinstance(term, IRI) and term.value.startswith(COUNTRY) for term in terms):
        return "country"
    return "thing" if all(isinstance(term, IRI) for term in terms) else "text"


def _is_year(name: str, literal: Literal) -> bool:
    if literal.datatype in {XSD + "gYear", XSD + "date", XSD + "gYearMonth", XSD + "dateTime"}:
        return _YEAR.match(literal.lexical) is not None
    is_called_so = _CALLED_A_YEAR.search(name) is not None
    if not (is_called_so and _is_number(literal)):
        return False
    value = float(literal.lexical)
    return value.is_integer() and _FIRST_YEAR <= value <= _LAST_YEAR


def _is_number(literal: Literal) -> bool:
    """Whether it can be drawn: infinity and NaN cannot."""
    return literal.datatype in _NUMBERS and math.isfinite(_number(literal, math.nan))


def _year(term: Term | None) -> int | None:
    match = _YEAR.match(term.lexical) if isinstance(term, Literal) else None
    return int(match[0]) if match else None


def _number(term: Term | None, otherwise: float = 0.0) -> float:
    try:
        return float(term.lexical) if isinstance(term, Literal) else otherwise
    except ValueError:
        return otherwise


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
