from filmld.diagnostics import Diagnostic, Severity
from filmld.diagnostics.capped import capped

ONE = Diagnostic(code="x", severity=Severity.ERROR, message="x", filename="a.ttl")


def test_every_file_is_shown_and_what_is_left_out_is_counted() -> None:
    findings = [ONE] * 5 + [ONE._replace(filename="b.ttl")] * 2 + [ONE]
    shown, left_out = capped(findings, 3)
    assert [finding.filename for finding in shown] == ["a.ttl"] * 3 + ["b.ttl"] * 2
    assert left_out == {"a.ttl": 3}


def test_few_findings_are_all_shown() -> None:
    assert capped([ONE] * 3, 3) == ((ONE,) * 3, {})
