"""What other records may want to know of many files, told at once.

The same as :mod:`filmld.check.stored.extract` says of each, row for row.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from filmld.check.authorities import GIVING, number
from filmld.check.index import HAPPENED, NAMES, RELEASED, folded
from filmld.check.stored.extract import ADDRESS, COMMON, LONGEST, SUBCLASS, TYPE, Facts, Subject
from filmld.check.stored.keys import SUBCLASSES, key, of_name, of_number, short
from filmld.turtle.dates import years
from filmld.turtle.graph import Graph
from filmld.turtle.screen import Head
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple
from filmld.vocab import SCHEMA

IS_LINK: Final = pl.col("object").str.starts_with("<")
TARGET: Final = pl.col("object").str.strip_chars("<>")
_ESCAPED: Final = "\\"


class Written(NamedTuple):
    """A record that was read into columns.

    Attributes:
        home: The IRI of its main entity.
        data: Its bytes.
        head: What it declares.
    """

    home: str
    data: bytes
    head: Head


def facts_of(written: Sequence[Written | None], statements: pl.DataFrame) -> Iterator[Facts | None]:
    """Take out of records what others may ask for.

    Args:
        written: The records, as far as they were read into columns.
        statements: What they state.

    Yields:
        The facts of each, in the order of the records.
    """
    homes = pl.DataFrame(
        {"record": range(len(written)), "home": [each.home if each else "" for each in written]},
        schema={"record": pl.UInt32, "home": pl.String},
    )
    stated = statements.join(homes, on="record", how="left", maintain_order="left")
    subjects = _by_record(_subjects(stated))
    mentions = _by_record(_mentions(stated))
    names = _by_record(_names(statements))
    numbers = _by_record(_numbers(statements))
    newest = dict(_newest(statements))
    for record, each in enumerate(written):
        if each is None:
            yield None
            continue
        described = subjects[record]
        yield Facts(
            subjects=tuple(Subject(*row[1:]) for row in described),
            mentions=frozenset(mentions[record]),
            names=tuple(names[record]),
            numbers=frozenset(row[0] for row in numbers[record]),
            newest=newest.get(record),
            prefixes=json.dumps(dict(each.head.prefixes), sort_keys=True),
            is_named_after=any(row[0] for row in described),
            is_addressed=ADDRESS.encode() in each.data,
        )


def keyed(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Put the number of each IRI beside it, as ``…_key``."""
    for name in columns:
        known = frame[name].unique()
        keys = pl.DataFrame({name: known, f"{name}_key": [key(iri) for iri in known.to_list()]})
        frame = frame.join(keys, on=name, how="left", maintain_order="left")
    return frame


def _by_record(rows: Iterable[tuple[int, tuple[object, ...]]]) -> defaultdict[int, list[tuple[object, ...]]]:
    found: defaultdict[int, list[tuple[object, ...]]] = defaultdict(list)
    for record, row in rows:
        found[record].append(row)
    return found


def _subjects(stated: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Each subject: whether it is what the record is named after, and what a :class:`Subject` holds."""
    properties = (
        stated.select("record", "subject", "predicate", "home", _encoded().alias("value"))
        .group_by("record", "subject", "predicate", maintain_order=True)
        .agg(pl.col("home").first(), pl.col("value").str.join(","))
        .group_by("record", "subject", maintain_order=True)
        .agg(
            pl.col("home").first(),
            pl.format('"{}":[{}]', "predicate", "value").str.join(",").alias("facts"),
        )
        .with_columns(pl.concat_str(pl.lit("{"), "facts", pl.lit("}")).alias("facts"))
    )
    types = (
        stated.filter(IS_LINK, pl.col("predicate") == TYPE)
        .select("record", "subject", TARGET.alias("type"))
        .group_by("record", "subject")
        .agg(pl.col("type").unique().sort().str.join(" ").alias("types"))
    )
    is_home = pl.col("subject") == pl.col("home")
    is_inside = pl.col("subject").str.split("#").list.first() == pl.col("home")
    found = keyed(properties.join(types, on=("record", "subject"), how="left", maintain_order="left"), "subject")
    rows = found.select(
        "record",
        is_home,
        "subject_key",
        pl.when(is_inside).then(None).otherwise(pl.col("subject")),
        pl.col("types").fill_null(""),
        "facts",
    )
    for record, named, number_, iri, kinds, text in rows.iter_rows():
        yield record, (named, number_, iri, kinds, key(text), text if len(text) <= LONGEST else None)


def _encoded() -> pl.Expr:
    """A term as JSON has it; texts are escaped in JSON as they are in N-Triples."""
    quoted = pl.col("object").str.head(
        pl.col("object").str.len_chars().cast(pl.Int64)
        - (pl.col("language").str.len_chars().cast(pl.Int64) + len("@")).fill_null(0)
        - (pl.col("datatype").str.len_chars().cast(pl.Int64) + len("^^<>")).fill_null(0)
    )
    return (
        pl.when(IS_LINK)
        .then(pl.format('"{}"', TARGET))
        .when(pl.col("language").is_not_null())
        .then(pl.format('[{},"' + RDF_LANG_STRING + '","{}"]', quoted, "language"))
        .otherwise(pl.format('[{},"{}"]', quoted, pl.col("datatype").fill_null(XSD_STRING)))
    )


def _mentions(stated: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    is_everywhere = (pl.col("predicate") == TYPE) & pl.any_horizontal(
        pl.col("target").str.starts_with(start) for start in COMMON
    )
    is_inside = pl.col("target").str.split("#").list.first() == pl.col("home")
    links = (
        stated.filter(IS_LINK)
        .select("record", "subject", "predicate", "home", TARGET.alias("target"))
        .filter(~is_everywhere, ~is_inside)
        .group_by("record", "target", "predicate")
        .agg(pl.col("subject").sort().str.join(" "))
    )
    rows = keyed(links, "target").select("record", "target_key", "predicate", "subject")
    shorts = {name: short(name) for name in links["predicate"].unique()}
    for record, target, predicate, subjects in rows.iter_rows():
        yield record, (target, shorts[predicate], short(subjects))


def _names(statements: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    order = pl.col("predicate").replace_strict(list(NAMES), list(range(len(NAMES))), return_dtype=pl.UInt8)
    named = (
        statements.with_row_index("row")
        .with_columns(pl.col("row").min().over("record", "subject").alias("node"))
        .filter(pl.col("predicate").is_in(NAMES), ~IS_LINK)
        .with_columns(order.alias("order"))
        .sort("node", "order", "row")
    )
    for record, subject, value in named.select("record", "subject", "object").iter_rows():
        name = lexical_of(value)
        yield record, (key(of_name(folded(name))), subject, name)


def lexical_of(literal: str) -> str:
    """The text of a literal in N-Triples."""
    text = literal[1 : literal.rindex('"')]
    return text if _ESCAPED not in text else str(json.loads(f'"{text}"'))


def term_of(written: str) -> Term:
    """A term out of N-Triples; blank nodes do not come here."""
    if written.startswith("<"):
        return IRI(written[1:-1])
    text, _, rest = written.rpartition('"')
    lexical = lexical_of(f'{text}"')
    if rest.startswith("@"):
        return Literal(lexical, RDF_LANG_STRING, rest[1:])
    return Literal(lexical, rest[3:-1]) if rest else Literal(lexical)


def _numbers(statements: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    subclass = key(SUBCLASSES)
    for record in statements.filter(pl.col("predicate") == SUBCLASS)["record"].unique():
        yield record, (subclass,)
    systems: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for record, subject, value in (
        statements.filter(pl.col("predicate") == SCHEMA + "propertyID", ~IS_LINK)
        .select("record", "subject", "object")
        .iter_rows()
    ):
        systems[record, subject].append(value)
    given = statements.filter(pl.col("predicate").is_in(GIVING))
    for record, subject, predicate, value in given.select("record", "subject", "predicate", "object").iter_rows():
        node = IRI(subject)
        triple = Triple(node, IRI(predicate), term_of(value))
        known = systems.get((record, subject), ())
        graph = Graph(Triple(node, IRI(SCHEMA + "propertyID"), term_of(system)) for system in known)
        found = number(triple, graph)
        if found:
            yield record, (key(of_number(*found.bare)),)


def _newest(statements: pl.DataFrame) -> Iterator[tuple[int, int]]:
    dated = statements.filter(pl.col("predicate").is_in(list(HAPPENED)), ~IS_LINK)
    ends: dict[str, int] = {}
    for value in dated["object"].unique():
        literal = term_of(value)
        span = years(literal) if isinstance(literal, Literal) else None
        if span and span.end and span.end > RELEASED:
            ends[value] = span.end
    found: dict[int, int] = {}
    for record, value in dated.filter(pl.col("object").is_in(list(ends))).select("record", "object").iter_rows():
        found[record] = max(found.get(record, 0), ends[value])
    yield from found.items()
