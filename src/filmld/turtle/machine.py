"""The reader's memory, and how it goes on after a mistake."""

from enum import IntEnum

from filmld.tuples import NamedTuple
from filmld.turtle import faults
from filmld.turtle import faults_in_terms as say
from filmld.turtle.draft import Draft
from filmld.turtle.fault import Fault, Resume, Situation
from filmld.turtle.lines import Lines
from filmld.turtle.names import Names
from filmld.turtle.terms import IRI, BlankNode, Resource
from filmld.turtle.tokens import Kind, scan

NESTING_LIMIT = 100
FAULT_LIMIT = 100
"""After so many faults nobody reads on; neither do we."""

BROKEN = IRI("")
"""Stands for a name that cannot be made out; its statement is never handed out."""


class State(IntEnum):
    """What may come next."""

    STATEMENT = 0
    PROPERTY = 1
    """A property must come."""
    MAYBE_PROPERTY = 2
    """After ``[…]`` as a subject: a property or the dot."""
    MORE_PROPERTIES = 3
    """After ``;``: a property, or the end of what is described."""
    VALUE = 4
    AFTER_VALUE = 5
    ITEM = 6
    """In a list: an item, or its end."""
    END = 7


_AFTER_VALUE = State.AFTER_VALUE
_RESUME = {
    Resume.STATEMENT: State.STATEMENT,
    Resume.PROPERTY: State.MORE_PROPERTIES,
    Resume.VALUE: State.VALUE,
}


class Frame(NamedTuple):
    """What to come back to when a bracket is closed."""

    opener: int
    subject: Resource
    predicate: IRI
    subject_token: int
    predicate_token: int
    after: State


class Machine:
    """Where reading has come to in one text."""

    def __init__(self, text: str, filename: str, base: str | None) -> None:
        tokens = scan(text)
        self.draft = Draft(filename, text, tokens, Lines(text))
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.values = tokens.values
        self.triples = self.draft.triples
        self.places = self.draft.places
        self.names = Names(self.draft, base)
        self.known = self.names.known
        self.index = 0
        self.stack: list[Frame] = []
        self.subject: Resource | None = None
        self.predicate = BROKEN
        self.subject_token = 0
        self.predicate_token = 0
        self.after = State.AFTER_VALUE
        self.line_end = "\r\n" if "\n" in text else "\r"
        self._start = 0
        self._mark = 0
        self._faulty = False
        self._blanks = 0
        self._labels = self._written_labels() if Kind.BNODE in self.kinds else frozenset()

    def _written_labels(self) -> frozenset[str]:
        written = zip(self.kinds, self.values, strict=True)
        return frozenset(value[2:] for kind, value in written if kind == Kind.BNODE)

    def blank(self) -> BlankNode:
        """A blank node with a label that the file does not use itself."""
        self._blanks += 1
        while f"b{self._blanks}" in self._labels:
            self._blanks += 1
        return BlankNode(f"b{self._blanks}")

    def name(self) -> IRI:
        """The IRI of the current token, a NAME, IRI or BAD_IRI (135s), that is not among ``known``."""
        made = self.names.iri(self.index)
        if made is None:
            self._faulty = True
            return BROKEN
        return made

    def situation(self) -> Situation:
        """What a fault is judged by."""
        opener = self.stack[-1].opener if self.stack else None
        return Situation(self.tokens, self.index, self._start, opener)

    def note(self, fault: Fault) -> None:
        """Keep a fault inside one term; the statement is read on, for its other faults."""
        self._faulty = True
        self.names.faults.append(fault)

    def end_statement(self, following: int) -> None:
        """Keep the statement's triples if it is sound, and make ready for the one at ``following``."""
        if self.tokens.invisible and any(
            self._start <= token < following for token, _, _ in self.tokens.invisible
        ):
            self._faulty = True
        if self._faulty:
            del self.triples[self._mark :]
            del self.places[self._mark :]
            self._faulty = False
        self._mark = len(self.triples)
        self._start = following
        if self.stack:
            self.stack.clear()
        self.after = _AFTER_VALUE

    def recover(self, fault: Fault) -> State:
        """Keep a fault of the grammar, and find where to go on."""
        self.note(fault)
        if fault.resume is Resume.STOP or len(self.names.faults) >= FAULT_LIMIT:
            self.end_statement(len(self.kinds) - 1)
            return State.END
        if fault.resume is Resume.SKIP:
            return self._skip()
        self.index = fault.at
        if fault.resume is Resume.STATEMENT:
            self.end_statement(fault.at)
        return _RESUME.get(fault.resume, self.after)

    def found(self) -> list[Fault]:
        """What is wrong with the grammar: not more than people will read."""
        found = self.names.faults + self.names.undeclared()
        found += [say.invisible_between(start, run) for _, start, run in self.tokens.invisible]
        self.draft.well_formed = not found
        return found[:FAULT_LIMIT]

    def pop(self) -> State:
        """Go back to where the innermost bracket was opened."""
        frame = self.stack.pop()
        self.draft.brackets[frame.opener] = self.index
        self.subject, self.predicate = frame.subject, frame.predicate
        self.subject_token, self.predicate_token = frame.subject_token, frame.predicate_token
        self.after = self._after_frame()
        self.index += 1
        return frame.after

    def _after_frame(self) -> State:
        in_list = self.stack and self.kinds[self.stack[-1].opener] == Kind.OPEN_LIST
        return State.ITEM if in_list else State.AFTER_VALUE

    def _skip(self) -> State:
        """Go on after the next mark that ends a line, or before what surely begins a statement."""
        kinds, depth, index = self.kinds, 0, self.index
        while kinds[index] != Kind.EOF:
            kind = kinds[index]
            if index > self._start and self._surely_begins(index):
                break
            if kind in {Kind.OPEN, Kind.OPEN_LIST}:
                depth += 1
            elif kind in {Kind.CLOSE, Kind.CLOSE_LIST}:
                if not depth and self.stack:
                    self.index = index
                    return self.pop()
                depth = max(0, depth - 1)
            elif kind == Kind.DOT and self._ends_line(index):
                index += 1
                break
            elif kind == Kind.SEMICOLON and not depth and self._describes() and self._ends_line(index):
                self.index = index + 1
                return State.MORE_PROPERTIES
            index += 1
        self.index = index
        self.end_statement(index)
        return State.STATEMENT

    def _surely_begins(self, index: int) -> bool:
        return faults.is_unindented(self.tokens, index) and faults.begins_statement(self.tokens, index)

    def _describes(self) -> bool:
        """Whether a property may follow: a subject was read, and no list is open."""
        return self.subject_token >= self._start and self.after == State.AFTER_VALUE

    def _ends_line(self, index: int) -> bool:
        gap = self.draft.text[self.tokens.end(index) : self.tokens.starts[index + 1]]
        return "\n" in gap or "\r" in gap or self.kinds[index + 1] == Kind.EOF
