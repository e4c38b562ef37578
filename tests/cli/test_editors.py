"""The page on editors, git and the shell says what is shipped, and what it says works."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from filmld.archive.start import GIT_COMMAND, STARTER
from filmld.diagnostics import Diagnostic, Position, Severity, Span
from filmld.diagnostics.concise import render_concise
from tests.cli.program import filmld
from tests.cli.test_watch import PATIENCE, watching


@pytest.fixture(scope="session")
def blocks(root: Path) -> list[str]:
    text = (root / "docs/editors.md").read_text(encoding="utf-8")
    return re.findall(r"^```\w+\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["tasks.json", "pre-commit-config.yaml", "gitattributes", "editorconfig"])
def test_the_page_shows_the_files_as_they_are_shipped(blocks: list[str], name: str) -> None:
    assert (STARTER / name).read_text(encoding="utf-8") in blocks


def test_the_page_has_the_command_for_git(blocks: list[str]) -> None:
    assert f"{GIT_COMMAND}\n" in blocks


def test_this_repository_has_the_same_attributes_and_hooks(root: Path) -> None:
    ours = (root / ".gitattributes").read_text(encoding="utf-8")
    assert ours.startswith((STARTER / "gitattributes").read_text(encoding="utf-8"))
    hooks = (root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    shipped = (STARTER / "pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = re.compile("(?:id|entry|pass_filenames): .*")
    assert sorted(entries.findall(hooks)) == sorted(entries.findall(shipped))


def test_archivists_and_the_readme_are_led_to_the_page(root: Path) -> None:
    assert "(editors.md)" in (root / "docs/archivists.md").read_text(encoding="utf-8")
    assert "(docs/editors.md)" in (root / "README.md").read_text(encoding="utf-8")


def test_the_watching_task_of_vs_code_sees_when_a_run_begins_and_ends(archive: Path, film: Path) -> None:
    tasks = json.loads((STARTER / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    background = tasks[1]["problemMatcher"]["background"]
    begins, ends = re.compile(background["beginsPattern"]), re.compile(background["endsPattern"])
    with watching(archive) as (_, lines):
        for _ in range(2):
            run: list[str] = []
            while not run or not ends.search(run[-1]):
                run.append(lines.get(timeout=PATIENCE))
            assert [bool(begins.search(line)) for line in run] == [True] + [False] * (len(run) - 1)
            text = film.read_text(encoding="utf-8")
            film.write_text(text.replace("schema:director", "schema:directer"), encoding="utf-8")
        assert [line for line in run if "error[unknown-property]" in line]


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim is not installed")
def test_vim_finds_every_place(blocks: list[str], tmp_path: Path) -> None:
    found = [
        Diagnostic(
            code="missing-year",
            severity=severity,
            message="This film has no year.",
            filename="records/film/a.ttl",
            span=Span(Position(12 + severity.rank, 5), Position(20, 9)),
        )
        for severity in Severity
    ]
    settings = next(block for block in blocks if "errorformat" in block)
    (tmp_path / "settings.vim").write_text(settings, encoding="utf-8")
    (tmp_path / "found").write_text(f"{render_concise(found)}\n3 findings.\n", encoding="utf-8")
    place = "v:val.lnum . ',' . v:val.col . ',' . v:val.type . ',' . bufname(v:val.bufnr) . ',' . v:val.text"
    arguments = ["-c", "source settings.vim", "-c", "cgetfile found"]
    arguments += ["-c", f'call writefile(map(getqflist(), "{place}"), "places")', "-c", "qall!"]
    subprocess.run(
        ["vim", "-u", "NONE", "-N", "-es", *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert (tmp_path / "places").read_text(encoding="utf-8").splitlines() == [
        f"{12 + severity.rank},5,{severity[0]},records/film/a.ttl,This film has no year."
        for severity in Severity
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_kinds(shell: str, blocks: list[str], tmp_path: Path) -> None:
    assert [block for block in blocks if f"_FILMLD_COMPLETE={shell}_source filmld" in block]
    source = filmld(at=tmp_path, env={"_FILMLD_COMPLETE": f"{shell}_source"})
    assert "_FILMLD_COMPLETE=" in source.stdout
    for words, position, expected in (("filmld ne", 1, "new"), ("filmld new fe", 2, "festival")):
        typed = words if shell != "fish" else f"filmld {words}"
        env = {"_FILMLD_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(position)}
        if shell == "fish":
            env["COMP_CWORD"] = typed.split()[-1]
        assert expected in filmld(at=tmp_path, env=env).stdout
