"""Parquet, for data frames: the tables of :mod:`filmld.publish.tables` with lists instead of shared cells.

It needs the extra ``filmld[parquet]``; without it there are no such files.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final

from filmld.publish.tables import Row

SINGLE: Final = frozenset({"iri", "record"})
"""Columns with exactly one value in each row; all others hold lists."""

GROUP: Final = 1000
"""Rows that are in memory at a time."""


def is_available() -> bool:
    """Say whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table, a thousand rows at a time; the same rows give the same bytes."""
    import pyarrow as pa  # noqa: PLC0415  an extra
    from pyarrow import parquet as pq  # noqa: PLC0415  an extra

    schema = pa.schema([(name, pa.string() if name in SINGLE else pa.list_(pa.string())) for name in columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[list[dict[str, str | list[str]]]]:
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield [
            {name: values[0] if name in SINGLE else list(values) for name, values in row.items()}
            for row in group
        ]
