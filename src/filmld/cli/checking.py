"""What ``filmld check`` does, once it is known what is wanted; it needs no click."""

import gc
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from filmld import __version__
from filmld.archive import Archive, Profile
from filmld.bundle import keep
from filmld.cli.leaving import leave
from filmld.cli.progress import bar, waiting
from filmld.cli.saying import say
from filmld.cli.wishes import Begun, Wishes
from filmld.diagnostics import Severity
from filmld.diagnostics.capped import A_RULE, Capped, capped, uncapped
from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.summary import summary

if TYPE_CHECKING:
    from filmld.check.report import Report

FOR_PEOPLE: Final = (Format.TEXT, Format.CONCISE)
"""What people read; machines get every finding."""
MOST_ROUNDS: Final = 5
"""How often fixes are made and looked for anew; one round does unless fixes stand close together."""


def check(wishes: Wishes, begun: Begun, *, is_ours: bool) -> int:
    """Check, and say what was found.

    Args:
        wishes: What is wanted.
        begun: What :func:`filmld.cli.wishes.begin` has begun for these wishes.
        is_ours: Whether the process may end here; see :func:`filmld.cli.leaving.leave`.

    Returns:
        How the program ends: 1 if there are findings that matter.
    """
    from filmld.check.run import Checks

    archive = begun.archive
    if wishes.explain_engine:
        _explain(archive, wishes.profile)
        return 0
    choose = capped if wishes.format in FOR_PEOPLE and not wishes.all else uncapped

    def show(report: "Report") -> None:
        _print(report, wishes.format, choose(report.findings))

    with ExitStack() as kept:
        with bar() as progress:
            checks = kept.enter_context(
                Checks(
                    archive,
                    wishes.profile,
                    wishes.engine,
                    progress=progress,
                    wait=waiting,
                    ahead=begun.ahead,
                )
            )
            if wishes.watch:
                _watch(archive, lambda only: checks.check(wishes.paths, only=only), checks.warm, show)
            started = time.monotonic()
            report = (
                _mended(archive, lambda: checks.check(wishes.paths))
                if wishes.fix
                else checks.check(wishes.paths)
            )
            gc.freeze()  # what was found stays to the end: among so much nobody need look for garbage
            show(report)
            seconds = time.monotonic() - started
            say(summary(report.findings, files=report.files, seconds=seconds), err=True)
            if wishes.audit:
                say(checks.audit(wishes.audit, _seed(wishes)), err=True)
        code = 1 if report.reaches(wishes.fail_on) else 0
        if is_ours:
            keep()
            leave(code)
    return code


def _seed(wishes: Wishes) -> int:
    import secrets

    return secrets.randbelow(10**6) if wishes.seed is None else wishes.seed


def _explain(archive: "Archive", profile: Profile) -> None:
    from filmld.check.explained import explained

    for line in explained(archive, profile):
        say(line)


def _print(report: "Report", output: Format, chosen: Capped) -> None:
    text = render(
        output,
        chosen.shown,
        report.sources.get,
        report.rules,
        colour=sys.stdout.isatty(),
        version=__version__,
    )
    if text:
        say(text.rstrip("\n"))
    for filename, count in chosen.left_out.items():
        say(f"{filename}: {count:,} more findings are not shown; --all shows them", err=True)
    if chosen.by_rule:
        say(_counted(chosen.by_rule), err=True)


def _counted(by_rule: Mapping[tuple[Severity, str], int]) -> str:
    """Say how often each rule has found something, and where more of that is to be had."""
    width = len(f"{max(by_rule.values()):,}")
    rows = (f"  {count:>{width},} {severity}[{code}]" for (severity, code), count in by_rule.items())
    return "\n".join(
        [
            f"\nOf each rule at most {A_RULE} findings are shown; --all shows all of these:",
            *rows,
            "filmld explain CODE tells of a rule, filmld check FILE of all that is found in a file.\n",
        ]
    )


def _mended(archive: "Archive", look: Callable[[], "Report"]) -> "Report":
    """Make fixes until none is left, and say on standard error what was changed."""
    from filmld.check.fix import mend
    from filmld.cli.diffs import unified_diff

    report = look()
    fixes = 0
    for _ in range(MOST_ROUNDS):
        changes = list(mend(archive.root, report))
        for change in changes:
            fixes += change.fixes
            say(unified_diff(change.before, change.after, change.filename), err=True)
        if not changes:
            break
        report = look()
    say(f"{fixes} {'fault was' if fixes == 1 else 'faults were'} mended.", err=True)
    return report


def _watch(
    archive: "Archive",
    look: Callable[[set[str] | None], "Report"],
    warm: Callable[[], None],
    show: Callable[["Report"], None],
) -> None:
    """Print the findings of whatever changes, until interrupted.

    Editors go by the lines that begin a run with ``checking`` and end it with ``watching``, or with
    how many files were checked.
    """
    from filmld.cli.saves import news, saves

    changes = saves(archive)
    next(changes)  # from here on no save is missed
    say(f"checking {archive.config.paths.records}/", err=True)
    report = look(None)
    gc.freeze()  # as above
    show(report)
    say(f"watching {archive.config.paths.records}/; ^C ends this", err=True)
    warm()
    for changed in changes:
        names = ", ".join(sorted(changed))
        say(f"checking {names}", err=True)
        started = time.monotonic()
        before, report = report, look(changed)
        mine = tuple(news(before.findings, report.findings, changed))
        show(report._replace(findings=mine))
        seconds = time.monotonic() - started
        there = sum((archive.root / name).is_file() for name in changed)
        say(f"{names}: {summary(mine, files=there, seconds=seconds)}", err=True)
