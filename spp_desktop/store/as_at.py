"""The plan as it stood at a moment: opened like any other plan, for reading only, and told from the plan as it is now.

It is a copy of the plan in which everything that was done after the moment is taken back: the rows, what is kept beside
them, and the history, which ends at the moment. So whatever reads a plan reads this one, at the speed of any other. The
copy is in memory and has no file: it is no conflicting copy, nothing is remembered of it, and nobody can check it.
"""

import sqlite3
from contextlib import suppress
from typing import NoReturn

from spp_desktop.plan.words import counted
from spp_desktop.store import chain, database, history, naming, own_words, recording, statements
from spp_desktop.store.history import StoredRow
from spp_desktop.store.losses import damage_told
from spp_desktop.store.moments import Moment
from spp_desktop.store.plan_file import PlanOnDisk
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.queries import AS_AT, AsAtMark
from spp_desktop.store.recording import tables_beside
from spp_desktop.store.workspace import Workspace


def rows_then(plan: sqlite3.Connection, revision: int) -> sqlite3.Connection:
    """A copy of a plan in memory as it was when a revision had just been made; its history ends with that revision.

    Args:
        plan: A connection to the plan.
        revision: The local number of the revision.
    """
    copy = database.in_memory(plan)
    try:
        copy.execute("PRAGMA foreign_keys=OFF")
        copy.execute("PRAGMA secure_delete=OFF")  # nothing of it is on any disk
        copy.execute("BEGIN")
        for table, rows in history.rows_as_at(copy, revision).items():
            _put(copy, table, rows)
        _put_beside(copy, revision)
        _end_history(copy, revision)
        copy.execute("COMMIT")
        copy.execute("PRAGMA foreign_keys=ON")
        copy.execute("PRAGMA query_only=ON")
    except BaseException:
        copy.close()
        raise
    return copy


def _put(copy: sqlite3.Connection, table: str, rows: dict[str, StoredRow | None]) -> None:
    """Have rows of a table be as they are given, by key; ``None`` stands for a row that is not there.

    A row keeps its place in the table, by which rows are read that have no other order.
    """
    columns = [row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * (len(columns) + 1))
    coming = [(_place(copy, table, key), *map(cells.get, columns)) for key, cells in rows.items() if cells is not None]
    copy.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(key,) for key in rows])
    coming.sort(key=lambda row: row[0] is None)  # who has no place gets none that is another's
    copy.executemany(f'INSERT INTO "{table}" (rowid, {names}) VALUES ({marks})', coming)


def _place(copy: sqlite3.Connection, table: str, key: str) -> int | None:
    """SQLite's own number of a row, if it is there."""
    row = copy.execute(f'SELECT rowid FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return None if row is None else int(row[0])


def _put_beside(copy: sqlite3.Connection, revision: int) -> None:
    """Take back what was kept beside the content after a revision, the latest first: exports, receipts, decisions.

    Of a file that is kept the history knows the fingerprint alone: it stays what it is, for no file is ever replaced.
    """
    tables = {table.name: table for table in tables_beside(copy)}
    for change in history.changes_after(copy, revision, tables=recording.BESIDE):
        table = tables[change.table]
        of_row = f"{table.row_key('row')} = ?"
        if change.action == "add":
            copy.execute(f'DELETE FROM "{table.name}" AS row WHERE {of_row}', (change.row,))
        elif change.action == "remove":
            names, marks = ", ".join(f'"{name}"' for name in change.before), ", ".join("?" * len(change.before))
            copy.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(change.before.values()))
        elif dict(table.columns).get(change.cell) == "plain":
            query = f'UPDATE "{table.name}" AS row SET "{change.cell}" = ? WHERE {of_row}'
            copy.execute(query, (change.before, change.row))


def _end_history(copy: sqlite3.Connection, revision: int) -> None:
    """Cut the history off behind a revision, which is its head then."""
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('revision', 'change')"
    triggers = copy.execute(query).fetchall()
    for name, _ in triggers:
        copy.execute(f'DROP TRIGGER "{name}"')
    copy.execute("DELETE FROM change WHERE revision > ?", (revision,))
    copy.execute("DELETE FROM revision WHERE n > ?", (revision,))
    for _, sql in triggers:
        copy.execute(sql)
    last = chain.newest(copy)
    if last is not None:
        chain.make_head(copy, last)


class _InMemory(PlanOnDisk):
    """A plan in memory in the place of a plan's file: nobody else reaches it, so it never changes."""

    def __init__(self, plan: Workspace, raw: sqlite3.Connection, moment: Moment) -> None:
        self.path = plan.path.with_name(f"{plan.path.stem} as at {moment.file_words}{plan.path.suffix}")
        self.place, self.taken, self.lock, self.holder = plan.place, "", None, None
        self.raw = raw
        self._engine = statements.engine_on(raw)
        with self.engine.connect() as connection:
            connection.info[AS_AT] = AsAtMark(moment.words, moment.seen, moment.day)
        self.notices = [told(plan, moment)]

    def see(self) -> None:
        """Speak as the plan said then."""
        own_words.go_by(self.raw)

    def is_changed(self) -> bool:
        """Nobody changes it."""
        return False

    def is_another(self) -> bool:
        """No file stands under its name."""
        return False

    def reached_again(self) -> str:
        """It is never out of reach."""
        return ""


class PastWorkspace(Workspace):
    """A plan as it stood at a moment, open for reading only. Made by ``opened``; to be closed like any other.

    Its ``path`` is the name that a copy of it would have beside the plan; there is no file of that name. Its
    ``notices`` say at which moment it is seen, and so does its title, wherever that is shown, printed or written.

    Attributes:
        origin: the plan that it is a moment of.
        moment: the moment.
    """

    def __init__(self, origin: Workspace, moment: Moment) -> None:
        with damage_told(origin.path):
            raw = origin.read_beside(rows_then, moment.last.n)
        super().__init__(_InMemory(origin, raw, moment))
        self.moment = moment
        self.origin = origin

    def close(self) -> None:
        """Let go of it, and speak as the plan says now, if that is still open."""
        self._listeners.clear()
        self._heeding.clear()
        self._file.close()
        with suppress(PlanRefused):
            self.origin.read_beside(_speak)

    def look(self, copies: object = ()) -> bool:
        """What has been never changes."""
        del copies
        return False

    def back_up(self, reason: str) -> NoReturn:
        """Refuse: what has been is in the history of the plan."""
        del reason
        raise NotKept("read-only", f"{self.notices[0]} No earlier version is made of it.")


def _speak(plan: sqlite3.Connection) -> None:
    plan.execute("SELECT 1")  # it may be closed
    own_words.go_by(plan)


def opened(plan: Workspace, moment: Moment) -> PastWorkspace:
    """A plan as it stood at a moment, open for reading only.

    While it is open, the program speaks as the plan said then; once it is closed, as the plan says now.

    Raises:
        PlanRefused: if the plan's file is damaged where it is read.
    """
    return PastWorkspace(plan, moment)


def moment_of(plan: Workspace) -> Moment | None:
    """The moment at which an open plan is seen; ``None`` where it is seen as it is now."""
    return plan.moment if isinstance(plan, PastWorkspace) else None


def plan_now(plan: Workspace) -> Workspace:
    """The plan as it is now, whichever moment of it an open plan is."""
    return plan.origin if isinstance(plan, PastWorkspace) else plan


def told(plan: Workspace, moment: Moment) -> str:
    """What is said of a plan that is seen as it stood at a moment."""
    latest = plan.read_beside(history.latest_until, moment.last.n)
    since = plan.read_beside(history.steps_after, moment.last.n)
    step = f" The latest step then was {naming.step_named(latest)}." if latest else ""
    left = f"{counted(since, 'step')} {'has' if since == 1 else 'have'} been made since" if since else "none came since"
    return f"You see {plan.path.name} {moment.seen}.{step} It is for reading only; {left}."
