"""A word removed for good from the rows of a plan, from its whole history and from all that is kept beside them.

It is done on a copy that no other program can reach. Only when the word stands nowhere in the copy, and its history is
sealed anew and fits, is the copy put in the place of the plan, in one transaction: a crash leaves the old plan.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from spp_desktop.plan.kinds.choices import Choice, Link
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.removed import ROOMS
from spp_desktop.plan.rows import check, kinds_of_row, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word, counted
from spp_desktop.store import chain, checking_chain, database, expunged, naming, steps, waiting
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import SEALS, revisions
from spp_desktop.store.merging import sealing
from spp_desktop.store.problems import NotKept
from spp_desktop.store.recording import BESIDE, fingerprint
from spp_desktop.store.struck import StruckWord

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace

LONGEST_REASON = 300
BEFORE = (
    "This cannot be undone. No earlier version is kept before it, for that would hold the word. Who did what, and that "
    "a word was removed, by whom and why, stays in the history."
)
"""What is said before a word is removed."""
AFTERWARDS = "after a word was removed"
"""Why an earlier version is kept when it is done."""

_OF_THE_FILE: Mapping[str, frozenset[str]] = {
    "revision": frozenset({"label"}),
    "merged_revision": frozenset({"label"}),
    "head": frozenset({"label"}),
    "change": frozenset({"row_id", "before", "after"}),
    "merged_change": frozenset({"row_id", "before", "after"}),
    "export": frozenset({"owner", "file_name"}),
    "receipt": frozenset({"identity", "file_name", "sender", "outcome", "content"}),
    "decision": frozenset({"subject", "value", "reason"}),
}
"""The columns that hold what a person typed, of the tables of the history and of what is kept beside the content."""
_OF_THE_PROGRAM = frozenset(
    {
        *(("accepted_finding", column) for column in ("finding", "rule", "stamp")),
        *(("submission", column) for column in ("return_id", "often", "period", "revision", "file_hash")),
        *(("activity_report", column) for column in ("submitted_by", "accepted_by", "returned_by")),
        *(
            *(("disclosure", column) for column in ("item_table", "column_name", "revision")),
            *(("small_numbers", column) for column in ("item_table", "column_name")),
            ("kept_document", "document"),
            ("reporting_period", "state_by"),
            ("attachment", "sha256"),
            ("declared_return", "lists"),
            ("judgement_rule", "version"),
            ("link", "kind"),
        ),
    }
)
"""Columns of the plan's own tables that hold words of the program, or the log-in names of who did something."""
_NAMES = frozenset(
    (table, column)
    for table, column in _OF_THE_PROGRAM
    if table in ("activity_report", "reporting_period") and column.endswith("_by")
)
"""Those of them that say who did something."""
_WHO = "author"
"""The column that says who did something: the record of that stays."""


_EVERY = 200
"""Rows and steps after which is told how far it is."""


class WordPlace(NamedTuple):
    """Where the word stands: a column of a row of a table of the file."""

    table: str
    column: str
    rowid: int
    row: Mapping[str, Any]

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.row[self.column]


@dataclass(frozen=True)
class WordStanding:
    """Where a word stands in a plan's file.

    Attributes:
        cells: the cells of rows of the plan, each as a line: "activity 1.05, text: “…to Mr Smith by May”".
        rows: how many rows these are.
        changes: how many cells and rows the history remembers with it.
        steps: how many steps these are, with those that have it in their words.
        records: the records of files that went out or came in, each as a line.
        stays: what is left as it is, in sentences: the names under which people changed the plan.
    """

    cells: tuple[str, ...]
    rows: int
    changes: int
    steps: int
    records: tuple[str, ...]
    stays: tuple[str, ...]

    @property
    def anywhere(self) -> bool:
        """Whether there is anything to remove."""
        return bool(self.cells or self.steps or self.records)

    def counts(self) -> str:
        """It in a few words: "3 cells of 2 rows, 5 changes in 4 steps and 1 record"."""
        parts = [
            f"{counted(len(self.cells), 'cell')} of {counted(self.rows, 'row')}" if self.cells else "",
            f"{counted(self.changes, 'change')} in {counted(self.steps, 'step')}" if self.changes else "",
            f"the words of {counted(self.steps, 'step')}" if self.steps and not self.changes else "",
            f"{counted(len(self.records), 'record')} of files" if self.records else "",
        ]
        told = [part for part in parts if part]
        return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def standing(connection: sqlite3.Connection, word: StruckWord, moved: Moved = unheard) -> WordStanding:
    """Where a word stands in a plan's file."""
    cells, records, changes = list[str](), list[str](), 0
    rows, of_steps, stays = set[tuple[str, int]](), set[int | str](), Counter[str]()
    for place in places(connection, word, moved):
        if _stays_there(place, word):
            stays[f"{place.table}.{place.column}"] += 1
        elif place.table in _CHANGES:
            changes += 1
            of_steps.add(place.row["revision"])
        elif place.table in _STEPS:
            of_steps.add(place.rowid if place.table == "revision" else place.row["id"])
        elif place.table in BESIDE:
            records.append(_record(place))
        elif place.table in kinds_of_row():
            rows.add((place.table, place.rowid))
            cells.append(_in_words(connection, place, word))
    told = tuple(_stay_told(name, number) for name, number in stays.items() if not name.startswith("head."))
    return WordStanding(tuple(cells), len(rows), changes, len(of_steps), tuple(records), told)


def places(
    connection: sqlite3.Connection, word: StruckWord, moved: Moved = unheard, what: str = "Looking where it stands"
) -> Iterator[WordPlace]:
    """Every place of a file in which a word stands, whatever tables the file has."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    tables = [name for (name,) in connection.execute(query)]
    total = sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)
    done = 0
    for table in tables:
        cursor = connection.execute(f'SELECT rowid, * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        for values in cursor:
            if done % _EVERY == 0:
                moved(what, done, total)
            done += 1
            for column, value in zip(names[1:], values[1:], strict=True):
                if isinstance(value, (str, bytes)) and word.is_in(value):
                    yield WordPlace(table, column, values[0], dict(zip(names[1:], values[1:], strict=True)))


def holds(connection: sqlite3.Connection, word: StruckWord) -> bool:
    """Whether a word stands in a plan's file at all, but for the names under which people changed it."""
    return any(not _stays_there(place, word) for place in places(connection, word))


def expunge(workspace: "Workspace", word: StruckWord, reason: str, moved: Moved = unheard) -> WordStanding:
    """Remove a word for good from a plan that is open, its whole history and its records, and give where it stood.

    Args:
        workspace: The plan.
        word: The word.
        reason: Why it is removed.
        moved: Hears how far it is until the plan is written; what it raises ends it, and nothing is removed then.

    Raises:
        RuleBroken, NotKept: as ``without``, or if it could not be written; nothing is removed then.
    """
    return workspace.exchange(lambda plan, sitting: without(plan, word, reason, sitting, moved), "nothing is removed")


@contextmanager
def without(
    plan: sqlite3.Connection, word: StruckWord, reason: str, sitting: str, moved: Moved = unheard
) -> Iterator[tuple[sqlite3.Connection, WordStanding]]:
    """A copy of a plan without a word, checked, with the step that says that one was removed; and where it stood.

    Args:
        plan: The plan; it is only read.
        word: The word.
        reason: Why it is removed, in the person's words.
        sitting: The sitting that does it.
        moved: Hears how far it is; what it raises ends it, and nothing has been done then.

    Raises:
        RuleBroken: if the word stands nowhere, the reason is missing or holds it, or a cell cannot do without it.
        NotKept: if the history does not fit its seals, which would be hidden by sealing it anew.
    """
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise RuleBroken("reason", f"Say why it is removed, in at most {LONGEST_REASON} characters.")
    if word.is_in(reason):
        raise RuleBroken("reason", "The reason holds the word itself, and stays in the history. Say it without.")
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        moved("Copying the plan", 0, 0)
        waiting.copy_all(plan, copy)
        stood = standing(copy, word, moved)
        if not stood.anywhere:
            raise RuleBroken("word", f"“{word.word}” stands nowhere in this plan or its history.")
        for fault in _faults(copy, moved, "Checking the history"):
            raise NotKept(
                "damaged", f"Nothing was removed: to seal this history anew would hide a fault in it. {fault}"
            )
        copy.execute("PRAGMA foreign_keys=OFF")
        with _history_open(copy), database.transaction(copy):
            _strike(copy, word, moved)
            _seal_anew(copy, sitting, f"remove a word for good ({stood.counts()}): {reason}", moved)
        moved("Letting go of what was removed", 0, 0)
        copy.execute("VACUUM")
        _demand_gone(copy, word, moved)
        yield copy, stood


def _faults(copy: sqlite3.Connection, moved: Moved, what: str) -> Iterator[str]:
    """The faults of a history, while it is told how far the looking is."""
    newest = chain.newest(copy)
    total = newest.n if newest is not None else 0

    def looked_at(step: int) -> None:
        """Tell now and then which step is looked at."""
        if step % _EVERY == 0:
            moved(what, step, total)

    yield from checking_chain.broken_chain(copy, looked_at)
    yield from sealing.broken_brought(copy)
    yield from checking_chain.broken_end(copy)


def _demand_gone(copy: sqlite3.Connection, word: StruckWord, moved: Moved) -> None:
    """See that the word is gone, and that the history fits.

    Raises:
        NotKept: if not.
    """
    for place in places(copy, word, moved, "Looking whether it is gone"):
        if not _stays_there(place, word):
            raise NotKept("unreadable", f"Nothing was removed: the word would still stand in “{place.table}”.")
    for fault in _faults(copy, moved, "Checking the history again"):
        raise NotKept("unreadable", f"Nothing was removed: {fault}")


@contextmanager
def _history_open(copy: sqlite3.Connection) -> Iterator[None]:
    """Within it, the history of a copy can be rewritten, and what SQLite noted of the values in it is let go."""
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (?, ?, ?, ?)"
    triggers = copy.execute(query, _HISTORY).fetchall()
    for name, _ in triggers:
        copy.execute(f'DROP TRIGGER "{name}"')
    for name in ("sqlite_stat1", "sqlite_stat4"):
        copy.execute(f"DROP TABLE IF EXISTS {name}")
    yield
    for _, sql in triggers:
        copy.execute(sql)


def _strike(copy: sqlite3.Connection, word: StruckWord, moved: Moved) -> None:
    """Put marks in the place of the word, wherever it stands."""
    for table in (*_HISTORY, *BESIDE, *database.tables()):
        moved("Looking how it is spelled", 0, 0)
        for row in copy.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                word.heed(value)
    packed: dict[str, str | None] = {}
    struck = list(places(copy, word, moved, "Putting marks in its place"))
    for place in struck:
        if _stays_there(place, word):
            continue
        value = _struck_change(place, word) if place.table in _CHANGES else _struck_cell(copy, place, word)
        if isinstance(value, bytes):
            packed[str(fingerprint(place.value))] = fingerprint(value)
        copy.execute(f'UPDATE "{place.table}" SET "{place.column}" = ? WHERE rowid = ?', (value, place.rowid))
    for old, new in packed.items():
        query = "UPDATE change SET after = replace(after, ?, ?) WHERE row_table = 'receipt' AND action = 'add'"
        copy.execute(query, (old, new))


def _struck_cell(copy: sqlite3.Connection, place: WordPlace, word: StruckWord) -> Any:
    """A cell of a table without the word.

    Raises:
        RuleBroken: if it can hold nothing that may stand in its place.
    """
    value = _struck(place.table, place.column, place.value, word)
    if _fits(place.table, place.column, value):
        return value
    where = f"the {title_of(kinds_of_row()[place.table], place.column)} of the "
    where += naming.row_named(copy, place.table, dict(place.row))
    raise RuleBroken("word", f"Nothing was removed: {where} may hold no mark in its place. Change that cell first.")


def _struck_change(place: WordPlace, word: StruckWord) -> Any:
    """What the history remembers of a cell or a row, without the word."""
    table = place.row["row_table"]
    if place.column == "row_id":
        return word.without(place.value) if table in BESIDE else place.value
    if place.row["cell"]:  # one cell: set, or marked by a merge
        return _struck(table, place.row["cell"], place.value, word)
    row = {column: _struck(table, column, value, word) for column, value in _cells_of(place).items()}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _struck(table: str, column: str, value: Any, word: StruckWord) -> Any:
    """A cell without the word: with a mark that the column takes, or empty. It depends on nothing but the cell."""
    if _stays(table, column) or not isinstance(value, (str, bytes)) or not word.is_in(value):
        return value
    tried = [word.without(value, room) for room in ROOMS[:-1]] + [""]
    return next((each for each in tried if _fits(table, column, each)), tried[0])


def _fits(table: str, column: str, value: Any) -> bool:
    model = kinds_of_row().get(table)
    if model is None or column not in model.model_fields or not isinstance(value, str):
        return True
    try:
        check(model, {column: value})
    except RuleBroken:
        return False
    return True


def _seal_anew(copy: sqlite3.Connection, sitting: str, label: str, moved: Moved) -> None:
    """Seal the history anew from the first step that is another now, and add the step that says so."""
    first, before = 0, list[str]()
    last = chain.newest(copy)
    assert last is not None  # a plan has a first step
    for step in revisions(copy):
        if step.n % _EVERY == 0:
            moved("Sealing the history anew", step.n, last.n)
        if step.kind == "merged":
            sealing.seal_anew(copy, step.n)
        seal = chain.seal(copy, step)
        if first or seal != step.hash:
            first = first or step.n
            before.append(step.hash)
            copy.execute("UPDATE revision SET hash = ? WHERE n = ?", (seal, step.n))
    newest = chain.newest(copy)
    assert newest is not None  # a plan has a first step
    texts = expunged.texts_of(first or newest.n, before or [newest.hash], newest.hash)
    into = "INSERT INTO change (revision, action, row_table, row_id, cell, before, after)"
    copy.execute(f"{into} VALUES (?, 'set', ?, ?, 'hash', ?, ?)", (newest.n + 1, SEALS, newest.id, *texts))
    steps.close(copy, newest, sitting=sitting, label=label, kind=expunged.KIND, reverses=None)


def _stays(table: str, column: str) -> bool:
    """Whether a column holds nothing that a person typed, or says who did something."""
    if table in _OF_THE_FILE:
        return column not in _OF_THE_FILE[table]
    model = kinds_of_row().get(table)
    if model is None or column not in model.model_fields:
        return False
    told = column in ("id", _WHO, *model.names_any, *model.remembers) or (table, column) in _OF_THE_PROGRAM
    return told or isinstance(kind_of(model, column), (Choice, Link))


def _stays_there(place: WordPlace, word: StruckWord) -> bool:
    """The same of a place; of a change, of the cell that it speaks of, or of all cells of the row."""
    if place.table not in _CHANGES or place.column not in ("before", "after"):
        return _stays(place.table, place.column)
    table, cell = place.row["row_table"], place.row["cell"]
    if table == SEALS or not (cell or place.row["action"] in _WITH_ROWS):
        return True
    if cell:
        return _stays(table, cell)
    return all(_stays(table, column) for column, value in _cells_of(place).items() if word.is_in(value))


_WITH_ROWS = ("add", "remove", "waiting")
"""What is recorded with whole rows: that one came or went, and one that a merge leaves waiting."""


def _cells_of(place: WordPlace) -> dict[str, Any]:
    """The row that a change added or removed."""
    return dict(json.loads(place.value))


def _stay_told(name: str, number: int) -> str:
    """What is left as it is, as people say it: "the name of whoever made 4 steps"."""
    table, _, column = name.partition(".")
    if column == _WHO or (table, column) in _NAMES:
        return f"the name of whoever {_WHO_DID.get(table, 'changed')} {_so_many(table, number)}: who did what stays"
    if table in _HISTORY:
        return f"{counted(number, 'place')} in the history where it is a word of the program itself"
    return f"{_so_many(table, number)} with it as {_titled(table, column)}: a word of the program itself"


def _so_many(table: str, number: int) -> str:
    """So many rows of a table, as people call them."""
    model = kinds_of_row().get(table)
    return (_WORDS.get(table) or (model.word if model is not None else _ROW)).counted(number)


def _titled(table: str, column: str) -> str:
    """What a column is called."""
    model = kinds_of_row().get(table)
    return title_of(model, column) if model is not None and column in model.model_fields else naming.plain(column)


def _record(place: WordPlace) -> str:
    return f"{_RECORDS[place.table]}, {naming.plain(place.column)}"


_STEPS, _CHANGES = ("revision", "merged_revision"), ("change", "merged_change")
_HISTORY = (*_STEPS, *_CHANGES)
_WHO_DID = {"revision": "made", "merged_revision": "made", "export": "sent", "receipt": "received", "decision": "made"}
_WORDS: Mapping[str, Word] = {
    "revision": Word("step", "steps"),
    "merged_revision": Word("step of another copy", "steps of other copies"),
    "export": Word("file that went out", "files that went out"),
    "receipt": Word("file that came in", "files that came in"),
    "decision": Word("decision", "decisions"),
}
"""What the records of the file are called, in a sentence."""
_ROW = Word("row", "rows")
_RECORDS = {
    "export": "record of a file that went out",
    "receipt": "record of a file that came in",
    "decision": "decision about a file that came in",
}


def _in_words(connection: sqlite3.Connection, place: WordPlace, word: StruckWord) -> str:
    """A cell with the words around it."""
    title = title_of(kinds_of_row()[place.table], place.column)
    named = naming.row_named(connection, place.table, dict(place.row))
    return f"{named}, {title}: “{word.part_around(str(place.value))}”"
