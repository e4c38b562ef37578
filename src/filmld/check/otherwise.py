"""What archivists look for in schema.org under another name; no distance of letters would find it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SAID_OTHERWISE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cinematographer": "schema:contributor with a fld:Credit that names the role",
        "coProducer": "schema:producer with a fld:Credit that names the role",
        "country": "schema:countryOfOrigin",
        "distributor": "schema:publication with a fld:Distribution, and schema:publishedBy in it",
        "executiveProducer": "schema:producer with a fld:Credit that names the role",
        "language": "schema:inLanguage",
        "releaseDate": "schema:datePublished",
        "runningTime": "schema:duration",
        "runtime": "schema:duration",
        "screenwriter": "schema:author",
        "studio": "schema:productionCompany",
        "synopsis": "schema:description",
        "title": "schema:name",
        "writer": "schema:author",
        "year": "schema:dateCreated",
    }
)
"""Names as they come to mind, and what schema.org and filmld have for them."""
