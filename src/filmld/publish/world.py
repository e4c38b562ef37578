"""What every file of a site depends on, whatever it asks: when it changes, all files are written anew."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import filmld
from filmld.publish import parquet
from filmld.publish.plan import Plan

_LIBRARIES: Final = ("jinja2", "markupsafe", "pyld", "pyoxigraph")


def world(plan: Plan) -> str:
    """Hash filmld with its templates and words, the libraries, the configuration, shapes and ontology."""
    digest = hashlib.sha256()
    for line in _lines(plan):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _lines(plan: Plan) -> Iterator[str]:
    archive = plan.whole.archive
    yield platform.python_version()
    yield from (_version(name) for name in _LIBRARIES)
    yield repr(archive.config)
    yield repr((plan.languages, [example.name for example in plan.examples]))
    yield repr((parquet.is_available(), plan.findings is None, bool(plan.questions)))
    package = Path(filmld.__file__).parent
    own = (path for path in sorted(package.rglob("*")) if "__pycache__" not in path.parts)
    for path in (*own, *archive.shape_files(), *archive.ontology_files()):
        if path.is_file():
            yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
