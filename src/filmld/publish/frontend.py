"""The scripts of the pages that ask, bundled when filmld was built; pages do without them."""

from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final

FOLDER: Final = "assets/web"
"""Where they lie on a site."""

_TYPES: Final = MappingProxyType(
    {
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".wasm": "application/wasm",
        ".txt": "text/plain; charset=utf-8",
    }
)


def bundle() -> dict[str, Traversable]:
    """The files of the bundle by name; none where it was not made."""
    folder = resources.files("filmld.publish").joinpath("web", "dist")
    if not folder.is_dir():
        return {}
    return {file.name: file for file in folder.iterdir() if media_type(file.name)}


def is_bundled() -> bool:
    """Whether there are scripts."""
    return resources.files("filmld.publish").joinpath("web", "dist", "sparql.js").is_file()


def media_type(name: str) -> str | None:
    """The media type of a file of the bundle; ``None`` for what is none."""
    return _TYPES.get(f".{name.rpartition('.')[2]}")
