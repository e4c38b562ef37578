"""The bundle of scripts: made where there is npm, and never in the way where there is none."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from filmld.publish.web.hatch_build import digest, is_fresh, make

WEB = Path("src/filmld/publish/web")


def test_the_packages_are_pinned_and_name_no_host(root: Path) -> None:
    packages = json.loads((root / WEB / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in packages.values())
    lock = (root / WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in re.sub(r'"(url|funding)": "[^"]*"', "", lock)
    locked = json.loads(lock)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in packages} == packages


def sources(folder: Path) -> Path:
    (folder / "src").mkdir()
    (folder / "src" / "a.ts").write_text("1", encoding="utf-8")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    (folder / "package-lock.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_bundle_is_fresh_until_a_source_changes(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    assert not is_fresh(folder)
    (folder / "dist").mkdir()
    (folder / "dist" / "made-from").write_text(digest(folder), encoding="utf-8")
    assert is_fresh(folder)
    (folder / "src" / "a.ts").write_text("2", encoding="utf-8")
    assert not is_fresh(folder)


def test_without_npm_it_is_said_that_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert make(sources(tmp_path)) == "there is no npm"


def test_what_npm_complains_of_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho no such package >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert make(sources(tmp_path)) == "npm ci failed: no such package"


def test_a_wheel_is_built_without_npm_and_says_what_it_lacks(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("src", "ontology", "shapes"):
        shutil.copytree(
            root / name, copy / name, ignore=shutil.ignore_patterns("node_modules", "dist", "__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(root / name, copy)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    environment = {**os.environ, "PATH": str(tmp_path), "FILMLD_WEB": ""}
    done = subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True, text=True)
    assert "without the scripts of its SPARQL page: there is no npm" in done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "filmld/publish/templates/sparql.html" in names
    assert [name for name in names if "/publish/web/" in name] == []
    strict = subprocess.run(
        command, cwd=copy, env={**environment, "FILMLD_WEB": "1"}, check=False, capture_output=True, text=True
    )
    assert strict.returncode != 0
    assert "there is no npm" in strict.stderr
