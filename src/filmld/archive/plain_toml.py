"""The plain part of TOML, which is all that most archives need to say of themselves.

The library takes a tenth of the time in which a saved record is checked, nearly all of it to import: its
regular expressions are compiled then, and an editor starts a check on every save. What is not certainly
plain is left to it.
"""

from typing import Final, TypeAlias

Plain: TypeAlias = str | int | list[str]
Table: TypeAlias = dict[str, Plain]

_BLANK: Final = " \t"


def read_plain(text: str) -> dict[str, "Plain | Table"] | None:
    """Read TOML that holds, one a line, texts, whole numbers, lists of texts and tables of these.

    Returns:
        What :func:`tomllib.loads` gives; ``None`` if there is anything else in it, or a mistake.

    >>> read_plain('base = "https://films.example.org/"  # for good')
    {'base': 'https://films.example.org/'}
    >>> read_plain("base = 'https://films.example.org/'")
    """
    found: dict[str, Plain | Table] = {}
    table: dict[str, Plain | Table] | Table = found
    for line in text.replace("\r\n", "\n").split("\n"):
        said = line.strip(_BLANK)
        if not said.replace("\t", " ").isprintable():
            return None
        if not said or said.startswith("#"):
            continue
        name, value = _header(said) if said.startswith("[") else _pair(said)
        if not name or name in found or name in table:
            return None
        if value is not None:
            table[name] = value
        else:
            found[name] = table = {}
    return found


def _header(said: str) -> tuple[str, None]:
    name, closed, rest = said[1:].partition("]")
    return (name if closed and _is_bare(name) and _is_over(rest) else ""), None


def _pair(said: str) -> tuple[str, Plain]:
    """A key with its value; no key if either is not plain."""
    name, _, rest = said.partition("=")
    name, rest = name.rstrip(_BLANK), rest.lstrip(_BLANK)
    value: Plain | None
    if rest.startswith('"'):
        text, closed, rest = rest[1:].partition('"')
        value = text if closed and "\\" not in text else None
    elif rest.startswith("["):
        texts, closed, rest = rest[1:].partition("]")
        value = _texts(texts) if closed else None
    else:
        number, mark, rest = rest.partition("#")
        value, rest = _number(number.rstrip(_BLANK)), mark + rest
    is_plain = value is not None and _is_bare(name) and _is_over(rest)
    return (name, value) if value is not None and is_plain else ("", "")


def _texts(said: str) -> list[str] | None:
    texts = [part.strip(_BLANK) for part in said.split(",")]
    if all(len(text) > 1 and text[0] == text[-1] == '"' for text in texts) and "\\" not in said:
        found = [text[1:-1] for text in texts]
        return None if any('"' in text for text in found) else found
    return None


def _number(said: str) -> int | None:
    is_plain = said.isascii() and said.isdecimal() and not said.startswith("0")
    return int(said) if is_plain and len(said) < len("9223372036854775807") else None


def _is_bare(name: str) -> bool:
    return name.isascii() and name.replace("_", "-").replace("-", "0").isalnum()


def _is_over(rest: str) -> bool:
    """Say whether nothing follows in a line but a comment."""
    return rest.lstrip(_BLANK)[:1] in {"", "#"}
