import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.publish.jsontext import Json, for_script, pretty, script_element

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=8,
)


@settings(deadline=None)  # the machine may be busy
@given(VALUES)
def test_a_block_reads_back_and_holds_nothing_that_html_could_take_for_markup(value: Json) -> None:
    block = for_script(value)
    assert json.loads(block) == value
    assert not set(block) & set("<>&\u2028\u2029")


@pytest.mark.parametrize(
    "title",
    [
        "</script><img src=x onerror=alert(1)>",
        "<!-- <script>",
        "a\u2028b\u2029c",
        "]]>",
        "&lt;/script&gt;",
        "</3",
    ],
)
def test_a_title_cannot_end_the_script_element(title: str) -> None:
    element = script_element({"name": title})
    assert element.lower().count("</script") == 1
    assert element.count("<") == 2
    assert json.loads(element.partition(">")[2].rpartition("<")[0]) == {"name": title}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "\ud800", {"\udfff": 1}])
def test_what_no_json_may_hold_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogate"):
        pretty(value)
    with pytest.raises(ValueError, match=r"JSON|surrogate"):
        script_element(value)


def test_the_etag_changes_with_the_content_only() -> None:
    first, again, other = (script_element({"name": name}).split("\n")[0] for name in ("a", "a", "b"))
    assert first == again != other


@pytest.mark.parametrize("text", ["{{ x }}", "{% raw %}", "{# note #}", "{{{x}}}", "{%{{"])
def test_no_template_of_a_site_generator_finds_a_command_in_it(text: str) -> None:
    written = for_script({text: [text, {}, {"a": {}}]})
    assert not re.search(r"\{[{%#]", written)
    assert json.loads(written) == {text: [text, {}, {"a": {}}]}


@settings(deadline=None)  # the machine may be busy
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    )
)
def test_pretty_text_is_that_of_the_standard_library(value: Json) -> None:
    assert pretty(value) == json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
