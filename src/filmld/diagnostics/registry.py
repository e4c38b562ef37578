"""The rules that findings are made by, and the page of each.

A registry is a value. Each layer makes its own from what it knows (the reader from the
pages beside this module, ``check`` from its rules' docstrings, the shapes from their
names and messages), and who runs a command joins them with ``|``.
"""

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from filmld.diagnostics.model import Severity
from filmld.patterns import regex
from filmld.tuples import NamedTuple

RULES: Final = "https://w3id.org/filmld/rules#"
"""Where the rules are documented; the code follows."""

_HEADING = regex(r"^(?:## )?(What it does|Why it matters|Example|Instead):?$", re.MULTILINE)
_FENCE = regex(r"^```turtle\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD = regex(
    r"# (?P<name>.+)\n\nSeverity: (?P<severity>error|warning|info)\.(?P<firm> Cannot be silenced\.)?\n"
)


class Page(NamedTuple):
    """What ``filmld explain`` says of a rule, under four headings."""

    what_it_does: str
    why_it_matters: str
    example: str
    instead: str

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each heading with its text, leaving out what is empty."""
        headings = ("What it does", "Why it matters", "Example", "Instead")
        return ((heading, text) for heading, text in zip(headings, self, strict=True) if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one code stands for.

    Attributes:
        code: The stable word, such as ``unknown-prefix``.
        name: A few words for a heading, such as ``Unknown prefix``.
        severity: How much a finding weighs unless it says otherwise.
        summary: One sentence.
        page: The explanation.
        can_be_silenced: Whether a ``# filmld: ok`` comment silences it. A fault that keeps
            the record from being read cannot be silenced away.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    page: Page
    can_be_silenced: bool = True

    @property
    def url(self) -> str:
        """Where the page of the rule is on the web."""
        return RULES + quote(self.code, safe="")


class Registry(Mapping[str, Rule]):
    """Rules by their code, ordered by code; never changed, only joined to a new one.

    >>> Registry.of([]) | Registry.of([])
    Registry()
    """

    __slots__ = ("_rules",)

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = MappingProxyType(dict(sorted(rules.items())))

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Registry":
        """Make a registry of rules.

        Raises:
            ValueError: Two different rules have the same code.
        """
        found: dict[str, Rule] = {}
        for rule in rules:
            if found.setdefault(rule.code, rule) != rule:
                message = f"two different rules have the code {rule.code}"
                raise ValueError(message)
        return cls(found)

    def __or__(self, other: "Registry") -> "Registry":
        return Registry.of([*self.values(), *other.values()])

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __repr__(self) -> str:
        return f"Registry({', '.join(self)})"

    def name_of(self, code: str) -> str:
        """The name of a rule, or its code where the rule is not registered."""
        return self[code].name if code in self else code

    def url_of(self, code: str) -> str | None:
        """Where a rule is documented, if it is registered."""
        return self[code].url if code in self else None

    def can_be_silenced(self, code: str) -> bool:
        """Say whether a comment may silence the findings of a code; unknown codes it may."""
        return code not in self or self[code].can_be_silenced


def rule_from_docstring(code: str, name: str, severity: Severity, docstring: str) -> Rule:
    """Make a rule of a module's docstring.

    The first paragraph is the summary. The four headings, ``What it does:``,
    ``Why it matters:``, ``Example:`` and ``Instead:``, stand alone on lines that are not indented;
    what follows each may be. Records stand between ```` ```turtle ```` and ```` ``` ````.

    Raises:
        ValueError: A heading is missing, comes twice, or has no text.
    """
    summary, page = _read_page(code, inspect.cleandoc(docstring))
    return Rule(code=code, name=name, severity=severity, summary=summary, page=page)


def rule_from_page(code: str, text: str) -> Rule:
    """Make a rule of a page in Markdown, as those beside this module are written.

    The page begins with ``# `` and the name, and a line such as ``Severity: error.``, which
    may go on with ``Cannot be silenced.``; then come the summary and the four headings.

    Raises:
        ValueError: The page is incomplete.
    """
    head = _HEAD.match(text)
    if head is None:
        message = f"the page of {code} does not begin with its name and severity"
        raise ValueError(message)
    summary, page = _read_page(code, text[head.end() :])
    return Rule(
        code=code,
        name=head["name"],
        severity=Severity(head["severity"]),
        summary=summary,
        page=page,
        can_be_silenced=head["firm"] is None,
    )


@cache
def reader_rules() -> Registry:
    """The rules of Turtle as text, from the pages that ship with this package."""
    pages = Path(__file__).with_name("pages").glob("*.md")
    return Registry.of(rule_from_page(page.stem, page.read_text(encoding="utf-8")) for page in pages)


def explain(rule: Rule) -> str:
    """Write the page of a rule for a terminal."""
    weight = f"{rule.severity}" if rule.can_be_silenced else f"{rule.severity}, cannot be silenced"
    head = f"{rule.code}: {rule.name} ({weight})\n\n{_filled(rule.summary)}\n"
    parts = (f"\n{heading}\n{textwrap.indent(_filled(text), '  ')}\n" for heading, text in rule.page.parts())
    return head + "".join(parts)


def explain_markdown(rule: Rule) -> str:
    """Write the page of a rule as Markdown, as code scanning shows it."""
    parts = (f"\n## {heading}\n\n{text}\n" for heading, text in rule.page.parts())
    return f"{rule.summary}\n" + "".join(parts)


def _filled(text: str) -> str:
    """Break prose at 78 columns; a fenced record loses its fences and keeps its lines."""
    return "\n\n".join(
        textwrap.indent(record.rstrip("\n"), "  ") if record else textwrap.fill(prose, 78)
        for prose, record in _blocks(text)
    )


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Split a part into paragraphs of prose and fenced records; one of each pair is empty."""
    prose_first = _FENCE.split(text)
    for prose, record in zip_longest(prose_first[::2], prose_first[1::2], fillvalue=""):
        yield from ((paragraph, "") for paragraph in prose.strip().split("\n\n") if paragraph)
        if record:
            yield "", record


def _read_page(code: str, text: str) -> tuple[str, Page]:
    summary, *rest = _HEADING.split(text)
    texts = dict(zip(rest[::2], rest[1::2], strict=True))
    if list(texts) != ["What it does", "Why it matters", "Example", "Instead"] or len(rest) != 2 * len(texts):
        message = f"the page of {code} needs its four headings once each, in their order"
        raise ValueError(message)
    summary = " ".join(summary.split())
    parts = [textwrap.dedent(part.strip("\n")).strip() for part in texts.values()]
    if not summary or not all(parts):
        message = f"a part of the page of {code} is empty"
        raise ValueError(message)
    return summary, Page(*parts)
