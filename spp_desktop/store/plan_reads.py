"""An open plan as it is read: by named reads, through its history, and what is kept beside its content."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from spp_desktop.store import heads, held_reads, history, locks, steps, turns
from spp_desktop.store.history import RecordedChange, Revision, StoredRow
from spp_desktop.store.losses import UNFIT_HISTORY, damage_told
from spp_desktop.store.plan_file import PlanOnDisk

if TYPE_CHECKING:
    from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class PlanReads:
    """A plan that is open, as it is read.

    Attributes:
        path: the plan's file.
        place: where it lies.
    """

    def __init__(self, file: PlanOnDisk) -> None:
        self.path, self.place = file.path, file.place
        self._file = file
        self._turns = self._turns_of_now()

    def _turns_of_now(self) -> turns.Turns:
        """What can be undone and done again by the history as it is now, of which nothing is read yet."""
        return turns.Turns(lambda most: history.last_revisions(self._raw, most))

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed; ``notices`` then says why."""
        return self._file.read_only

    @property
    def holder(self) -> locks.Holder | None:
        """Who else has the plan open for writing, if somebody has."""
        return self._file.holder

    @property
    def _raw(self) -> sqlite3.Connection:
        return self._file.raw

    def read(self, query: "Callable[Concatenate[Connection, P], T]", *args: P.args, **kwargs: P.kwargs) -> T:
        """What a named read gives.

        Raises:
            PlanRefused: if the file cannot be read where it is damaged.
        """
        with damage_told(self.path), self._file.engine.connect() as connection:
            return query(connection, *args, **kwargs)

    def read_beside(
        self, read: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Read the history, or what is kept beside the content, such as the record of exports; else as ``read``."""
        with damage_told(self.path):
            return read(self._raw, *args, **kwargs)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold what named reads give that are made again and again, while many files are compared with the plan."""
        with self._file.engine.connect() as connection, held_reads.holding(connection):
            yield

    def head(self) -> str:
        """The head of the sealed chain, as files carry it that leave the plan; "" before there is a first step."""
        return self._read_history(heads.text_of)

    def revision(self) -> str:
        """The id of the newest step."""
        newest = self._read_history(history.latest)
        return newest.id if newest else ""

    def stands(self, revision: str) -> bool:
        """Whether a step is in this plan's history and has not been undone or put back."""
        return bool(self.standing([revision]))

    def standing(self, revisions: Iterable[str]) -> set[str]:
        """Those of these steps that stand, its own and those that merges brought along: read once for all of them."""
        from spp_desktop.store.merging import brought_then  # late: seldom

        keys = set(revisions)
        own = self._read_history(steps.standing, keys)
        return own | self._read_history(brought_then.standing_brought, keys - own)

    def history(self) -> list[Revision]:
        """Every step, the newest first; it and the methods beside it raise ``PlanRefused`` as ``read`` does."""
        return self._read_history(lambda connection: history.readable(history.steps(connection)))[::-1]

    @property
    def undo_label(self) -> str | None:
        """What would be undone next."""
        return self._label_of(self._turns.to_undo)

    @property
    def redo_label(self) -> str | None:
        """What would be done again next."""
        return self._label_of(self._turns.to_redo)

    def _label_of(self, turn: Callable[[], Revision | None]) -> str | None:
        """The label of a step that can be turned round; ``None`` also where the history cannot be read just now."""
        with suppress(sqlite3.Error):
            step = None if self.read_only else turn()
            return None if step is None else step.label
        return None

    def changes_of(self, step: Revision) -> list[RecordedChange]:
        """What one step changed."""
        return self._read_history(lambda connection: list(history.changes(connection, step.n)))

    def as_at(self, revision: str) -> dict[str, dict[str, StoredRow]] | None:
        """Every row as it was at a revision: by table, then by key; ``None`` if the plan has no such revision."""
        step = self._read_history(history.revision_named, revision)
        return None if step is None else self._read_history(history.tables_as_at, step.n)

    def _read_history(
        self, read: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What a read of the history gives.

        Raises:
            PlanRefused: if the file cannot be read where it is damaged, or at all just now.
        """
        with damage_told(self.path, UNFIT_HISTORY):
            return read(self._raw, *args, **kwargs)
