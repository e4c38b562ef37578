"""What is new in a record that was saved."""

import random

import pytest

from filmld.cli.saves import news
from filmld.diagnostics import Diagnostic, Severity, by_place


def finding(choose: random.Random) -> Diagnostic:
    return Diagnostic(
        code="missing-year",
        severity=Severity.WARNING,
        message=str(choose.randint(1, 6)),
        filename=choose.choice("abcde"),
    )


@pytest.mark.parametrize("seed", range(20))
def test_news_are_the_findings_of_changed_files_and_those_that_were_not_there_before(seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311  the same findings in every run
    for _ in range(50):
        before = tuple(by_place({finding(choose) for _ in range(choose.randint(0, 8))}))
        kept = [one for one in before if choose.random() < 0.7]
        after = tuple(by_place({*kept, *(finding(choose) for _ in range(choose.randint(0, 3)))}))
        changed = {name for name in "abcde" if choose.random() < 0.2}
        assert list(news(before, after, changed)) == [
            one for one in after if one.filename in changed or one not in before
        ]
