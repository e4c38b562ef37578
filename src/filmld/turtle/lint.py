"""What is Turtle, and yet wrong in a record: findings that need nothing but the text."""

import unicodedata
from collections.abc import Iterator

from filmld.diagnostics.model import Severity
from filmld.patterns import regex
from filmld.turtle import iris, lexical
from filmld.turtle.draft import Draft
from filmld.turtle.fault import Fault, Replacement
from filmld.turtle.faults_in_terms import name_of
from filmld.turtle.mojibake import GARBLED, mend
from filmld.turtle.oddities import BIDI, CONTROL, JOINERS, OLD_SCHEMA, ORDINARY, is_garbled, is_odd_link
from filmld.turtle.terms import Literal
from filmld.turtle.tokens import Kind
from filmld.vocab import SCHEMA, XSD

_NEEDS_LOOK = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\\]")


def lint(draft: Draft) -> list[Fault]:
    """Look at one text, whose grammar was judged already."""
    found = [*_links(draft), *_twice(draft)]
    if len(draft.tokens.kinds) == 1:
        found += _empty(draft)
    if len({declaration[0] for declaration in draft.declarations}) < len(draft.declarations):
        found += _prefixes(draft)
    if draft.bases:
        found += _bases(draft)
    if draft.typed:
        found += _datatypes(draft)
    if not draft.text.isascii() or _NEEDS_LOOK.search(draft.text):
        found += [*_texts(draft), *_names(draft)]
    return found


def _empty(draft: Draft) -> Iterator[Fault]:
    what = "only comments" if draft.tokens.comments else "nothing"
    yield Fault(
        "empty-record",
        f"There is no film in this file: it contains {what}",
        (0, 0),
        severity=Severity.WARNING,
        hint="delete the file, or describe something in it",
    )


def _prefixes(draft: Draft) -> Iterator[Fault]:
    tokens = draft.tokens
    first: dict[str, tuple[str, int]] = {}
    for prefix, iri, name_token, _ in draft.declarations:
        start, end = tokens.starts[name_token], tokens.end(name_token)
        earlier = first.setdefault(prefix, (iri, start))
        if earlier[0] != iri:
            yield Fault(
                "prefix-redefined",
                f"The prefix ‘{prefix}:’ is declared a second time, with another meaning",
                (start, end),
                severity=Severity.WARNING,
                label="from here on it means something else",
                hint="use two different prefixes",
                related=(("it is declared here first", earlier[1], earlier[1] + end - start),),
            )
            first[prefix] = (iri, start)


def _bases(draft: Draft) -> Iterator[Fault]:
    tokens = draft.tokens
    for iri, index in draft.bases:
        if not iri.lower().startswith(("http://", "https://")):
            yield Fault(
                "bad-base",
                f"The base {tokens.values[index]} is not a web address",
                (tokens.starts[index], tokens.end(index)),
                label="a base must begin with http:// or https://",
                hint="the links of this file would lead nowhere, or into somebody’s computer",
            )


def _links(draft: Draft) -> Iterator[Fault]:
    """Links written in full; a name is judged where its prefix is declared, a base as such."""
    tokens = draft.tokens
    bases = {index for _, index in draft.bases}
    is_ordinary = ORDINARY.match
    for iri, index in draft.links:
        if is_ordinary(iri) or index in bases:
            continue
        if not is_odd_link(iri):
            continue
        is_old = iri.startswith(OLD_SCHEMA)
        why = None if is_old else iris.host_fault(iri)
        start, end = tokens.starts[index], tokens.end(index)
        if why:
            message = f"This link is broken: {why}"
            yield Fault("bad-iri", message, (start, end), label="it leads nowhere")
        elif is_old:
            yield _old_schema(draft, iri, index)
        else:
            scheme = iri.partition(":")[0].lower()
            yield Fault(
                "unsafe-link",
                f"A link that begins with {scheme}: can run programs in the reader’s browser",
                (start, end),
                label="not a link to a page",
                hint="link to a page that begins with https://",
            )


def _old_schema(draft: Draft, iri: str, index: int) -> Fault:
    start, end = draft.tokens.starts[index], draft.tokens.end(index)
    right = f"<{SCHEMA}{iri.partition('schema.org/')[2]}>"
    name = draft.tokens.values[index - 1] if index else ""
    return Fault(
        "http-schema-org",
        f"schema.org terms start with {SCHEMA} here",
        (start, end),
        label="change http to https" if iri.startswith("http:") else "remove www.",
        hint=f"@prefix {name} {right} ." if name.endswith(":") else f"write {right}",
        notes=(
            (
                "every other record uses https://schema.org/; with http:// this film is invisible to "
                "searches and to the web page builder"
            ),
        ),
        fix=(f"write {right}", (Replacement(start, end, right),)),
    )


def _datatypes(draft: Draft) -> Iterator[Fault]:
    for value, index in draft.typed:
        if lexical.is_ill_formed(value.lexical, value.datatype):
            judge = _bad_date if lexical.is_date(value.datatype) else _bad_value
            yield judge(draft, value, index)


def _bad_date(draft: Draft, value: Literal, index: int) -> Fault:
    start, end = draft.tokens.starts[index], draft.tokens.end(index)
    shown = _shown(value.lexical)
    better = lexical.better_date(value.lexical) if value.datatype == XSD + "date" else None
    written = draft.tokens.values[index]
    edit = Replacement(start, end, f"{written[0]}{better}{written[0]}")
    names = {XSD + "gYear": "years are written with four digits: 2014", XSD + "gYearMonth": "months: 2014-08"}
    return Fault(
        "bad-date",
        f"‘{shown}’ is not a date filmld understands",
        (start, end),
        label=names.get(value.datatype, "dates are written year-month-day"),
        hint=lexical.date_hint(value.lexical),
        fix=(f"write {better}", (edit,)) if better else None,
    )


def _bad_value(draft: Draft, value: Literal, index: int) -> Fault:
    kind = value.datatype.removeprefix(XSD)
    if len(value.lexical) > lexical.DIGITS_LIMIT and kind != "duration":
        message = f"This number has {len(value.lexical):,} digits; {lexical.DIGITS_LIMIT:,} are allowed"
    else:
        message = f"‘{_shown(value.lexical)}’ is not what xsd:{kind} allows"
    examples = {
        "boolean": "true or false",
        "duration": 'a running time is written "PT77M"^^xsd:duration',
        "integer": "a whole number has digits only: 259",
        "decimal": "a number has a point, not a comma: 1.66",
    }
    hint = lexical.duration_hint(value.lexical) if kind == "duration" else None
    return Fault(
        "bad-literal",
        message,
        (draft.tokens.starts[index], draft.tokens.end(index)),
        label=f"not a value of xsd:{kind}",
        hint=hint or examples.get(kind),
    )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - what fits in a sentence


def _twice(draft: Draft) -> Iterator[Fault]:
    """The same value twice for one property; language marks that differ in case only are the same."""
    languages = {language.lower() for language in draft.languages}
    if len(languages) == len(draft.languages) and len(set(draft.triples)) == len(draft.triples):
        return
    seen: dict[tuple[object, ...], int] = {}
    for (subject, predicate, value), (_, _, index) in zip(draft.triples, draft.places, strict=True):
        language = value[2] if len(value) > 1 else None
        same = (subject, predicate, value[0], language.lower()) if language else (subject, predicate, value)
        earlier = seen.setdefault(same, index)
        if earlier != index:
            tokens = draft.tokens
            yield Fault(
                "duplicate-value",
                "The same value is written twice",
                (tokens.starts[index], tokens.end(index)),
                severity=Severity.WARNING,
                label="already said",
                related=(("it is said here first", tokens.starts[earlier], tokens.end(earlier)),),
            )


def _texts(draft: Draft) -> Iterator[Fault]:
    """Look into the texts of the sound statements."""
    tokens = draft.tokens
    for (_, _, value), (_, _, index) in zip(draft.triples, draft.places, strict=True):
        if not isinstance(value, Literal):
            continue
        text = value.lexical
        if not _is_suspect(text):
            continue
        written, place = tokens.values[index], (tokens.starts[index], tokens.end(index))
        for fault in (
            _control(text, written, place),
            _bidi(text, place),
            _garbled(text, written, place),
            _decomposed(text, written, place),
        ):
            if fault:
                yield fault


def _is_suspect(text: str) -> bool:
    if text.isascii():
        return not text.isprintable()
    return is_garbled(text)


def _control(text: str, written: str, place: tuple[int, int]) -> Fault | None:
    match = CONTROL.search(text)
    if not match:
        return None
    raw = written.find(match[0])
    if raw >= 0:
        place = (place[0] + raw, place[0] + raw + 1)
    return Fault(
        "control-character",
        f"This text contains the character {name_of(match[0])}, which no web page may contain",
        place,
        label="not a character that can be shown",
        hint="delete it",
    )


def _bidi(text: str, place: tuple[int, int]) -> Fault | None:
    match = BIDI.search(text)
    if not match:
        return None
    return Fault(
        "bidi-control",
        f"This text contains {name_of(match[0])}, an invisible character that turns the direction of writing",
        place,
        severity=Severity.WARNING,
        label="what is read may differ from what is stored",
        hint="delete it; pages set the direction of each text themselves",
    )


def _garbled(text: str, written: str, place: tuple[int, int]) -> Fault | None:
    if not GARBLED.search(text):
        return None
    better = mend(text)
    if better == text:
        return None
    return Fault(
        "mojibake",
        "This text was decoded with the wrong character set at some point",
        place,
        severity=Severity.WARNING,
        label=f"probably “{_shown(better)}”",
        hint="filmld check --fix rewrites it",
        fix=("write the characters that were meant", (Replacement(*place, mend(written)),)),
    )


def _decomposed(text: str, written: str, place: tuple[int, int]) -> Fault | None:
    if unicodedata.is_normalized("NFC", text):
        return None
    better = unicodedata.normalize("NFC", written)
    return Fault(
        "not-nfc",
        "Letters and their accents are stored apart in this text",
        place,
        severity=Severity.WARNING,
        label="looks the same, but is not found by searches for the usual spelling",
        hint="some macOS programs write so; the usual form is NFC",
        fix=("join letters and accents", (Replacement(*place, better),)) if better != written else None,
    )


def _names(draft: Draft) -> Iterator[Fault]:
    """Characters in names that the grammar allows but that nobody sees."""
    tokens = draft.tokens
    if not JOINERS.search(draft.text):
        return
    for kind, start, value in zip(tokens.kinds, tokens.starts, tokens.values, strict=True):
        if kind in {Kind.NAME, Kind.IRI, Kind.BNODE}:
            match = JOINERS.search(value)
            if match:
                yield Fault(
                    "invisible-in-name",
                    f"This name contains the invisible character {name_of(match[0])}",
                    (start, start + len(value)),
                    severity=Severity.WARNING,
                    label="looks like another name",
                    hint="type the name again",
                )
