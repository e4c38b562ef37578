"""Whether a snapshot is of what is here now: all that it was made from, as one hash.

Where that is the same, nothing has to be read into a store, asked or made: not even the questions that
files have asked need to be asked again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from filmld.archive import Archive, Record
from filmld.archive.history import History
from filmld.catalog import Catalog
from filmld.catalog.texts import Texts
from filmld.diagnostics import Diagnostic
from filmld.errors import FilmldError, SnapshotError
from filmld.publish import tree
from filmld.publish.examples import Example
from filmld.publish.manifest import MANIFEST, PAGES, Manifest, inputs_of, read_manifest
from filmld.publish.results import Asked
from filmld.publish.world import world
from filmld.tuples import NamedTuple


class Inputs(NamedTuple):
    """What a site is made from, besides the texts of records.

    Attributes:
        archive: The archive.
        examples: Questions that researchers may ask; their answers follow from the rest.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
    """

    archive: Archive
    examples: tuple[Example, ...] = ()
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None

    def of_texts(self, texts: Texts) -> str:
        """Hash all that there is on disk; empty if any record cannot be read."""
        try:
            digests = ((text.record, text.digest) for text in texts.all)
            history = History(self.archive.root, self.archive.config.paths.records)
            return self._hash(digests, history.days)
        except FilmldError:  # who reads them next says why
            return ""

    def of_catalog(self, catalog: Catalog) -> str:
        """Hash all that a catalogue was read from; empty if a question has no answer for now."""
        if any(isinstance(one, Asked) and one.results is None for one in self.examples):
            return ""
        retired = (old.record for old in catalog.retired.values())
        records = sorted((*catalog.records.values(), *retired))
        digests = ((record, catalog.digests[record.iri]) for record in records)
        return self._hash(digests, catalog.last_changes())

    def _hash(self, records: Iterable[tuple[Record, str]], changes: Mapping[str, str]) -> str:
        digest = hashlib.sha256()
        for line in self._lines(records, changes):
            digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()

    def _lines(self, records: Iterable[tuple[Record, str]], changes: Mapping[str, str]) -> Iterator[str]:
        yield world(self.archive, self.examples, has_findings=self.findings is not None)
        for example in self.examples:
            yield repr(replace(example, results=None) if isinstance(example, Asked) else example)
        yield from (f"{record.filename} {digest}" for record, digest in records)
        yield repr(sorted((self.findings or {}).items()))
        yield repr(sorted(changes.items()))


def same(snapshot: Path, inputs: str) -> Manifest | None:
    """The manifest of a snapshot, if it was made from the same, and its files are as they were written."""
    try:
        if not inputs or inputs_of(snapshot) != inputs:  # which is said before a hundred megabytes of files
            return None
        manifest = read_manifest(snapshot)
        if manifest.inputs == inputs and is_as_written(snapshot, manifest):
            return manifest
    except (OSError, SnapshotError):
        pass
    return None


def is_as_written(snapshot: Path, manifest: Manifest) -> bool:
    """Say whether the files of a snapshot are those of its manifest, by their sizes and times.

    ``filmld verify`` reads them. This is for a build, which trusts files it takes over no less.

    Raises:
        OSError: A folder cannot be read.
    """
    written_at = (snapshot / MANIFEST).stat().st_mtime_ns
    seen, sizes = 0, manifest.files.sizes()
    tops = sorted({name.partition("/")[0] for name in sizes})
    for name, status in chain.from_iterable(tree.below(snapshot, top) for top in tops):
        size = sizes.get(name)
        if size is None:
            if name.startswith(f"{PAGES}/"):
                return False
            continue
        if not tree.is_as_written(status, size, written_at):
            return False
        seen += 1
    return seen == len(sizes)
