"""Why a run cannot go on.

A fault in a record is a :class:`~filmld.diagnostics.Diagnostic`, never one of these.
Callers pass facts; each class owns its sentence, the hint that says what to do, and
the exit code, so that no message is composed where the error is raised.
"""

from collections.abc import Iterable
from pathlib import Path


class FilmldError(Exception):
    """A run that cannot go on, told to a person in one sentence.

    Attributes:
        message: What is wrong: one sentence, lower case, no full stop.
        hint: What to do about it, if that can be said.
        exit_code: What the command returns; 2 is usage, configuration or environment.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NoArchiveError(FilmldError):
    """No configuration was found here or in any folder above."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"no archive found in {start} or any folder above it",
            "an archive is a folder with filmld.toml, or with [tool.filmld] in pyproject.toml; "
            "go there, or name it with --root",
        )


class ConfigError(FilmldError):
    """The configuration of an archive cannot be used."""

    def __init__(self, path: Path, problem: str, hint: str | None = None, line: int | None = None) -> None:
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}", hint)


class NoRecordsError(FilmldError):
    """The folder of records is missing or holds none."""

    def __init__(self, folder: Path) -> None:
        what = "holds no .ttl file" if folder.is_dir() else "does not exist"
        super().__init__(
            f"the records folder {folder} {what}",
            "records are Turtle files such as records/film/the-voice-of-sokurov-2014.ttl",
        )


class NoMatchingRecordsError(FilmldError):
    """Paths were given at which no record lies."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(
            f"there is no record at {', '.join(map(str, paths))}",
            "records are the .ttl files below the records folder of this archive",
        )


class UnknownRecordError(FilmldError):
    """A record was asked for that the archive does not have."""

    def __init__(self, asked: str, similar: str | None = None) -> None:
        super().__init__(
            f"there is no record ‘{asked}’ in this archive", f"did you mean {similar}?" if similar else None
        )


class RecordUnreadableError(FilmldError):
    """A record's file cannot be used where a sound one is needed."""

    def __init__(self, filename: str, problem: str) -> None:
        super().__init__(f"{filename}: {problem}", "filmld check shows every mistake with its place")


class RecordChangedError(FilmldError):
    """A record's file changed while it was being published."""

    def __init__(self, filename: str) -> None:
        super().__init__(f"{filename} was changed while this command was reading it", "run the command again")


class ResourceMissingError(FilmldError):
    """A part that ships with filmld is not where it should be."""

    def __init__(self, name: str) -> None:
        super().__init__(f"this installation of filmld lacks its {name}/ folder", "install filmld again")


class ShapesError(FilmldError):
    """The shapes cannot be used to judge records."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the shapes cannot be used: {problem}", "shapes are read from shapes/*.ttl")


class FaultyShapesError(ShapesError):
    """A shape does not mean what it says."""

    def __init__(self, place: str, problem: str, hint: str | None, others: int) -> None:
        more = f" (and {others} more)" if others else ""
        super().__init__(f"{place}: {problem}{more}")
        self.hint = hint


class IllFormedShapeError(ShapesError):
    """A shape is not what SHACL allows."""

    def __init__(self, node: object, problem: str, parameter: str = "") -> None:
        super().__init__(f"sh:{parameter} of {node} {problem}" if parameter else f"{node} {problem}")


class ShapesTooSlowError(ShapesError):
    """Judging by a shape does not come to an end."""

    def __init__(self, shape: str) -> None:
        super().__init__(
            f"the shape {shape} takes too long; a pattern such as (a+)+ has too many ways to match a text"
        )


class DisagreementError(FilmldError):
    """Two engines that must agree do not."""

    exit_code = 3

    def __init__(self, seed: int, differences: Iterable[str]) -> None:
        super().__init__(
            f"internal error; the compiled engine and pySHACL do not agree (--seed {seed}); "
            "this is our mistake, not yours",
            "\n".join(
                ["please report it with all that follows, and with the records concerned", *differences]
            ),
        )


class NoTargetsError(ShapesError):
    """Shapes without a target would pass every record."""

    def __init__(self) -> None:
        super().__init__("none of them has a target, so that every record would pass")


class ShapesSyntaxError(ShapesError):
    """A file of shapes, or of the ontology, is not Turtle."""

    def __init__(self, name: str, row: int | None, column: int | None, message: str) -> None:
        super().__init__(f"{name}:{row or 1}:{column or 1}: {message}")


class AddressLostError(FilmldError):
    """An address that was published would lead nowhere."""

    def __init__(self, iri: str, others: int) -> None:
        more = f" (and {others} more)" if others else ""
        super().__init__(
            f"{iri} was published and has no record any more{more}; nothing was changed",
            "bring the record back; if it is out of use, say so in it: filmld explain lost-address",
        )


class OutputError(FilmldError):
    """The folder or file to write to cannot be written."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} cannot be written: {problem}", "nothing was changed; name another with -o")


class ForeignFolderError(FilmldError):
    """The output folder holds something that filmld did not put there."""

    def __init__(self, folder: Path, found: str) -> None:
        super().__init__(
            f"{folder} holds ‘{found}’, which filmld did not write; nothing was changed",
            "name an empty or a new folder with -o",
        )


class OutputInRecordsError(FilmldError):
    """The output folder lies among the records, where its files would be taken for records."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} lies within the folder of records", "name a folder outside it with -o")


class BuildRunningError(FilmldError):
    """Another build is writing to the same folder."""

    def __init__(self, folder: Path, pid: str) -> None:
        super().__init__(
            f"another build (process {pid or 'unknown'}) is writing to {folder}", "wait until it has finished"
        )


class StoreIncompleteError(FilmldError):
    """A store on disk does not hold what was written to it."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"the store on disk holds {found} statements instead of {expected}; nothing was published",
            "this is a fault of the disk or of the store; run the command again",
        )


class PageUnreadableError(FilmldError):
    """A web page cannot be read."""

    def __init__(self, page: str, problem: str) -> None:
        super().__init__(f"{page} cannot be read: {problem}")


class SnapshotError(FilmldError):
    """A folder is no snapshot that can be used."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder} is not a usable snapshot: {problem}", "filmld build makes a new one")


class FormatError(FilmldError):
    """A format cannot hold what is to be exported."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"--format {name}: {problem}", "name one record, such as film/moloch-1999")


class SlugError(FilmldError):
    """A title of which nothing can be part of an address."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"nothing of ‘{title}’ can be part of an address; it has neither letters nor digits",
            "name the record yourself, as in --slug some-name",
        )


class UnusableSlugError(FilmldError):
    """A slug was given that cannot name a record everywhere."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"‘{slug}’ cannot be the last part of an address",
            "use at most 80 of a-z, 0-9 and single hyphens, and no name that computers reserve, such as con",
        )


class EmptyTitleError(FilmldError):
    """A record was asked for without a title or name."""

    def __init__(self) -> None:
        super().__init__("the title is empty", 'such as filmld new film "The Voice of Sokurov" --year 2014')


class UnusableTitleError(FilmldError):
    """A title holds what no text can hold."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"the title {title!r} has characters that are no text",
            "type it again; a terminal that is not set to UTF-8 can garble it",
        )


class RecordExistsError(FilmldError):
    """A new record would take the place of one that is there."""

    def __init__(self, filename: str, free: str) -> None:
        super().__init__(
            f"{filename} exists already; nothing was changed",
            f"if this is another one of the same name: --slug {free}; to begin the record anew: --force",
        )


class RecordNotWrittenError(FilmldError):
    """A record cannot be written to its place."""

    def __init__(self, filename: str, problem: str) -> None:
        super().__init__(f"{filename} cannot be written: {problem}; nothing was changed")


class BadBaseError(FilmldError):
    """Addresses of records cannot begin as was asked."""

    def __init__(self, base: str) -> None:
        super().__init__(
            f"{base!r} is not an http(s) address that ends in a slash",
            "such as --base https://films.example.org/",
        )


class ArchiveExistsError(FilmldError):
    """A folder that is to become an archive is one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is an archive already; nothing was changed",
            "filmld new film TITLE adds a record to it",
        )


class WouldOverwriteError(FilmldError):
    """A folder that is to become an archive has files in the places of ours."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        super().__init__(
            f"{folder} has {', '.join(names)} already; nothing was changed",
            "move these away, or name an empty or a new folder",
        )


class NotStartedError(FilmldError):
    """A folder that is to become an archive cannot be written to."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder} cannot be made an archive: {problem}; no file was left in it")


class FileNotReplacedError(FilmldError):
    """A file was to be changed and is as it was."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} was not changed: {reason}")


class QuestionError(FilmldError):
    """A file of the query gallery is not written as such a file must be."""

    def __init__(self, filename: str, line: int, problem: str) -> None:
        super().__init__(
            f"{filename}:{line}: {problem}",
            "a question starts with `# title: …`, `# description: …`, `# chart: …` and a line "
            "`# parameter: name (kind) label` for each line `VALUES ?name { … } # parameter`",
        )


class UnknownQuestionError(FilmldError):
    """A question was asked for that the gallery does not have."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no question ‘{asked}’", f"the questions are {', '.join(known)}")


class ParameterError(FilmldError):
    """A question was given a value that it cannot be asked with."""

    def __init__(self, name: str, problem: str, hint: str | None = None) -> None:
        super().__init__(f"the parameter ‘{name}’ {problem}", hint)
