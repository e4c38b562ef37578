"""``filmld query``: ask the records."""

from pathlib import Path

import click

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld", "rdfxml")
LIST = "list"


@click.command(
    "query",
    epilog='Example: filmld query "SELECT ?name { ?film a schema:Movie ; schema:name ?name }"',
)
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Read the query from a file.",
)
@click.option(
    "--name",
    metavar="QUESTION",
    help="Ask a question of the gallery, by its number or name; `list` names them all.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a parameter of the question another value; may be given again.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="How to write the answer; a table for SELECT and ASK, Turtle for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Ask this file (Turtle, N-Triples, N-Quads, TriG) and no archive; may be given again.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="Ask this SPARQL 1.1 endpoint over the network, and no archive.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="End the query after so long; otherwise after query_seconds of the archive's [limits], "
    "or a minute of another endpoint.",
)
@click.pass_obj
def command(
    root: Path | None,
    *,
    query: str | None,
    file: Path | None,
    name: str | None,
    settings: tuple[str, ...],
    format_name: str | None,
    data: tuple[Path, ...],
    endpoint: str | None,
    timeout: float | None,
) -> None:
    """Ask the records in SPARQL: QUERY is the text of a query, or - to read it from standard input.

    The default graph is all records together; GRAPH ?record { … } tells which record states
    a fact. The prefixes fld, rdf, rdfs, role, schema, sh, skos and xsd need no declaration.
    """
    from filmld.cli import asking

    if sum(given is not None for given in (query, file, name)) != 1:
        message = "give one query: as an argument (- for standard input), with -f FILE, or with --name"
        raise click.UsageError(message)
    if settings and name is None:
        message = "--set is for the questions that --name asks"
        raise click.UsageError(message)
    if endpoint and data:
        message = "--endpoint and --data exclude each other"
        raise click.UsageError(message)
    if name == LIST:
        asking.list_questions(root)
        return
    if name is not None:
        query = asking.question_text(root, name, dict(map(_setting, settings)))
    elif file or query == "-":
        with file.open("rb") if file else click.open_file("-", "rb") as stream:
            query = asking.read_text(stream)
    if endpoint:
        asking.ask_elsewhere(endpoint, query or "", format_name=format_name, seconds=timeout)
        return
    asking.ask(root, query or "", format_name=format_name, data=data, seconds=timeout)


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        message = f"‘{text}’ is not of the form NAME=VALUE"
        raise click.UsageError(message)
    return name, value
