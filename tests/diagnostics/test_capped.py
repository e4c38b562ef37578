"""What is shown of many findings."""

from filmld.diagnostics import Diagnostic, Severity
from filmld.diagnostics.capped import capped, uncapped

ONE = Diagnostic(code="x", severity=Severity.ERROR, message="x", filename="a.ttl")
MINOR = ONE._replace(code="y", severity=Severity.INFO)


def test_every_file_is_shown_and_what_is_left_out_is_counted() -> None:
    findings = [ONE] * 5 + [ONE._replace(filename="b.ttl")] * 2 + [ONE]
    shown, left_out, by_rule = capped(findings, a_file=3)
    assert [finding.filename for finding in shown] == ["a.ttl"] * 3 + ["b.ttl"] * 2
    assert left_out == {"a.ttl": 3}
    assert by_rule == {}


def test_few_findings_are_all_shown() -> None:
    assert capped([ONE] * 3, a_file=3, many=3) == ((ONE,) * 3, {}, {})


def test_of_very_many_findings_a_few_of_each_rule_are_shown_and_all_are_counted() -> None:
    findings = [ONE._replace(filename=f"{number}.ttl") for number in range(5)] + [MINOR] * 9
    shown, left_out, by_rule = capped(findings, a_rule=2, many=10)
    assert shown == (*findings[:2], MINOR, MINOR)
    assert left_out == {}
    assert list(by_rule.items()) == [((Severity.ERROR, "x"), 5), ((Severity.INFO, "y"), 9)]


def test_what_is_left_out_of_large_files_does_not_make_very_many() -> None:
    assert capped([ONE] * 50, a_file=3, many=10).left_out == {"a.ttl": 47}


def test_everything_is_shown_to_who_asks_for_it() -> None:
    assert uncapped([ONE] * 5_000).shown == (ONE,) * 5_000
