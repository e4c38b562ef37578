"""Links: resolving relative ones, and telling broken ones.

Resolution follows RFC 3986 §5.2 to the letter, which ``urllib.parse.urljoin`` does not
(it joins only schemes that it knows, and folds ``//`` in paths).
"""

import re

from filmld.patterns import regex
from filmld.tuples import NamedTuple

# RFC 3986 appendix B; the expression is the one of the RFC and matches every string.
_PARTS = regex(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FORBIDDEN = regex(r'[\x00-\x20<>"{}|^`\\]|%(?![0-9A-Fa-f]{2})')
_WEB = regex(r"https?:", re.IGNORECASE)
_PLAIN_WEB = regex(r"https?://[^/?#@:\[\]]+(?:[/?#]|\Z)")
_AUTHORITY = regex(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.vV]+\]|([^\[\]@:]*))(?::([0-9]*))?")
_LAST_PORT = 65535


class _Parts(NamedTuple):
    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def _split(iri: str) -> _Parts:
    match = _PARTS.fullmatch(iri)
    return _Parts(*match.groups()) if match else _Parts(None, None, iri, None, None)


def _join(parts: _Parts) -> str:
    """Put the parts together again (RFC 3986 §5.3)."""
    return "".join(
        (
            "" if parts.scheme is None else f"{parts.scheme}:",
            "" if parts.authority is None else f"//{parts.authority}",
            parts.path,
            "" if parts.query is None else f"?{parts.query}",
            "" if parts.fragment is None else f"#{parts.fragment}",
        )
    )


def _without_dots(path: str) -> str:
    """Remove ``.`` and ``..`` (RFC 3986 §5.2.4)."""
    if "." not in path:
        return path
    segments = path.split("/")
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _merge(base: _Parts, path: str) -> str:
    """Put a relative path in the place of the last segment of the base's (RFC 3986 §5.2.3)."""
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def is_absolute(iri: str) -> bool:
    """Say whether a reference has a scheme of its own."""
    return _SCHEME.match(iri) is not None


def resolve(reference: str, base: str) -> str:
    """Resolve a reference against an absolute base (RFC 3986 §5.2.2).

    A reference with a scheme is returned as it is written: RDF compares IRIs character by
    character, so its dots are not removed (RDF 1.1 Concepts §3.2).

    >>> resolve("#cast-1", "https://films.example.org/film/moloch-1999")
    'https://films.example.org/film/moloch-1999#cast-1'
    >>> resolve("../person/aleksandr-sokurov", "https://films.example.org/film/moloch-1999")
    'https://films.example.org/person/aleksandr-sokurov'
    """
    if is_absolute(reference):
        return reference
    given, start = _split(reference), _split(base)
    if given.authority is not None:
        return _join(given._replace(scheme=start.scheme, path=_without_dots(given.path)))
    if not given.path:
        query = start.query if given.query is None else given.query
        return _join(start._replace(query=query, fragment=given.fragment))
    path = given.path if given.path.startswith("/") else _merge(start, given.path)
    return _join(start._replace(path=_without_dots(path), query=given.query, fragment=given.fragment))


def fault(iri: str) -> tuple[str, str] | None:
    """Say in a few words why this cannot be a link, and which character is to blame, or ``None``.

    Judges an absolute IRI by the characters that IRIREF forbids and by RFC 3987's percent signs.
    """
    match = _FORBIDDEN.search(iri)
    if match:
        if match[0] == "%":
            return "‘%’ must be followed by two digits or letters A-F, as in %20", "%"
        return "a link cannot contain " + _named(match[0]), match[0]
    return None


def _named(character: str) -> str:
    if character == " ":
        return "a space"
    return f"‘{character}’" if character.isprintable() else f"the control character U+{ord(character):04X}"


def host_fault(iri: str) -> str | None:
    """Say in a few words why no web server can have this address, or ``None``.

    Judges links of ``http`` and ``https`` only; Turtle itself allows them to have no host.
    """
    if _PLAIN_WEB.match(iri) or not _WEB.match(iri):
        return None
    match = _AUTHORITY.fullmatch(_split(iri).authority or "")
    if not match:
        return "the name of the web server is not valid"
    if match[1] == "":
        return "the name of the web server is missing"
    port = (match[2] or "0").lstrip("0")
    if len(port) > len(str(_LAST_PORT)) or int(port or "0") > _LAST_PORT:
        return "the port number after the ‘:’ is too large"
    return None
