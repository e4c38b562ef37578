"""What Google asks of the first record, and what archives ask of both archives of this repository."""

from pathlib import Path

from filmld.archive import Archive, Profile
from filmld.check.report import Report
from filmld.check.run import check
from filmld.diagnostics import Severity

ROOT = Path(__file__).parents[2]
FILM = "records/film/the-voice-of-sokurov-2014.ttl"


def counted(report: Report) -> tuple[int, int, int]:
    errors, warnings, infos = (
        sum(finding.severity is severity for finding in report.findings) for severity in Severity
    )
    return errors, warnings, infos


def test_google_misses_the_addresses_of_the_two_images_and_nothing_else() -> None:
    report = check(Archive.open(ROOT), profile=Profile.GOOGLE)
    found = [(f.filename, f.span.start.row if f.span else 0, f.severity, f.code) for f in report.findings]
    assert found == [
        (FILM, 15, Severity.INFO, "google-rating"),
        (FILM, 34, Severity.ERROR, "google-image-address"),
        (FILM, 35, Severity.ERROR, "google-image-address"),
        (FILM, 91, Severity.INFO, "google-review-rating"),
        (FILM, 98, Severity.INFO, "google-review-rating"),
    ]


def test_the_first_record_has_six_warnings_and_nine_infos() -> None:
    assert counted(check(Archive.open(ROOT))) == (0, 6, 9)


def test_the_invented_archive_has_no_error() -> None:
    errors, warnings, _ = counted(check(Archive.open(ROOT / "tests" / "archives" / "invented")))
    assert (errors, warnings) == (0, 3)
