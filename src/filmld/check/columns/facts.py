"""What other records may want to know of many files, told at once.

The same as :mod:`filmld.check.stored.extract` says of each, row for row.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from filmld.check.authorities import GIVING, number
from filmld.check.columns.terms import IS_LINK, lexical_of, term_of
from filmld.check.index import HAPPENED, NAMES, RELEASED, folded
from filmld.check.stored.extract import ADDRESS, COMMON, LONGEST, SUBCLASS, TYPE, Facts, Subject
from filmld.check.stored.keys import SUBCLASSES, key, of_name, of_number, short
from filmld.turtle.dates import years
from filmld.turtle.graph import Graph
from filmld.turtle.screen import Head
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal, Triple
from filmld.vocab import SCHEMA


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
        statements: What they state, numbered (:func:`filmld.check.columns.terms.numbered`).

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
        described = subjects.get(record, ())
        yield Facts(
            subjects=tuple([Subject._make(row[1:]) for row in described]),
            mentions=frozenset(mentions.get(record, ())),
            names=tuple(names.get(record, ())),
            numbers=frozenset([row[0] for row in numbers.get(record, ())]),
            newest=newest.get(record),
            prefixes=json.dumps(dict(each.head.prefixes), sort_keys=True),
            is_named_after=any(row[0] for row in described),
            is_addressed=ADDRESS.encode() in each.data,
        )


def _by_record(rows: Iterable[tuple[int, tuple[object, ...]]]) -> defaultdict[int, list[tuple[object, ...]]]:
    found: defaultdict[int, list[tuple[object, ...]]] = defaultdict(list)
    for record, row in rows:
        found[record].append(row)
    return found


def _subjects(stated: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Each subject: whether it is what the record is named after, and what a :class:`Subject` holds."""
    nodes = stated.group_by("node", maintain_order=True).agg(
        pl.col("record", "subject", "subject_key", "home").first()
    )
    facts = (
        stated.select("node", _pieces().alias("facts"))
        .group_by("node", maintain_order=True)
        .agg(pl.col("facts").str.join())
    )
    types = (
        stated.filter(pl.col("predicate") == TYPE, IS_LINK)
        .select("node", pl.col("target").alias("types"))
        .sort("node", "types")
        .group_by("node", maintain_order=True)
        .agg(pl.col("types").str.join(" "))
    )
    found = nodes.join(facts, on="node", maintain_order="left").join(
        types, on="node", how="left", maintain_order="left"
    )
    is_inside = pl.col("subject").str.split("#").list.first() == pl.col("home")
    rows = found.select(
        "record",
        (pl.col("subject") == pl.col("home")).alias("is_named_after"),
        "subject_key",
        pl.when(~is_inside).then("subject").alias("away"),
        pl.col("types").fill_null(""),
        pl.concat_str(pl.lit("{"), "facts", pl.lit("}")),
    )
    for record, named, number_, iri, kinds, text in rows.iter_rows():
        yield record, (named, number_, iri, kinds, key(text), text if len(text) <= LONGEST else None)


def _pieces() -> pl.Expr:
    """What each statement adds to the JSON of its node: properties with lists of their values."""
    is_first = pl.col("node") != pl.col("node").shift(1)
    is_last = (pl.col("node") != pl.col("node").shift(-1)).fill_null(value=True)
    begins = is_first | (pl.col("predicate") != pl.col("predicate").shift(1))
    ends = is_last | (pl.col("predicate") != pl.col("predicate").shift(-1)).fill_null(value=True)
    name = pl.col("predicate").cast(pl.String)
    return pl.concat_str(
        pl.when(is_first.fill_null(value=True)).then(pl.lit("")).when(begins).then(pl.lit(",")).otherwise(pl.lit("")),
        pl.when(begins.fill_null(value=True)).then(pl.concat_str(pl.lit('"'), name, pl.lit('":['))).otherwise(pl.lit(",")),
        _encoded(),
        pl.when(ends).then(pl.lit("]")).otherwise(pl.lit("")),
    )


def _encoded() -> pl.Expr:
    """A term as JSON has it; texts are escaped in JSON as they are in N-Triples."""
    quoted = pl.col("object").str.head(
        pl.col("object").str.len_chars().cast(pl.Int64)
        - (pl.col("language").str.len_chars().cast(pl.Int64) + len("@")).fill_null(0)
        - (pl.col("datatype").str.len_chars().cast(pl.Int64) + len("^^<>")).fill_null(0)
    )
    is_text, is_plain = pl.col("language").is_not_null(), pl.col("datatype").is_null()
    return (
        pl.when(IS_LINK)
        .then(pl.concat_str(pl.lit('"'), "target", pl.lit('"')))
        .when(is_text)
        .then(pl.concat_str(pl.lit("["), quoted, pl.lit(f',"{RDF_LANG_STRING}","'), "language", pl.lit('"]')))
        .when(is_plain)
        .then(pl.concat_str(pl.lit("["), "object", pl.lit(f',"{XSD_STRING}"]')))
        .otherwise(pl.concat_str(pl.lit("["), quoted, pl.lit(',"'), "datatype", pl.lit('"]')))
    )


def _mentions(stated: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    is_everywhere = (pl.col("predicate") == TYPE) & pl.any_horizontal(
        pl.col("target").str.starts_with(start) for start in COMMON
    )
    is_inside = pl.col("target").str.split("#").list.first() == pl.col("home")
    links = (
        stated.filter(IS_LINK)
        .filter(~is_everywhere, ~is_inside)
        .select("record", "target_key", "predicate", "subject")
        .group_by("record", "target_key", "predicate")
        .agg(pl.col("subject").sort().str.join(" "))
    )
    shorts = {name: short(name) for name in links["predicate"].unique()}
    for record, target, predicate, subjects in links.iter_rows():
        yield record, (target, shorts[predicate], short(subjects))


def _names(statements: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    order = pl.col("predicate").replace_strict(list(NAMES), list(range(len(NAMES))), return_dtype=pl.UInt8)
    named = (
        statements.filter(pl.col("predicate").is_in(NAMES), ~IS_LINK)
        .with_columns(order.alias("order"))
        .sort("node", "order", maintain_order=True)
    )
    for record, subject, value in named.select("record", "subject", "object").iter_rows():
        name = lexical_of(value)
        yield record, (key(of_name(folded(name))), subject, name)


def _numbers(statements: pl.DataFrame) -> Iterator[tuple[int, tuple[object, ...]]]:
    subclass = key(SUBCLASSES)
    for record in statements.filter(pl.col("predicate") == SUBCLASS)["record"].unique():
        yield record, (subclass,)
    systems: defaultdict[int, list[Triple]] = defaultdict(list)
    named = statements.filter(pl.col("predicate") == SCHEMA + "propertyID", ~IS_LINK)
    for node, subject, value in named.select("node", "subject", "object").iter_rows():
        systems[node].append(Triple(IRI(subject), IRI(SCHEMA + "propertyID"), term_of(value)))
    given = statements.filter(pl.col("predicate").is_in(GIVING))
    for record, node, subject, predicate, value in given.select(
        "record", "node", "subject", "predicate", "object"
    ).iter_rows():
        triple = Triple(IRI(subject), IRI(predicate), term_of(value))
        found = number(triple, Graph(systems.get(node, ())))
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
