"""The page of everything there is to download."""

from collections.abc import Mapping
from typing import Final

from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, FilesPage, Item
from filmld.publish.pages.shell import shell

_HEADING: Final = "Data"
_WHOLE: Final = "Everything"
_TABLES: Final = "Tables"
_NOTES: Final = (
    ("all.nq", "each record in a graph of its own"),
    ("all.ttl", "for people and triple stores"),
    ("all.jsonl", "JSON-LD, a record a line"),
    ("SHA256SUMS", "sums of all files: sha256sum --check SHA256SUMS"),
    (".spreadsheet.csv", "for spreadsheets: no text is taken for a formula"),
    (".csv", "exact, a row for each thing; several values are divided by |"),
    (".parquet", "for data frames: several values are a list"),
    ("void.ttl", "VoID and DCAT: what the data set is, and how much of what"),
    ("context.jsonld", "what the names in JSON-LD mean"),
)


def files_page(desk: Desk, names: Mapping[str, str]) -> FilesPage:
    """Make the page.

    Args:
        desk: The page that is being written.
        names: The dumps and their media types.
    """
    config = desk.catalog.archive.config
    files = {f"data/{name}": kind for name, kind in names.items()}
    whole = {path: kind for path, kind in files.items() if _is_whole(path)}
    about = {"void.ttl": "text/turtle", "context.jsonld": "application/ld+json"}
    tables = {path: kind for path, kind in files.items() if path not in whole}
    return FilesPage(
        shell=shell(
            desk,
            title=_HEADING,
            description=f"{config.title}: {_HEADING}",
            crumbs=(Item(text=_HEADING),),
            canonical=f"{config.base}{desk.path}",
        ),
        heading=_HEADING,
        groups=tuple(
            (heading, tuple(_download(desk, path, kind) for path, kind in group.items()))
            for heading, group in ((_WHOLE, whole | about), (_TABLES, tables))
            if group
        ),
    )


def _is_whole(path: str) -> bool:
    return path.startswith(("data/all.", "data/SHA"))


def _download(desk: Desk, path: str, kind: str) -> Download:
    name = path.removeprefix("data/")
    plain = name.removesuffix(".gz")
    note = next((note for ending, note in _NOTES if plain.endswith(ending)), "")
    packed = ", compressed" if plain != name else ""
    return Download(name=name, href=desk.to(path), media_type=kind.partition(";")[0], note=note + packed)
