"""JSON as text: strict, and safe inside a page.

JSON-LD 1.1, "Restrictions for contents of JSON-LD script elements": a title such as
``</script>`` must not end the element, nor ``<!--`` swallow the rest of the page. Nor may a title
such as ``{% raw %}`` be obeyed by the template of a site generator that the element is put into.
"""

import hashlib
import json
import re
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_UNSAFE = re.compile("[&<>\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]|\\{(?=[{%#])")


def pretty(value: Json) -> str:
    """Write JSON for people and files, ending in a line break.

    Raises:
        ValueError: It holds NaN, an infinity or a lone surrogate, which no JSON text may.
    """
    return _strict(_indented(value)) + "\n"


def compact(value: Json) -> str:
    """Write JSON for programs, as short as it can be.

    Raises:
        ValueError: As for :func:`pretty`.
    """
    return _strict(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))) + "\n"


def is_strict(value: Json) -> bool:
    """Say whether a value can be written as JSON at all."""
    try:
        pretty(value)
    except ValueError:
        return False
    return True


def for_script(value: Json) -> str:
    r"""Write JSON that can stand inside a ``script`` element.

    >>> for_script("</script>")
    '"\\u003C/script\\u003E"'

    Raises:
        ValueError: As for :func:`pretty`.
    """
    text = _strict(_indented(value))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04X}", text)


def script_element(value: Json) -> str:
    """Write the ready ``script`` element that a web editor pastes into the head of a page.

    ``data-etag`` changes exactly when the content does, so that a copy can be seen to be old.

    Raises:
        ValueError: As for :func:`pretty`.
    """
    text = for_script(value)
    return f'<script type="application/ld+json" id="filmld" data-etag="{_etag(text)}">\n{text}\n</script>\n'


def etag(value: Json) -> str:
    """Name the state of a block, as its ``data-etag`` does."""
    return _etag(for_script(value))


def _indented(value: Json) -> str:
    """Write what :func:`json.dumps` writes with ``indent=2``, where only the slow encoder can do that."""
    found: list[str] = []
    _write(value, "\n", found.append)
    return "".join(found)


def _write(value: Json, line: str, put: Callable[[str], object]) -> None:
    """Write a value; ``line`` begins a line as far to the right as the value stands."""
    if isinstance(value, str):
        put(encode_basestring(value))
    elif isinstance(value, dict) and value:
        deeper = f"{line}  "
        before = "{" + deeper
        for name, inner in value.items():
            put(f"{before}{encode_basestring(name)}: ")
            _write(inner, deeper, put)
            before = "," + deeper
        put(line + "}")
    elif isinstance(value, list | tuple) and value:
        deeper = f"{line}  "
        before = "[" + deeper
        for inner in value:
            put(before)
            _write(inner, deeper, put)
            before = "," + deeper
        put(line + "]")
    else:
        put(json.dumps(value, allow_nan=False))


def _etag(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _strict(text: str) -> str:
    text.encode()  # UnicodeEncodeError, a ValueError, on a lone surrogate
    return text
