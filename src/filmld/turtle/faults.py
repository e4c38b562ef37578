"""Where reading fails: what is wrong, said to an archivist, and where reading can go on.

Every sentence of the reader about grammar stands here or in :mod:`filmld.turtle.faults_in_terms`.
A fault is judged from the tokens around it, so that the place shown is the place to mend:
a missing dot is at the end of the line that lacks it, not where the next statement begins.
"""

from filmld.turtle.fault import Fault, Replacement, Resume, Situation
from filmld.turtle.tokens import Kind, Tokens

_NAMES = frozenset({Kind.NAME, Kind.IRI, Kind.BAD_IRI})
_TEXTS = frozenset({Kind.TEXT, Kind.CURLY_TEXT, Kind.OPEN_TEXT, Kind.OPEN_LONG})
_VALUES = _NAMES | _TEXTS | {Kind.BNODE, Kind.NUMBER, Kind.OPEN, Kind.OPEN_LIST}
_SEPARATORS = frozenset({Kind.SEMICOLON, Kind.COMMA, Kind.DOT, Kind.CLOSE, Kind.CLOSE_LIST, Kind.EOF})
_TURTLE_ONLY = "filmld reads Turtle as standardised in 2014 (RDF 1.1), which every tool understands"


def is_unindented(tokens: Tokens, index: int) -> bool:
    """Say whether a token is the very first thing on its line."""
    start = tokens.starts[index]
    return start == 0 or tokens.text[start - 1] in "\r\n"


def begins_statement(tokens: Tokens, index: int) -> bool:
    """Say whether the tokens from ``index`` on read as subject, property, value, or as a declaration."""
    kinds, values = tokens.kinds, tokens.values
    if kinds[index] == Kind.AT:
        return values[index] in {"@prefix", "@base"}
    if kinds[index] == Kind.WORD:
        return values[index].upper() in {"PREFIX", "BASE"}
    if kinds[index] not in _NAMES | {Kind.BNODE}:
        return False
    if kinds[index + 1] == Kind.WORD:
        return values[index + 1] == "a"
    return kinds[index + 1] in _NAMES and kinds[index + 2] in _VALUES | {Kind.WORD}


def after_value(here: Situation) -> Fault:
    """Judge a token that stands where ``;``, ``,``, ``.`` or a closing bracket must follow a value."""
    return _brackets(here) or _inside_text(here) or _forgotten_dot(here) or _foreign(here) or _separator(here)


def property_expected(here: Situation) -> Fault:
    """Judge a token that stands where a property must be named."""
    found = _early_dot(here) or _brackets(here) or _foreign(here)
    if found:
        return found
    if here.kind in _SEPARATORS:
        return Fault(
            "syntax",
            "A property and its value are missing here",
            here.place,
            label="nothing is said",
            hint='write for example: schema:name "…" ;',
            resume=Resume.STOP if here.kind == Kind.EOF else Resume.AFTER_VALUE,
            at=here.at,
        )
    what = (
        "a text" if here.kind in _TEXTS else "a number" if here.kind == Kind.NUMBER else f"‘{here.written}’"
    )
    return Fault(
        "syntax",
        f"A property is expected here, not {what}",
        here.place,
        label="not a property",
        hint="a statement is: the thing described, a property such as schema:name, a value",
    )


def value_expected(here: Situation) -> Fault:
    """Judge a token that stands where a value must be written."""
    found = _early_dot(here) or _forgotten_dot(here)
    if found:
        return found
    if here.kind in _SEPARATORS and not (here.kind == Kind.EOF and here.opener is not None):
        last = here.at - 1
        return Fault(
            "syntax",
            f"‘{here.tokens.values[last]}’ has no value",
            (here.tokens.starts[last], here.tokens.end(last)),
            label="a value must follow",
            hint="write the value, or delete the line if it is not known",
            resume=Resume.STOP if here.kind == Kind.EOF else Resume.AFTER_VALUE,
            at=here.at,
        )
    return _brackets(here) or _foreign(here) or _unexpected(here, "a value is expected here")


def item_expected(here: Situation) -> Fault:
    """Judge a token that cannot be an item of a list."""
    return (
        _brackets(here) or _foreign(here) or _unexpected(here, "an item of the list or ‘)’ is expected here")
    )


def statement_expected(here: Situation) -> Fault:
    """Judge a token that cannot begin a statement."""
    found = _early_dot(here) or _foreign(here) or _brackets(here)
    if found:
        return found
    if here.kind == Kind.DOT:
        return Fault(
            "syntax",
            "This ‘.’ is one too many",
            here.place,
            label="delete it",
            fix=("delete the ‘.’", (Replacement(*here.place, ""),)),
            resume=Resume.STATEMENT,
            at=here.at + 1,
        )
    if here.kind in _TEXTS or here.kind == Kind.NUMBER:
        return Fault(
            "syntax",
            "A statement cannot begin with a text or a number",
            here.place,
            label="whom or what is this about?",
            hint="begin with the thing described, such as film:moloch-1999",
        )
    return _unexpected(here, "a statement is expected here")


def prefix_expected(here: Situation) -> Fault:
    """Say that a declaration names no prefix."""
    tokens, index = here.tokens, here.at + 1
    place = (tokens.starts[index], tokens.end(index))
    if tokens.kinds[index] == Kind.WORD and tokens.kinds[index + 1] == Kind.IRI:
        return Fault(
            "syntax",
            f"The prefix ‘{tokens.values[index]}’ lacks its colon",
            place,
            label="write ‘:’ after it",
            fix=("add the ‘:’", (Replacement(place[1], place[1], ":"),)),
        )
    return Fault(
        "syntax",
        "A prefix such as schema: is expected here",
        place,
        label="not a prefix",
        hint="@prefix schema: <https://schema.org/> .",
    )


def link_expected(here: Situation, index: int) -> Fault:
    """Say that a declaration has no link."""
    return Fault(
        "syntax",
        "A link in angle brackets is expected here",
        (here.tokens.starts[index], here.tokens.end(index)),
        label="not a link",
        hint="@prefix schema: <https://schema.org/> .",
    )


def datatype_expected(here: Situation, mark: int) -> Fault:
    """Say that nothing useful follows ``^^``."""
    return Fault(
        "syntax",
        "After ^^ the kind of value is expected, such as xsd:date",
        (here.tokens.starts[mark], here.tokens.end(mark)),
        label="what kind of value?",
        hint='"2014-08-08"^^xsd:date',
    )


def unclosed(here: Situation, opener: int) -> Fault:
    """Say that a bracket is never closed."""
    mark, closing = ("[", "]") if here.tokens.kinds[opener] == Kind.OPEN else ("(", ")")
    at_end = here.kind == Kind.EOF
    return Fault(
        "syntax",
        f"This ‘{mark}’ is never closed",
        (here.tokens.starts[opener], here.tokens.end(opener)),
        label=f"its ‘{closing}’ is missing",
        related=() if at_end else ((f"‘{closing}’ is missing before this", *here.place),),
        resume=Resume.STOP if at_end else Resume.STATEMENT if here.kind == Kind.DOT else Resume.SKIP,
        at=here.at + (here.kind == Kind.DOT),
    )


def too_deep(here: Situation, limit: int) -> Fault:
    """Say that brackets are nested beyond sense."""
    return Fault(
        "nesting-too-deep",
        f"Brackets are nested more than {limit} deep",
        here.place,
        label="one bracket too many",
        hint="give the inner things identifiers of their own",
        notes=("the rest of the file was not read",),
        resume=Resume.STOP,
    )


def missing_dot(tokens: Tokens, index: int) -> Fault:
    """Say that the statement that ends before ``index`` lacks its dot."""
    place = tokens.end(index - 1)
    return Fault(
        "missing-dot",
        "Missing ‘.’ at the end of this statement",
        (place, place),
        label="add ‘ .’ here",
        fix=("add the ‘.’", (Replacement(place, place, " ."),)),
        resume=Resume.STATEMENT,
        at=index,
    )


def _separator(here: Situation) -> Fault:
    if here.kind == Kind.EOF:
        return missing_dot(here.tokens, here.at)
    is_name = here.kind in _NAMES or (here.kind == Kind.WORD and here.tokens.values[here.at] == "a")
    if here.on_new_line and here.opener is None and begins_statement(here.tokens, here.at):
        return missing_dot(here.tokens, here.at)
    follows = here.tokens.kinds[here.at + 1] if here.kind != Kind.EOF else Kind.EOF
    if is_name and (follows in _VALUES or follows == Kind.WORD):
        return _missing(here, "missing-semicolon", ";", "between two properties", Resume.PROPERTY)
    if here.kind in _VALUES:
        return _missing(here, "syntax", ",", "between two values of the same property", Resume.VALUE)
    return _unexpected(here, "‘;’ or ‘.’ is expected here")


def _missing(here: Situation, code: str, mark: str, where: str, resume: Resume) -> Fault:
    return Fault(
        code,
        f"Missing ‘{mark}’ {where}",
        (here.before, here.before),
        label=f"add ‘ {mark}’ here",
        fix=(f"add the ‘{mark}’", (Replacement(here.before, here.before, f" {mark}"),)),
        resume=resume,
        at=here.at,
    )


def _brackets(here: Situation) -> Fault | None:
    if here.opener is not None and here.kind in {Kind.EOF, Kind.DOT}:
        return unclosed(here, here.opener)
    if here.kind not in {Kind.CLOSE, Kind.CLOSE_LIST}:
        return None
    if here.opener is not None:
        return unclosed(here, here.opener)
    return Fault(
        "syntax",
        f"This ‘{here.written}’ closes nothing",
        here.place,
        label="no bracket is open here",
        fix=(f"delete the ‘{here.written}’", (Replacement(*here.place, ""),)),
        resume=Resume.AFTER_VALUE,
        at=here.at + 1,
    )


def _inside_text(here: Situation) -> Fault | None:
    """A quotation mark inside a text ends the text; what follows then touches it."""
    tokens, last = here.tokens, here.at - 1
    if not here.touches or here.kind in _SEPARATORS:
        return None
    if tokens.kinds[last] == Kind.NUMBER:
        return Fault(
            "syntax",
            "A date or a code with digits needs quotation marks",
            (tokens.starts[last], tokens.end(here.at)),
            label="not a number",
            hint='dates are written year-month-day: "2014-08-08"^^xsd:date',
        )
    if tokens.kinds[last] != Kind.TEXT or here.written in {"@", "^"}:
        return None
    value = tokens.values[last]
    if value[:3] in {'"""', "'''"} and ("\n" in value or "\r" in value):
        return Fault(
            "unclosed-text",
            f"The text that begins here is probably not closed: its {value[:3]} is missing",
            (tokens.starts[last], tokens.starts[last] + 3),
            label="no end before the next text begins",
            related=(("the next quotation marks are here", tokens.end(last) - 3, tokens.end(last)),),
            notes=("the rest of the file was not read",),
            resume=Resume.STOP,
        )
    return Fault(
        "syntax",
        f"A quotation mark inside a text must be written \\{value[0]}",
        (tokens.end(last) - 1, tokens.end(last)),
        label="the text ends here",
        hint='write \\" inside the text, or use “ ” there',
    )


def _forgotten_dot(here: Situation) -> Fault | None:
    """After ``;`` a new statement was begun: its subject was taken for a property."""
    tokens = here.tokens
    for subject in (here.at - 1, here.at - 2):
        if (
            subject > here.start
            and tokens.kinds[subject - 1] == Kind.SEMICOLON
            and here.opener is None
            and is_unindented(tokens, subject)
            and begins_statement(tokens, subject)
        ):
            fault = missing_dot(tokens, subject)
            fault.notes = ("a semicolon says that more follows about the same thing",)
            return fault
    return None


def _early_dot(here: Situation) -> Fault | None:
    """A dot ended the description, yet the next line goes on about the same thing."""
    tokens, dot = here.tokens, here.start - 1
    if dot < 1 or tokens.kinds[dot] != Kind.DOT or is_unindented(tokens, here.start):
        return None
    is_type = here.at == here.start and tokens.values[here.start] == "a"
    is_text = here.at == here.start + 1 and here.kind in _TEXTS | {Kind.NUMBER, Kind.OPEN}
    is_link = here.at == here.start + 2 and here.kind in _SEPARATORS
    if not (is_type or is_text or is_link):
        return None
    place = (tokens.starts[dot], tokens.end(dot))
    return Fault(
        "syntax",
        "This ‘.’ ends the description, but the next line goes on with it",
        place,
        label="‘;’ is meant",
        hint="‘;’ stands between properties, ‘.’ only after the last one",
        fix=("replace the ‘.’ by ‘;’", (Replacement(*place, ";"),)),
        resume=Resume.PROPERTY,
        at=here.start,
    )


def _foreign(here: Situation) -> Fault | None:
    """Things that are written elsewhere: RDF 1.2, N3, TriG, plain words."""
    is_version = here.written.upper() in {"VERSION", "@VERSION"}
    if here.kind == Kind.RDF12 or is_version:
        return Fault(
            "rdf-1-2",
            f"‘{here.written}’ belongs to RDF 1.2, which filmld does not read",
            here.place,
            label="not part of Turtle 1.1",
            hint="describe the statement with a thing of its own, for example a schema:Role",
            notes=(_TURTLE_ONLY,),
        )
    if here.written in {"{", "}", "="}:
        return Fault(
            "syntax",
            f"‘{here.written}’ is not part of Turtle",
            here.place,
            label="not allowed here",
            notes=(_TURTLE_ONLY,),
        )
    return _bare_word(here) if here.kind == Kind.WORD else None


def _bare_word(here: Situation) -> Fault:
    word = here.written
    small = word.lower()
    if small in {"a", "true", "false"} and word != small:
        return Fault(
            "syntax",
            f"‘{word}’ must be written in small letters here",
            here.place,
            label=f"write {small}",
            fix=(f"write {small}", (Replacement(*here.place, small),)),
        )
    return Fault(
        "syntax",
        f"‘{word}’ stands alone, without a prefix and without quotation marks",
        here.place,
        label="neither a name nor a text",
        hint=f'a text is written "{word}", a name has a prefix: schema:{word}',
    )


def _unexpected(here: Situation, expected: str) -> Fault:
    if here.kind == Kind.AT:
        return Fault(
            "syntax",
            f"‘{here.written}’ must follow a text directly, and there is none",
            here.place,
            label=expected,
            hint='a language mark belongs to a text: "Moloch"@en; declarations are @prefix and @base',
        )
    if here.kind == Kind.EOF:
        return Fault(
            "syntax",
            "The file ends in the middle of a statement",
            (here.before, here.before),
            label=expected,
            resume=Resume.STOP,
        )
    return Fault("syntax", f"‘{here.written}’ does not belong here", here.place, label=expected)
