"""A company is credited on a film before it was founded, or after it was dissolved.

What it does:
    Compares the year of a film with the dates of its production companies.

Why it matters:
    A predecessor or successor was meant, or one of the dates is wrong.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:productionCompany organization:lenfilm ;
    .

    organization:lenfilm
        schema:foundingDate "2009"^^xsd:gYear ;
    .
    ```

Instead:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:productionCompany organization:lenfilm ;
    .

    organization:lenfilm
        schema:foundingDate "1918"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import MADE, agents, called, span_of, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

CODE = "credited-outside-life"
NAME = "Company outside its life"
SEVERITY = Severity.WARNING

_MADE_BY = (IRI(SCHEMA + "productionCompany"), IRI(FLD + "coProductionCompany"))
_FOUNDED = IRI(SCHEMA + "foundingDate")
_DISSOLVED = IRI(SCHEMA + "dissolutionDate")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each company that certainly did not exist when the film was made."""
    for film in things(document, index, "Movie"):
        made = span_of(index, film, *MADE)
        for property_ in _MADE_BY:
            for company, statement in agents(index, film, property_):
                first, last = span_of(index, company, _FOUNDED).start, span_of(index, company, _DISSOLVED).end
                if made.end is not None and first is not None and made.end < first:
                    when = f"was founded in {first}, after this film of {made.end}"
                elif made.start is not None and last is not None and made.start > last:
                    when = f"was dissolved in {last}, before this film of {made.start}"
                else:
                    continue
                if statement.document is document:
                    words = Words(
                        message=f"{called(company, index)} {when}",
                        label="not there at the time",
                        hint="link to the company that came before or after, or correct the dates",
                    )
                    yield told(CODE, SEVERITY, statement, words)
