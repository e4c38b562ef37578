"""What is wrong inside one name, link or text. The reader goes on after each of these."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from filmld.patterns import regex
from filmld.turtle.escapes import EscapeError
from filmld.turtle.fault import Fault, Replacement, Resume
from filmld.turtle.oddities import LANGUAGE_MARK
from filmld.turtle.tokens import UNSEEN_IN_NAMES, Tokens
from filmld.vocab import PREFIXES

_STANDARD = dict(PREFIXES) | {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "wd": "http://www.wikidata.org/entity/",
}
_UNSEEN = regex(f"[{UNSEEN_IN_NAMES}]")
_CURLY = regex("[“”„‟«»]")
_MANY_PREFIXES = 1000
_SPELLED_ALIKE = 0.75


def name_of(character: str) -> str:
    """Name a character that people cannot see, as in ``U+200B (zero-width space)``."""
    known = {
        "\u00a0": "no-break space",
        "\u00ad": "soft hyphen",
        "\u200b": "zero-width space",
        "\u200c": "zero-width non-joiner",
        "\u200d": "zero-width joiner",
        "\u2060": "word joiner",
        "\ufeff": "byte order mark",
        "\u202f": "narrow no-break space",
        "\u3000": "ideographic space",
        "\x00": "NUL",
    }
    name = known.get(character)
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"


def unknown_prefix(
    prefix: str, uses: Sequence[int], tokens: Tokens, declared: Collection[str], later: int | None
) -> Fault:
    """Say that a prefix is not declared: once a file, however often it is used.

    Args:
        prefix: Without its colon.
        uses: The tokens that use it.
        tokens: All tokens.
        declared: The prefixes that the file does declare.
        later: The offset of a declaration further down.
    """
    start = tokens.starts[uses[0]]
    place = (start, start + len(prefix) + 1)
    notes = (f"it is used in {len(uses)} places",) if len(uses) > 1 else ()
    message = f"The prefix ‘{prefix}:’ is not declared in this file"
    if later is not None:
        return Fault(
            "unknown-prefix",
            f"The prefix ‘{prefix}:’ is used before it is declared",
            place,
            hint="move its @prefix line to the top",
            notes=notes,
            related=((f"‘{prefix}:’ is declared here", later, later + len("@prefix")),),
        )
    near = get_close_matches(prefix, declared if len(declared) <= _MANY_PREFIXES else (), 1, _SPELLED_ALIKE)
    if near:
        edits = tuple(
            Replacement(tokens.starts[use], tokens.starts[use] + len(prefix), near[0]) for use in uses
        )
        return Fault(
            "unknown-prefix",
            message,
            place,
            hint=f"did you mean ‘{near[0]}:’? It is declared at the top of this file",
            notes=notes,
            fix=(f"write ‘{near[0]}:’", edits),
        )
    if prefix in _STANDARD:
        line = f"@prefix {prefix}: <{_STANDARD[prefix]}> ."
        return Fault(
            "unknown-prefix",
            message,
            place,
            hint=f"add this line at the top: {line}",
            notes=notes,
            fix=(f"declare ‘{prefix}:’", (Replacement(0, 0, line + "\n"),)),
        )
    hint = None
    if prefix in {"http", "https", "mailto", "urn"}:
        hint = f"a link is written in angle brackets: <{prefix}:…>"
    return Fault("unknown-prefix", message, place, hint=hint, notes=notes)


def unseen_in_name(tokens: Tokens, index: int) -> Fault | None:
    """Say that a name holds a character that nobody sees."""
    match = _UNSEEN.search(tokens.values[index])
    if not match:
        return None
    start = tokens.starts[index]
    return Fault(
        "invisible-in-name",
        f"This name contains the invisible character {name_of(match[0])}",
        (start, tokens.end(index)),
        label=f"it stands after ‘{tokens.values[index][: match.start()]}’",
        hint="type the name again; such characters come along when text is copied from web pages",
        fix=("delete the invisible characters", _deletions(tokens, index)),
    )


def _deletions(tokens: Tokens, index: int) -> tuple[Replacement, ...]:
    start = tokens.starts[index]
    return tuple(
        Replacement(start + match.start(), start + match.end(), "")
        for match in _UNSEEN.finditer(tokens.values[index])
    )


def invisible_between(start: int, run: str) -> Fault:
    """Say that something that is no blank stands where a blank belongs."""
    return Fault(
        "odd-space",
        f"The invisible character {name_of(run[0])} stands here instead of a space",
        (start, start + len(run)),
        label="type a space",
        hint="such characters come along when text is copied from web pages or word processors",
        fix=("replace it by a space", (Replacement(start, start + len(run), " "),)),
    )


def relative(start: int, written: str) -> Fault:
    """Say that a link lacks its beginning."""
    return Fault(
        "relative-iri",
        f"The link {written} has no beginning, and the file does not say where it starts from",
        (start, start + len(written)),
        label="not a whole link",
        hint="write the whole link, from https:// on",
    )


def bad_iri(start: int, written: str, why: str, culprit: str) -> Fault:
    """Say that a link is broken.

    Args:
        start: Where it begins.
        written: How it is written.
        why: What is wrong with it.
        culprit: The character to blame; it may be written as an escape.
    """
    offset = written.find(culprit, 1, -1)
    place = (start, start + len(written)) if offset < 0 else (start + offset, start + offset + 1)
    hint = "write %20 for a space" if culprit == " " else None
    return Fault("bad-iri", f"This link is broken: {why}", place, label="not allowed in a link", hint=hint)


def unclosed_iri(start: int, written: str) -> Fault:
    """Say that a link has no end."""
    return Fault(
        "bad-iri",
        "This link is not closed: the ‘>’ is missing",
        (start, start + len(written)),
        label="‘>’ is missing at its end",
        hint="links stand in angle brackets: <https://…>",
    )


def bad_escape(start: int, error: EscapeError, *, link: bool = False) -> Fault:
    r"""Say that a backslash means nothing; ``start`` is the offset of what was unescaped."""
    place = (start + error.offset, start + error.offset + len(error.written))
    hint = 'write \\\\ for a backslash, \\" for a quotation mark'
    return Fault(
        "bad-escape",
        f"‘{error.written}’ means nothing in a {'link' if link else 'text'}",
        place,
        label="not a character",
        hint="a link cannot contain a backslash" if link else hint,
    )


def bad_language(start: int, written: str) -> Fault:
    """Say what is wrong with a language mark that has not the shape of one."""
    place = (start, start + len(written))
    if "--" in written:
        return Fault(
            "rdf-1-2",
            f"‘{written}’ marks a direction of writing, which belongs to RDF 1.2",
            place,
            label="not part of Turtle 1.1",
            hint=f"write {written[: written.index('--')]}; the direction follows from the language",
        )
    better = written.replace("_", "-")
    if better != written and LANGUAGE_MARK.fullmatch(better):
        return Fault(
            "bad-language-tag",
            f"‘{written}’ is not a language mark",
            place,
            label="‘-’ is meant, not ‘_’",
            hint=f"write {better}",
            fix=(f"write {better}", (Replacement(*place, better),)),
        )
    return Fault(
        "bad-language-tag",
        f"‘{written}’ is not a language mark",
        place,
        label="not a language",
        hint="a language mark is a short code such as @fi, @en or @ru-Latn",
    )


def curly_text(start: int, written: str) -> Fault:
    """Say that typographic quotation marks cannot hold a text."""
    edits: tuple[Replacement, ...] = (
        Replacement(start, start + 1, '"'),
        Replacement(start + len(written) - 1, start + len(written), '"'),
    )
    return Fault(
        "smart-quotes",
        "Curly quotation marks cannot be used around a text",
        (start, start + 1),
        hint='your editor turned " into “ ”; replace them',
        fix=("replace them by straight ones", edits),
    )


def unclosed_text(start: int, written: str, line_end: int) -> Fault:
    """Say that a text is not closed on its line."""
    mark = written[0]
    curly = _CURLY.search(written)
    if curly:
        return Fault(
            "smart-quotes",
            f"This text begins with {mark} but ends with {curly[0]}",
            (start + curly.start(), start + curly.end()),
            label=f"write {mark} here",
            hint='your editor turned " into “ ”; both marks must be straight',
        )
    return Fault(
        "unclosed-text",
        f"This text is not closed on the same line: the closing {mark} is missing",
        (start, line_end),
        hint=f"add the closing {mark} or, for a text over several lines, use {mark * 3} … {mark * 3}",
    )


def unclosed_long_text(start: int, written: str) -> Fault:
    """Say that a text over several lines never ends."""
    return Fault(
        "unclosed-text",
        f"The text that begins here is not closed: the closing {written[:3]} is missing",
        (start, start + 3),
        label="opened here",
        hint=f"add {written[:3]} where the text ends",
        notes=("the rest of the file was taken for this text and was not checked",),
        resume=Resume.STOP,
    )
