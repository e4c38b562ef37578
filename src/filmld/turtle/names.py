"""From names and links as written to IRIs."""

from filmld.turtle import faults_in_terms as say
from filmld.turtle import iris
from filmld.turtle.draft import Declaration, Draft
from filmld.turtle.escapes import EscapeError, unescape, unescape_name
from filmld.turtle.fault import Fault
from filmld.turtle.terms import IRI
from filmld.turtle.tokens import Kind

_NOWHERE = IRI("")
_NAME = int(Kind.NAME)
_IRI = int(Kind.IRI)
_WEB = ("<https://", "<http://")
_new = tuple.__new__  # half the time of a named tuple's own


class Names:
    """The prefixes and the base in force, and every IRI already made from them.

    A record writes ``schema:name`` many times; each spelling is judged once. Faults are
    noted, never raised: a broken name still is a name, so the statement around it is read on.

    Attributes:
        known: IRIs by their spelling.
        faults: What was wrong.
    """

    def __init__(self, draft: Draft, base: str | None) -> None:
        self.known: dict[str, IRI] = {}
        self.faults: list[Fault] = []
        self._draft = draft
        self._tokens = draft.tokens
        self._prefixes: dict[str, str] = {}
        self._undeclared: dict[str, list[int]] = {}
        self._base = base
        self._document = base.partition("#")[0] if base is not None else None

    def iri(self, index: int) -> IRI | None:
        """The IRI that a NAME, IRI or BAD_IRI token means; ``None``, and a fault noted, if none."""
        written = self._tokens.values[index]
        if self._tokens.kinds[index] == _NAME:
            prefix, _, local = written.partition(":")
            namespace = self._prefixes.get(prefix)
            if namespace and written.isascii() and "\\" not in local:
                made = self.known[written] = _new(IRI, (namespace + local,))
                return made
            found = self._from_name(index, written)
        else:
            found = self._from_link(index, written)
        if found is not None:
            self.known[written] = found
        return found

    def declare(self, name_token: int, iri_token: int) -> None:
        """Bind a prefix (grammar rules 4 and 6s)."""
        values = self._tokens.values
        prefix, written = values[name_token][:-1], values[iri_token]
        is_plain = self._tokens.kinds[iri_token] == _IRI and written.startswith(_WEB)
        if is_plain and "\\" not in written and "%" not in written:
            namespace = written[1:-1]
            self._draft.links.append((namespace, iri_token))
        else:
            namespace = (self.iri(iri_token) or _NOWHERE).value
        if namespace and self._prefixes.get(prefix, namespace) != namespace:
            self.known.clear()
        self._prefixes[prefix] = namespace
        self._draft.declarations.append(_new(Declaration, (prefix, namespace, name_token, iri_token)))

    def rebase(self, iri_token: int) -> None:
        """Change the base (grammar rules 5 and 5s)."""
        iri = self.iri(iri_token)
        self.known.clear()
        if iri is None:
            return
        self._draft.bases.append((iri.value, iri_token))
        self._base = iri.value
        self._document = iri.value.partition("#")[0]

    def undeclared(self) -> list[Fault]:
        """One fault for each prefix that is used and not declared before."""
        if not self._undeclared:
            return []
        later: dict[str, int] = {}
        for declaration in self._draft.declarations:
            later.setdefault(declaration.prefix, self._tokens.starts[declaration.name_token])
        return [
            say.unknown_prefix(prefix, uses, self._tokens, list(self._prefixes), later.get(prefix))
            for prefix, uses in self._undeclared.items()
        ]

    def _from_name(self, index: int, written: str) -> IRI | None:
        if not written.isascii():
            fault = say.unseen_in_name(self._tokens, index)
            if fault:
                self.faults.append(fault)
                return None
        prefix, _, local = written.partition(":")
        namespace = self._prefixes.get(prefix)
        if namespace is None:
            self._undeclared.setdefault(prefix, []).append(index)
            return None
        if not namespace:
            return None
        return IRI(namespace + unescape_name(local))

    def _from_link(self, index: int, written: str) -> IRI | None:
        if not written.endswith(">"):
            self.faults.append(say.unclosed_iri(self._tokens.starts[index], written))
            return None
        reference = written[1:-1]
        if "\\" in reference:
            try:
                reference = unescape(reference, characters=False)
            except EscapeError as error:
                self.faults.append(say.bad_escape(self._tokens.starts[index] + 1, error, link=True))
                return None
        iri = self._absolute(reference)
        if iri is None:
            self.faults.append(say.relative(self._tokens.starts[index], written))
            return None
        # An IRIREF holds nothing else that could be wrong.
        if "\\" in written or "%" in iri or self._tokens.kinds[index] == Kind.BAD_IRI:
            fault = iris.fault(iri)
            if fault:
                self.faults.append(say.bad_iri(self._tokens.starts[index], written, *fault))
                return None
        self._draft.links.append((iri, index))
        return IRI(iri)

    def _absolute(self, reference: str) -> str | None:
        if self._base is None or self._document is None:
            return reference if iris.is_absolute(reference) else None
        if not reference or reference[0] == "#":
            return self._document + reference
        return iris.resolve(reference, self._base)
