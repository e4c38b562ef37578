"""What the terms of the ontology are called: classes, properties, roles, countries."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from filmld.archive.statements import statements
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import RDFS, SCHEMA, SKOS

_NAMES = (SKOS + "prefLabel", RDFS + "label", SCHEMA + "name")


def term_names(files: Iterable[Path], languages: Sequence[str]) -> Mapping[str, str]:
    """Read what every term is called, in the best of some languages.

    Args:
        files: The files of an ontology.
        languages: The languages wanted, the preferred one first; any other is better than none.

    Raises:
        ShapesSyntaxError: One of the files is not Turtle.
    """
    ranks = {language: rank for rank, language in enumerate(languages)}
    best: dict[str, tuple[int, int, str]] = {}
    for path in files:
        for subject, predicate, value in statements(path, path.stem):
            if not (isinstance(subject, IRI) and isinstance(value, Literal) and predicate.value in _NAMES):
                continue
            rank = ranks.get(value.language or "", len(ranks) + (value.language != "en"))
            found = (rank, _NAMES.index(predicate.value), value.lexical)
            best[subject.value] = min(best.get(subject.value, found), found)
    return MappingProxyType({iri: name for iri, (_, _, name) in sorted(best.items())})
