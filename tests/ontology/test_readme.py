"""The table of terms in the README is that of the files."""

from collections.abc import Iterator
from pathlib import Path

from filmld.vocab import FLD, RDF, RDFS, SKOS
from tests.ontology.conftest import Ontology

BEGIN, END = "<!-- terms: checked by tests/ontology/test_readme.py -->\n", "<!-- end of terms -->\n"

PREFIXES = {
    "http://filmstandards.org/": "EN 15907 ",
    "http://iflastandards.info/ns/lrm/lrmoo/": "LRMoo ",
    "http://www.ebu.ch/metadata/ontologies/ebucoreplus#": "EBUCorePlus ",
    "http://www.wikidata.org/entity/": "Wikidata ",
    "https://ontology.fiafcore.org/": "FIAFcore ",
    "https://schema.org/": "schema:",
    "https://w3id.org/filmld/ontology#": "fld:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
}


def test_the_table_of_terms_is_up_to_date(ontology: Ontology, project: Path) -> None:
    readme = (project / "ontology" / "README.md").read_text(encoding="utf-8")
    shown = readme.partition(BEGIN)[2].partition(END)[0]

    assert shown == "".join(_rows(ontology))


def test_every_file_is_introduced(ontology: Ontology, project: Path) -> None:
    readme = (project / "ontology" / "README.md").read_text(encoding="utf-8")

    for name in ontology.files:
        assert f"`{name}`" in readme


def _rows(ontology: Ontology) -> Iterator[str]:
    yield "| term | stands under | is like |\n"
    yield "|---|---|---|\n"
    for term in sorted(ontology.terms(), key=lambda term: (_is_property(ontology, term), term)):
        above = [*ontology.iris(term, RDFS + "subClassOf"), *ontology.iris(term, RDFS + "subPropertyOf")]
        same = [f"= {_name(iri)}" for iri in ontology.iris(term, SKOS + "exactMatch")]
        like = [f"≈ {_name(iri)}" for iri in ontology.iris(term, SKOS + "closeMatch")]
        cells = (f"`fld:{term.removeprefix(FLD)}`", _list(map(_name, above)), _list([*same, *like]))
        yield f"| {' | '.join(cells)} |\n"


def _is_property(ontology: Ontology, term: str) -> bool:
    return RDF + "Property" in ontology.iris(term, RDF + "type")


def _list(names: Iterator[str] | list[str]) -> str:
    return ", ".join(names) or "–"


def _name(iri: str) -> str:
    for namespace, prefix in PREFIXES.items():
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return iri
