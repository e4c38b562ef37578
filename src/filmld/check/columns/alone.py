"""Which rules can have anything to say of a record, told from its own statements.

Each screen stands for one rule, and suspects a record where its rule may find something. It may suspect
what is sound, and then a rule is asked in vain; it must not pass over what is not. Rules without a screen are
asked of every record that has a statement which they watch (:mod:`filmld.check.watching`).
``tests/check/columns`` holds all screens against their rules.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import polars as pl

from filmld.check import rules
from filmld.check.columns import looks, together
from filmld.check.columns.terms import IS_LINK, lexical_of, spans_of, term_of
from filmld.check.facts import MADE
from filmld.check.identifiers import CHECKS
from filmld.check.index import RELEASED, Index
from filmld.check.rules import (
    double_space,
    identifier,
    impossible_year,
    language_code,
    language_tag,
    markup_in_text,
    mixed_quotes,
    odd_running_time,
    person_without_record,
    sic_in_title,
    two_of_one_authority,
    unexpected_property,
)
from filmld.check.stored.extract import TYPE
from filmld.check.texts import VERBATIM
from filmld.check.watching import VOCABULARIES, Use
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal
from filmld.vocab import SCHEMA


class Given(NamedTuple):
    """What records state, with what has been made of it.

    Attributes:
        statements: Numbered (:func:`filmld.check.columns.terms.numbered`).
        prose: Those of them that give texts for readers.
        classes: The classes of these and perhaps other nodes (:func:`filmld.check.columns.terms.classes_of`).
        numbers: The numbers that these and perhaps other records give
            (:func:`filmld.check.columns.facts.numbers_given`).
        vocabulary: An index of nothing, to ask what the vocabularies say.
    """

    statements: pl.DataFrame
    prose: pl.DataFrame
    classes: pl.DataFrame
    numbers: pl.DataFrame
    vocabulary: Index


Screen: TypeAlias = Callable[[Given], pl.Series]
"""The records, each as often as may be, of which a rule may have something to say."""


def prose(statements: pl.DataFrame) -> pl.DataFrame:
    """Those of numbered statements that give texts for readers."""
    is_prose = ~IS_LINK & pl.col("datatype").is_null() & ~pl.col("predicate").is_in(list(VERBATIM))
    return statements.select("record", "object", "predicate", "datatype", "target").filter(is_prose)


def _matching(pattern: str) -> Screen:
    """Suspect texts for readers that match a pattern; it is sought in what N-Triples makes of them."""
    return lambda given: given.prose.filter(pl.col("object").str.contains(pattern))["record"]


def _quotes(given: Given) -> pl.Series:
    text = pl.col("object")
    has_apostrophes = text.str.contains("[‘’]") & text.str.contains("'", literal=True)
    has_either = text.str.contains('\\"', literal=True) | has_apostrophes
    return given.prose.filter(has_either)["record"]


def _language_tags(given: Given) -> pl.Series:
    """Of texts in Latin letters under a mark of such a language nothing need be asked but the mark."""
    marked = given.statements.filter(pl.col("language").is_not_null())
    tags = marked["language"].unique().to_list()
    odd = [tag for tag in tags if not language_tag.is_usual(tag)]
    latin = [tag for tag in tags if language_tag.fits("Latn", tag)]
    is_latin = pl.col("language").is_in(latin) & ~pl.col("object").str.contains(r"[\p{L}&&\P{Latin}]")
    suspects = marked.filter(~is_latin | pl.col("language").is_in(odd))
    found = [
        record
        for record, text, tag in suspects.select("record", "object", "language").iter_rows()
        if not language_tag.is_sound(lexical_of(text), tag)
    ]
    return pl.Series("record", found, dtype=pl.UInt32)


def _values(predicates: tuple[str, ...], is_odd: Callable[[Literal], bool]) -> Screen:
    """Suspect literals of some properties; each is looked at once."""

    def screen(given: Given) -> pl.Series:
        stated = given.statements.filter(pl.col("predicate").is_in(predicates), ~IS_LINK)
        odd = [
            value
            for value in stated["object"].unique().to_list()
            if isinstance(literal := term_of(value), Literal) and is_odd(literal)
        ]
        return stated.filter(pl.col("object").is_in(odd))["record"]

    return screen


def _impossible_years(given: Given) -> pl.Series:
    made = given.statements.filter(pl.col("predicate").is_in([name.value for name in MADE]), ~IS_LINK)
    is_early = pl.col("end") < impossible_year.FIRST
    is_late = pl.col("start") > RELEASED + impossible_year.AHEAD
    odd = spans_of(made["object"]).filter(is_early | is_late)
    return made.join(odd, on="object", how="semi")["record"]


def _identifiers(given: Given) -> pl.Series:
    """Suspect wrong numbers, and those of systems that are named beside them."""
    beside = given.statements.filter(pl.col("predicate") == SCHEMA + "value")["record"]
    odd = [
        record
        for record, system, written in given.numbers.select("record", "system", "written").iter_rows()
        if CHECKS[system](written)
    ]
    return pl.concat([pl.Series("record", odd, dtype=pl.UInt32), beside])


def _many_pages(given: Given) -> pl.Series:
    """Suspect what has two pages elsewhere that give a number."""
    pages = given.numbers.filter(pl.col("predicate") == SCHEMA + "sameAs")
    return pages.filter(pl.struct("record", "subject", "system").is_duplicated())["record"]


def _people_inside(given: Given) -> pl.Series:
    """Suspect records with a person of their own; who is described elsewhere is told from there."""
    inside = given.statements.filter(
        pl.col("predicate") == TYPE, IS_LINK, pl.col("subject").str.contains("#", literal=True)
    )
    kinds = [kind for kind in inside["target"].unique().to_list() if _is_person(kind, given.vocabulary)]
    return inside.filter(pl.col("target").is_in(kinds))["record"]


def _is_person(kind: str, index: Index) -> bool:
    return "Person" in (index.classes_of(frozenset({kind})) or {"Person"})


def _unexpected(given: Given) -> pl.Series:
    """Suspect things with a property that is not meant for their classes, as their own record has these."""
    used = given.statements.select("record", "node", "predicate").join(
        given.classes.with_columns(pl.col("types").cast(pl.Categorical)), on="node"
    )
    uses = used.select("types", "predicate").unique()
    odd = [
        (types_, predicate)
        for types_, predicate in uses.iter_rows()
        if (classes := given.vocabulary.classes_of(frozenset(types_.split())))
        and unexpected_property.is_misplaced(IRI(predicate), classes, given.vocabulary)
    ]
    if not odd:
        return pl.Series("record", [], dtype=pl.UInt32)
    wrong = pl.DataFrame(odd, schema=uses.schema, orient="row")
    return used.join(wrong, on=("types", "predicate"), how="semi")["record"]


SCREENS: Final[Mapping[rules.RuleModule, Screen]] = MappingProxyType(
    {
        double_space: _matching(r'\s\s|[^\S ]|\\[nrt]|^"\s|\s"(?:@[a-z0-9-]+)?$'),
        markup_in_text: _matching(r"</?[A-Za-z]|&[A-Za-z#]|\[\[|\]\]|\{\{|\}\}|''"),
        mixed_quotes: _quotes,
        language_tag: _language_tags,
        language_code: _values(
            tuple(language_code.PROPERTIES), lambda value: not language_code.is_sound(value.lexical)
        ),
        odd_running_time: _values((SCHEMA + "duration",), lambda value: not odd_running_time.is_sound(value)),
        impossible_year: _impossible_years,
        identifier: _identifiers,
        two_of_one_authority: _many_pages,
        person_without_record: _people_inside,
        sic_in_title: _matching(r"(?i)[\[(](?:sic!?|!)[\])]"),
        unexpected_property: _unexpected,
    }
)
"""Of rules that look at one record alone."""


def suspects(given: Given) -> pl.DataFrame:
    """Say which rules may find something in each record by itself.

    Returns:
        ``record`` and ``rules``, a number with a bit for each rule in the order of :data:`rules.RULES`.
    """
    found = [_watched(given.statements, given.vocabulary)]
    for rule, screen in SCREENS.items():
        found.append(pl.DataFrame({"record": screen(given).unique()}).with_columns(bit(rule).alias("rules")))
    return pl.concat(found).group_by("record").agg(pl.col("rules").bitwise_or())


def bit(rule: rules.RuleModule) -> pl.Expr:
    """The bit that stands for a rule."""
    return pl.lit(1 << rules.RULES.index(rule), dtype=pl.UInt64)


def _watched(statements: pl.DataFrame, index: Index) -> pl.DataFrame:
    """The rules without a screen, of the records that have what they watch."""
    is_term = pl.any_horizontal(pl.col("target").str.starts_with(start) for start in VOCABULARIES)
    detail = (
        pl.when(IS_LINK)
        .then(pl.when(is_term).then("target").otherwise(pl.lit("")))
        .otherwise(
            pl.coalesce(
                "datatype",
                pl.when(pl.col("language").is_not_null())
                .then(pl.lit(RDF_LANG_STRING))
                .otherwise(pl.lit(XSD_STRING)),
            )
        )
    )
    uses = statements.select(
        "record", pl.col("predicate"), IS_LINK.alias("is_link"), detail.cast(pl.Categorical).alias("detail")
    )
    kinds = uses.select("predicate", "is_link", "detail").unique()
    marks = [
        _mark(Use(predicate, IRI if is_link else Literal, detail_), index)
        for predicate, is_link, detail_ in kinds.iter_rows()
    ]
    watched = kinds.with_columns(pl.Series("rules", marks, dtype=pl.UInt64)).filter(pl.col("rules") != 0)
    found = uses.join(watched, on=("predicate", "is_link", "detail"))
    return found.group_by("record").agg(pl.col("rules").bitwise_or())


def _mark(use: Use, index: Index) -> int:
    screened = SCREENS.keys() | together.SCREENS.keys() | looks.LOOKS.keys() | together.OF_TWO
    return sum(
        1 << nth for nth, rule in enumerate(rules.RULES) if rule not in screened and rule.WATCHES(use, index)
    )
