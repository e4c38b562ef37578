"""Parquet, for data frames: the tables of :mod:`filmld.publish.tables` with lists instead of shared cells.

It needs the extra ``filmld[parquet]``; without it there are no such files.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filmld.publish.tables import Row

if TYPE_CHECKING:
    import pyarrow as pa

SINGLE: Final = frozenset({"iri", "record"})
"""Columns with exactly one value in each row; all others hold lists."""

GROUP: Final = 1000
"""Rows that are in memory at a time."""


def is_available() -> bool:
    """Say whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def encoded(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write some rows of a table, for :func:`write`: to make columns of rows takes longest of all."""
    import pyarrow as pa  # noqa: PLC0415  an extra

    plain = [
        {name: values[0] if name in SINGLE else list(values) for name, values in row.items()} for row in rows
    ]
    table = pa.Table.from_pylist(plain, schema=_schema(columns))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def write(path: Path, columns: Sequence[str], parts: Iterable[bytes]) -> None:
    """Write a table, a thousand rows at a time; the same rows give the same bytes.

    Args:
        path: The file.
        columns: The names of all columns.
        parts: Its rows, as :func:`encoded` writes them with the same columns.
    """
    from pyarrow import parquet as pq  # noqa: PLC0415  an extra

    with pq.ParquetWriter(path, _schema(columns), compression="zstd") as writer:
        for group in _groups(parts):
            writer.write_table(group)


def _schema(columns: Sequence[str]) -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415  an extra

    return pa.schema([(name, pa.string() if name in SINGLE else pa.list_(pa.string())) for name in columns])


def _groups(parts: Iterable[bytes]) -> "Iterator[pa.Table]":
    """As many rows as make a group, however they are divided; each column in one piece."""
    import pyarrow as pa  # noqa: PLC0415  an extra

    waiting: list[pa.Table] = []
    for part in parts:
        waiting.append(pa.ipc.open_stream(part).read_all())
        while sum(table.num_rows for table in waiting) >= GROUP:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, GROUP).combine_chunks()
            waiting = [whole.slice(GROUP)]
    rest = pa.concat_tables(waiting).combine_chunks() if waiting else None
    if rest is not None and rest.num_rows:
        yield rest
