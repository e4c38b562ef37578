"""The Turtle 1.1 grammar as tables: from tokens to triples, with places and without recursion.

Each row is a state between two tokens and says, for every kind of token, what to do. An
action uses the token and returns the next state. Open brackets wait on a list, so nesting
costs memory of ours, never of the interpreter.

Numbers in docstrings are the rules of the grammar (RDF 1.1 Turtle §6.5).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NoReturn, TypeAlias

from filmld.turtle import faults
from filmld.turtle.fault import Fault
from filmld.turtle.literals import Literals
from filmld.turtle.machine import BROKEN, NESTING_LIMIT, Frame, State
from filmld.turtle.terms import IRI, BlankNode, Resource, Triple
from filmld.turtle.tokens import Kind
from filmld.vocab import RDF

_TYPE = IRI(RDF + "type")
_FIRST = IRI(RDF + "first")
_REST = IRI(RDF + "rest")
_NIL = IRI(RDF + "nil")

_new = tuple.__new__  # half the time of a named tuple's own

# Looking up a member of an enumeration takes longer than most actions do.
_NAME = int(Kind.NAME)
_DOT = int(Kind.DOT)
_LINKS = frozenset({int(Kind.IRI), int(Kind.BAD_IRI)})
_STATEMENT = State.STATEMENT
_VALUE = State.VALUE
_PROPERTY = State.PROPERTY
_MORE = State.MORE_PROPERTIES

_CLOSING = MappingProxyType({int(Kind.OPEN): Kind.CLOSE, int(Kind.OPEN_LIST): Kind.CLOSE_LIST})


class Grammar(Literals):
    """The actions."""

    def run(self) -> None:
        """Read to the end; what is found is in the draft and the diagnostics."""
        kinds, end, table = self.kinds, State.END, _TABLE
        state = State.STATEMENT
        while state is not end:
            try:
                while state is not end:
                    state = table[state][kinds[self.index]](self)
            except Fault as fault:
                state = self.recover(fault)

    # Statements and declarations

    def end(self) -> State:
        """EOF between statements."""
        self.end_statement(self.index)
        return State.END

    def dot(self) -> State:
        """``.`` after triples (2)."""
        if self.stack:
            raise faults.unclosed(self.situation(), self.stack[-1].opener)
        self.index += 1
        self.end_statement(self.index)
        return _STATEMENT

    def declaration(self) -> State:
        """``@prefix``, ``@base``, ``PREFIX``, ``BASE`` (3 to 6s)."""
        start, written = self.index, self.values[self.index]
        kinds = self.kinds
        if (
            written == "@prefix"
            and self._is_prefix(start + 1)
            and kinds[start + 2] in _LINKS
            and kinds[start + 3] == _DOT
        ):
            self.names.declare(start + 1, start + 2)
            self.index = start + 4
            self.end_statement(self.index)
            return _STATEMENT
        word = written if written[0] == "@" else written.upper()
        is_prefix = word in {"@prefix", "PREFIX"}
        if not is_prefix and word not in {"@base", "BASE"}:
            raise faults.statement_expected(self.situation())
        if is_prefix and not self._is_prefix(start + 1):
            raise faults.prefix_expected(self.situation())
        link = start + 2 if is_prefix else start + 1
        if self.kinds[link] not in _LINKS:
            raise faults.link_expected(self.situation(), link)
        if is_prefix:
            self.names.declare(start + 1, link)
        else:
            self.names.rebase(link)
        self.index = link + 1
        if word[0] == "@":
            if self.kinds[self.index] != _DOT:
                raise faults.missing_dot(self.tokens, self.index)
            self.index += 1
        self.end_statement(self.index)
        return _STATEMENT

    def _is_prefix(self, index: int) -> bool:
        """Whether a token is a PNAME_NS (140s)."""
        return self.kinds[index] == _NAME and self.values[index].index(":") == len(self.values[index]) - 1

    # Subjects and properties

    def subject_name(self) -> State:
        """A subject (10) that is an IRI."""
        self.subject_token = self.index
        self.subject = self.known.get(self.values[self.index]) or self.name()
        self.index += 1
        return _PROPERTY

    def subject_label(self) -> State:
        """A subject (10) that is a labelled blank node."""
        self.subject_token = self.index
        self.subject = BlankNode(self.values[self.index][2:])
        self.index += 1
        return _PROPERTY

    def subject_bracket(self) -> State:
        """A subject that is ``[…]`` (5, 14) or ``[]`` (162s)."""
        self.subject_token = self.index
        self.subject = self.blank()
        return _PROPERTY if self._is_empty() else self._push(self.subject, State.MAYBE_PROPERTY)

    def subject_list(self) -> State:
        """A subject that is a list (15)."""
        self.subject_token = self.index
        if self._is_empty():
            self.subject = _NIL
            return _PROPERTY
        self.subject = self.blank()
        return self._push(self.subject, _PROPERTY)

    def property_name(self) -> State:
        """A verb (9) that is an IRI."""
        self.predicate_token = self.index
        self.predicate = self.known.get(self.values[self.index]) or self.name()
        self.index += 1
        return _VALUE

    def property_word(self) -> State:
        """``a`` (9)."""
        if self.values[self.index] != "a":
            raise faults.property_expected(self.situation())
        self.predicate_token = self.index
        self.predicate = _TYPE
        self.index += 1
        return _VALUE

    def semicolon(self) -> State:
        """``;`` (7), of which there may be several."""
        self.index += 1
        return _MORE

    def comma(self) -> State:
        """``,`` (8)."""
        self.index += 1
        return _VALUE

    # Values

    def value_name(self) -> State:
        """An object (12) that is an IRI."""
        index = self.index
        value = self.known.get(self.values[index]) or self.name()
        if self.subject is not None:
            self.triples.append(_new(Triple, (self.subject, self.predicate, value)))
            self.places.append((self.subject_token, self.predicate_token, index))
        self.index = index + 1
        return self.after

    def value_label(self) -> State:
        """An object (12) that is a labelled blank node."""
        self.state(BlankNode(self.values[self.index][2:]))
        self.index += 1
        return self.after

    # Brackets

    def _is_empty(self) -> bool:
        """Use up ``[]`` or ``()``, if it is one."""
        index = self.index
        if self.kinds[index + 1] != _CLOSING[self.kinds[index]]:
            return False
        self.draft.brackets[index] = index + 1
        self.index = index + 2
        return True

    def _push(self, subject: Resource, back: State) -> State:
        """Open the bracket at the current token; ``subject`` is what it describes."""
        if len(self.stack) >= NESTING_LIMIT:
            raise faults.too_deep(self.situation(), NESTING_LIMIT)
        outer = self.subject if self.subject is not None else BROKEN
        self.stack.append(
            Frame(self.index, outer, self.predicate, self.subject_token, self.predicate_token, back)
        )
        self.subject, self.subject_token = subject, self.index
        is_list = self.kinds[self.index] == Kind.OPEN_LIST
        self.predicate = BROKEN
        self.after = State.ITEM if is_list else State.AFTER_VALUE
        self.index += 1
        return State.ITEM if is_list else _PROPERTY

    def value_bracket(self) -> State:
        """An object that is ``[…]`` (14) or ``[]`` (162s)."""
        node = self.blank()
        self.state(node)
        return self.after if self._is_empty() else self._push(node, self.after)

    def value_list(self) -> State:
        """An object that is a list (15)."""
        if self.kinds[self.index + 1] == Kind.CLOSE_LIST:
            self.state(_NIL)
            self._is_empty()
            return self.after
        head = self.blank()
        self.state(head)
        return self._push(head, self.after)

    def item(self) -> State:
        """An object in a list (15): begin its cell, then read it as any value."""
        if self.predicate is _FIRST:
            cell = self.blank()
            self._link(cell)
            self.subject, self.subject_token = cell, self.index
        self.predicate, self.predicate_token = _FIRST, self.index
        return _TABLE[_VALUE][self.kinds[self.index]](self)

    def _link(self, following: Resource) -> None:
        self.predicate, self.predicate_token = _REST, self.index
        self.state(following)

    def close_list(self) -> State:
        """``)``."""
        self._link(_NIL)
        return self.pop()

    def close(self) -> State:
        """``]`` after a property list."""
        if not self.stack:
            raise faults.after_value(self.situation())
        return self.pop()

    # What cannot come here

    def no_statement(self) -> NoReturn:
        """Nothing begins so."""
        raise faults.statement_expected(self.situation())

    def no_property(self) -> NoReturn:
        """No property is written so."""
        raise faults.property_expected(self.situation())

    def no_value(self) -> NoReturn:
        """No value is written so."""
        raise faults.value_expected(self.situation())

    def no_item(self) -> NoReturn:
        """No item of a list is written so."""
        raise faults.item_expected(self.situation())

    def no_separator(self) -> NoReturn:
        """This cannot follow a value."""
        raise faults.after_value(self.situation())


Action: TypeAlias = Callable[[Grammar], State]


def _row(otherwise: Action, actions: Mapping[Kind, Action]) -> tuple[Action, ...]:
    """One state: an action for every kind, by its number."""
    numbered = {int(kind): action for kind, action in actions.items()}
    return tuple(numbered.get(kind, otherwise) for kind in range(Kind.EOF + 1))


_PROPERTIES: Mapping[Kind, Action] = {
    Kind.NAME: Grammar.property_name,
    Kind.IRI: Grammar.property_name,
    Kind.BAD_IRI: Grammar.property_name,
    Kind.WORD: Grammar.property_word,
}
_VALUES: Mapping[Kind, Action] = {
    Kind.NAME: Grammar.value_name,
    Kind.IRI: Grammar.value_name,
    Kind.BAD_IRI: Grammar.value_name,
    Kind.BNODE: Grammar.value_label,
    Kind.TEXT: Grammar.value_text,
    Kind.NUMBER: Grammar.value_number,
    Kind.WORD: Grammar.value_word,
    Kind.OPEN: Grammar.value_bracket,
    Kind.OPEN_LIST: Grammar.value_list,
    Kind.CURLY_TEXT: Grammar.value_curly,
    Kind.OPEN_TEXT: Grammar.value_open_text,
    Kind.OPEN_LONG: Grammar.value_open_long_text,
}
_SUBJECTS: Mapping[Kind, Action] = {
    Kind.NAME: Grammar.subject_name,
    Kind.IRI: Grammar.subject_name,
    Kind.BAD_IRI: Grammar.subject_name,
    Kind.BNODE: Grammar.subject_label,
    Kind.OPEN: Grammar.subject_bracket,
    Kind.OPEN_LIST: Grammar.subject_list,
    Kind.AT: Grammar.declaration,
    Kind.WORD: Grammar.declaration,
    Kind.EOF: Grammar.end,
}
_TABLE: tuple[tuple[Action, ...], ...] = (
    _row(Grammar.no_statement, _SUBJECTS),
    _row(Grammar.no_property, _PROPERTIES),
    _row(Grammar.no_property, {**_PROPERTIES, Kind.DOT: Grammar.dot}),
    _row(
        Grammar.no_property,
        {
            **_PROPERTIES,
            Kind.SEMICOLON: Grammar.semicolon,
            Kind.DOT: Grammar.dot,
            Kind.CLOSE: Grammar.close,
        },
    ),
    _row(Grammar.no_value, _VALUES),
    _row(
        Grammar.no_separator,
        {
            Kind.SEMICOLON: Grammar.semicolon,
            Kind.COMMA: Grammar.comma,
            Kind.DOT: Grammar.dot,
            Kind.CLOSE: Grammar.close,
        },
    ),
    _row(Grammar.no_item, dict.fromkeys(_VALUES, Grammar.item) | {Kind.CLOSE_LIST: Grammar.close_list}),
)
