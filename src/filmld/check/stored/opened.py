"""An index that is open, and all that is needed to check by it."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filmld.archive import Archive, Profile
from filmld.check.report import Report, about
from filmld.check.stored.ahead import NOTHING, Ahead
from filmld.check.stored.database import CONTEXT, IN_MEMORY, MODE, RECORD_BY_RECORD, Case, Database
from filmld.check.stored.hands import Hands
from filmld.check.stored.keys import key
from filmld.check.stored.lock import locked
from filmld.check.stored.planning import Planner
from filmld.check.stored.sources import Source, Sources
from filmld.check.stored.telling import Teller
from filmld.check.stored.update import LOCAL, SHAPED, Progress, Update
from filmld.check.stored.whereabouts import lock_of
from filmld.check.stored.wire import from_json, to_json
from filmld.diagnostics import Diagnostic
from filmld.errors import NoMatchingRecordsError
from filmld.turtle.terms import IRI

if TYPE_CHECKING:
    from filmld.check.stored.index import StoredIndex
    from filmld.check.stored.work import Verdict, Worker
    from filmld.diagnostics.registry import Registry

_WARNINGS: Final = "warnings"
_FAULTY: Final = "faulty"
FEW: Final = 10_000
"""Of so many files it is found out in no time which have changed, so all are looked at, whatever is named."""


class Opened:
    """Checks by an index.

    Args:
        archive: The archive.
        profile: By whose wishes records are judged.
        path: The file of the index.
        progress: Hears how far the work has come.
        ahead: What is at work already for the first check.

    Raises:
        sqlite3.Error: The index cannot be used.
    """

    def __init__(
        self,
        archive: Archive,
        profile: Profile,
        path: Path,
        progress: Progress | None,
        ahead: Ahead = NOTHING,
    ) -> None:
        self._archive = archive
        self._profile = profile
        self._path = path
        self._progress = progress
        self._ahead = ahead
        self._database = Database(path, for_writing=True)
        self._context: str | None = None
        self._version = self._database.version()
        self._renew()

    def _renew(self) -> None:
        """Forget what was worked out, since the shapes or the index are others now."""
        self._worker = cache(self._new_worker)
        self._registry = cache(self._new_registry)
        self._teller = Teller(self._database, self._worker, self._rules)
        self._knows_all = False
        self._sources: dict[str, Source] = {}

    def _new_worker(self) -> "Worker":
        from filmld.check.stored.work import Worker  # noqa: PLC0415  not needed where nothing has changed

        return Worker(self._archive, self._profile, self._database)

    def _new_registry(self) -> "Registry":
        from filmld.check.registry import registry_of  # noqa: PLC0415  as above
        from filmld.check.stored.known_shapes import known_shapes  # noqa: PLC0415  as above

        return registry_of(known_shapes(self._database))

    def _rules(self) -> "Registry":
        return self._registry()

    def close(self) -> None:
        """Close the index."""
        self._database.close()

    def _forget_ahead(self) -> None:
        ahead, self._ahead = self._ahead, NOTHING
        ahead.close()

    def check(self, paths: tuple[Path, ...], only: Iterable[str] | None, wait: Callable[[], None]) -> Report:
        """Bring the index up to date and tell what is found."""
        with self._locked(wait):
            self._compare()
            with closing(Hands(self._archive, self._profile, self._path)) as hands:
                planner = Planner(self._archive, self._database, self._foretell, self._ahead.question)
                update = Update(planner, self._database, self._worker, self._judge, hands, self._progress)
                named = self._files_at(paths) if only is None else None
                try:
                    update.run(only if self._knows_all and only is not None else named)
                except BaseException:
                    self._knows_all = False  # what has changed until then is to be told, too
                    raise
                finally:
                    self._forget_ahead()
            return self._report(update, paths, None if named is None else self._chosen(paths))

    def warm(self) -> None:
        """Have at hand what it takes to read and judge a record."""
        self._worker().warm()

    def audit(self, count: int, seed: int) -> str:
        """Hold what was found in some records against pySHACL.

        Args:
            count: How many records.
            seed: What chooses them.

        Returns:
            That pySHACL agrees.

        Raises:
            DisagreementError: It does not.
        """
        import random  # noqa: PLC0415  for audits alone

        from filmld.check.audit import Auditor  # noqa: PLC0415  heavy

        index, worker = self._nowhere(), self._worker()
        judge = worker.by_shapes
        auditor = Auditor(judge.shapes.triples, index.ontology.subclasses, seed)
        names = sorted(self._database.filenames())
        chosen = random.Random(seed).sample(names, min(count, len(names)))  # noqa: S311  no secret
        for name in sorted(chosen):
            known = self._database.file_called(name)
            if known:
                nodes, data = judge.targets(worker.read(known.place, name), known.id)
                auditor.hold(name, nodes, data, judge.results(nodes, data))
        return auditor.verdict()

    @contextmanager
    def _locked(self, wait: Callable[[], None]) -> Iterator[None]:
        def waiting() -> None:
            self._forget_ahead()  # whoever has the lock may see later changes than were seen ahead
            wait()

        if self._path == IN_MEMORY:
            yield
            return
        with ExitStack() as stack:
            try:
                stack.enter_context(locked(lock_of(self._path), waiting))
            except OSError as error:
                raise sqlite3.OperationalError(str(error)) from error
            yield

    def _compare(self) -> None:
        """Begin anew if the index was made under other circumstances, or if somebody else has changed it."""
        known, context = self._database.meta(CONTEXT), self._told_context()
        if context is None or context != known:
            context = self._found_context()  # what was told may be over
        if context != known:
            self._forget_ahead()
            self._renew()
            self._begin(context)
            self._context = context
        version = self._database.version()
        if (context, version) != (self._context, self._version):
            self._renew()
        self._context, self._version = context, version

    def _told_context(self) -> str | None:
        """What the deputy has seen, which saves the time to look; what has changed since counts next time."""
        return self._ahead.deputy.context if self._ahead.deputy else None

    def _found_context(self) -> str:
        from filmld.check.stored.context import context_of  # noqa: PLC0415  a deputy has told, where there is one

        return context_of(self._archive, self._profile)

    def _judge(self, cases: "list[Case]") -> "list[Verdict]":
        """Judge a few records; with the deputy, if there is one, which judges once."""
        deputy, worker = self._ahead.deputy, self._worker()
        if deputy is None or deputy.has_judged or self._context is None:
            return worker.judge(cases)
        return deputy.judge(cases, worker, self._context)

    def _begin(self, context: str) -> None:
        """Empty the index, and note what is to be known of the shapes before records are judged."""
        from filmld.check.ontology import Ontology  # noqa: PLC0415  needed for new shapes alone
        from filmld.check.shapes.files import ShapeFiles  # noqa: PLC0415  as above
        from filmld.check.shapes.lint import lint  # noqa: PLC0415  as above
        from filmld.check.stored.concepts import faulty_concepts  # noqa: PLC0415  as above
        from filmld.check.stored.known_ontology import keep_ontology  # noqa: PLC0415  as above
        from filmld.check.stored.known_shapes import keep_shapes  # noqa: PLC0415  as above
        from filmld.check.stored.locality import are_local  # noqa: PLC0415  as above

        shapes = ShapeFiles.load(self._archive, self._profile)
        warnings = to_json(lint(shapes))
        ontology = Ontology.load(self._archive.ontology_files())
        # What cannot be compiled is refused here, and not kept.
        concepts = faulty_concepts(shapes, ontology, self._archive.config.base)
        self._database.wipe()
        keep_shapes(self._database, shapes)
        keep_ontology(self._database, ontology)
        self._database.set_meta(LOCAL, "yes" if are_local(shapes.triples) else "no")
        self._database.set_meta(_WARNINGS, warnings)
        self._database.set_meta(_FAULTY, json.dumps([concept.value for concept in concepts]))
        self._database.set_meta(CONTEXT, context)

    def _report(self, update: Update, paths: tuple[Path, ...], named: Collection[str] | None) -> Report:
        """Put together what was found.

        Args:
            update: What was done.
            paths: Of what findings are wanted.
            named: The shown names of these files, if nothing else need be known.
        """
        outside = [*update.found_walking(), *self._warnings()]
        if not self._knows_all:
            self._sources = {}
        touched = update.touched if self._knows_all else None
        self._find_sources(self._teller.learn(touched, outside, self._shaped(), named))
        self._knows_all = self._knows_all or not named
        findings = self._teller.findings()
        chosen = self._chosen(paths)
        if paths and not chosen:
            raise NoMatchingRecordsError(paths)
        return Report(
            findings=about(findings, chosen) if paths else findings,
            files=len(chosen) if paths else update.count(),
            sources=Sources(self._archive.root, self._sources),
            rules=self._rules,
        )

    def _foretell(self) -> None:
        """Take notice of what is known already, most of which will hold; have at hand what a change takes."""
        if not self._knows_all:
            self._sources = {}
            self._find_sources(self._teller.foretell(self._warnings()))
            self._knows_all = True
        self.warm()

    def _warnings(self) -> list[Diagnostic]:
        return from_json(self._database.meta(_WARNINGS) or "")

    def _files_at(self, paths: tuple[Path, ...]) -> list[str] | None:
        """The places of files that are named one by one; ``None`` if they are not, and all are looked at.

        Whoever names files, as an editor does on every save, wants to know of these, and at once. In a
        large archive the others count as they were when all were looked at.
        """
        if not self._database.has_more_than(FEW):
            return None
        root = self._archive.root
        resolved = [path.resolve() for path in paths]
        are_files = bool(paths) and all(path.is_relative_to(root) and path.is_file() for path in resolved)
        return [path.relative_to(root).as_posix() for path in resolved] if are_files else None

    def _chosen(self, paths: tuple[Path, ...]) -> frozenset[str]:
        """The shown names of the records at or below some paths."""
        root = self._archive.root
        places = []
        for path in (path.resolve() for path in paths):
            if path.is_relative_to(root):
                places.append(path.relative_to(root).as_posix())
            elif root.is_relative_to(path):
                places.append(".")
        return frozenset(name for place in places for name in self._database.filenames_at(place))

    def _find_sources(self, filenames: Iterable[str]) -> None:
        """Note where the texts are that the findings of some files speak of."""
        speaks_of = {
            name
            for filename in filenames
            for finding in self._teller.told_in(filename)
            for name in (filename, *(related.filename for related in finding.related))
        }
        for name in speaks_of:
            source = self._teller.source(name) or self._source(name)
            if source:
                self._sources[name] = source

    def _source(self, filename: str) -> Source | None:
        found = self._database.file_called(filename)
        return Source(found.place, found.digest) if found else None

    def _shaped(self) -> list[Diagnostic]:
        """What shapes say that cannot be judged record by record."""
        known = self._database.meta(SHAPED)
        if known is None:
            known = to_json(self._judged())
            self._database.set_meta(SHAPED, known)
        return from_json(known)

    def _nowhere(self) -> "StoredIndex":
        index = self._worker().index
        index.begin_nowhere()
        return index

    def _judged(self) -> Iterator[Diagnostic]:
        if self._database.meta(MODE) != RECORD_BY_RECORD:
            from filmld.check.judge import judge  # noqa: PLC0415  shapes that look far are seldom

            yield from judge(self._archive, self._worker().by_shapes.shapes, self._nowhere())
            return
        faulty = [IRI(iri) for iri in json.loads(self._database.meta(_FAULTY) or "[]")]
        linked = [concept for concept in faulty if self._database.is_mentioned(key(concept.value))]
        if linked:
            yield from self._worker().by_shapes.of_concepts(linked)
