"""Turtle made up by Hypothesis: every construct of the grammar, in odd layouts."""

from hypothesis import strategies as st

NASTY = ":a .;,[]()\"'<>@^_#\\\n\r\tunxé1-+eE{}|~%“”\u00a0\u200b🎬"
"""Characters that make up broken Turtle."""

_LOCAL = st.sampled_from(["a", "b", "c-d", "e.f", "g%20h", "i\\,j", "é", "film", "1999", "x:y", "_z", ""])
_NAMES = st.builds(lambda prefix, local: f"{prefix}:{local}", st.sampled_from(["", "s", "p.q"]), _LOCAL)
_LINKS = st.sampled_from(
    ["<>", "<#cast-1>", "<../person/x>", "<https://é.example/a?b#c>", r"<urn:\u0061>", "<//h/x>"]
)
_BLANK = st.sampled_from(["_:x", "_:b1", "_:a.b", "[]"])
_NUMBERS = st.sampled_from(["1", "-05", "+1.50", ".5", "1e3", "1.E-3", "true", "false"])
_TEXT = st.text(st.sampled_from("ab é\u00a0\u200d🎬'#.;,[]"), max_size=8)
_TEXTS = st.one_of(
    _TEXT.map(lambda text: f'"{text}"'),
    _TEXT.map(lambda text: "'{}'".format(text.replace("'", "\\'"))),
    _TEXT.map(lambda text: f'"""{text}\n"{text}\\t\\u00E9\n"""'),
    _TEXT.map(lambda text: "'''{}\n'''".format(text.replace("'", '"'))),
)
_LITERALS = st.one_of(
    _NUMBERS,
    _TEXTS,
    st.builds(
        lambda text, mark: text + mark, _TEXTS, st.sampled_from(["@en", "@en-gb", "^^s:date", "^^<urn:t>"])
    ),
)
_GAP = st.sampled_from(
    [" ", " ", " ", "\n", "\n    ", "\n\n\n", "\t", " # note\n", "\n# own . line\n", "  # a ; b\n  # c\n"]
)


@st.composite
def _objects(draw: st.DrawFn, depth: int) -> str:
    value = draw(_value(depth))
    more = draw(st.lists(_value(depth), max_size=2))
    return value + "".join(f"{draw(_GAP)},{draw(_GAP)}{other}" for other in more)


@st.composite
def _properties(draw: st.DrawFn, depth: int) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        verb = draw(st.one_of(st.just("a"), _NAMES, _LINKS))
        parts.append(f"{verb}{draw(_GAP)}{draw(_objects(depth))}")
    end = draw(st.sampled_from(["", " ;", " ; ;"]))
    text = parts[0]
    for part in parts[1:]:
        text += f"{draw(_GAP)};{draw(st.sampled_from(['', ';']))}{draw(_GAP)}{part}"
    return text + end


@st.composite
def _bracket(draw: st.DrawFn, depth: int) -> str:
    return f"[{draw(_GAP)}{draw(_properties(depth - 1))}{draw(_GAP)}]"


@st.composite
def _list(draw: st.DrawFn, depth: int) -> str:
    items = draw(st.lists(_value(depth - 1), max_size=3))
    return "(" + "".join(f"{draw(_GAP)}{item}" for item in items) + draw(_GAP) + ")"


def _value(depth: int) -> st.SearchStrategy[str]:
    simple = st.one_of(_NAMES, _LINKS, _BLANK, _LITERALS)
    if depth <= 0:
        return simple
    return st.one_of(simple, simple, st.deferred(lambda: _bracket(depth)), st.deferred(lambda: _list(depth)))


@st.composite
def _statement(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 5)) == 0:
        return f"{draw(_bracket(2))}{draw(_GAP)}."
    subject = draw(st.one_of(_NAMES, _LINKS, _BLANK, _list(1), _bracket(1)))
    return f"{subject}{draw(_GAP)}{draw(_properties(2))}{draw(_GAP)}."


@st.composite
def turtle(draw: st.DrawFn) -> str:
    """A sound text: declarations in both styles, then statements; blanks and comments anywhere."""
    text = f"@prefix : <urn:d:> .{draw(_GAP)}PREFIX s: <https://schema.org/>{draw(_GAP)}@prefix p.q: <#> .\n"
    for _ in range(draw(st.integers(0, 4))):
        text += draw(_statement()) + draw(_GAP)
    return text
