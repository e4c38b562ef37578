"""Addresses that were published and have no record any more."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from filmld.archive import Archive, Record
from filmld.archive.published import lost, published
from filmld.diagnostics import Diagnostic, Severity

CODE = "lost-address"


def lost_addresses(archive: Archive, records: Iterable[Record]) -> Iterator[Diagnostic]:
    """Yield a finding for each address that the archive's site has and its records have not."""
    for iri in lost(published(archive.site), (record.iri for record in records)):
        place = unquote(iri.removeprefix(archive.config.base))
        yield Diagnostic(
            code=CODE,
            severity=Severity.ERROR,
            message="This record was published and is gone; whoever cites its address would find nothing",
            filename=f"{archive.config.paths.records}/{place}.ttl",
            hint="bring the file back; if it is out of use, say so in it with fld:retired or fld:replacedBy",
            notes=(f"its address is {iri}",),
        )
