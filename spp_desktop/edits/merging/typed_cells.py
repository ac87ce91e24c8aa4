"""Another value, typed in a merge in the place of both sides: for which cells, and read and tried as in the table."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.edits.merging import typed_dates
from spp_desktop.edits.merging.wording import MergeWords
from spp_desktop.edits.trying import tried
from spp_desktop.plan.kinds import TEXT, Kind, Link, Option
from spp_desktop.plan.kinds.declared import kind_of, types_of
from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.plan.rows import Row, heading_of, kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import history, naming
from spp_desktop.store.history import StoredRow
from spp_desktop.store.merging.groups import PLACE
from spp_desktop.store.merging.items import MergeDecision, MergeItem
from spp_desktop.store.plain import MOVED_WHY
from spp_desktop.store.workspace import Workspace

NOTHING = "(empty)"
"""What is chosen of a list where a cell is to be empty."""
_WHY = "Why its dates move"
_LOOK = ("shape", "colour", "dark_colour")
"""The columns of a row that say how it looks in a list, where it has a look."""


@dataclass(frozen=True)
class CellToType:
    """A cell in conflict for which another value can be typed.

    Attributes:
        column: the column.
        title: what it is called.
        kind: the kind of cell.
        options: the values to choose from; empty where anything can be typed.
        ours: what is here, as a person would type it.
        theirs: what is in the copy.
        differs: whether the two sides have it otherwise.
        at_first: what its field begins with: what was typed before, else what is here.
    """

    column: str
    title: str
    kind: Kind
    options: tuple[Option, ...]
    ours: str
    theirs: str
    differs: bool
    at_first: str


def can_type(item: MergeItem) -> bool:
    """Whether anything can be typed in the place of both sides: where both changed cells, none of a row that went."""
    return item.question == "both changed" and bool(_columns(item))


def cells(
    workspace: Workspace,
    words: MergeWords,
    item: MergeItem,
    typed: Mapping[str, Any] = MappingProxyType({}),
    why: str = "",
    *,
    dates: bool = True,
) -> list[CellToType]:
    """The cells of an item for which a value can be typed: all that are decided together, first those that differ.

    Args:
        workspace: The plan.
        words: The words of the merge.
        item: What is asked.
        typed: What was typed before, as it was decided.
        why: Why dates move, as it was said then. It stands last, as the column "moved_why", where dates are among the
            cells whose moves are kept.
        dates: Whether such dates can be typed; they stay as they are here otherwise.
    """
    columns = [column for column in _columns(item) if dates or not typed_dates.is_date(item, column)]
    known = [workspace.read_beside(_cell, words, item, column, typed) for column in columns]
    known.sort(key=lambda cell: not cell.differs)
    if dates and typed_dates.has_dates(item):
        known.append(CellToType(MOVED_WHY, _WHY, TEXT, (), "", "", False, why))
    return known


def decided(
    workspace: Workspace, words: MergeWords, item: MergeItem, texts: Mapping[str, str], *, dates: bool = True
) -> MergeDecision:
    """What is decided by texts that were typed: they are read, and tried on the row as in the table.

    Texts that come to what one side has decide for that side. Nothing is changed.

    Args:
        workspace: The plan.
        words: The words of the merge.
        item: What is decided about.
        texts: The texts by column; "moved_why" says why dates move.
        dates: As for ``cells``.

    Raises:
        RuleBroken: if a text cannot be read, the row may not hold it, or dates move that have moved before and nothing
            says why; NotKept: if it cannot be tried.
    """
    model = kinds_of_row()[item.table]
    known = [each for each in cells(workspace, words, item, dates=dates) if each.column != MOVED_WHY]
    values = {each.column: _read(each, texts[each.column]) for each in known if texts[each.column] != each.ours}

    def trial(session: Session) -> StoredRow:
        """Set the cells, and see what is stored then."""
        rows.change(session, model, item.key, **values)
        raw: Any = session.connection().connection.driver_connection
        return history.current_row(raw, item.table, item.key) or {}

    stored = tried(workspace, "try what is typed", trial)
    wanted = {column: stored[column] for column in _columns(item)}
    if _is(item.theirs, wanted):
        return MergeDecision("theirs")
    if _is(item.ours, wanted):
        return MergeDecision("ours")
    if dates:
        typed_dates.demand_why(workspace, words.copy, item, wanted, texts.get(MOVED_WHY, ""))
    return MergeDecision("ours", wanted)


def _is(side: StoredRow | None, wanted: Mapping[str, Any]) -> bool:
    return all((side or {})[cell] == value for cell, value in wanted.items())


def _columns(item: MergeItem) -> list[str]:
    """The columns of an item that a person can type."""
    model = kinds_of_row().get(item.table)
    if model is None:
        return []
    untyped = {PLACE, *model.names_any, *model.remembers}
    sides = item.ours or {}, item.theirs or {}
    texts = (cell for cell in item.cells if not any(isinstance(side.get(cell), bytes) for side in sides))
    return [cell for cell in texts if cell in model.model_fields and cell not in untyped]


def _cell(
    plan: sqlite3.Connection, words: MergeWords, item: MergeItem, column: str, typed: Mapping[str, Any]
) -> CellToType:
    model = kinds_of_row()[item.table]
    kind = kind_of(model, column)
    options = _rows_named(plan, kind.table) if isinstance(kind, Link) else list(kind.options())
    if options and type(None) in types_of(model.model_fields[column]):
        options.insert(0, Option(None, NOTHING))
    line = words.line(replace(item, cells=(column,)))
    begun = {**(item.ours or {}), **typed}
    at_first = words.line(replace(item, cells=(column,), ours=begun)).ours
    titles = {option.value: option.title for option in options}
    sides = (item.ours, line.ours), (item.theirs, line.theirs), (begun, at_first)
    ours, theirs, at_first = (titles.get((side or {})[column], text) for side, text in sides)
    differs = (item.ours or {})[column] != (item.theirs or {})[column]
    shown = TEXT if isinstance(kind, Link) else kind
    return CellToType(column, heading_of(model, column), shown, tuple(options), ours, theirs, differs, at_first)


def _rows_named(plan: sqlite3.Connection, table: str) -> list[Option]:
    """The rows of a table to choose from, in their order, by what each is called; no two by one name."""
    order = "position, id" if _is_placed(kinds_of_row()[table]) else "rowid"
    cursor = plan.execute(f'SELECT * FROM "{history.known_table(table)}" ORDER BY {order}')
    names = [each[0] for each in cursor.description]
    known = [dict(zip(names, row, strict=True)) for row in cursor]
    called = Counter(naming.name_of(table, row) for row in known)
    options: dict[str, Option] = {}
    for row in known:
        name = naming.name_of(table, row)
        title = name if name and called[name] == 1 else naming.row_named(plan, table, row)
        options.setdefault(title, Option(row["id"], title, "", *(str(row.get(look) or "") for look in _LOOK)))
    return list(options.values())


def _is_placed(model: type[Row]) -> bool:
    return PLACE in model.model_fields


def _read(cell: CellToType, text: str) -> Any:
    """What a text stands for: of a list, the value of the entry; else the text, which is read as the column is.

    Raises:
        RuleBroken: if it is not on the list.
    """
    text = text.strip()
    if not cell.options or not text:
        return text
    chosen = [option.value for option in cell.options if caseless(option.title) == caseless(text)]
    if not chosen:
        raise RuleBroken(cell.column, f"{cell.title}: “{text}” is not on the list. Choose one that is.")
    return chosen[0]
