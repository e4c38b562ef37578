"""What the endpoint says of itself (SPARQL 1.1 Service Description §3)."""

from filmld.query.formats import FORMATS

_HEAD = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
"""
_TAIL = """\
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


def service_description() -> bytes:
    """Describe the endpoint in Turtle; ``<>`` is the address it was got from."""
    results = "".join(f"    sd:resultFormat <{known.iri}> ;\n" for known in FORMATS)
    return (_HEAD + results + _TAIL).encode()
