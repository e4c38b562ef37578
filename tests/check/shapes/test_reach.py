"""How far queries inside shapes look."""

import pytest
from rdflib.plugins.sparql import prepareQuery

from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.reach import steps
from filmld.turtle.bulk import parse

PREFIX = "PREFIX ex: <https://e/> "


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("FILTER(isBlank($this))", 0),
        ("$this ex:p ?value", 1),
        ("?film ?path $this FILTER NOT EXISTS { $this ?path ?agent }", 1),
        ("$this ex:p ?one FILTER EXISTS { ?one ex:q ?two ; ex:r ?three . ?three ex:p ?four }", 3),
        ("$this ex:p ?one OPTIONAL { ?one ex:q ?two }", 2),
        ("$this ex:p ?one . ?other ex:p ?one FILTER(?other != $this)", 2),
        ("{ $this ex:p ?a } UNION { ?b ex:q $this . ?b ex:r ?c . ?c ex:r ?d }", 3),
        ("$this ex:p/ex:q ?value", None),
        ("$this ex:p* ?value", None),
        ("?other ex:p ?value", None),
        ("$this ex:p ?one . ?other ex:q ?two FILTER(?one = ?two)", None),
        ("$this ex:p ?value . ex:limits ex:most ?most", None),
    ],
)
def test_a_query_looks_as_far_as_its_patterns_lead(pattern: str, expected: int | None) -> None:
    assert steps(prepareQuery(f"{PREFIX} SELECT $this WHERE {{ {pattern} }}")) == expected


def test_what_is_around_a_node_goes_both_ways() -> None:
    data = parse(
        b"@prefix ex: <https://e/> . ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:d . ex:x ex:p ex:y ."
    )
    (first, second, third, _) = data
    whole = Whole(data)
    assert set(whole.around(second.subject, 1)) == {first, second}
    assert set(whole.around(first.subject, 3)) == {first, second, third}
    assert set(whole.around(first.subject, None)) == set(data)
