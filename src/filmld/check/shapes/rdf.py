"""Between our terms and rdflib's: the only door through which triples reach the reference library.

rdflib rewrites literals as it reads them unless told not to (``01`` becomes ``1``), and
complains of ill-typed ones with a traceback on standard error. A judge must see what was
written, and findings are ours to report.
"""

import logging
from collections.abc import Iterable

import rdflib
import rdflib.plugins.sparql
from rdflib.namespace import OWL, SH
from rdflib.term import Identifier, Node

from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Term, Triple

rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
logging.getLogger("pyshacl-validate").disabled = True


def keep_literals() -> None:
    """Leave literals as written; pySHACL turns the rewriting on again at the end of each of its runs."""
    rdflib.NORMALIZE_LITERALS = False


keep_literals()


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Make an rdflib graph, with no prefix bound but those it is given."""
    graph = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, object_ in triples:
        graph.add((to_node(subject), rdflib.URIRef(predicate.value), to_node(object_)))
    return graph


def shapes_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Make an rdflib graph of shapes.

    A query has the prefixes of all that its ``sh:prefixes`` imports (SHACL §5.2.1). pySHACL looks at
    that node alone, so the declarations of the others are stated of it too.
    """
    graph = to_rdflib(triples)
    for node in set(graph.objects(None, SH.prefixes)):
        for imported in set(graph.transitive_objects(node, OWL.imports)):
            for declaration in set(graph.objects(imported, SH.declare)):
                graph.add((node, SH.declare, declaration))
    return graph


def to_node(term: Term) -> Identifier:
    """Translate a term, its lexical form untouched; a plain string has no datatype in rdflib."""
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.label)
    if term.language is not None:
        return rdflib.Literal(term.lexical, lang=term.language, normalize=False)
    datatype = None if term.datatype == XSD_STRING else rdflib.URIRef(term.datatype)
    return rdflib.Literal(term.lexical, datatype=datatype, normalize=False)


def from_node(node: Node) -> Term:
    """Translate back."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), _LANG_STRING, node.language)
        return Literal(str(node), str(node.datatype) if node.datatype else XSD_STRING)
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    return IRI(str(node))


_LANG_STRING = str(rdflib.RDF.langString)
