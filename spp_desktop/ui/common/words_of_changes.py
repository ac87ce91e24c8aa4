"""What a step of the history changed, in words: which cell of what, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from spp_desktop.plan.rows import Placed, Row, title_of
from spp_desktop.store.history import Change, Revision
from spp_desktop.ui.common.signals import PlanSignals

NAMED_BY = ("ref", "title", "text", "name", "code", "force", "stated", "done")
"""The columns that say best which row is meant, the first that a row has."""

SAID = 60
HIDDEN = ("id", "position")


@dataclass(frozen=True)
class Said:
    """One change in words. ``before`` and ``after`` are empty where there was nothing."""

    what: str
    cell: str
    before: str
    after: str

    def line(self) -> str:
        """All of it in one line."""
        return f"{self.what}, {self.cell}: {self.before or 'nothing'} → {self.after or 'nothing'}"


class Names:
    """What rows are called, looked up as they are needed: now, or as the history last had them."""

    def __init__(self, signals: PlanSignals) -> None:
        self._signals = signals
        self._tables = signals.workspace.as_at(signals.workspace.revision()) or {}
        self._models = {
            str(model.__tablename__): model
            for model in (*Row.__subclasses__(), *Placed.__subclasses__())
            if model is not Placed
        }

    def of_change(self, change: Change) -> list[Said]:
        """A change of a cell, or of a whole row cell by cell, in words."""
        what = self._row(change)
        if change.action == "set":
            if change.cell == "position":
                return [Said(what, "place in its list", "", "moved")]
            return [self._cell(what, change.table, change.cell, change.before, change.after)]
        cells: Mapping[str, Any] = change.after or change.before or {}
        filled = {name: value for name, value in cells.items() if name not in HIDDEN and value not in (None, "")}
        added = change.action == "add"
        return [
            self._cell(what, change.table, name, None if added else value, value if added else None)
            for name, value in filled.items()
        ] or [Said(what, "row", "" if added else "there", "there" if added else "")]

    def _cell(self, what: str, table: str, cell: str, before: Any, after: Any) -> Said:
        model = self._models.get(table)
        title = title_of(model, cell) if model and cell in model.model_fields else cell.replace("_", " ")
        return Said(what, title, self._value(table, cell, before), self._value(table, cell, after))

    def _row(self, change: Change) -> str:
        """What the row is called: "activity 3.04"."""
        cells = self._tables.get(change.table, {}).get(change.row)
        if cells is None:
            cells = (change.after or change.before) if change.action != "set" else {}
        kind = change.table.replace("_", " ")
        for above in ("activity_id", "indicator_id"):
            if cells and cells.get(above) and not cells.get("ref"):
                return f"{kind} of {self._called(above.removesuffix('_id'), cells[above])}"
        return f"{kind} {_name(cells or {})}".strip()

    def _called(self, table: str, key: str) -> str:
        return _name(self._tables.get(table, {}).get(key, {})) or "one that is gone"

    def _value(self, table: str, cell: str, value: Any) -> str:
        if value is None:
            return ""
        known = SQLModel.metadata.tables.get(table)
        column = known.columns.get(cell) if known is not None else None
        if column is not None and column.foreign_keys:
            return self._called(next(iter(column.foreign_keys)).column.table.name, str(value))
        kind: object = column.type.python_type if column is not None else str
        if kind is bool:
            return "yes" if value else "no"
        if kind is date:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        return str(value)


def in_words(signals: PlanSignals, step: Revision) -> list[Said]:
    """Everything that one step changed, in words."""
    names = Names(signals)
    return [said for change in signals.workspace.changes_of(step) for said in names.of_change(change)]


def _name(cells: Mapping[str, Any]) -> str:
    text = next((str(cells[name]) for name in NAMED_BY if cells.get(name)), "")
    return text if len(text) <= SAID else f"{text[: SAID - 1]}…"
