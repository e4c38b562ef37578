"""What SARIF 2.1.0 demands of the objects that filmld writes, by hand from the specification.

The schema of OASIS is not in any package this project could depend on in Python; this is a
part of it, stricter in that an object may hold nothing else, and beyond it what only the
prose of the specification says.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Check = Callable[[object, str], Iterator[str]]


class Property(NamedTuple):
    check: Check
    required: bool = False


def _string(pattern: str = r"(?s).+") -> Check:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield f"{where}: {value!r} does not match {pattern}"

    return check


def _integer(least: int) -> Check:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            yield f"{where}: {value!r} is not an integer of at least {least}"

    return check


def _array(item: Check, least: int = 0) -> Check:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, list) or len(value) < least:
            yield f"{where}: not an array of at least {least}"
            return
        for index, member in enumerate(value):
            yield from item(member, f"{where}[{index}]")

    return check


def _map(item: Check) -> Check:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: not an object"
            return
        for name, member in value.items():
            yield from item(member, f"{where}.{name}")

    return check


def _object(properties: Mapping[str, Property]) -> Check:
    def check(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: not an object"
            return
        yield from (f"{where}: unknown property {name}" for name in value if name not in properties)
        for name, found in properties.items():
            if name in value:
                yield from found.check(value[name], f"{where}.{name}")
            elif found.required:
                yield f"{where}: lacks {name}"

    return check


_LEVEL = _string("none|note|warning|error")
_URI = _string(r"https?://[^\s<>\"{}|\\^`]+")
# §3.11.5: a brace that is no placeholder is doubled. Plain text here has no placeholder at all.
_TEXT = _string(r"(?s)(?:[^{}]|\{\{|\}\})+")
_MESSAGE = _object({"text": Property(_TEXT, required=True)})
_MULTIFORMAT = _object({"text": Property(_string(), required=True), "markdown": Property(_string())})
# §3.4.3 and §3.4.4: relative to its base, so with no scheme, no leading slash and no dot segments.
_ARTIFACT = _object(
    {
        "uri": Property(
            _string(r"(?!/)(?!\.{1,2}/)(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+"), required=True
        ),
        "uriBaseId": Property(_string("%SRCROOT%"), required=True),
    }
)
_REGION = _object(
    {
        name: Property(_integer(1), required=True)
        for name in ("startLine", "startColumn", "endLine", "endColumn")
    }
)
_PHYSICAL = _object({"artifactLocation": Property(_ARTIFACT, required=True), "region": Property(_REGION)})
_LOCATION_PROPERTIES = {
    "physicalLocation": Property(_PHYSICAL, required=True),
    "message": Property(_MESSAGE),
}
_RELATED = _object({**_LOCATION_PROPERTIES, "id": Property(_integer(0), required=True)})
_REPLACEMENT = _object(
    {
        "deletedRegion": Property(_REGION, required=True),
        "insertedContent": Property(_object({"text": Property(_string(r"(?s).*"), required=True)})),
    }
)
_CHANGE = _object(
    {
        "artifactLocation": Property(_ARTIFACT, required=True),
        "replacements": Property(_array(_REPLACEMENT, least=1), required=True),
    }
)
_FIX = _object(
    {"description": Property(_MESSAGE), "artifactChanges": Property(_array(_CHANGE, least=1), required=True)}
)
_RULE = _object(
    {
        "id": Property(_string(), required=True),
        "name": Property(_string()),
        "shortDescription": Property(_MULTIFORMAT),
        "fullDescription": Property(_MULTIFORMAT),
        "help": Property(_MULTIFORMAT),
        "helpUri": Property(_URI),
        "defaultConfiguration": Property(_object({"level": Property(_LEVEL)})),
    }
)
_RESULT = _object(
    {
        "ruleId": Property(_string(), required=True),
        "ruleIndex": Property(_integer(0), required=True),
        "level": Property(_LEVEL, required=True),
        "message": Property(_MESSAGE, required=True),
        "locations": Property(_array(_object(_LOCATION_PROPERTIES)), required=True),
        "relatedLocations": Property(_array(_RELATED)),
        "fixes": Property(_array(_FIX, least=1)),
        "properties": Property(_map(_string())),
    }
)
_DRIVER = _object(
    {
        "name": Property(_string("filmld"), required=True),
        "informationUri": Property(_URI),
        "version": Property(_string()),
        "rules": Property(_array(_RULE), required=True),
    }
)
_RUN = _object(
    {
        "tool": Property(_object({"driver": Property(_DRIVER, required=True)}), required=True),
        "columnKind": Property(_string("unicodeCodePoints"), required=True),
        "defaultEncoding": Property(_string("utf-8")),
        "newlineSequences": Property(_array(_string(r"(?s).+"), least=1)),
        "originalUriBaseIds": Property(_map(_object({"description": Property(_MESSAGE)})), required=True),
        "results": Property(_array(_RESULT), required=True),
    }
)
_LOG = _object(
    {
        "$schema": Property(_URI, required=True),
        "version": Property(_string(r"2\.1\.0"), required=True),
        "runs": Property(_array(_RUN, least=1), required=True),
    }
)


def complaints(log: object) -> list[str]:
    """What is wrong with a log; nothing, if it is sound."""
    return list(_LOG(log, "log"))
