"""Shapes and data made of a string of bytes: few nodes and properties, so that all meet."""

from collections.abc import Sequence
from typing import Final, TypeVar

from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple, lang_string
from filmld.vocab import RDF, RDFS, SH, XSD

EX: Final = "https://e/"
NODES: Final[tuple[Resource, ...]] = (*(IRI(f"{EX}n{n}") for n in range(4)), BlankNode("d1"), BlankNode("d2"))
PREDICATES: Final = tuple(IRI(f"{EX}{name}") for name in "pqr")
CLASSES: Final = tuple(IRI(f"{EX}{name}") for name in "ABC")
TYPE: Final = IRI(RDF + "type")
SUBCLASS: Final = IRI(RDFS + "subClassOf")
NIL: Final = IRI(RDF + "nil")


def typed(datatype: str, *lexicals: str) -> list[Literal]:
    return [Literal(lexical, XSD + datatype) for lexical in lexicals]


FAMILIES: Final[tuple[tuple[Literal, ...], ...]] = (
    tuple(Literal(text) for text in ("", "a", "b", "ab", "x\ny", "AB", "10")),
    tuple(lang_string(text, "en") for text in ("", "a", "b", "ab")),
    (
        *typed("integer", "1", "2", "10", "-3", "01"),
        *typed("int", "1", "12"),
        *typed("byte", "7"),
        *typed("decimal", "1.0", "1.5", "-0.5"),
        *typed("double", "1.5E0", "2", "1e1"),
    ),
    tuple(typed("boolean", "true", "false", "1", "0")),
    tuple(typed("date", "2014-01-01", "2014-02-28", "2015-06-07")),
    tuple(
        typed("dateTime", "2014-01-01T10:00:00Z", "2014-01-01T10:00:00+02:00", "2015-01-01T10:00:00-01:00")
    ),
    tuple(typed("dateTime", "2014-01-01T10:00:00", "2014-01-01T10:00:01", "2015-01-01T10:00:00.25")),
    tuple(typed("time", "10:00:00", "10:00:01", "23:59:59")),
    tuple(typed("duration", "PT90M", "PT1H30M", "P1D", "PT24H")),
    tuple(typed("gYear", "2014", "2015", "foo")),
    tuple(typed("anyURI", "https://e/a", "https://e/b")),
    tuple(Literal(text, "http://id.loc.gov/datatypes/edtf/EDTF") for text in ("1926~", "193X")),
)
"""Literals that both sides put into the same order, family by family."""

AGREED: Final = (
    *(literal for family in FAMILIES for literal in family),
    *(lang_string(text, tag) for text in "ab" for tag in ("en", "en-GB", "fi")),
    *typed("integer", "x", ""),
    *typed("int", "x"),
    *typed("byte", "300"),
    *typed("decimal", "x"),
    *typed("double", "x"),
    *typed("date", "2014-02-30", "x"),
    *typed("dateTime", "x"),
    *typed("time", "25:00:00"),
    *typed("duration", "x"),
    *typed("dayTimeDuration", "PT1H"),
    Literal("a", RDF + "HTML"),
)
"""Literals that both sides read alike."""

CAPITALS: Final = (lang_string("a", "EN"), lang_string("b", "EN"), lang_string("b", "en-gb"))
"""The same languages in other letters. rdflib keeps one of two tags that differ so, and orders by it."""

CONTESTED: Final = (
    *typed("integer", " 1", "1_0", "+1", "\u0661", "1" * 30),
    *typed("decimal", "1e5", "NaN", "Infinity", "-.5", "0.1"),
    *typed("double", "NaN", "INF", "-INF", "+INF", "infinity", "nan", "1_0", "0.1"),
    *typed("float", "0.1", "NaN"),
    *typed("unsignedByte", "-1", "255", "256"),
    *typed("nonNegativeInteger", "-0", "-1"),
    *typed("negativeInteger", "0"),
    *typed("boolean", "TRUE", "0"),
    *typed("date", "-0044-03-15", "0000-01-01", "12014-01-01", "2014-01-01Z", "2014-01-01+14:00", "20140101"),
    *typed("dateTime", "2014-01-01T24:00:00", "2014-01-01", "-0044-03-15T00:00:00", "2014-01-01T10:00:00.5Z"),
    *typed("time", "24:00:00", "10:00:00Z", "10:00"),
    *typed("duration", "P1M", "P30D", "-P1D", "P1Y", "P", "P1W", "P1YT1S"),
    *typed("yearMonthDuration", "P1Y", "P13M"),
    *typed("hexBinary", "0f", "0F", "0", "xy"),
    *typed("base64Binary", "YQ==", "YQ", "!!!!"),
    *typed("token", "a", "b"),
    *typed("normalizedString", "a b"),
    *typed("language", "en", "not a tag"),
    *typed("dateTimeStamp", "2014-01-01T10:00:00"),
    *typed("gYear", "-0044", "12014"),
    Literal("<a/>", RDF + "XMLLiteral"),
    Literal("<a", RDF + "XMLLiteral"),
)
"""Literals that at least one of them reads in a way of its own."""

_Choice = TypeVar("_Choice")


class Chooser:
    """Takes decisions, one byte each; when they are used up, the first choice is taken."""

    def __init__(self, decisions: bytes) -> None:
        self._decisions = iter(decisions)

    def below(self, number: int) -> int:
        return next(self._decisions, 0) % number

    def one(self, choices: Sequence[_Choice]) -> _Choice:
        return choices[self.below(len(choices))]

    def some(self, choices: Sequence[_Choice], most: int) -> list[_Choice]:
        return [self.one(choices) for _ in range(1 + self.below(most))]


def cast(chooser: Chooser, literals: Sequence[Literal]) -> list[Literal]:
    """The few literals that play a part: any, or all of one datatype, often of those with a language."""
    choice = chooser.below(6)
    datatype = RDF + "langString" if choice == 0 else chooser.one(literals).datatype
    of_one = [literal for literal in literals if literal.datatype == datatype]
    return of_one if of_one and choice < HALF else [chooser.one(literals) for _ in range(6)]


def data_graph(chooser: Chooser, literals: Sequence[Literal]) -> list[Triple]:
    triples = []
    subject, predicate = NODES[0], PREDICATES[0]
    for _ in range(5 + chooser.below(12)):
        if chooser.below(2):
            subject, predicate = chooser.one(NODES), chooser.one(PREDICATES)
        value: Term = chooser.one(literals) if chooser.below(3) else chooser.one(NODES)
        triples.append(Triple(subject, predicate, value))
    kinds = [Triple(chooser.one(NODES), TYPE, chooser.one(CLASSES)) for _ in range(chooser.below(5))]
    above = [Triple(chooser.one(CLASSES), SUBCLASS, chooser.one(CLASSES)) for _ in range(chooser.below(3))]
    return [*triples, *kinds, *above]


class Writer:
    """Writes shapes as triples.

    Args:
        chooser: What it does.
        literals: Which it may use.
        with_order: Whether it may ask which literal is less.
        with_inverse_sequences: Whether it may walk a sequence backwards.

    Attributes:
        used: The parameters that have been written.
    """

    def __init__(
        self,
        chooser: Chooser,
        literals: Sequence[Literal],
        *,
        with_order: bool = True,
        with_inverse_sequences: bool = False,
    ) -> None:
        self._chooser = chooser
        self._with_inverse_sequences = with_inverse_sequences
        self._apart = () if with_order else (*LIMITS, "lessThan", "lessThanOrEquals")
        self._literals = literals
        self._count = 0
        self.triples: list[Triple] = []
        self.used: list[str] = []

    def top(self) -> None:
        """Write a shape with targets."""
        chooser = self._chooser
        shape = IRI(f"{EX}shape{self._new()}")
        is_property = chooser.below(4) == 0
        self.shape(shape, 2, is_property=is_property)
        for _ in range(1 + chooser.below(2)):
            name = chooser.one(("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "class"))
            if name == "targetNode":
                target: Term = chooser.one(NODES[:4]) if chooser.below(4) else chooser.one(self._literals)
                self._say(shape, name, target)
            elif name == "targetClass":
                self._say(shape, name, chooser.one(CLASSES))
            elif name == "class":
                self.triples.append(Triple(shape, TYPE, IRI(RDFS + "Class")))
                kind = "PropertyShape" if is_property else "NodeShape"
                self.triples.append(Triple(shape, TYPE, IRI(SH + kind)))
            else:
                self._say(shape, name, chooser.one(PREDICATES))

    def shape(self, node: Resource, depth: int, *, is_property: bool) -> None:
        """Write a shape: perhaps its path, severity and message, and some constraints."""
        chooser = self._chooser
        if is_property:
            self._say(node, "path", self.path(2))
        if chooser.below(4) == 0:
            self._say(node, "severity", IRI(SH + chooser.one(("Info", "Warning", "Violation"))))
        for tag in ("en", "fi")[: chooser.below(3)]:
            self._say(node, "message", lang_string(f"not so {chooser.below(2)}", tag))
        if chooser.below(20) == 19:
            self._say(node, "deactivated", TRUE)
        names = [*EVERYWHERE, *(ON_PATHS * 2 if is_property else ()), *(NESTED if depth else ())]
        for name in dict.fromkeys(chooser.some([name for name in names if name not in self._apart], 3)):
            self.constraint(node, name, depth)

    def constraint(self, node: Resource, name: str, depth: int) -> None:
        """Write one constraint."""
        chooser = self._chooser
        self.used.append(name)
        if name in NESTED:
            self._nested(node, name, depth - 1)
        elif name in {"minCount", "maxCount", "minLength", "maxLength"}:
            self._say(node, name, self._number(3))
        elif name in {"equals", "disjoint", "lessThan", "lessThanOrEquals"}:
            for other in dict.fromkeys(chooser.some(PREDICATES, 2)):
                self._say(node, name, other)
        elif name in {"hasValue", "in"}:
            terms: list[Term] = [self._term() for _ in range(1 + chooser.below(3))]
            self._say(node, name, terms[0] if name == "hasValue" else self._list(terms))
        elif name in {"closed", "languageIn", "pattern"}:
            self._with_another(node, name)
        else:
            self._say(node, name, self._simple(name))

    def _with_another(self, node: Resource, name: str) -> None:
        chooser = self._chooser
        if name == "closed":
            self._say(node, name, TRUE)
            if chooser.below(2):
                self._say(node, "ignoredProperties", self._list([TYPE, chooser.one(PREDICATES)]))
        elif name == "pattern":
            self._say(node, name, Literal(chooser.one(("a", "^a", "b$", "^$", "A.", "[0-9]", "^x.y"))))
            if chooser.below(2):
                self._say(node, "flags", Literal(chooser.one(("i", "m", "im"))))
        else:
            self._say(node, name, self._list([Literal(chooser.one(("en", "fi", "EN", "*")))]))

    def _simple(self, name: str) -> Term:
        chooser = self._chooser
        if name == "class":
            return chooser.one(CLASSES)
        if name == "datatype":
            others = (RDF + "langString", RDFS + "Literal", RDFS + "Datatype")
            return IRI(chooser.one([literal.datatype for literal in self._literals] + list(others)))
        if name == "nodeKind":
            return IRI(SH + chooser.one(KINDS))
        return TRUE if name == "uniqueLang" else chooser.one(self._literals)

    def _nested(self, node: Resource, name: str, depth: int) -> None:
        chooser = self._chooser
        if name == "qualifiedValueShape":
            self._say(node, "property", self._qualified(depth))
            if chooser.below(2):
                self._say(node, "property", self._qualified(depth))
        elif name in {"and", "or", "xone"}:
            members: list[Term] = [self._inner(depth) for _ in range(1 + chooser.below(3))]
            self._say(node, name, self._list(members))
        else:
            self._say(node, name, self._inner(depth, as_property={"property": True, "node": False}.get(name)))

    def _qualified(self, depth: int) -> Resource:
        chooser = self._chooser
        node = self._blank()
        self._say(node, "path", self.path(1))
        self._say(node, "qualifiedValueShape", self._inner(depth))
        limits = ("qualifiedMinCount", "qualifiedMaxCount")
        for name in limits if chooser.below(2) else (chooser.one(limits),):
            self._say(node, name, self._number(3))
        if chooser.below(2):
            self._say(node, "qualifiedValueShapesDisjoint", TRUE)
        return node

    def _inner(self, depth: int, *, as_property: bool | None = None) -> Resource:
        node = self._blank()
        is_property = self._chooser.below(2) == 0 if as_property is None else as_property
        self.shape(node, depth, is_property=is_property)
        return node

    def path(self, depth: int, *, is_inverse: bool = False) -> Term:
        """Write a path; half of them are single properties."""
        chooser = self._chooser
        kind = chooser.below(12) if depth else 0
        word = WORDS[kind - PLAIN]
        if kind < PLAIN or (word == "sequence" and is_inverse and not self._with_inverse_sequences):
            return chooser.one(PREDICATES)
        node = self._blank()
        is_inverse = is_inverse or word == "inversePath"
        self.used.append(word)
        if word in {"sequence", "alternativePath"}:
            parts = self._list([self.path(depth - 1, is_inverse=is_inverse) for _ in range(2)])
            if word == "sequence":
                return parts
            self._say(node, word, parts)
        else:
            self._say(node, word, self.path(depth - 1, is_inverse=is_inverse))
        return node

    def _term(self) -> Term:
        chooser = self._chooser
        return chooser.one(NODES[:4]) if chooser.below(2) else chooser.one(self._literals)

    def _number(self, below: int) -> Literal:
        return Literal(str(self._chooser.below(below)), XSD + "integer")

    def _list(self, members: Sequence[Term]) -> Resource:
        rest: Resource = NIL
        for member in reversed(members):
            node = self._blank()
            self.triples.append(Triple(node, IRI(RDF + "first"), member))
            self.triples.append(Triple(node, IRI(RDF + "rest"), rest))
            rest = node
        return rest

    def _blank(self) -> BlankNode:
        return BlankNode(f"s{self._new()}")

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _say(self, node: Resource, name: str, value: Term) -> None:
        self.triples.append(Triple(node, IRI(SH + name), value))


HALF: Final = 3
TRUE: Final = Literal("true", XSD + "boolean")
KINDS: Final = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
LIMITS: Final = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
EVERYWHERE: Final = (
    "class",
    "datatype",
    "nodeKind",
    *LIMITS,
    "minLength",
    "maxLength",
    "pattern",
    "languageIn",
    "equals",
    "disjoint",
    "closed",
    "hasValue",
    "in",
)
ON_PATHS: Final = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")
NESTED: Final = ("not", "and", "or", "xone", "node", "property", "qualifiedValueShape", "property", "not")
PLAIN: Final = 6
WORDS: Final = (
    "inversePath",
    "sequence",
    "alternativePath",
    "zeroOrMorePath",
    "oneOrMorePath",
    "zeroOrOnePath",
)
"""The paths that are not a single property."""
