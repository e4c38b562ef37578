import pytest

from filmld.diagnostics.model import Diagnostic, Fix, Severity
from filmld.diagnostics.summary import summary


def finding(severity: Severity, filename: str = "a.ttl", fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(code="c", severity=severity, message="M", filename=filename, fix=fix)


def test_a_run_ends_with_its_counts_and_what_to_do_next() -> None:
    fix = Fix(title="T", edits=())
    found = [finding(Severity.ERROR, "a.ttl", fix), finding(Severity.WARNING, "b.ttl", fix)]
    found.append(finding(Severity.ERROR, "a.ttl", fix))
    assert summary(found, files=1204, seconds=0.8) == (
        "2 errors, 1 warning in 2 of 1,204 files checked (0.8 s). 3 can be fixed: filmld check --fix"
    )


def test_nothing_to_fix_is_not_mentioned() -> None:
    found = [finding(Severity.INFO), finding(Severity.INFO), finding(Severity.WARNING)]
    assert summary(found, files=1, seconds=12.34) == "1 warning, 2 info in 1 of 1 file checked (12.3 s)."


@pytest.mark.parametrize(
    ("files", "seconds", "line"),
    [
        (0, 0.0, "No findings in 0 files checked (0 ms)."),
        (1, 0.0123, "No findings in 1 file checked (12 ms)."),
        (36_273, 61.0, "No findings in 36,273 files checked (61.0 s)."),
    ],
)
def test_a_clean_run_says_so(files: int, seconds: float, line: str) -> None:
    assert summary([], files=files, seconds=seconds) == line


def test_many_findings_are_counted_with_commas() -> None:
    found = [finding(Severity.ERROR)] * 1500
    assert summary(found, files=2, seconds=1) == "1,500 errors in 1 of 2 files checked (1.0 s)."


def test_findings_in_more_files_than_were_checked_are_not_part_of_those() -> None:
    found = [finding(Severity.ERROR, "a.ttl"), finding(Severity.ERROR, "filmld.toml")]
    assert summary(found, files=1, seconds=1) == "2 errors in 2 files; 1 file checked (1.0 s)."
    assert summary(found[:1], files=0, seconds=1) == "1 error in 1 file; 0 files checked (1.0 s)."
