"""What an archive says of itself: ``filmld.toml``, or ``[tool.filmld]`` in ``pyproject.toml``."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from filmld.archive.plain_toml import read_plain
from filmld.errors import ConfigError, NoArchiveError
from filmld.tuples import NamedTuple

Value: TypeAlias = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]

OWN_FILE = "filmld.toml"
SHARED_FILE = "pyproject.toml"


class Paths(NamedTuple):
    """Where the parts of an archive lie, relative to its root."""

    records: str = "records"
    shapes: str = "shapes"
    ontology: str = "ontology"
    queries: str = "queries"
    site: str = "site"


class Limits(NamedTuple):
    """What visitors may cost; docs/servers.md tells of each what it is for.

    Attributes:
        query_seconds: Computing time after which a query is ended.
        query_quick_ms: Milliseconds after which a query yields to quicker ones.
        query_short_ms: Milliseconds after which a query counts as long, and makes room for short ones.
        query_memory_mib: Memory that evaluating one query may take beyond the data itself, in MiB.
        query_characters: The longest query text that is accepted.
        query_workers: How many short queries are evaluated at the same time, each in its own process.
        query_queue: How many more may wait for their turn.
        long_queries: How many long queries are evaluated at the same time, behind the short ones.
        long_queue: How many more may wait, half done, for their turn.
        client_queries: How many queries of one client are answered at the same time.
        client_seconds: How long the queries of one client may compute within a minute.
        request_kib: The largest request body that is read, in KiB.
        result_mib: The largest result that is sent, in MiB.
        transfer_seconds: How long a client may take to read a result.
        write_seconds: How long it may take to read a piece of one.
        header_seconds: How long the head of a request may take to arrive.
        body_seconds: How long its body may take.
        connections: How many connections are served at the same time.
        url_kib: The longest address that is read, in KiB.
        header_kib: The largest head of a request that is read, in KiB.
        cache_mib: How much memory answers may take that are kept for who asks the same, in MiB.
        memory_percent: The share of this computer's memory that data may take, to be asked fast.
    """

    query_seconds: int = 10
    query_quick_ms: int = 50
    query_short_ms: int = 500
    query_memory_mib: int = 2048
    query_characters: int = 65536
    query_workers: int = 4
    query_queue: int = 32
    long_queries: int = 2
    long_queue: int = 2
    client_queries: int = 2
    client_seconds: int = 30
    request_kib: int = 128
    result_mib: int = 50
    transfer_seconds: int = 300
    write_seconds: int = 20
    header_seconds: int = 10
    body_seconds: int = 20
    connections: int = 200
    url_kib: int = 64
    header_kib: int = 32
    cache_mib: int = 64
    memory_percent: int = 50


class Config(NamedTuple):
    """The configuration of one archive.

    Attributes:
        base: The http(s) IRI, ending in ``/``, under which all records are published.
        title: What the archive is called on its pages.
        publisher: Who publishes it.
        licence: The IRI of the licence of the data, if one was chosen.
        languages: Language tags of the archive's own texts, the preferred one first.
        edit: The address that, with the file name of a record after it, leads to where it is edited.
    """

    base: str
    title: str = "Film archive"
    publisher: str | None = None
    licence: str | None = None
    languages: tuple[str, ...] = ("en",)
    edit: str | None = None
    paths: Paths = Paths()
    limits: Limits = Limits()


def find_root(start: Path) -> Path:
    """Find the archive that a folder belongs to.

    Raises:
        NoArchiveError: Neither the folder nor any above it is an archive.
        ConfigError: A ``pyproject.toml`` on the way cannot be read.
    """
    for folder in (start, *start.parents):
        if is_archive(folder):
            return folder
    raise NoArchiveError(start)


def is_archive(folder: Path) -> bool:
    """Say whether a folder has the configuration of an archive.

    Raises:
        ConfigError: Its ``pyproject.toml`` cannot be read.
    """
    shared = folder / SHARED_FILE
    return (folder / OWN_FILE).is_file() or (shared.is_file() and _own_table(shared) is not None)


def is_base(text: str) -> bool:
    """Say whether the addresses of records can begin with a text.

    >>> is_base("https://films.example.org/"), is_base("https://films.example.org")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:  # an unclosed bracket, or what Unicode would turn into a slash
        return False
    sound = parts.scheme in {"http", "https"} and host and not parts.query and not parts.fragment
    return bool(sound) and text.endswith("/") and not re.search(r"[\x00-\x20\s<>\"{}|^`\\]", text)


def read_config(root: Path) -> Config:
    """Read the configuration of the archive at ``root``.

    Raises:
        NoArchiveError: There is none.
        ConfigError: It is not TOML, or has an unknown key, a wrong type or a bad base IRI.
    """
    path = root / OWN_FILE
    table = _read_toml(path) if path.is_file() else None
    if table is None:
        path = root / SHARED_FILE
        table = _own_table(path) if path.is_file() else None
    if table is None:
        raise NoArchiveError(root)
    return _Reader(path).config(table)


def _read_toml(path: Path) -> Mapping[str, Value]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(path, "the file is not saved as UTF-8") from error
    except OSError as error:
        raise ConfigError(path, f"the file cannot be read: {error.strerror}") from error
    plain = read_plain(text)
    return _by_library(path, text) if plain is None else plain


def _by_library(path: Path, text: str) -> Mapping[str, Value]:
    import tomllib  # noqa: PLC0415  heavy, and seldom needed

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, f"not valid TOML: {error}") from error


def _own_table(path: Path) -> Mapping[str, Value] | None:
    tool = _read_toml(path).get("tool")
    table = tool.get("filmld") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


class _Reader:
    """Turns a TOML table into a Config; knows the file, to say where a mistake is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def config(self, table: Mapping[str, Value]) -> Config:
        self._refuse_unknown(table, Config)
        base = self._text(table, "base")
        if base is None:
            raise ConfigError(self._path, "`base` is missing", 'such as base = "https://films.example.org/"')
        self._check_base(base)
        return Config(
            base=base,
            title=self._text(table, "title") or Config(base=base).title,
            publisher=self._text(table, "publisher"),
            licence=self._text(table, "licence"),
            languages=self._languages(table),
            edit=self._edit(table),
            paths=self._paths(self._table(table, "paths")),
            limits=self._limits(self._table(table, "limits")),
        )

    def _fail(self, key: str, problem: str, hint: str | None = None) -> ConfigError:
        return ConfigError(self._path, f"`{key}` {problem}", hint, self._line(key))

    def _line(self, key: str) -> int | None:
        """Find the line of a key; tomllib does not tell."""
        pattern = re.compile(rf"^\s*(\[.*\b)?{re.escape(key)}\b")
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)

    def _refuse_unknown(self, table: Mapping[str, Value], model: type[Config | Paths | Limits]) -> None:
        known = sorted(model._fields)
        for key in table:
            if key not in known:
                raise self._fail(
                    key, "is not a setting of filmld", f"the settings here are {', '.join(known)}"
                )

    def _check_base(self, base: str) -> None:
        if not is_base(base):
            raise self._fail(
                "base",
                f"is not an http(s) address that ends in a slash: {base!r}",
                'such as base = "https://films.example.org/"',
            )

    def _edit(self, table: Mapping[str, Value]) -> str | None:
        address = self._text(table, "edit")
        if address is not None and not is_base(address):
            raise self._fail(
                "edit",
                f"is not an http(s) address that ends in a slash: {address!r}",
                'such as edit = "https://git.example.org/films/edit/main/"',
            )
        return address

    def _text(self, table: Mapping[str, Value], key: str) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self._fail(key, "must be a text in quotation marks")

    def _table(self, table: Mapping[str, Value], key: str) -> Mapping[str, Value]:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        raise self._fail(key, "must be a table")

    def _languages(self, table: Mapping[str, Value]) -> tuple[str, ...]:
        value = table.get("languages", ["en"])
        if isinstance(value, list) and value:
            tags = tuple(tag for tag in value if isinstance(tag, str))
            if len(tags) == len(value):
                return tags
        raise self._fail("languages", "must be a list of language tags", 'such as languages = ["en", "fi"]')

    def _paths(self, table: Mapping[str, Value]) -> Paths:
        self._refuse_unknown(table, Paths)
        default = Paths()
        return Paths(
            records=self._text(table, "records") or default.records,
            shapes=self._text(table, "shapes") or default.shapes,
            ontology=self._text(table, "ontology") or default.ontology,
            queries=self._text(table, "queries") or default.queries,
            site=self._text(table, "site") or default.site,
        )

    def _limits(self, table: Mapping[str, Value]) -> Limits:
        self._refuse_unknown(table, Limits)
        default = Limits()
        return Limits(**{name: self._number(table, name, getattr(default, name)) for name in Limits._fields})

    def _number(self, table: Mapping[str, Value], key: str, default: int) -> int:
        value = table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise self._fail(key, "must be a whole number above zero")
