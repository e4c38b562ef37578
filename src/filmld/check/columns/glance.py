"""What must be asked of each record of an archive, once all have been read.

Of most records nothing need be asked: the screens say of every rule that it finds nothing in them, and shapes
judge one thing of each sort. What a record is not asked it does not depend on by a question that is noted, as
other records do (:mod:`filmld.check.stored.nodes`): it depends on all that it mentions, names and numbers
(:meth:`filmld.check.stored.database.Database.reopen`), and on what :attr:`Asked.further` adds.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from filmld.archive import Profile
from filmld.check.asking import EVERYTHING, SHAPES
from filmld.check.columns import looks, sorts, together
from filmld.check.columns.alone import bit
from filmld.check.columns.compared import Gathering
from filmld.check.columns.slim import Slim
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.taking import Batch
from filmld.check.index import Index
from filmld.check.stored.keys import keys_of
from filmld.tuples import NamedTuple


class Asked(NamedTuple):
    """What is asked of an archive.

    Attributes:
        files: What is asked of each file, a bit for each rule and one for shapes; nothing of those left out.
        sorts: ``record``, ``subject``, ``sort``: the things that shapes are for, and of what sort they are.
        further: Files, and nodes whose facts they depend on without mentioning them.
    """

    files: Mapping[int, int]
    sorts: pl.DataFrame
    further: list[tuple[int, int]]

    def alike(self, faulty: Iterable[int], unjudged: Iterable[int]) -> list[int]:
        """The files with things of a sort of which one thing does not speak for all.

        Args:
            faulty: The things that shapes find fault with, by their numbers.
            unjudged: The files that have changed before they could be judged.
        """
        is_bad = pl.col("subject").is_in(list(faulty)) | pl.col("record").is_in(list(unjudged))
        bad = self.sorts.filter(is_bad).select("sort").unique()
        return self.sorts.join(bad, on="sort", how="semi")["record"].unique().sort().to_list()


class Glance:
    """Gathers what was read, and decides what must be asked.

    Args:
        index: Of nothing; its vocabularies are asked.
        sorting: How shapes tell things apart.
        profile: By whose wishes records are judged.
    """

    def __init__(self, index: Index, sorting: Sorting, profile: Profile) -> None:
        self._index = index
        self._sorting = sorting
        self._profile = profile
        self._gathering = Gathering(sorting.followed(together.FOLLOWED))
        self._suspects: list[pl.DataFrame] = []
        self._everything: list[int] = []

    def add(self, batch: Batch, first: int) -> None:
        """Add what was read.

        Args:
            batch: What was read.
            first: The number in the index of the first file of the batch; the others follow.
        """
        self._suspects.append(_renumbered(batch.suspects, first))
        kept = {nth: one for nth, one in batch.odd.items() if one.is_kept}
        self._everything += [first + nth for nth in kept]
        known = batch.sound | kept
        homes = {
            "record": [first + nth for nth in known],
            "home": keys_of(one.sheet.iri for one in known.values()),
        }
        self._gathering.add(
            Slim(*(_renumbered(frame, first) for frame in batch.slim)),
            pl.DataFrame(homes, schema={"record": pl.UInt32, "home": pl.Int64}),
        )

    def close(self) -> None:
        """Let go of what was gathered."""
        self._gathering.close()
        self._suspects.clear()

    def decide(self) -> Asked:
        """Say what must be asked of each file."""
        all_ = self._gathering.compared(self._index)
        is_strict = self._profile is Profile.ARCHIVE
        screens = {rule: look(all_) for rule, look in looks.LOOKS.items()} if is_strict else {}
        by_rules = (
            [_marked(records, bit(rule)) for rule, records in together.suspects(all_)] if is_strict else []
        )
        told, by_name = sorts.Sorts(all_, self._sorting), sorts.ByName(all_, self._sorting)
        borrowing = looks.Borrowing(all_)
        for part in all_.parts():
            for see in (told.see, by_name.see, borrowing.see, *(screen.see for screen in screens.values())):
                see(part)
        everything = pl.concat(
            [
                pl.Series("record", self._everything, dtype=pl.UInt32),
                together.described_elsewhere(all_),
                borrowing.found(),
            ]
        )
        files = [
            _marked(everything, pl.lit(EVERYTHING, dtype=pl.UInt64)),
            _marked(pl.concat([told.first(), by_name.found()]), pl.lit(SHAPES, dtype=pl.UInt64)),
        ]
        if is_strict:
            files += self._suspects
            files += [_marked(screen.found(), bit(rule)) for rule, screen in screens.items()]
            files += by_rules
        asked = pl.concat(files).group_by("record").agg(pl.col("rules").bitwise_or())
        return Asked(dict(asked.iter_rows()), told.found(), list(together.further(all_).iter_rows()))


def _renumbered(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    return frame.with_columns((pl.col("record") + first).cast(pl.UInt32))


def _marked(records: pl.Series, what: pl.Expr) -> pl.DataFrame:
    return pl.DataFrame({"record": records.unique()}).with_columns(what.alias("rules"))
