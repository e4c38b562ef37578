"""Bundles the scripts of the pages while filmld is built, where there is npm; elsewhere pages do without.

``FILMLD_WEB=0`` leaves the bundle as it is, ``FILMLD_WEB=1`` lets a build fail that cannot make it.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SECONDS: Final = 600
STAMP: Final = "made-from"
_SOURCES: Final = ("package.json", "package-lock.json", "build.mjs", "src/*")


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # of a configuration that is not published
    """Runs npm and esbuild."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Make the bundle, unless it is there already and made from what is here."""
        del version, build_data
        folder = Path(self.root) / "src" / "filmld" / "publish" / "web"
        wish = os.environ.get("FILMLD_WEB", "")
        if wish == "0" or is_fresh(folder):
            return
        problem = make(folder)
        if problem and wish == "1":
            raise RuntimeError(problem)
        if problem:
            self.app.display_warning(f"filmld is built without the scripts of its SPARQL page: {problem}")


def is_fresh(folder: Path) -> bool:
    """Whether the bundle was made from the sources as they are."""
    stamp = folder / "dist" / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == digest(folder)


def make(folder: Path) -> str | None:
    """Make the bundle, or say in words why it cannot be made."""
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm"
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    commands = [[npm, "run", "--silent", "build"]]
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        commands.insert(0, [npm, "ci", "--silent", "--no-audit", "--no-fund", "--fetch-retries=0"])
    for command in commands:
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603  npm itself
        except subprocess.CalledProcessError as error:
            return f"npm {command[1]} failed: {(error.stderr or error.stdout).strip()[-500:]}"
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm {command[1]} failed: {error}"
    (folder / "dist" / STAMP).write_text(digest(folder), encoding="utf-8")
    return None


def digest(folder: Path) -> str:
    """The hash of all sources."""
    found = hashlib.sha256()
    for path in _sources(folder):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for pattern in _SOURCES:
        yield from sorted(folder.glob(pattern))
