"""Modules from one file are those of their sources, or they are loaded as ever."""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from filmld import bundle
from filmld.bundle import Bundle, keep, use

NAMES = ("pretending.pretended", "pretending.pretended.below")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one module, which Python has loaded and compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(bundle, "_MOST", len(sys.modules) + 1_000)
    monkeypatch.setattr(bundle, "_PACKAGE", "pretending")  # not one that coverage measures
    package = tmp_path / "pretended"
    package.mkdir()
    (package / "__init__.py").write_text("WORD = 'above'\n")
    (package / "below.py").write_text("WORD = 'below'\n")
    for name, file in zip(NAMES, ("__init__.py", "below.py"), strict=True):
        spec = importlib.util.spec_from_file_location(name, package / file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.setitem(sys.modules, name, module)
    return package


@pytest.fixture
def path(folder: Path) -> Path:
    """A file that has these modules."""
    path = folder / "all.modules"
    written = bundled(folder, path)
    assert written.find_spec(NAMES[0]) is None
    written.keep()
    assert path.is_file()
    return path


def bundled(folder: Path, path: Path) -> Bundle:
    return Bundle(os.fspath(folder), os.fspath(path))


def loaded(made: Bundle, name: str) -> ModuleType | None:
    """A module as it is loaded by what finds modules in the file; nothing if that does not find it."""
    spec = made.find_spec(name)
    if spec is None:
        return None
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_modules_are_loaded_from_the_file_and_know_where_their_sources_are(folder: Path, path: Path) -> None:
    found = bundled(folder, path)
    above, below = (loaded(found, name) for name in NAMES)
    assert above
    assert below
    assert (above.WORD, below.WORD) == ("above", "below")
    assert above.__file__ == os.fspath(folder / "__init__.py")
    assert above.__path__ == [os.fspath(folder)]
    assert below.__file__ == os.fspath(folder / "below.py")
    assert below.__package__ == NAMES[0]
    assert not hasattr(below, "__path__")
    assert found.find_spec("pretending.nothing") is None
    assert found.find_spec("json") is not None, "Python's own are there, too"
    assert found.find_spec("pytest") is None, "others are not"


def test_nothing_is_loaded_twice_when_all_is_there(folder: Path, path: Path) -> None:
    before = path.stat().st_ino
    found = bundled(folder, path)
    for name in NAMES:
        assert loaded(found, name)
    found.keep()
    assert path.stat().st_ino == before


def edit(file: Path) -> None:
    file.write_text("WORD = 'edited'\n")


def touch(file: Path) -> None:
    os.utime(file, (1_000_000, 1_000_000))


def lose(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("change", [edit, touch, lose])
def test_a_module_whose_source_is_another_is_not_loaded_from_the_file(
    change: Callable[[Path], None], folder: Path, path: Path
) -> None:
    change(folder / "below.py")
    found = bundled(folder, path)
    assert found.find_spec(NAMES[1]) is None
    assert loaded(found, NAMES[0])


def test_what_has_changed_is_in_the_file_the_next_time(
    folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / "below.py")
    found = bundled(folder, path)
    assert found.find_spec(NAMES[1]) is None
    spec = importlib.util.spec_from_file_location(NAMES[1], folder / "below.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, NAMES[1], module)
    monkeypatch.delitem(sys.modules, NAMES[0])  # nor need all be loaded again to be kept
    found.keep()
    above, below = (loaded(bundled(folder, path), name) for name in NAMES)
    assert above
    assert below
    assert (above.WORD, below.WORD) == ("above", "edited")


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:5],
        lambda data: data[:100],
        lambda data: flip(data, 0),
        lambda data: flip(data, 4),
        lambda data: flip(data, 100),
        lambda data: bytes(len(data)),
        lambda data: b"\xff" * len(data),
    ],
)
def test_a_file_whose_head_is_damaged_counts_as_none(
    damage: Callable[[bytes], bytes], folder: Path, path: Path
) -> None:
    path.write_bytes(damage(path.read_bytes()))
    found = bundled(folder, path)
    assert found.find_spec(NAMES[0]) is None
    found.keep()
    assert loaded(bundled(folder, path), NAMES[0])


@pytest.mark.parametrize("damage", [lambda data: flip(data, -1), lambda data: data[:-1]])
def test_a_module_that_is_damaged_is_loaded_from_its_source(
    damage: Callable[[bytes], bytes], folder: Path, path: Path
) -> None:
    data = path.read_bytes()
    compiled = Path(importlib.util.cache_from_source(folder / "below.py")).read_bytes()[16:]
    end = data.index(compiled) + len(compiled)
    path.write_bytes(damage(data[:end]) + data[end:])
    below = loaded(bundled(folder, path), NAMES[1])
    assert below
    assert below.WORD == "below"


def test_a_file_of_another_place_or_python_counts_as_none(
    folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bundled(folder.parent, path).find_spec(NAMES[0]) is None
    monkeypatch.setattr(sys, "version", "3.99")
    assert bundled(folder, path).find_spec(NAMES[0]) is None


def test_nothing_is_written_where_python_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = bundled(folder, folder / "all.modules")
    assert found.find_spec(NAMES[0]) is None
    found.keep()
    assert not (folder / "all.modules").exists()


def test_nothing_is_written_by_what_has_loaded_very_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "_MOST", len(sys.modules) - 1)
    found = bundled(folder, folder / "all.modules")
    assert found.find_spec(NAMES[0]) is None
    found.keep()
    assert not (folder / "all.modules").exists()


def test_where_nothing_can_be_written_nothing_is_left(folder: Path) -> None:
    for path in (folder / "gone" / "all.modules", folder / "taken"):
        (folder / "taken" / "full").mkdir(parents=True, exist_ok=True)  # no file takes the place of a folder
        found = bundled(folder, path)
        assert found.find_spec(NAMES[0]) is None
        found.keep()
    left = {file.name for file in folder.iterdir()}
    assert left == {"__init__.py", "below.py", "__pycache__", "taken"}


@pytest.fixture
def finders() -> Iterator[Sequence[object]]:
    before = list(sys.meta_path)
    sys.meta_path[:] = [finder for finder in before if not isinstance(finder, Bundle)]
    yield sys.meta_path
    sys.meta_path[:] = before


def test_it_is_used_once(finders: Sequence[object]) -> None:
    keep()  # it is not in use
    count = len(finders)
    use()
    use()
    assert len(finders) == count + 1
    assert isinstance(finders[0], Bundle)
