"""The pages of the ontology and of the shapes.

What they say stands in the Turtle files, in the languages that it has there; the names of the terms
are English in every language.
"""

from collections.abc import Collection, Iterator
from typing import Final

from filmld.publish.pages.desk import Desk, text_item
from filmld.publish.pages.model import Download, Item, Row, TermEntry, TermFile, TermsPage, VocabularyPage
from filmld.publish.pages.shell import in_every_language, shell
from filmld.publish.vocabulary import PER_PAGE, TermsFile, Vocabulary, place
from filmld.turtle.terms import IRI, BlankNode, Literal, Term
from filmld.vocab import PREFIXES, RDF, RDFS, SH, SKOS

FOLDERS: Final = ("ontology", "shapes")
DEEPEST: Final = 8
"""How deep nameless nodes are told inside each other."""

_LABELS: Final = (RDFS + "label", SKOS + "prefLabel", SH + "name")
_TEXTS: Final = (RDFS + "comment", SKOS + "definition", SKOS + "scopeNote", SH + "description")
_FIRST: Final = RDF + "first"
_REST: Final = RDF + "rest"


def vocabulary_page(desk: Desk, vocabulary: Vocabulary, folder: str) -> VocabularyPage:
    """Make the page that names all files of a folder, and the place of each term."""
    heading = _heading(desk, folder)
    canonical = f"{desk.catalog.archive.config.base}{desk.plain_path}"
    files = [file for file in vocabulary.files if file.folder == folder]
    frame = shell(
        desk,
        title=heading,
        description=f"{heading}: {', '.join(file.name for file in files)}",
        crumbs=(Item(text=heading),),
        canonical=canonical,
    )
    return VocabularyPage(
        shell=in_every_language(desk, frame, canonical),
        heading=heading,
        files=tuple(_files(desk, files)),
    )


def _heading(desk: Desk, folder: str) -> str:
    return desk.words.ontology if folder == "ontology" else desk.words.shapes


def _files(desk: Desk, files: list[TermsFile]) -> Iterator[TermFile]:
    """A fragment never reaches a host, so an address such as ontology#Credit leads to this page."""
    taken: set[str] = set()
    for file in files:
        terms = []
        for iri, where in file.places():
            name = where.partition("#")[2]
            if "#" in iri and name not in taken:
                taken.add(name)
                terms.append(Item(text=name, href=desk.page(where), anchor=name))
        yield TermFile(
            name=Item(text=file.name, href=desk.page(file.page()) if file.pages else None),
            turtle=_turtle(desk, file),
            terms=tuple(terms),
        )


def _turtle(desk: Desk, file: TermsFile) -> Download:
    return Download(name="Turtle", href=desk.to(file.turtle), media_type="text/turtle", note="")


def terms_page(desk: Desk, vocabulary: Vocabulary, file: TermsFile, number: int) -> TermsPage:
    """Make one page of the terms of a file."""
    heading = _heading(desk, file.folder)
    terms = file.terms[(number - 1) * PER_PAGE : number * PER_PAGE]
    teller = _Teller(desk, vocabulary, file)
    title = f"{file.name} – {number}" if number > 1 else file.name
    canonical = f"{desk.catalog.archive.config.base}{desk.plain_path}"
    frame = shell(
        desk,
        title=f"{heading}: {title}",
        description=f"{heading}: {', '.join(place(term) for term in terms)}"[:300],
        crumbs=(Item(text=heading, href=desk.page(f"{file.folder}/index.html")), Item(text=title)),
        canonical=canonical,
    )
    return TermsPage(
        shell=in_every_language(desk, frame, canonical),
        heading=file.name,
        turtle=_turtle(desk, file),
        entries=tuple(teller.entry(term) for term in terms),
        previous=desk.page(file.page(number - 1)) if number > 1 else None,
        following=desk.page(file.page(number + 1)) if number < file.pages else None,
        number=number,
        total=file.pages,
    )


class _Teller:
    """Tells of each term what its file states."""

    def __init__(self, desk: Desk, vocabulary: Vocabulary, file: TermsFile) -> None:
        self._desk = desk
        self._places = vocabulary.places
        self._graph = file.graph
        prefixes = (*file.prefixes.items(), *PREFIXES)
        self._prefixes = sorted(prefixes, key=lambda pair: -len(pair[1]))

    def entry(self, term: IRI) -> TermEntry:
        stated = self._graph.properties(term)
        told = {*_LABELS, *_TEXTS}
        return TermEntry(
            name=self._short(term.value),
            anchor=place(term),
            iri=term.value,
            labels=tuple(self._texts(term, _LABELS)),
            texts=tuple(self._texts(term, _TEXTS)),
            rows=tuple(
                Row(label=self._short(predicate.value), items=self._items(values))
                for predicate, values in stated.items()
                if predicate.value not in told
            ),
        )

    def _texts(self, term: IRI, predicates: Collection[str]) -> Iterator[Item]:
        for predicate in predicates:
            yield from map(text_item, self._graph.literals(term, predicate))

    def _items(self, values: Collection[Term]) -> tuple[Item, ...]:
        return tuple(self._item(value) for value in values)

    def _item(self, value: Term) -> Item:
        if isinstance(value, Literal):
            return text_item(value)
        if isinstance(value, BlankNode):
            return Item(text=self._phrase(value, 0))
        where = self._places.get(value.value)
        href = self._desk.page(where) if where else self._desk.href(value.value)
        return Item(text=self._short(value.value), href=href)

    def _phrase(self, value: Term, depth: int) -> str:
        """Tell of a nameless node in the words of Turtle."""
        if isinstance(value, IRI):
            return self._short(value.value)
        if isinstance(value, Literal):
            return str(value)
        if depth >= DEEPEST:
            return "…"
        stated = self._graph.properties(value)
        if IRI(_FIRST) in stated:
            return f"( {' '.join(self._phrase(one, depth + 1) for one in self._list(value))} )"
        facts = (
            f"{self._short(predicate.value)} {', '.join(self._phrase(one, depth + 1) for one in values)}"
            for predicate, values in stated.items()
        )
        return f"[ {' ; '.join(facts)} ]"

    def _list(self, head: Term) -> Iterator[Term]:
        seen: set[Term] = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            yield from self._graph.objects(head, _FIRST)
            head = self._graph.value(head, _REST) or IRI(RDF + "nil")

    def _short(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri
