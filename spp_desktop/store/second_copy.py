"""A second copy of an open plan, which no other program can reach: what was kept, if the plan's file loses it.

It is a nameless database of SQLite's, in memory and, where it is large, in a temporary file that goes with it. Each
transaction on the plan is made on it too, row by row. Where no change is to wait for it, it is made beside the work,
from the first change on, and follows the plan once it is whole.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from spp_desktop.plan.words import counted
from spp_desktop.store import backups, chain, clock, expunged, history, moved, waiting
from spp_desktop.store.copying import PlanCopying, close_beside, is_room_for
from spp_desktop.store.expunged import SealsBefore
from spp_desktop.store.history import Revision
from spp_desktop.store.recording import tables_beside

MOST_KNOWN = 200
"""Steps at the end of a history by which it is known again, with those made while it is open: each is sealed with all
that were before it."""

MOST_ROWS = 2_000
"""Rows of one transaction that are copied one by one; where there are more, the plan is copied whole."""


class SecondCopy:
    """What one program has seen and written of a plan.

    Attributes:
        missing: the revisions that this program knew to be kept and that the file no longer holds, the oldest first.
        is_beside: whether the plan is copied beside the work.
    """

    def __init__(self) -> None:
        self.missing: Sequence[Revision] = ()
        self.is_beside = self._more_missing = self._is_due = False
        self._copying: PlanCopying | None = None
        self._chain: list[Revision] = []
        self._copy: sqlite3.Connection | None = None
        self._made: Sequence[Revision] = ()
        self._by_rows = True
        self._keys: Mapping[str, str] = {}

    def see(self, plan: sqlite3.Connection) -> bool:
        """Take in the end of the history of the file as it is now. Returns whether some that was known is gone."""
        known, begins = self._chain, self._chain[0].n if self._chain else 0
        now, shared = known, len(known)
        # The last is sealed with all before it: where it is there, they are.
        if known and history.revision_numbered(plan, known[-1].n) != known[-1]:
            now, before = history.revisions(plan, begins - 1), expunged.seals_before(plan)
            pairs = list(zip(known, now, strict=False))
            shared = next((n for n, (old, new) in enumerate(pairs) if not _same(old, new, before)), len(pairs))
        gone, rewritten = known[shared:], known[:shared] != now[:shared]
        self._chain = history.last_revisions(plan, MOST_KNOWN)
        new = bool(known) and self._chain[-1:] != known[-1:]
        if rewritten:
            self.forget()  # it holds what was removed
        if gone:
            self.missing, self._more_missing = gone, not shared and begins > 1
        elif new:
            self.forget()  # another program has gone on with the plan
        return bool(gone)

    @contextmanager
    def along(self, plan: sqlite3.Connection) -> Iterator[None]:
        """A context of one transaction on the plan: what it keeps is kept here too, and what it takes back is not."""
        self._begin(plan)
        try:
            yield
        except BaseException:
            if self._copy is not None and self._copy.in_transaction:
                self._copy.execute("ROLLBACK")
            raise
        self._keep(plan)

    def _begin(self, plan: sqlite3.Connection) -> None:
        """Copy the plan, if there is no copy of it as it is."""
        if self.missing:
            self.forget()
        self.make(plan)
        if self._copy is not None:
            self._copy.execute("BEGIN")

    def make(self, plan: sqlite3.Connection) -> None:
        """Copy the plan as it is, unless there is a copy; where there is no room for it, there is none.

        One that is made beside the work is begun behind the first change, and followed from when it is whole.
        """
        if self._copy is not None:
            return
        try:
            if self.is_beside:
                self._follow(plan)
                return
            self._copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            waiting.copy_all(plan, self._copy)
            self._learn_keys(plan)
        except (sqlite3.Error, OSError):
            self.forget()

    def _learn_keys(self, plan: sqlite3.Connection) -> None:
        self._keys = {table.name: table.row_key("row") for table in tables_beside(plan)}

    def _follow(self, plan: sqlite3.Connection) -> None:
        """Take the copy that was made beside, if it is whole, and make on it what the plan has that it lacks."""
        copy = self._made_beside()
        if copy is None:
            return
        self._copy, last = copy, chain.newest(copy)
        self._learn_keys(plan)
        copy.execute("BEGIN")
        if last is None or history.revision_numbered(plan, last.n) != last:
            self.forget()
        elif _take_rows(plan, copy, last.n, self._keys):
            copy.execute("COMMIT")
        else:
            self._copy_beside(plan)

    def _made_beside(self) -> sqlite3.Connection | None:
        """The copy that was made beside, once it is whole."""
        return self._copying.take_over() if self._copying is not None and self._copying.is_done else None

    def _copy_beside(self, plan: sqlite3.Connection) -> None:
        """Begin to copy the plan beside the work, anew if there is a copy; none where there was no room for it."""
        self.rest()
        self._let_go()
        if is_room_for(plan, Path(tempfile.gettempdir())):
            self._copying = PlanCopying(plan, None, backups.demand_whole)
            self._copying.start()

    def take(self, plan: sqlite3.Connection) -> None:
        """At the end of a transaction: make on the copy what the transaction changed."""
        after = self._chain[-1].n if self._chain else 0
        self._made = history.revisions(plan, after)
        if self._copy is not None:
            try:
                self._by_rows = _take_rows(plan, self._copy, after, self._keys)
            except (sqlite3.Error, OSError):
                self.forget()

    def _keep(self, plan: sqlite3.Connection) -> None:
        self._chain += self._made
        if self._copy is not None:
            try:
                self._copy.execute("COMMIT" if self._by_rows else "ROLLBACK")
                if not self._by_rows and self.is_beside:
                    self.rest()
                    self._let_go()
                elif not self._by_rows:
                    waiting.copy_all(plan, self._copy)
            except (sqlite3.Error, OSError):
                self.forget()
        self._is_due = self.is_beside and self._copy is None and self._copying is None

    def go_on(self, plan: sqlite3.Connection) -> None:
        """Begin to copy the plan beside the work, where that is due: once the change before it was told and shown."""
        if self._is_due:
            self._is_due = False
            with suppress(sqlite3.Error, OSError):
                self._copy_beside(plan)

    def _let_go(self) -> None:
        """Let go of the copy."""
        if self._copy is not None:
            close_beside(self._copy)
            self._copy = None

    def connection(self) -> sqlite3.Connection | None:
        """The copy, where it holds the last that this program knew to be kept."""
        last = self.missing[-1] if self.missing else self._chain[-1] if self._chain else None
        if self._copy is None and self._is_whole_beside(last):
            self._copy = self._made_beside()
            if self._copy is not None:
                self._learn_keys(self._copy)
        if self._copy is None or self._copy.in_transaction:
            return None
        latest = history.revisions(self._copy, last.n - 1 if last is not None else 0)
        return self._copy if last is not None and latest == [last] else None

    def _is_whole_beside(self, last: Revision | None) -> bool:
        """Whether the copy that was made beside holds all to the last step; one that lacks some is followed later."""
        made = self._copying.copy if self._copying is not None and self._copying.is_done else None
        return made is not None and last is not None and chain.newest(made) == last

    def told(self, path: Path) -> str:
        """Keep what is missing from a plan as an earlier version, where it is known; and say what is missing."""
        steps = [step for step in self.missing if step.kind != "beside"] or self.missing
        last, stands = steps[-1], "is" if len(steps) == 1 else "are"
        least = "At least " if self._more_missing else ""
        return (
            f"Steps that were kept are no longer in {path.name}: another copy of it was written over it. "
            f"{least}{counted(len(steps), 'step')} {stands} missing, the last “{last.label}” by {last.author}, "
            f"{clock.time_in_words(last.at)}. {self._where(path)}"
        )

    def _where(self, path: Path) -> str:
        """Where the missing steps still are."""
        copy = self.connection()
        if copy is not None:
            kept = ""
            with suppress(sqlite3.Error, OSError):
                backups.make(copy, path, "before another copy was written over it")
                kept = " It keeps them among the earlier versions too."
            return f"This program still has them: bring them back, or go on with the plan as it is now.{kept}"
        for version in backups.earlier_versions(path, counted=False):
            if _holds(version.path, self.missing[-1]):
                when = clock.time_in_words(version.at)
                return f"They are in the earlier version of {when} ({version.reason}), in the File menu."
        return "No earlier version holds them; look for them in other copies of the plan."

    def forget(self) -> None:
        """Let go of the copy, and of what is missing."""
        self.missing = ()
        self.rest()
        self._let_go()

    def rest(self) -> None:
        """Copy nothing any more beside the work."""
        if self._copying is not None:
            self._copying.stop()
            self._copying = None


def _same(old: Revision, new: Revision, before: SealsBefore) -> bool:
    """Whether a step is the one that was known, perhaps without a word that was removed since."""
    return old == new or (old.id == new.id and old.hash in before.get(new.n, ()))


def _take_rows(plan: sqlite3.Connection, copy: sqlite3.Connection, after: int, keys: Mapping[str, str]) -> bool:
    """Copy the rows that revisions changed, and those revisions. Returns whether there were few enough for that.

    Args:
        plan: What they are copied from.
        copy: What they are copied to.
        after: The number of the last revision that is not copied.
        keys: SQL for the key of a row, by table; of other tables it is the column of that name.
    """
    query = "SELECT DISTINCT row_table, row_id FROM step_change WHERE revision > ? LIMIT ?"
    touched = plan.execute(query, (after, MOST_ROWS + 1)).fetchall()
    if len(touched) > MOST_ROWS:
        return False
    rows: dict[str, list[str]] = {}
    for table, key in touched:
        rows.setdefault(moved.table_now(table), []).append(key)
    parts = [
        (
            f'"{table}" AS row WHERE {keys.get(table, "row.id")} IN (SELECT value FROM json_each(?))',
            json.dumps(of_table),
        )
        for table, of_table in rows.items()
    ]
    for part, of_table in parts:
        copy.execute(f"DELETE FROM {part}", (of_table,))
    for table, (part, of_table) in zip(rows, parts, strict=True):
        _insert(copy, table, plan.execute(f"SELECT * FROM {part}", (of_table,)))
    for table, number in (("revision", "n"), ("change", "revision")):
        _insert(copy, table, plan.execute(f"SELECT * FROM {table} WHERE {number} > ?", (after,)))
    copy.execute("DELETE FROM head")
    _insert(copy, "head", plan.execute("SELECT * FROM head"))
    for table in ("merged_revision", "merged_change"):
        (last,) = copy.execute(f"SELECT ifnull(max(n), 0) FROM {table}").fetchone()
        _insert(copy, table, plan.execute(f"SELECT * FROM {table} WHERE n > ?", (last,)))
    return True


def _insert(copy: sqlite3.Connection, table: str, rows: sqlite3.Cursor) -> None:
    marks = ", ".join("?" * len(rows.description))
    copy.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)


def _holds(version: Path, revision: Revision) -> bool:
    """Whether an earlier version holds a revision."""
    uri = f"{version.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    except sqlite3.Error:
        return False
    try:
        query = "SELECT 1 FROM revision WHERE id = ? AND hash = ?"
        return connection.execute(query, (revision.id, revision.hash)).fetchone() is not None
    except sqlite3.Error:
        return False
    finally:
        connection.close()
