"""What shapes cannot say, one rule a module.

A rule is a module with ``CODE``, ``NAME``, ``SEVERITY``, a docstring that is its page, ``WATCHES``, which
says what statements can concern it (:mod:`filmld.check.watching`), and ``find``, which yields findings about
one record. Adding a rule is four things: the module, its line here, its cases in ``tests/check/rules``, and a
line in the changelog. One that is called for many sound records can have a screen, too
(:mod:`filmld.check.columns`).
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Protocol

from filmld.check.index import Index
from filmld.check.rules import (
    bad_date,
    circular,
    conflicting_facts,
    credited_outside_life,
    dangling_link,
    death_before_birth,
    described_twice,
    director_not_born,
    director_too_young,
    director_twice,
    double_space,
    edition_outside_series,
    end_before_start,
    file_name,
    identifier,
    impossible_year,
    language_code,
    language_tag,
    markup_in_text,
    mixed_quotes,
    nameless_node,
    odd_running_time,
    one_sided_link,
    person_without_record,
    possible_duplicate,
    possible_duplicate_person,
    posthumous_film,
    reviewed_before_made,
    shape_in_record,
    shared_identifier,
    shown_before_made,
    sic_in_title,
    stale_note,
    superseded_term,
    text_instead_of_link,
    two_of_one_authority,
    unexpected_property,
    unknown_property,
    unused_record,
    wrong_direction,
)
from filmld.check.watching import Watch, Watchers
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document

if TYPE_CHECKING:
    from filmld.diagnostics.registry import Registry


class RuleModule(Protocol):
    """What the module of a rule has."""

    CODE: str
    NAME: str
    SEVERITY: Severity
    __doc__: str | None

    @property
    def WATCHES(self) -> Watch:  # noqa: N802  a constant of the module
        """What statements can concern the rule."""

    def find(self, document: Document, index: Index) -> Iterator[Diagnostic]:
        """Yield the findings about one record."""
        ...


RULES: Final[tuple[RuleModule, ...]] = (
    bad_date,
    circular,
    conflicting_facts,
    credited_outside_life,
    dangling_link,
    death_before_birth,
    described_twice,
    director_not_born,
    director_too_young,
    director_twice,
    double_space,
    edition_outside_series,
    end_before_start,
    file_name,
    identifier,
    impossible_year,
    language_code,
    language_tag,
    markup_in_text,
    mixed_quotes,
    nameless_node,
    odd_running_time,
    one_sided_link,
    person_without_record,
    possible_duplicate,
    possible_duplicate_person,
    posthumous_film,
    reviewed_before_made,
    shape_in_record,
    shared_identifier,
    shown_before_made,
    sic_in_title,
    stale_note,
    superseded_term,
    text_instead_of_link,
    two_of_one_authority,
    unexpected_property,
    unknown_property,
    unused_record,
    wrong_direction,
)


def registry() -> "Registry":
    """The rules with their pages; a code that the reader has too has its page there."""
    from filmld.diagnostics.registry import Registry, reader_rules, rule_from_docstring  # noqa: PLC0415  few ask

    own = (rule for rule in RULES if rule.CODE not in reader_rules())
    return Registry.of(
        rule_from_docstring(rule.CODE, rule.NAME, rule.SEVERITY, rule.__doc__ or "") for rule in own
    )


def watchers(index: Index) -> Watchers:
    """What calls those rules for a record that can have anything to say of it."""
    return Watchers(RULES, index)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Apply every rule to one record, whatever it watches."""
    for rule in RULES:
        yield from rule.find(document, index)


def meant(findings: Iterable[Diagnostic], index: Index) -> Iterator[tuple[str, str]]:
    """For each misspelt property, the node it is used on and the property that was probably meant."""
    for finding in findings:
        if finding.code == unknown_property.CODE and finding.focus_node:
            property_ = unknown_property.meant(finding, index)
            if property_:
                yield finding.focus_node, property_
