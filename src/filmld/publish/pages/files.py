"""The page of everything there is to download."""

from collections.abc import Iterable, Mapping
from typing import Final

from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, FilesPage, Item
from filmld.publish.pages.shell import in_every_language, shell
from filmld.publish.words import Words
from filmld.tuples import NamedTuple

_CSV: Final = ".csv"
_SPREADSHEET: Final = ".spreadsheet.csv"


class _Form(NamedTuple):
    """A form that tables have."""

    ending: str
    name: str
    note: str


def _notes(words: Words) -> tuple[tuple[str, str], ...]:
    """What is said of the files of everything, by the ends of their names."""
    return (
        ("all.nq", words.graphs_note),
        ("all.ttl", words.whole_turtle_note),
        ("all.jsonl", words.lines_note),
        ("SHA256SUMS", words.sums_note),
        ("void.ttl", words.void_note),
        ("context.jsonld", words.names_note),
    )


def _forms(words: Words, names: Iterable[str]) -> tuple[_Form, ...]:
    """The forms that the tables of a site have."""
    known = (
        _Form(_CSV, "CSV", words.table_note),
        _Form(f"{_CSV}.gz", words.packed.format("CSV"), words.same_note),
        _Form(_SPREADSHEET, words.spreadsheet, words.spreadsheet_note),
        _Form(".parquet", "Parquet", words.parquet_note),
    )
    return tuple(form for form in known if any(name.endswith(form.ending) for name in names))


def files_page(desk: Desk, names: Mapping[str, str]) -> FilesPage:
    """Make the page.

    Args:
        desk: The page that is being written.
        names: The dumps and their media types.
    """
    config, words = desk.catalog.archive.config, desk.words
    whole = {f"data/{name}": kind for name, kind in names.items() if _is_whole(name)}
    about = {"void.ttl": "text/turtle", "context.jsonld": "application/ld+json"}
    forms = _forms(words, names)
    canonical = f"{config.base}{desk.plain_path}"
    frame = shell(
        desk,
        title=words.data,
        description=f"{config.title}: {words.data}",
        crumbs=(Item(text=words.data),),
        canonical=canonical,
    )
    return FilesPage(
        shell=in_every_language(desk, frame, canonical),
        heading=words.data,
        whole_heading=words.everything,
        whole=tuple(_download(desk, path, kind) for path, kind in (whole | about).items()),
        tables_heading=words.tables,
        columns=tuple(Download(name=form.name, href="", media_type="", note=form.note) for form in forms),
        tables=tuple(
            (
                name.removesuffix(_CSV),
                tuple(_table(desk, name.removesuffix(_CSV) + form.ending) for form in forms),
            )
            for name in names
            if name.endswith(_CSV) and not name.endswith(_SPREADSHEET)
        ),
    )


def _table(desk: Desk, name: str) -> Item:
    return Item(text=name, href=desk.to(f"data/{name}"))


def _is_whole(name: str) -> bool:
    return name.startswith(("all.", "SHA"))


def _download(desk: Desk, path: str, kind: str) -> Download:
    name = path.removeprefix("data/")
    plain = name.removesuffix(".gz")
    note = next((note for ending, note in _notes(desk.words) if plain.endswith(ending)), "")
    shown = note if plain == name else desk.words.packed.format(note)
    return Download(name=name, href=desk.to(path), media_type=kind.partition(";")[0], note=shown)
