"""Questions to begin with."""

from typing import Final, NamedTuple


class Example(NamedTuple):
    """A question in words, and the query that asks it."""

    question: str
    query: str


EXAMPLES: Final = (
    Example(
        "Which films are here, and when were they made?",
        """\
SELECT ?film ?name ?date {
  ?film a schema:Movie ; schema:name ?name .
  OPTIONAL { ?film schema:dateCreated ?date }
}
ORDER BY ?name LIMIT 100""",
    ),
    Example(
        "Who did what?",
        """\
SELECT ?film ?property ?person {
  ?film a schema:Movie ; ?property ?credit .
  { ?credit a schema:Person . BIND(?credit AS ?person) }
  UNION
  { ?credit a schema:Role ; ?property ?person . ?person a schema:Person }
}
ORDER BY ?film ?property LIMIT 100""",
    ),
    Example(
        "Which films were shown at which festivals?",
        """\
SELECT ?film ?festival {
  ?screening schema:workPresented ?film ; schema:superEvent ?festival .
}
ORDER BY ?festival LIMIT 100""",
    ),
    Example(
        "What do the critics say?",
        """\
SELECT ?film ?author ?opinion {
  ?review a schema:Review ; schema:itemReviewed ?film ;
    schema:author ?author ; schema:reviewBody ?opinion .
}
LIMIT 100""",
    ),
    Example(
        "Which record states each of these facts?",
        """\
SELECT ?record ?fact ?value {
  GRAPH ?record { ?film a schema:Movie ; ?fact ?value }
}
LIMIT 100""",
    ),
)
