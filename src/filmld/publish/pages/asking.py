"""The view models of the pages that ask: the page of the endpoint, and a page for each question."""

from dataclasses import dataclass

from filmld.publish.pages.model import Item, Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A term as it is shown in a table.

    Attributes:
        text: What is read.
        href: Where it leads.
        language: The language of the text.
        numeric: Whether it is a number, to be lined up with others.
    """

    text: str
    href: str | None = None
    language: str | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table; ``cut`` if the answer has more rows than these."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it is shown: a table, a word or a graph.

    Attributes:
        table: The answer to SELECT.
        boolean: The answer to ASK.
        graph: The answer to CONSTRUCT or DESCRIBE, in Turtle; cut if the table is.
        said: How much of an answer this is, in words.
        remark: What else is to be known of it.
        total: How many rows the whole answer has, where that is known.
        downloads: The forms in which the whole answer can be had.
        data: The answer for scripts, safe inside a page.
    """

    table: Rows | None = None
    boolean: bool | None = None
    graph: str | None = None
    cut: bool = False
    said: str = ""
    remark: str | None = None
    total: int | None = None
    downloads: tuple[Item, ...] = ()
    data: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why there is no answer, and what to do about it."""

    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question in words, and the query that asks it."""

    question: str
    query: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlPage:
    """The page of the endpoint, or of SPARQL without a server.

    Attributes:
        shell: What every page has.
        action: Where the form sends the query; ``None`` where there is no server.
        query: The query, as it was sent.
        answer: What came of it.
        refused: Why nothing came of it.
        examples: Questions to begin with.
        limits: What a query may cost, in words.
        prefixes: Prefixes that need no declaration, with what they stand for.
        gallery: Where more questions are.
        dump: Where all the data is, for those who cannot ask here.
        script: The address of the script, where there is one.
        settings: What the script has to know, safe inside a page.
        missing: What is missing, in words.
    """

    shell: Shell
    action: str | None
    query: str = ""
    answer: Answer | None = None
    refused: Refused | None = None
    examples: tuple[Example, ...] = ()
    limits: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    gallery: str | None = None
    dump: str | None = None
    script: str | None = None
    settings: str = "{}"
    missing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter of a question, as a field of a form."""

    name: str
    label: str
    value: str
    is_number: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart: its name, its number in words, where it begins and how long it is, in per cent."""

    name: str
    value: str
    width: float
    start: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """A chart of bars that needs no script; ``cut`` if the answer gives more bars than these."""

    title: str
    bars: tuple[Bar, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A question of the gallery, with its answer.

    Attributes:
        shell: What every page has.
        heading: What is asked.
        text: What the answer holds.
        action: Where the form sends the parameters; ``None`` where there is no server.
        fields: The parameters.
        answer: The answer.
        refused: Why there is none.
        chart: The answer as bars.
        pager: The ways to the rows before and after these, as far as there are any.
        query: The query.
        edit: Where the query can be changed.
        permalink: The lasting address of this question with these parameters.
        script: The address of the script, where there is one.
        settings: What the script has to know, safe inside a page.
        missing: What is missing, in words.
    """

    shell: Shell
    heading: str
    text: str
    action: str | None
    fields: tuple[Field, ...] = ()
    answer: Answer | None = None
    refused: Refused | None = None
    chart: BarChart | None = None
    pager: tuple[Item, ...] = ()
    query: str = ""
    edit: str = ""
    permalink: str = ""
    script: str | None = None
    settings: str = "{}"
    missing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    """All questions of the gallery."""

    shell: Shell
    entries: tuple[Item, ...]
    sparql: str
