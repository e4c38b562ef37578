import contextlib
import time

import pytest

from filmld.query.errors import (
    QueryEmptyError,
    QueryNotUnicodeError,
    QueryRefusedError,
    QueryTooLongError,
    ServiceRefusedError,
    TooDeepError,
    TooManyOperatorsError,
    UpdateRefusedError,
)
from filmld.query.guard import Passed, check, undeclared_prefix


def strict(text: str) -> Passed:
    return check(text, max_characters=65536, offline=False)


def offline(text: str) -> Passed:
    return check(text, max_characters=65536, offline=True)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?a ?b ?c } }",
        "SELECT * { SERVICE SILENT <http://x/> { ?a ?b ?c } }",
        "select * { service<http://x/>{ ?a ?b ?c } }",
        "SELECT * { SeRvIcE/**/<http://x/> {} }",
        "SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <http://x/> {} } }",
        "SELECT * { { SELECT * { SERVICE <http://x/> {} } } }",
        "SELECT * { GRAPH ?g { SERVICE ?g { ?a ?b ?c } } }",
        "SELECT * { ?a ?b 1SERVICE <http://x/> {} }",
        "SELECT * { ?a ?b true.SERVICE<http://x/>{} }",
        'SELECT * { ?a ?b "q"SERVICE <http://x/> {} }',
        'SELECT * { ?a ?b "q"@en.SERVICE <http://x/> {} }',
        "SELECT * { ?a ?b <x:>SERVICE <http://x/> {} }",
        "SELECT * { ?a ?b ?c # comment\n SERVICE <http://x/> {} }",
        'SELECT * { ?a ?b "\\\\" SERVICE <http://x/> {} }',
        "SELECT * { FILTER(?a<?b)SERVICE<http://x/>{}FILTER(?a>?b) }",
    ],
)
def test_service_is_refused_however_it_is_written(text: str) -> None:
    for guard in (strict, offline):
        with pytest.raises(ServiceRefusedError):
            guard(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX a: <a:> SELECT * { SERVICEa:b{?x ?y ?z} }",
        "PREFIX a: <a:> SELECT * { ?a ?b a:.SERVICE<http://x/>{} }",
        "PREFIX a: <a:> SELECT * { ?s ?p ?z FILTER(?z<a:x#>'''\n) SERVICE<http://x/>{} #'''\n }",
        "SELECT * { ?s ?p ?z FILTER(?z<1)SERVICE?g#>\n{?a ?b ?c} }",
        "PREFIX a: <a:> SELECT * { ?s a:b\\'''. SERVICE<http://x/>{} #'''\n }",
        "PREFIX a: <a:> SELECT * { <<?s?p?z#>>'''\n>> ?x ?y . SERVICE<http://x/>{} #'''\n }",
        "PREFIX a: <a:> SELECT * { VALUES(?a ?b){(<x:a> <y:b#c>)} SERVICE<http://x/>{} }",
    ],
)
def test_what_can_be_read_in_two_ways_hides_no_service(text: str) -> None:
    with pytest.raises(ServiceRefusedError):
        strict(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE <u>" AS ?x) {}',
        "SELECT ('''SERVICE ' <u>''' AS ?x) {}",
        "SELECT * { ?service ?b $SERVICE }",
        "SELECT * { #SERVICE\n ?a ?b ?c }",
        "SELECT * { ?a <http://x/SERVICE#service> ?c }",
        'SELECT * { ?a ?b "it\\"s a service" }',
        "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) } }",
        "SELECT * { FILTER(?a < 3 && ?b > 4) }",
    ],
)
def test_the_word_service_where_it_is_no_keyword_passes(text: str) -> None:
    assert strict(text).text == text


def test_names_that_hold_the_word_pass_only_where_the_system_refuses_the_network() -> None:
    text = "SELECT * { ?a schema:serviceType ?b }"

    assert offline(text).text == text
    with pytest.raises(ServiceRefusedError):
        strict(text)


def test_the_place_of_service_is_told() -> None:
    with pytest.raises(ServiceRefusedError) as caught:
        strict("SELECT * {\n  SERVICE <http://x/> {}\n}")

    assert caught.value.message.startswith("line 2, column 3: SERVICE is not allowed")


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("INSERT DATA { <a:b> <a:c> 1 }", "INSERT"),
        ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("LOAD <http://x/>", "LOAD"),
        ("# SELECT\nDROP ALL", "DROP"),
        ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
    ],
)
def test_an_update_is_refused_by_its_keyword(text: str, keyword: str) -> None:
    with pytest.raises(UpdateRefusedError) as caught:
        strict(text)

    assert caught.value.message == f"{keyword} is an update; only queries are answered"


@pytest.mark.parametrize(
    "text", ["SELECT ?load { ?load ?p <http://x/insert> }", "SELECT * { ?a schema:add 1 }"]
)
def test_names_like_updates_pass(text: str) -> None:
    assert strict(text).text == text


@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("(", ")"), ("[", "]")])
def test_brackets_nest_to_500_and_no_deeper(opening: str, closing: str) -> None:
    strict("SELECT " + opening * 500 + closing * 500)
    with pytest.raises(TooDeepError):
        strict("SELECT " + opening * 501 + closing * 501)


@pytest.mark.parametrize("operator", ["!", "1+", "true||", "a:b|", "a:b/", "^", "- "])
def test_a_chain_of_more_than_5000_operators_is_refused(operator: str) -> None:
    with pytest.raises(TooManyOperatorsError):
        strict("SELECT * {" + operator * 5001 + "}")


def test_hyphens_in_names_are_no_operators() -> None:
    strict("SELECT * { VALUES ?f {" + " film:the-voice-of-sokurov-2014" * 1500 + "} }")


@pytest.mark.parametrize("text", ["", " \n\t", "# nothing but a comment", "# one\n# two\n"])
def test_an_empty_query_is_refused(text: str) -> None:
    with pytest.raises(QueryEmptyError):
        strict(text)


def test_a_query_may_have_65536_characters() -> None:
    text = "ASK {}".ljust(65536)

    strict(text)
    with pytest.raises(QueryTooLongError) as caught:
        strict(text + " ")
    assert caught.value.message == "the query has 65,537 characters; at most 65,536 are accepted"


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(QueryNotUnicodeError):
        strict("SELECT * { ?a ?b '\ud800' }")


@pytest.mark.parametrize(
    ("text", "names_dataset"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * FROM <a:g> { ?s ?p ?o }", True),
        ("select * from named <a:g> { graph ?g { ?s ?p ?o } }", True),
        ("SELECT * { ?from ?p 'FROM' }", False),
        ("SELECT * { ?s schema:from <http://x/from> }", False),
    ],
)
def test_a_dataset_clause_is_noticed(text: str, *, names_dataset: bool) -> None:
    assert offline(text).names_dataset is names_dataset


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * { ?s foo:x ?y }", ("foo", 1, 15)),
        ("PREFIX foo: <f:>\nSELECT * { ?s foo:x bar:y }", ("bar", 2, 21)),
        ("SELECT * { ?s schema:name _:b }", None),
        ("SELECT * { ?s :x 1 }", ("", 1, 15)),
    ],
)
def test_the_first_undeclared_prefix_is_found(text: str, found: tuple[str, int, int] | None) -> None:
    assert undeclared_prefix(text, {"schema"}) == found


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("' + "\\" * 60000,
        "SELECT '''" + "'' " * 20000,
        '"""' * 20000,
        "<" * 60000,
        "a." * 30000,
        "<a" * 30000,
        '"\\' * 30000,
        "a:" * 30000,
        "?" * 60000,
    ],
)
def test_hostile_texts_are_looked_at_in_linear_time(text: str) -> None:
    started = time.process_time()

    with contextlib.suppress(QueryRefusedError):
        strict(text)

    assert time.process_time() - started < 1
