"""Restoring: the whole plan, a row with all that hangs below it, or one cell, as it stood at a moment; as one step.

What is restored is worked out first, with a sentence that says what comes back, what goes and what is another; then it
is made like any edit, with the same checks, and can be undone like any. It is kept in the history beside what it took
back: nothing is lost by it.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.editions import Edition, ExplainedChange, FileOfEdition, PlanVersion
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.priorities import Commitment, Theme
from spp_desktop.plan.results import Result
from spp_desktop.plan.rows import Row, hanging_on_any, kinds_of_row, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.store import history, link_faults, naming, putting_back
from spp_desktop.store.as_at import PastWorkspace
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.dependents import in_words
from spp_desktop.store.history import RecordedChange, StoredRow
from spp_desktop.store.state_differences import RowDifference, compare
from spp_desktop.store.workspace import Workspace

_ACCOUNTED = frozenset(str(model.__tablename__) for model in (Result, Target))
"""The tables of which a change leaves an account beside it: of a figure given out, of a target that was judged by."""
_DATED = frozenset(str(model.__tablename__) for model in (Activity, Milestone))
_MOVED = frozenset({"due", "due_within", "forecast", "forecast_within"})
"""The cells of which each move is kept, with its reason."""
_OUT_OF_HOUSE = frozenset(str(model.__tablename__) for model in (PlanVersion, Edition, FileOfEdition, ExplainedChange))
"""The tables that say which states of the plan left the house, and why what they hold is another now."""
_ABOVE_ACTIVITIES = frozenset(str(model.__tablename__) for model in (Theme, Commitment))
"""The tables of whose rows each activity that stands under one keeps the priority."""


@dataclass(frozen=True)
class Restoring:
    """What is to be restored. It is kept by ``workspace.edit(restoring.label, restoring.restore, restoring)``.

    Attributes:
        label: what the step is called: "restore activity 3.04 as at 30 Sep 2026".
        differences: what becomes another, from the plan now to what it was.
        sentence: what comes back, what goes and what is another, for the person who decides.
        along: what else comes back because what is restored needs it, by name: the post that owned an activity.
        left_out: what does not come back, because a row that it joins is not there: links, by name.
    """

    label: str
    differences: tuple[RowDifference, ...]
    sentence: str
    along: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def proposed(plan: Workspace, then: PastWorkspace, row: str = "", cell: str = "") -> Restoring:
    """What would be restored; nothing is changed.

    Args:
        plan: The plan now.
        then: It as it stood at a moment.
        row: The key of the row that is restored with all that hangs below it, such as a priority; "" for everything
            but the lists that a later version of the program brought in, which the plan needs as it is now, and the
            versions and editions since: what left the house cannot be taken back.
        cell: The column of it that is restored alone; "" for all.

    Raises:
        RuleBroken: if neither the plan nor the moment has the row or the cell, or it cannot be restored alone.
    """
    return plan.read_beside(_with_then, then, row, cell)


def column_named(plan: Workspace, row: str, name: str) -> str:
    """The column of a row that a person calls so, by its title or its name; a name that none has is given as it is."""
    model = kinds_of_row().get(plan.read_beside(history.table_of, row))
    columns = () if model is None else tuple(model.model_fields)
    return next((each for each in columns if fold(name) in _names(model, each)), name)


def _names(model: type[Row] | None, column: str) -> tuple[str, ...]:
    """What a column may be called."""
    plain = column.removesuffix("_id")
    return () if model is None else (column, plain, plain.replace("_", " "), fold(title_of(model, column)))


def _with_then(plan: sqlite3.Connection, then: PastWorkspace, row: str, cell: str) -> Restoring:
    return then.read_beside(partial(_proposed, plan, words=then.moment.words), row=row, cell=cell)


def _proposed(plan: sqlite3.Connection, then: sqlite3.Connection, *, words: str, row: str, cell: str) -> Restoring:
    differences, wording = compare(plan, then), Wording(then, plan)
    if not row:
        kept = history.brought_in(plan)
        staying = kept | _records_kept(differences)
        left = [each for each in differences if each.fate != "removed" or (each.table, each.key) not in staying]
        return _told(f"the plan as at {words}", left)
    states = _States(plan, then)
    table = states.table_of(row)
    if not table:
        raise RuleBroken("row", f"Neither the plan now nor the plan as at {words} has a row with the key “{row}”.")
    name = wording.row_of(RecordedChange("set", table, row, "", None, None))
    if cell:
        return _told(f"the {_title(table, cell)} of {name} as at {words}", _one_cell(differences, table, row, cell))
    part = [each for each in differences if row in states.above(each.table, each.key)]
    _demand_accounted(part, states, row)
    part, left_out = _whole_links(part, states)
    part += _named_again(differences, part)
    needed = _needed(part, states)
    told = _told(f"{name} as at {words}", [*part, *needed])
    return replace(
        told,
        along=tuple(wording.row_of(each.changes[0]) for each in needed),
        left_out=tuple(wording.row_of(each.changes[0]) for each in left_out),
    )


def _records_kept(differences: Iterable[RowDifference]) -> set[tuple[str, str]]:
    """The rows, by table and key, that say what left the house since, and those that they name: they stay."""
    gone = {(each.table, each.key): each for each in differences if each.fate == "removed"}
    waiting = [place for place in gone if place[0] in _OUT_OF_HOUSE]
    staying: set[tuple[str, str]] = set()
    while waiting:
        place = waiting.pop()
        staying.add(place)
        cells = gone[place].changes[0].before
        named = ((naming.table_named_by(place[0], column), value) for column, value in cells.items())
        waiting += [each for each in named if each in gone and each not in staying]
    return staying


def _title(table: str, cell: str) -> str:
    """What a column is called.

    Raises:
        RuleBroken: if the table has none of that name.
    """
    model = kinds_of_row()[table]
    if cell not in model.model_fields or cell == "id":
        known = ", ".join(name for name in model.model_fields if name not in ("id", "position"))
        what = model.word.with_article
        raise RuleBroken("cell", f"{what[0].upper()}{what[1:]} has no cell “{cell}”. It has {known}.")
    return title_of(model, cell)


def _one_cell(differences: Iterable[RowDifference], table: str, row: str, cell: str) -> list[RowDifference]:
    """The difference in one cell of a row, if there is any.

    Raises:
        RuleBroken: if the row is not in both states, or the cell cannot be restored by itself.
    """
    difference = next((each for each in differences if (each.table, each.key) == (table, row)), None)
    if difference is None:
        return []
    if difference.fate != "changed":
        raise RuleBroken("cell", "The row is only there at one of the two moments, so it is restored as a whole.")
    changes = tuple(change for change in difference.changes if change.cell == cell)
    if changes and table in _ACCOUNTED:
        raise RuleBroken("cell", _accounted(table))
    if changes and table in _DATED and cell in _MOVED:
        raise RuleBroken(
            "cell",
            f"A date is not restored by itself, because an account is kept of each that is moved. Restore the whole "
            f"{kinds_of_row()[table].word.singular}, or move the date back and say why.",
        )
    return [replace(difference, changes=changes)] if changes else []


def _accounted(table: str) -> str:
    what = kinds_of_row()[table].word.singular
    return (
        f"A {what} is not restored by itself, because an account is kept of each that is changed. Restore its "
        f"indicator as a whole, or type the {what} as it was and say why."
    )


def _demand_accounted(part: Iterable[RowDifference], states: "_States", row: str) -> None:
    """See that figures and targets are restored together with the account that is kept of them, by their indicator.

    Raises:
        RuleBroken: if they are not.
    """
    for each in part:
        if each.table in _ACCOUNTED:
            cells = states.now(each.table, each.key) or states.then(each.table, each.key) or {}
            if row not in states.above(str(Indicator.__tablename__), str(cells.get("indicator_id"))):
                raise RuleBroken("row", _accounted(each.table))


class _States:
    """The plan now and then: rows of each, and what stands above them."""

    def __init__(self, plan: sqlite3.Connection, then: sqlite3.Connection) -> None:
        self.now: Callable[[str, str], StoredRow | None] = cache(partial(history.current_row, plan))
        self.then: Callable[[str, str], StoredRow | None] = cache(partial(history.current_row, then))
        self._plan = plan
        self._above_now = cache(partial(self._above, self.now))
        self._above_then = cache(partial(self._above, self.then))
        self._hanging = {str(model.__tablename__): model.names_any for model in hanging_on_any()}

    def table_of(self, key: str) -> str:
        """The table of a row that is there now or was there then; "" for none."""
        table = history.table_of(self._plan, key)
        return table if table and (self.now(table, key) or self.then(table, key)) else ""

    def above(self, table: str, key: str) -> frozenset[str]:
        """The keys of a row and of all that it hangs on, now or then."""
        return self._above_now(table, key) | self._above_then(table, key)

    def _above(self, state: Callable[[str, str], StoredRow | None], table: str, key: str) -> frozenset[str]:
        met: set[str] = set()
        waiting = [(table, key)]
        while waiting:
            table, key = waiting.pop()
            cells = state(table, key)
            if cells is None or key in met:
                continue
            met.add(key)
            waiting += [(outer, cells[column]) for outer, column in _hangs_on(table) if cells[column] is not None]
            ends = [cells[column] for column in self._hanging.get(table, ())]
            waiting += [(outer, end) for end in ends if (outer := history.table_of(self._plan, end))]
        return frozenset(met)


@cache
def _hangs_on(table: str) -> tuple[tuple[str, str], ...]:
    """The tables whose rows those of a table hang on, each with the column that names it."""
    model, known = kinds_of_row()[table], SQLModel.metadata.tables[table]
    return tuple(
        (link.column.table.name, link.parent.name)
        for link in known.foreign_keys
        if link.ondelete == "CASCADE" or link.parent.name in (model.part_of, model.or_of)
    )


def _whole_links(part: Iterable[RowDifference], states: _States) -> tuple[list[RowDifference], list[RowDifference]]:
    """What of a part can come back, and the links that cannot: those to a row that is not there, now or with it."""
    part = list(part)
    gone = {each.key for each in part if each.fate == "removed"}
    coming = {each.key for each in part if each.fate == "added"}

    def is_whole(difference: RowDifference) -> bool:
        """Whether both rows of a link are there."""
        if difference.table != RowLink.__tablename__ or difference.fate == "removed":
            return True
        cells = states.then(difference.table, difference.key) or {}
        return all(
            cells[end] in coming or (cells[end] not in gone and bool(_there(states, cells[end])))
            for end in RowLink.names_any
        )

    return [each for each in part if is_whole(each)], [each for each in part if not is_whole(each)]


def _there(states: _States, key: str) -> bool:
    table = states.table_of(key)
    return bool(table) and states.now(table, key) is not None


def _needed(part: Iterable[RowDifference], states: _States) -> list[RowDifference]:
    """The rows that what comes back names and that are not there any more: they come back with it, alone."""
    part = list(part)
    known = {(each.table, each.key) for each in part if each.fate == "added"}
    waiting = [(each.table, _cells_named(change)) for each in part for change in each.changes]
    needed: list[RowDifference] = []
    while waiting:
        table, cells = waiting.pop()
        for column, value in cells.items():
            outer = naming.table_named_by(table, column) if value is not None else ""
            if not outer or (outer, value) in known or states.now(outer, value) is not None:
                continue
            known.add((outer, value))
            row = states.then(outer, value)
            if row is not None:
                needed.append(
                    RowDifference(outer, value, "added", (RecordedChange("add", outer, value, "", None, row),))
                )
                waiting.append((outer, row))
    return needed


def _named_again(differences: Iterable[RowDifference], part: Iterable[RowDifference]) -> Iterator[RowDifference]:
    """The cells of other rows that named what comes back, and have named nothing since it went."""
    part = list(part)
    own, coming = {each.key for each in part}, {each.key for each in part if each.fate == "added"}
    for each in differences:
        if each.fate == "changed" and each.key not in own:
            cells = tuple(
                change for change in each.changes
                if change.before is None and change.after in coming and naming.table_named_by(each.table, change.cell)
            )  # fmt: skip
            if cells:
                yield replace(each, changes=cells)


def _cells_named(change: RecordedChange) -> Mapping[str, Any]:
    """The cells that a change puts there, by column."""
    if change.action == "set":
        return {change.cell: change.after}
    return change.after or {}


def _told(what: str, differences: Collection[RowDifference]) -> Restoring:
    """What is to be restored, with the sentence that says what becomes of which rows."""
    by_fate: dict[str, Counter[str]] = {fate: Counter() for fate in ("added", "removed", "changed")}
    for each in differences:
        by_fate[each.fate][each.table] += 1
    parts = [
        f"{in_words(by_fate['added'])} {_verb(by_fate['added'], 'comes', 'come')} back",
        f"{in_words(by_fate['removed'])} {_verb(by_fate['removed'], 'goes', 'go')}",
        f"{in_words(by_fate['changed'])} {_verb(by_fate['changed'], 'changes', 'change')} back",
    ]
    sentences = [part for part, counts in zip(parts, by_fate.values(), strict=True) if counts]
    sentence = (
        f"Restore {what}: {listed(sentences)}." if sentences else f"Nothing to restore: {what} is what it is now."
    )
    return Restoring(f"restore {what}", tuple(differences), sentence)


def _verb(counts: Mapping[str, int], single: str, plural: str) -> str:
    return single if sum(counts.values()) == 1 else plural


def restore(session: Session, restoring: Restoring) -> None:
    """Restore what was proposed.

    Raises:
        UndoRefused: if something has changed since it was proposed, or stands in the way; RuleBroken: if it breaks a
            rule of the plan as it is now. Nothing is changed then.
    """
    session.flush()
    raw = session.connection().connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    putting_back.put(raw, restoring.differences)
    session.expire_all()
    written: dict[str, list[str]] = {}
    for each in restoring.differences:
        if each.fate != "removed":
            written.setdefault(each.table, []).append(each.key)
    if not _ABOVE_ACTIVITIES.isdisjoint({each.table for each in restoring.differences}):
        written["activity"] = list(session.exec(select(Activity.id)))
    for table, keys in written.items():
        rows.keep_rules(session, kinds_of_row()[table], keys)
    for fault in _faults(raw, written):
        raise RuleBroken("row", f"{fault} Nothing was changed.")


def _faults(raw: sqlite3.Connection, written: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What is wrong with links and attachments that came back."""
    for model in hanging_on_any():
        keys = written.get(str(model.__tablename__), ())
        if keys:
            yield from link_faults.faults(raw, keys) if model is RowLink else link_faults.strays(raw, model, keys)
