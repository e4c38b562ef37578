"""The page of the endpoint: the same on a static site, where the visitor's own browser answers."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from filmld.archive.config import Config
from filmld.publish.frontend import FOLDER, is_bundled
from filmld.publish.jsontext import Json, for_script
from filmld.publish.pages.asking import Example
from filmld.publish.words import Words
from filmld.vocab import PREFIXES

VOCABULARY: Final = "sparql/vocabulary.json"
NAMES: Final = "sparql/names.json"
"""Where a server tells the things whose names begin so; a site without one has the index of its search."""
PAGES: Final = "sparql/pages.json"
SLIM_DUMP: Final = "sparql/slim.nq.gz"
DERIVED_DUMP: Final = "sparql/derived.nq.gz"
DUMP: Final = "data/all.nq.gz"

_QUESTIONS: Final = (
    (
        "begin_films",
        """\
SELECT ?film ?name ?date {
  ?film a schema:Movie ; schema:name ?name .
  OPTIONAL { ?film schema:dateCreated ?date }
}
ORDER BY ?name LIMIT 100""",
    ),
    (
        "begin_credits",
        """\
SELECT ?film ?property ?person {
  ?film a schema:Movie ; ?property ?credit .
  { ?credit a schema:Person . BIND(?credit AS ?person) }
  UNION
  { ?credit a schema:Role ; ?property ?person . ?person a schema:Person }
}
ORDER BY ?film ?property LIMIT 100""",
    ),
    (
        "begin_festivals",
        """\
SELECT ?film ?festival {
  ?screening schema:workPresented ?film ; schema:superEvent ?festival .
}
ORDER BY ?festival LIMIT 100""",
    ),
    (
        "begin_critics",
        """\
SELECT ?film ?author ?opinion {
  ?review a schema:Review ; schema:itemReviewed ?film ;
    schema:author ?author ; schema:reviewBody ?opinion .
}
LIMIT 100""",
    ),
    (
        "begin_records",
        """\
SELECT ?record ?fact ?value {
  GRAPH ?record { ?film a schema:Movie ; ?fact ?value }
}
LIMIT 100""",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a page that asks stands, for its script.

    Attributes:
        config: What the archive says of itself.
        root: The way from the page to the top of the site.
        endpoint: The way to the endpoint; ``None`` where there is none.
        words: The language of the page.
        folder: The way from the page to the top of the pages in its language.
        slim: What the data lack that a browser loads here, in words, where they are not all.
    """

    config: Config
    root: str
    endpoint: str | None
    words: Words
    folder: str
    slim: str | None = None

    @property
    def page(self) -> str:
        """The way to the page that asks in SPARQL, in the same language."""
        return self.folder + ("sparql" if self.endpoint else "sparql/index.html")

    @property
    def dumps(self) -> tuple[str, ...]:
        """The data that a browser loads, where it answers itself."""
        if self.endpoint:
            return ()
        return tuple(self.root + path for path in ((SLIM_DUMP,) if self.slim else (DUMP, DERIVED_DUMP)))

    @property
    def script(self) -> str | None:
        """The folder of the scripts, where there are any."""
        return f"{self.root}{FOLDER}/" if is_bundled() else None

    @property
    def missing(self) -> str | None:
        """What to say where there is none."""
        return None if is_bundled() else self.words.asking["no_bundle"]

    def as_json(self, **more: Json) -> str:
        """What the script has to know, safe inside a page."""
        limits = self.config.limits
        languages: list[Json] = list(self.config.languages)
        return for_script(
            {
                "endpoint": self.endpoint,
                "dumps": list[Json](self.dumps),
                "slim": self.slim,
                "language": self.words.language,
                "words": {**self.words.script, **self._counted()},
                "kinds": {kind: label.one for kind, label in self.words.kinds.items()},
                "vocabulary": self.root + VOCABULARY,
                "root": self.root,
                "suffix": "" if self.endpoint else ".html",
                "base": self.config.base,
                "languages": languages,
                "prefixes": dict(PREFIXES),
                "chart": None,
                "limits": {"seconds": limits.query_seconds, "characters": limits.query_characters},
                **more,
            }
        )

    def _counted(self) -> dict[str, Json]:
        label = self.words.labels["row"]
        texts = (
            "rows_label",
            "pages_label",
            "query_field",
            "yes",
            "no",
            "answer",
            "no_answer",
            "graph_label",
            "language",
            "cut",
        )
        return {"row": label.one, "rows": label.many, **{name: self.words.asking[name] for name in texts}}


def examples(address: str, words: Words) -> tuple[Example, ...]:
    """Questions to begin with, each with the address that asks it."""
    return tuple(
        Example(question=words.asking[question], query=query, href=f"{address}?query={quote(query)}")
        for question, query in _QUESTIONS
    )
