"""What every file of a site depends on, whatever it asks: when it changes, all files are written anew."""

import hashlib
import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import filmld
from filmld.archive import Archive
from filmld.publish import parquet
from filmld.publish.examples import Example
from filmld.publish.results import Asked
from filmld.publish.words import page_languages

_LIBRARIES: Final = ("jinja2", "markupsafe", "pyld", "pyoxigraph")

_PASSED_OVER: Final = frozenset({"__pycache__", "node_modules"})


def world(archive: Archive, examples: tuple[Example, ...], *, has_findings: bool) -> str:
    """Hash filmld with its templates and words, the libraries, the configuration, shapes and ontology.

    Args:
        archive: What is published.
        examples: Questions that researchers may ask.
        has_findings: Whether records were checked.
    """
    digest = hashlib.sha256()
    for line in _lines(archive, examples, has_findings=has_findings):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _lines(archive: Archive, examples: tuple[Example, ...], *, has_findings: bool) -> Iterator[str]:
    yield platform.python_version()
    yield from (_version(name) for name in _LIBRARIES)
    yield repr(archive.config)
    yield repr((page_languages(archive.config.languages), [example.name for example in examples]))
    has_questions = any(isinstance(example, Asked) for example in examples)
    yield repr((parquet.is_available(), has_findings, has_questions))
    for path in (*_package(), *archive.shape_files(), *archive.ontology_files()):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _package() -> Iterator[Path]:
    """The files of filmld itself: an installed one never changes, one under development does."""
    for folder, folders, names in os.walk(Path(filmld.__file__).parent):
        folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
        yield from (Path(folder, name) for name in sorted(names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
