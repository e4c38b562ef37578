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
    ("void.ttl", "VoID and DCAT: what the data set is, and how much of what"),
    ("context.jsonld", "what the names in JSON-LD mean"),
)
_FORMS: Final = (
    (".csv", "CSV", "a row for each thing, every text exact; several values of a cell are divided by |"),
    (".csv.gz", "CSV, compressed", "the same"),
    (".spreadsheet.csv", "CSV for spreadsheets", "no text is taken for a formula"),
    (".parquet", "Parquet", "for data frames: several values are a list"),
)


def files_page(desk: Desk, names: Mapping[str, str]) -> FilesPage:
    """Make the page.

    Args:
        desk: The page that is being written.
        names: The dumps and their media types.
    """
    config = desk.catalog.archive.config
    whole = {f"data/{name}": kind for name, kind in names.items() if _is_whole(name)}
    about = {"void.ttl": "text/turtle", "context.jsonld": "application/ld+json"}
    forms = [form for form in _FORMS if any(name.endswith(form[0]) for name in names)]
    return FilesPage(
        shell=shell(
            desk,
            title=_HEADING,
            description=f"{config.title}: {_HEADING}",
            crumbs=(Item(text=_HEADING),),
            canonical=f"{config.base}{desk.path}",
        ),
        heading=_HEADING,
        whole_heading=_WHOLE,
        whole=tuple(_download(desk, path, kind) for path, kind in (whole | about).items()),
        tables_heading=_TABLES,
        columns=tuple(Download(name=name, href="", media_type="", note=note) for _, name, note in forms),
        tables=tuple(
            (
                name.removesuffix(".csv"),
                tuple(_table(desk, name.removesuffix(".csv") + ending) for ending, _, _ in forms),
            )
            for name in names
            if name.endswith(".csv") and not name.endswith(".spreadsheet.csv")
        ),
    )


def _table(desk: Desk, name: str) -> Item:
    return Item(text=name, href=desk.to(f"data/{name}"))


def _is_whole(name: str) -> bool:
    return name.startswith(("all.", "SHA"))


def _download(desk: Desk, path: str, kind: str) -> Download:
    name = path.removeprefix("data/")
    plain = name.removesuffix(".gz")
    note = next((note for ending, note in _NOTES if plain.endswith(ending)), "")
    packed = ", compressed" if plain != name else ""
    return Download(name=name, href=desk.to(path), media_type=kind.partition(";")[0], note=note + packed)
