"""Making a new record: its address minted, its file written, nothing else touched."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filmld.archive.archive import Archive
from filmld.archive.fields import fields, read_shapes
from filmld.archive.kinds import Kind
from filmld.archive.records import SUFFIX, shown
from filmld.archive.slugs import is_slug, slug_for
from filmld.archive.template import NAME, RECORD, NewRecord, write
from filmld.archive.writing import replace_file, write_whole
from filmld.errors import (
    EmptyTitleError,
    RecordExistsError,
    RecordNotWrittenError,
    UnusableSlugError,
    UnusableTitleError,
)
from filmld.tuples import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an archivist wants a record of.

    Attributes:
        kind: Its kind.
        title: The title or name of the main entity.
        slug: The last part of its IRI; made from the title if none is given.
        year: The year of reference of a film, if known.
        language: The language of the title, if it is not the archive's first.
        force: Begin a record anew that is there already.
    """

    kind: Kind
    title: str
    slug: str | None = None
    year: int | None = None
    language: str | None = None
    force: bool = False


class Created(NamedTuple):
    """A record just made."""

    path: Path
    filename: str
    iri: str
    name: str


def create(archive: Archive, wish: Wish, is_prose: Callable[[str], bool]) -> Created:
    """Write a new record to its place.

    Args:
        archive: Where it goes.
        wish: What it is about.
        is_prose: Whether a property, given by its IRI, takes nothing but text.

    Raises:
        EmptyTitleError: There is no title.
        UnusableTitleError: The title is no text.
        SlugError: No slug can be made from the title.
        UnusableSlugError: The slug given cannot name a record.
        RecordExistsError: There is one already.
        RecordNotWrittenError: It cannot be written.
        FileNotReplacedError: It cannot be begun anew.
        ShapesSyntaxError: The shapes cannot be read.
    """
    name = _text(wish.title)
    slug = _slug(wish, name)
    path = archive.root / archive.config.paths.records / wish.kind.name / f"{slug}{SUFFIX}"
    filename = shown(path.relative_to(archive.root))
    _refuse_links(path, path.parents[1], filename)
    taken = frozenset() if wish.force else _taken(path.parent)
    if slug in taken:
        raise RecordExistsError(filename, slug_for(slug, taken=taken))

    record, text = _compose(archive, wish, name, slug, is_prose)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            replace_file(path, text.encode())
        else:
            write_whole(path, (text.encode(),))
    except OSError as error:
        raise RecordNotWrittenError(filename, error.strerror or str(error)) from error
    return Created(path, filename, record.iri, name)


def _compose(
    archive: Archive, wish: Wish, name: str, slug: str, is_prose: Callable[[str], bool]
) -> tuple[NewRecord, str]:
    shapes = read_shapes(archive.shape_files())
    entity = fields(shapes, wish.kind.classes)
    own_language = archive.config.languages[0]
    is_marked = any(field.property == NAME and field.is_marked for field in entity)
    record = NewRecord(
        kind=wish.kind,
        base=archive.config.base,
        slug=slug,
        name=name,
        language=wish.language or (own_language if is_marked else None),
        year=wish.year,
    )
    document = fields(shapes, [RECORD])
    return record, write(record, entity=entity, document=document, texts_in=own_language, is_prose=is_prose)


def _text(title: str) -> str:
    """A title on one line, its letters composed.

    Bytes that are not text in the terminal's encoding reach us as surrogates.
    """
    name = " ".join(unicodedata.normalize("NFC", title).split())
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in name):
        raise UnusableTitleError(title)
    if not name:
        raise EmptyTitleError
    return name


def _slug(wish: Wish, name: str) -> str:
    if wish.slug is None:
        return slug_for(name, wish.year)
    if not is_slug(wish.slug):
        raise UnusableSlugError(wish.slug)
    return wish.slug


def _refuse_links(path: Path, folder: Path, filename: str) -> None:
    """A slug cannot leave its folder, but a link in the way can, and records are never read through one."""
    if path.is_symlink() or path.parent.is_symlink():
        raise RecordNotWrittenError(filename, "there is a link to another place in its way")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RecordNotWrittenError(filename, "its place is outside the folder of records")


def _taken(folder: Path) -> frozenset[str]:
    """The slugs in use; some systems do not tell upper case from lower case."""
    return frozenset(path.stem.casefold() for path in folder.glob(f"*{SUFFIX}"))
