"""Records of a real catalogue, as archives that tests can open."""

import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog

CHUNK = 1000


def corpus_records(shared: Path, *, count: int, every: int) -> Iterator[tuple[str, bytes]]:
    """The file names and bytes of some records, evenly spread over the beginning of the corpus.

    Args:
        shared: The folder of corpora; without one the test is passed over.
        count: How many records.
        every: How far apart.
    """
    corpus = shared / "corpora" / "wikipedia-us.tar.gz"
    if not corpus.is_file():
        pytest.skip("the corpus of film records is absent")
    with tarfile.open(corpus, "r|gz") as packed:
        members = (member for member in packed if member.name.endswith(".ttl"))
        for member in islice(members, 0, count * every, every):
            file = packed.extractfile(member)
            assert file is not None
            yield Path(member.name).name, file.read()


def corpus_catalogs(shared: Path, folder: Path, *, count: int, every: int) -> Iterator[Catalog]:
    """The same as archives of at most a thousand films each."""
    records = corpus_records(shared, count=count, every=every)
    for number in range(-(-count // CHUNK)):
        root = folder / str(number)
        (root / "records" / "film").mkdir(parents=True)
        (root / "filmld.toml").write_text('base = "https://wikifilms.example.net/"\n', encoding="utf-8")
        for name, data in islice(records, CHUNK):
            (root / "records" / "film" / name).write_bytes(data)
        yield Catalog.load(Archive.open(root))
