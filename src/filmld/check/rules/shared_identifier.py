"""One number of another system is given to two things.

What it does:
    Compares the identifiers of all records: ISAN, EIDR, IMDb, Wikidata, VIAF, ISNI, GND, however they
    are written. Two things that are the same as one page, such as an article of an encyclopedia, are a
    warning: most often they are one film that two records date differently.

Why it matters:
    A number names one thing. Others who follow it from one of the two come to the wrong film.

Example:
    ```turtle
    film:moloch-1999
        schema:sameAs <http://www.wikidata.org/entity/Q1195187> ;
    .

    film:taurus-2001
        schema:sameAs <http://www.wikidata.org/entity/Q1195187> ;
    .
    ```

Instead:
    Find out whose number it is; if both records are of one thing, make them one:

    ```turtle
    film:moloch-1999
        schema:sameAs <http://www.wikidata.org/entity/Q1195187> ;
    .

    film:taurus-2001
        schema:sameAs <http://www.wikidata.org/entity/Q1196003> ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.authorities import GIVING, Number, number
from filmld.check.findings import Words, finding
from filmld.check.index import Borne, Index, Named
from filmld.check.nodes import shared_node
from filmld.check.rules import possible_duplicate
from filmld.check.watching import properties
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Resource, Triple
from filmld.vocab import SCHEMA

CODE = "shared-identifier"
NAME = "Identifier of two things"
SEVERITY = Severity.ERROR

_SAME_AS = IRI(SCHEMA + "sameAs")
WATCHES = properties(*GIVING)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each number or page that another thing has, too; it is told in the later record."""
    yield from _numbers(document, index)
    yield from _pages(document, index)


def _numbers(document: Document, index: Index) -> Iterator[Diagnostic]:
    graph = index.graph(document)
    for triple in document.triples:
        given = number(triple, graph)
        if given and not index.is_given_once(given.bare):
            bearers = index.bearers(shared_node(triple.subject, index.number(document)))
            others = (other for other in index.numbered(given.bare) if other.node not in bearers)
            for other in others:
                is_later = (document.filename, str(min(bearers))) > (other.document.filename, str(other.node))
                if is_later and not any(_is_told_otherwise(node, other, document, index) for node in bearers):
                    yield finding(CODE, SEVERITY, document, triple, _words(given, other, document))
                    break


def _pages(document: Document, index: Index) -> Iterator[Diagnostic]:
    graph = index.graph(document)
    for triple in document.triples:
        thing, predicate, page = triple
        if predicate != _SAME_AS or not isinstance(thing, IRI) or number(triple, graph):
            continue
        for other, (subject, _, _) in index.statements_to(page, _SAME_AS):
            is_later = (document.filename, str(thing)) > (other.filename, str(subject))
            if not isinstance(subject, IRI) or subject == thing or not is_later:
                continue
            borne = Borne(subject, other, Triple(subject, _SAME_AS, page))
            if not _is_told_otherwise(thing, borne, document, index):
                yield finding(CODE, Severity.WARNING, document, triple, _words_of_page(borne, document))
                break


def _words_of_page(other: Borne, document: Document) -> Words:
    there = other.document.span(*other.triple)
    return Words(
        message=f"{written(other.node, document)} is said to be the same as this page, too",
        label=f"also in {other.document.filename}",
        hint="if both are one thing, make the two records one; else correct one of the links",
        related=(Related(message="the other thing", filename=other.document.filename, span=there),),
    )


def _words(given: Number, other: Borne, document: Document) -> Words:
    there = other.document.span(*other.triple)
    known = written(other.node, document)
    related = Related(message="the other thing", filename=other.document.filename, span=there)
    return Words(
        message=f"{known} has the same {given.system} number",
        label=f"also in {other.document.filename}",
        hint="find out whose number it is; if both are one thing, make the two records one",
        related=(related,),
    )


def _is_told_otherwise(node: Resource, other: Borne, document: Document, index: Index) -> bool:
    """Say whether another rule finds the two to be one film: its number is then no wonder."""
    if not isinstance(node, IRI) or not index.share_a_name(node, other.node):
        return False
    return possible_duplicate.same_film(node, Named(other.node, "", other.document), document, index)
