"""Where the recommendations and pySHACL part: the list in docs/shapes.md, row by row."""

import warnings
from enum import StrEnum
from typing import NamedTuple

import pytest

from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.manner import Recommended
from filmld.check.shapes.reference import Shapes
from filmld.check.shapes.reference_manner import Reference
from filmld.errors import ShapesError
from filmld.turtle.bulk import parse
from filmld.turtle.terms import Triple

PREFIXES = """
@prefix ex: <https://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class Answer(StrEnum):
    """What an engine makes of a value."""

    GOOD = "conforms"
    BAD = "does not"
    NONE = "no answer: the run is given up"


GOOD, BAD, NONE = Answer


class Row(NamedTuple):
    """A value of ``ex:p``, perhaps of ``ex:q``, what a shape asks of it, and the two answers."""

    data: str
    asked: str
    recommended: Answer
    by_pyshacl: Answer


ROWS = {
    "digits in groups are no integer": Row('ex:p "1_000"^^xsd:integer', "sh:datatype xsd:integer", BAD, GOOD),
    "blanks are no part of an integer": Row('ex:p " 1"^^xsd:integer', "sh:datatype xsd:integer", BAD, GOOD),
    "a decimal has no exponent": Row('ex:p "1e5"^^xsd:decimal', "sh:datatype xsd:decimal", BAD, GOOD),
    "INF is the only word for infinity": Row(
        'ex:p "infinity"^^xsd:double', "sh:datatype xsd:double", BAD, GOOD
    ),
    "a year can be before Christ": Row('ex:p "-0044-03-15"^^xsd:date', "sh:datatype xsd:date", GOOD, BAD),
    "a year can have five digits": Row('ex:p "12014-01-01"^^xsd:date', "sh:datatype xsd:date", GOOD, BAD),
    "a day ends at 24:00:00": Row('ex:p "24:00:00"^^xsd:time', "sh:datatype xsd:time", GOOD, BAD),
    "a date has no weeks": Row('ex:p "2014-W01-1"^^xsd:date', "sh:datatype xsd:date", BAD, GOOD),
    "base64 has no exclamation marks": Row(
        'ex:p "YQ==!"^^xsd:base64Binary', "sh:datatype xsd:base64Binary", BAD, GOOD
    ),
    "a duration of weeks is none": Row('ex:p "P1W"^^xsd:duration', "sh:datatype xsd:duration", BAD, GOOD),
    "NaN is not less than a number": Row('ex:p "NaN"^^xsd:double', "sh:maxInclusive 5", BAD, GOOD),
    "NaN as a decimal does not stop the run": Row('ex:p "NaN"^^xsd:decimal', "sh:maxInclusive 5", BAD, NONE),
    "a tenth is a tenth": Row("ex:p 0.1", "sh:minInclusive 0.1e0", GOOD, BAD),
    "a duration is not less than a number": Row('ex:p "PT5M"^^xsd:duration', "sh:maxInclusive 5", BAD, GOOD),
    "a date is not less than a year": Row(
        'ex:p "2014-01-01"^^xsd:date ; ex:q "2013"^^xsd:gYear', "sh:lessThan ex:q", BAD, GOOD
    ),
    "a bad number is not more than a number": Row('ex:p "x"^^xsd:integer', "sh:minInclusive 1.0", BAD, GOOD),
    "texts of two languages have no order": Row('ex:p "b"@fi', 'sh:minInclusive "a"@en', BAD, GOOD),
    "a time without zone is before one with, 14 hours apart": Row(
        'ex:p "2014-01-01T00:00:00"^^xsd:dateTime',
        'sh:maxInclusive "2015-01-01T00:00:00Z"^^xsd:dateTime',
        GOOD,
        BAD,
    ),
    "but not within 14 hours": Row(
        'ex:p "2014-01-01T10:00:00"^^xsd:dateTime ; ex:q "2014-01-01T10:00:00Z"^^xsd:dateTime',
        "sh:lessThan ex:q",
        BAD,
        GOOD,
    ),
    "a date begins with its zone": Row(
        'ex:p "2014-01-01+14:00"^^xsd:date', 'sh:maxExclusive "2014-01-01Z"^^xsd:date', GOOD, BAD
    ),
    "a blank node is not less than anything": Row("ex:p [] ; ex:q 1", "sh:lessThan ex:q", BAD, NONE),
    "unknown datatypes do not stop the run": Row(
        'ex:p "193X"^^ex:edtf ; ex:q "1926"^^ex:edtf', "sh:lessThanOrEquals ex:q", BAD, NONE
    ),
    "a language range has subtags": Row('ex:p "a"@de-Latn-DE', 'sh:languageIn ( "de-Latn" )', GOOD, BAD),
    "a dot can match a line feed": Row('ex:p "a\\nb"', 'sh:pattern "a.b" ; sh:flags "s"', GOOD, BAD),
    "a pattern can be spaced out": Row('ex:p "ab"', 'sh:pattern "a b" ; sh:flags "x"', GOOD, BAD),
    "a pattern can be a text": Row('ex:p "a.b"', 'sh:pattern "a.b$" ; sh:flags "q"', BAD, GOOD),
}


def turtle(text: str, scope: str) -> list[Triple]:
    return parse((PREFIXES + text).encode(), scope=scope)


def answers(row: Row) -> tuple[Answer, Answer, Answer]:
    """As recommended; in the manner of pySHACL; by pySHACL."""
    data = turtle(f"ex:x {row.data} .", "d")
    shapes = turtle(f"ex:s sh:targetNode ex:x ; sh:property [ sh:path ex:p ; {row.asked} ] .", "s")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what rdflib reads into odd literals
        compiled = [
            BAD if Compiled(shapes, manner=manner).judge_all(Whole(data)) else GOOD
            for manner in (Recommended(), Reference())
        ]
        try:
            by_pyshacl = BAD if Shapes(shapes).judge(data) else GOOD
        except ShapesError:
            by_pyshacl = NONE
    return compiled[0], compiled[1], by_pyshacl


@pytest.mark.parametrize("name", ROWS)
def test_the_recommendations_and_pyshacl_part(name: str) -> None:
    recommended, in_its_manner, by_pyshacl = answers(ROWS[name])
    assert (recommended, by_pyshacl) == (ROWS[name].recommended, ROWS[name].by_pyshacl)
    assert by_pyshacl in {in_its_manner, NONE}


def test_the_inverse_of_a_sequence_begins_at_its_end() -> None:
    data = turtle("ex:a ex:p ex:b . ex:b ex:q ex:x .", "d")
    asked = "sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:hasValue ex:a"
    shapes = turtle(f"ex:s sh:targetNode ex:x ; sh:property [ {asked} ] .", "s")
    by_pyshacl = Shapes(shapes).judge(data)
    assert by_pyshacl
    assert Compiled(shapes, manner=Reference()).judge_all(Whole(data)) == by_pyshacl
    assert Compiled(shapes).judge_all(Whole(data)) == []


def test_a_token_is_judged_and_shown_as_written() -> None:
    data = turtle('ex:x ex:p "a\\tb"^^xsd:token .', "d")
    shapes = turtle("ex:s sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:minLength 9 ] .", "s")
    (result,) = Compiled(shapes).judge_all(Whole(data))
    (by_pyshacl,) = Shapes(shapes).judge(data)
    assert (str(result.value)[:6], str(by_pyshacl.value)[:5]) == ('"a\\tb"', '"a b"')
