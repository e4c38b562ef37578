"""Numbers that stand for what can be asked of the index: a node, a name, a folder.

A number of 64 bits takes an eighth of the room of an IRI, and an archive of a hundred thousand
films asks millions of questions. Two questions with one number would at worst have a record judged
that need not be, or a look into a record that does not hold what was sought: answers are read from
what the records state, so no wrong answer comes of it.
"""

import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

from filmld.check.stored.digests import short_digests
from filmld.vocab import parted

if TYPE_CHECKING:
    from array import array

TYPES: Final = 1
"""Asked of a node: whether it is described, where, and of which classes it is."""
FACTS: Final = 2
"""Asked of a node: what is stated of it."""
MENTIONS: Final = 4
"""Asked of a node: what is stated with it as the value."""
ANY: Final = 7
"""All of these; what else is asked has but one side."""
ANYTHING: Final = "anything"
"""What can be answered only by looking into all records."""
SUBCLASSES: Final = "subclasses"
"""Stands for the numbers of a file that says which class is a kind of which."""
COMPLETE: Final = "whole"
"""The question whether every record could be read whole."""
NARROW: Final = 1 << 32
"""More than any number that is compared within one file only."""
NEWEST: Final = "newest"
"""The question for the newest year that has come."""


@lru_cache(100_000)
def key(text: str) -> int:
    """The number of a question, or of a node by its IRI; the same in every process."""
    return key_of(text)


def key_of(text: str) -> int:
    """The number of a text that is met but once."""
    return keys_of([text])[0]


def keys_of(texts: Iterable[str]) -> "array[int]":
    """The numbers of many texts."""
    return keys_of_bytes([text.encode("utf-8", "surrogatepass") for text in texts])


def keys_of_bytes(texts: Iterable[bytes]) -> "array[int]":
    """The numbers of many texts that are given in UTF-8."""
    numbers = short_digests(texts)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def of_name(folded: str) -> str:
    """The question who goes by a name."""
    return f"name {folded}"


def of_number(system: str, number: str) -> str:
    """The question what bears a number of another system."""
    return f"number {system} {number}"


def of_text(filename: str) -> str:
    """The question for anything that only the text of a file can answer, such as a place in it."""
    return f"text {filename}"


def of_findings(filename: str) -> str:
    """The question whose findings are in a file, or speak of it."""
    return f"findings {filename}"


def of_misspelt(node: str) -> str:
    """The question who found a property of a node misspelt; the node is given in N-Triples form."""
    return f"misspelt {node}"


def of_siblings(iri: str) -> str:
    """The question what else is described in the folder, or the record, that an IRI points into."""
    return f"siblings {parted(iri)[0]}"


def marks_of(written: Iterable[bytes]) -> list[int]:
    """What tells statements of a node from others of the same node, for each: their length and CRC-32."""
    return [len(each) << 32 | crc32(each) for each in written]


def short(text: str) -> int:
    """A number of 32 bits, for what is compared within one file only."""
    return crc32(text.encode("utf-8", "surrogatepass"))
