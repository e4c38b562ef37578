"""What the data set says of itself: VoID, DCAT, and schema.org for search engines.

VoID says how much there is of what (https://www.w3.org/TR/void/), DCAT where to get it
(https://www.w3.org/TR/vocab-dcat-3/). A thing of several classes counts in each of their
partitions, as VoID has it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from filmld.publish.jsontext import Json
from filmld.publish.plan import Plan
from filmld.publish.survey import Survey
from filmld.publish.turtle import TurtleWriter
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple, lang_string
from filmld.vocab import FLD, PREFIXES, RDF, SCHEMA, XSD

DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SPDX: Final = "http://spdx.org/rdf/terms#"
VOID: Final = "http://rdfs.org/ns/void#"

FILE: Final = "void.ttl"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_USED: Final = (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("spdx", SPDX), ("void", VOID))


def dataset_iri(base: str) -> str:
    """The name of the data set as a whole."""
    return f"{base}{FILE}#dataset"


def description(plan: Plan, survey: Survey, files: Mapping[str, tuple[str, int, str]]) -> bytes:
    """Write ``void.ttl``.

    Args:
        plan: The site.
        survey: What was counted.
        files: The dumps by name: media type, size in bytes, and SHA-256.
    """
    writer = TurtleWriter((*PREFIXES, *_USED))
    return writer.document(Graph(_Describer(plan, survey).triples(files)))


class _Describer:
    """Makes the statements; blank nodes are numbered in their order."""

    def __init__(self, plan: Plan, survey: Survey) -> None:
        self._plan = plan
        self._config = plan.catalog.archive.config
        self._survey = survey
        self._dataset = IRI(dataset_iri(plan.base))
        self._count = 0

    def triples(self, files: Mapping[str, tuple[str, int, str]]) -> Iterator[Triple]:
        yield from self._itself()
        for class_, entities in sorted(self._survey.entities.items()):
            part = self._new()
            yield from _of(self._dataset, ((VOID + "classPartition", part),))
            counted = self._survey.by_class[class_]
            facts = ((VOID + "class", IRI(class_)), (VOID + "entities", _number(entities)))
            yield from _of(part, (*facts, (VOID + "triples", _number(counted.total()))))
            yield from self._properties(part, counted)
        yield from self._properties(self._dataset, self._survey.properties)
        for name, (media_type, size, digest) in files.items():
            yield from self._file(name, media_type, size, digest)

    def _itself(self) -> Iterator[Triple]:
        """What the data set is, and how much."""
        config, survey = self._config, self._survey
        types = (VOID + "Dataset", DCAT + "Dataset")
        yield from _of(self._dataset, ((RDF + "type", IRI(iri)) for iri in types))
        language = config.languages[0]
        yield from _of(self._dataset, ((DCTERMS + "title", lang_string(config.title, language)),))
        if config.publisher:
            agent = self._new()
            yield from _of(self._dataset, ((DCTERMS + "publisher", agent),))
            facts: tuple[tuple[str, Term], ...] = ((RDF + "type", IRI(FOAF + "Agent")),)
            yield from _of(agent, (*facts, (FOAF + "name", Literal(config.publisher))))
        if config.licence:
            yield from _of(self._dataset, ((DCTERMS + "license", IRI(config.licence)),))
        records = self._plan.catalog.records
        samples = {record.kind: record.iri for record in reversed(list(records.values()))}
        yield from _of(
            self._dataset,
            (
                (DCAT + "landingPage", IRI(config.base)),
                (FOAF + "homepage", IRI(config.base)),
                (VOID + "uriSpace", Literal(config.base)),
                *((VOID + "vocabulary", IRI(iri)) for iri in (SCHEMA, FLD)),
                *((VOID + "feature", IRI(_FORMATS + name)) for name in ("Turtle", "JSON-LD", "N-Triples")),
                *((VOID + "exampleResource", IRI(iri)) for _, iri in sorted(samples.items())),
                (VOID + "documents", _number(len(records))),
                (VOID + "triples", _number(survey.triples)),
                (VOID + "classes", _number(len(survey.entities))),
                (VOID + "properties", _number(len(survey.properties))),
            ),
        )

    def _properties(self, owner: Resource, counted: Counter[str]) -> Iterator[Triple]:
        for predicate, number in sorted(counted.items()):
            part = self._new()
            yield from _of(owner, ((VOID + "propertyPartition", part),))
            yield from _of(part, ((VOID + "property", IRI(predicate)), (VOID + "triples", _number(number))))

    def _file(self, name: str, media_type: str, size: int, digest: str) -> Iterator[Triple]:
        address = IRI(f"{self._plan.base}data/{name}")
        file, checksum = self._new(), self._new()
        if name.startswith("all."):
            yield from _of(self._dataset, ((VOID + "dataDump", address),))
        yield from _of(self._dataset, ((DCAT + "distribution", file),))
        yield from _of(
            file,
            (
                (RDF + "type", IRI(DCAT + "Distribution")),
                (DCTERMS + "title", Literal(name)),
                (DCAT + "downloadURL", address),
                (DCAT + "mediaType", IRI(_MEDIA_TYPES + media_type.partition(";")[0])),
                (DCAT + "byteSize", _number(size)),
                (SPDX + "checksum", checksum),
            ),
        )
        algorithm = (SPDX + "algorithm", IRI(SPDX + "checksumAlgorithm_sha256"))
        value = (SPDX + "checksumValue", Literal(digest, XSD + "hexBinary"))
        yield from _of(checksum, ((RDF + "type", IRI(SPDX + "Checksum")), algorithm, value))

    def _new(self) -> BlankNode:
        self._count += 1
        return BlankNode(f"n{self._count}")


def _of(subject: Resource, facts: Iterable[tuple[str, Term]]) -> Iterator[Triple]:
    return (Triple(subject, IRI(predicate), value) for predicate, value in facts)


def _number(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def dataset_document(plan: Plan, files: Mapping[str, str]) -> dict[str, Json]:
    """Describe the data set to search engines: schema.org, for the home page.

    Args:
        plan: The site.
        files: The dumps and their media types.
    """
    config = plan.catalog.archive.config
    kinds = ", ".join(
        f"{number} {plan.words.kinds[kind].of(number).lower()}"
        for kind, number in sorted(plan.addresses.kinds.items())
        if kind in plan.words.kinds
    )
    document: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": dataset_iri(config.base),
        "name": config.title,
        "description": f"{config.title} as linked data: {kinds}, as web pages, JSON-LD, Turtle and tables.",
        "url": config.base,
        "isAccessibleForFree": True,
    }
    if config.publisher:
        publisher: Json = {"@type": "Organization", "name": config.publisher}
        document |= {"creator": publisher, "publisher": publisher}
    if config.licence:
        document["license"] = config.licence
    document["distribution"] = [
        {
            "@type": "DataDownload",
            "name": name,
            "encodingFormat": kind.partition(";")[0],
            "contentUrl": f"{config.base}data/{name}",
        }
        for name, kind in files.items()
        if name != "SHA256SUMS"
    ]
    return document
