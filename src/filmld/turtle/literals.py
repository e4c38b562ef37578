"""The part of the grammar that reads texts, numbers and truth values (rules 13, 16, 17, 128s, 133s)."""

from filmld.turtle import faults
from filmld.turtle import faults_in_terms as say
from filmld.turtle.escapes import EscapeError, unescape
from filmld.turtle.machine import Machine, State
from filmld.turtle.oddities import LANGUAGE_MARK
from filmld.turtle.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple, lang_string
from filmld.turtle.tokens import DECLARATIONS, Kind
from filmld.vocab import XSD

_BOOLEAN = XSD + "boolean"
_INTEGER = XSD + "integer"
_DECIMAL = XSD + "decimal"
_DOUBLE = XSD + "double"
_NAMES = frozenset({int(Kind.NAME), int(Kind.IRI), int(Kind.BAD_IRI)})
_AT = int(Kind.AT)
_DATATYPE = int(Kind.DATATYPE)
_LONG_NUMBER = 20
_BROKEN_TEXT = 500
"""So many words are searched for the end of a text that lacks it."""
_new = tuple.__new__  # half the time of a named tuple's own


class Literals(Machine):
    """The actions on literals."""

    def state(self, value: Term) -> None:
        """Make a triple (6) of the value at the current token."""
        if self.subject is not None:
            self.triples.append(_new(Triple, (self.subject, self.predicate, value)))
            self.places.append((self.subject_token, self.predicate_token, self.index))

    def value_text(self) -> State:
        """A String with or without a language mark or datatype (128s)."""
        index = self.index
        written = self.values[index]
        if written.startswith(('"""', "'''")):
            body, width = written[3:-3], 3
            if self.line_end in body:
                body = body.replace(self.line_end, "\n")
        else:
            body, width = written[1:-1], 1
        if "\\" in body:
            body = self._unescaped(written, width, body)
        kind = self.kinds[index + 1]
        if kind == _AT and (language := self.values[index + 1][1:]) in self.draft.languages:
            value, following = _new(Literal, (body, RDF_LANG_STRING, language)), index + 2
        elif kind in (_AT, _DATATYPE):
            return self._marked_text(body)
        else:
            value, following = _new(Literal, (body, XSD_STRING, None)), index + 1
        if self.subject is not None:
            self.triples.append(_new(Triple, (self.subject, self.predicate, value)))
            self.places.append((self.subject_token, self.predicate_token, index))
        self.index = following
        return self.after

    def _marked_text(self, body: str) -> State:
        self.state(self._marked(body))
        self.index = self.tokens.last(self.index) + 1
        return self.after

    def _unescaped(self, written: str, width: int, body: str) -> str:
        try:
            return unescape(body)
        except EscapeError as error:
            # The place is counted in what is written, where line ends may be longer.
            error.offset = written.index(error.written, error.offset + width) - width
            self.note(say.bad_escape(self.tokens.starts[self.index] + width, error))
            return body

    def _marked(self, lexical: str) -> Literal:
        """The literal at the current token, with the mark that follows it."""
        mark = self.index + 1
        kind = self.kinds[mark]
        if kind == _AT:
            if self.tokens.last(self.index) == self.index:
                return Literal(lexical)
            return self._in_language(lexical, mark)
        if kind != _DATATYPE:
            return Literal(lexical)
        if self.kinds[mark + 1] not in _NAMES:
            raise faults.datatype_expected(self.situation(), mark)
        self.index = mark + 1
        datatype = self.known.get(self.values[mark + 1]) or self.name()
        self.index = mark - 1
        made = Literal(lexical, datatype.value)
        self.draft.typed.append((made, self.index))
        return made

    def _in_language(self, lexical: str, mark: int) -> Literal:
        written = self.values[mark]
        language = written[1:]
        if language not in self.draft.languages:
            if LANGUAGE_MARK.fullmatch(written):
                if written not in DECLARATIONS:
                    self.draft.languages.add(language)
            else:
                self.note(say.bad_language(self.tokens.starts[mark], written))
        return lang_string(lexical, language)

    def value_number(self) -> State:
        """A NumericLiteral (16), its spelling kept."""
        written = self.values[self.index]
        is_double = "e" in written or "E" in written
        datatype = _DOUBLE if is_double else _DECIMAL if "." in written else _INTEGER
        value = Literal(written, datatype)
        if len(written) > _LONG_NUMBER:
            self.draft.typed.append((value, self.index))
        self.state(value)
        self.index += 1
        return self.after

    def value_word(self) -> State:
        """``true`` or ``false`` (133s)."""
        written = self.values[self.index]
        if written not in {"true", "false"}:
            raise faults.value_expected(self.situation())
        self.state(Literal(written, _BOOLEAN))
        self.index += 1
        return self.after

    def value_curly(self) -> State:
        """A text in typographic quotation marks: a mistake, but clearly a value."""
        written = self.values[self.index]
        self.note(say.curly_text(self.tokens.starts[self.index], written))
        return self._marked_text(written[1:-1])

    def value_open_text(self) -> State:
        """A text that lacks its end: a mistake, but clearly a value."""
        start = self.tokens.starts[self.index]
        end = start
        while end < len(self.draft.text) and self.draft.text[end] not in "\r\n":
            end += 1
        end -= len(self.draft.text[start:end]) - len(self.draft.text[start:end].rstrip())
        self.note(say.unclosed_text(start, self.values[self.index], end))
        self.index = self._end_of_broken_text() + 1
        return self.after

    def _end_of_broken_text(self) -> int:
        """The token that ends a text broken over lines: its last line looks like another open text."""
        index = self.index
        if self.kinds[index + 1] == Kind.WORD:
            for end in range(index + 1, min(index + _BROKEN_TEXT, len(self.kinds))):
                if self.kinds[end] == Kind.OPEN_TEXT and self.values[end][0] == self.values[index][0]:
                    return end
        return index

    def value_open_long_text(self) -> State:
        """A long text that lacks its end; it has swallowed the rest of the file."""
        raise say.unclosed_long_text(self.tokens.starts[self.index], self.values[self.index])
