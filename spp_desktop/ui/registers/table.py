"""One table for every list of the plan: its columns come from the list's fields, and it is edited in the cell."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from sqlmodel import SQLModel

from spp_desktop.edits import registers
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_from_name, year_name
from spp_desktop.plan.rows import Placed, Row, check, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import Changed, PlanSignals

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
UNKEPT, SHAPE = Role.UserRole + 1, Role.UserRole + 2
"""Roles: whether the words shown were typed but refused; the shape of a status with its colour."""

NO_YES = ("no", "yes")
NONE = "none"

YEAR = "year"
"""A column that holds the first calendar year of a financial year."""

_IN_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")

Choices = list[tuple[Any, str]]


@dataclass(frozen=True)
class Register:
    """One list: its table, what it is called, and which of its columns are shown.

    ``words`` says what the no and the yes of a column are called, ``none`` what a row belongs to that names nothing;
    ``lines`` is how high a row is. Rows are called by ``named_by``, or by their title, name or text. Where a model's
    rows have no places they are sorted by the columns shown.
    """

    model: type[Row]
    title: str
    one: str
    columns: tuple[str, ...]
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lines: int = 1
    about: str = ""
    none: str = NONE
    named_by: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether a person puts its rows in their order."""
        return issubclass(self.model, Placed)

    def naming(self) -> tuple[str, ...]:
        """The columns by which a row is called."""
        usual = (name for name in ("title", "name", "text") if name in self.columns)
        return self.named_by or (next(usual, self.columns[0]),)


def choices(signals: PlanSignals, register: Register, name: str) -> Choices:
    """The values that a column may hold, each as it is said; nothing where anything may be typed."""
    model, words = register.model, register.words.get(name, NO_YES)
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    kinds = _kinds(model, name)
    links = list(table.c[name].foreign_keys)
    if links:
        other = links[0].column.table.name
        owner = next(m for m in Row.__subclasses__() + Placed.__subclasses__() if m.__tablename__ == other)
        rows = (
            [(row.key, f"{row.ref} {row.title}") for row in signals.read(queries.indicators)]
            if owner is Indicator
            else [(row.id, str(row.title)) for row in signals.read(queries.register, owner)]
        )
        return [(None, register.none), *rows] if table.c[name].nullable else list(rows)
    if bool in kinds:
        return [(False, words[0]), (True, words[1])]
    return [(value, str(value)) for kind in kinds if get_origin(kind) is Literal for value in get_args(kind)]


def shown(value: Any, options: Choices) -> str:
    """A value as it stands in its cell."""
    if options:
        return next((said for option, said in options if option == value), NONE)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:,.15g}"
    return "" if value is None else str(value)


def typed(model: type[SQLModel], name: str, text: str, options: Choices) -> Any:
    """What was typed into a cell: the value of a choice, else the text, which ``plan.rows.check`` reads.

    Raises:
        RuleBroken: where a choice cannot be read.
    """
    for option, said in options:
        if said.casefold() == text.strip().casefold():
            return option
    if options:
        allowed = ", ".join(said for _, said in options)
        raise RuleBroken(name, f"{title_of(model, name).capitalize()} must be one of: {allowed}.")
    if name == YEAR:
        with suppress(ValueError):
            return year_from_name(text)
    if float in _kinds(model, name) and _IN_THOUSANDS.fullmatch(text.strip()):
        return text.replace(",", "")
    return text


def _kinds(model: type[SQLModel], name: str) -> tuple[Any, ...]:
    """The types that a column may hold."""
    annotation = model.model_fields[name].annotation
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


class RegisterTable(QAbstractTableModel):
    """A list of the plan as a table, with an empty last row in which a new one is typed.

    A new row comes into the plan when it has all that it needs. What is refused stays in its cell.

    Signals:
        refused: a sentence; nothing when what was typed last is kept.
        added: the key of a row that has come into the plan, or to another place in the list.
    """

    refused = Signal(str)
    added = Signal(str)

    def __init__(
        self,
        signals: PlanSignals,
        register: Register,
        fixed: Mapping[str, Any] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._signals = signals
        self.register = register
        self.fixed = dict(fixed or {})
        self._new = f"New {register.one}"
        self._rows: list[dict[str, Any]] = []
        self._options: dict[str, Choices] = {}
        self._draft: dict[str, Any] = {}
        self._unkept: dict[tuple[str, str], str] = {}
        own = SQLModel.metadata.tables[str(register.model.__tablename__)]
        self._tables = {own.name} | {key.column.table.name for key in own.foreign_keys}
        self._load()
        signals.changed.connect(self._take_in)

    def show_only(self, fixed: Mapping[str, Any]) -> None:
        """Show only the rows whose columns hold these values, and give them to new ones."""
        self.beginResetModel()
        self.fixed, self._draft, self._unkept = dict(fixed), {}, {}
        self._load()
        self.endResetModel()

    def key(self, row: int) -> str:
        """The key of a row; nothing for the row that is being typed."""
        return str(self._rows[row]["id"]) if 0 <= row < len(self._rows) else ""

    def keys(self) -> list[str]:
        """The keys of all rows, in their order."""
        return [str(row["id"]) for row in self._rows]

    def has_unkept(self) -> bool:
        """Whether something was typed that the plan does not have."""
        return bool(self._unkept or self._draft)

    def options(self, index: Index) -> Choices:
        """What may be chosen in a cell."""
        return self._options[self.register.columns[index.column()]]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The rows, and the empty one."""
        return 0 if parent.isValid() else len(self._rows) + (not self._signals.workspace.read_only)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self.register.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """The columns' titles; beside the rows their number, and * for the new one."""
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            title = title_of(self.register.model, self.register.columns[section])
            return title[0].upper() + title[1:]
        return str(section + 1) if section < len(self._rows) else "*"

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """A cell as it is said, as it is edited, and as it looks."""
        name = self.register.columns[index.column()]
        row = self._rows[index.row()] if index.row() < len(self._rows) else None
        values = self._draft if row is None else row
        refused = self._unkept.get((self.key(index.row()), name))
        if role == UNKEPT:
            return refused is not None
        if role in (Role.EditRole, Role.ToolTipRole):
            return refused if refused is not None else self._said(name, values)
        if role == Role.DisplayRole:
            new = not values and index.column() == 0
            return f"{refused} (not kept)" if refused is not None else self._new if new else self._said(name, values)
        if role == Role.DecorationRole and "colour" in name and name in values:
            return QColor(values[name])
        return (
            (values["shape"], values["colour"], values["dark_colour"])
            if role == SHAPE and name == "shape" and row
            else None
        )

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: ARG002 - Qt's signature
        """Every cell may be edited, unless the plan is only read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self._signals.workspace.read_only else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Keep what was typed in a cell, or keep it on screen and say why the plan does not have it."""
        if role != Role.EditRole:
            return False
        name, key, text = self.register.columns[index.column()], self.key(index.row()), str(value)
        if text == self.data(index, Role.EditRole) and (key, name) not in self._unkept:
            return True
        try:
            wanted = typed(self.register.model, name, text, self._options[name])
            if key:
                self._change(key, name, wanted)
            else:
                self._draft |= check(self.register.model, {name: wanted})
                self._add_when_whole()
        except (RuleBroken, NotKept) as refusal:
            self._unkept[key, name] = text
            self._draft.pop(name, None) if not key else None
            self.refused.emit(str(refusal))
            self.dataChanged.emit(index, index)
            return False
        self._unkept.pop((key, name), None)
        return True

    def give_up(self, index: Index) -> None:
        """Forget what was typed in a cell and refused."""
        if self._unkept.pop((self.key(index.row()), self.register.columns[index.column()]), None) is not None:
            self.dataChanged.emit(index, index)
            self.refused.emit("")

    def clear_draft(self) -> None:
        """Forget the row that is being typed."""
        self._draft = {}
        self._unkept = {place: text for place, text in self._unkept.items() if place[0]}
        last = len(self._rows)
        self.dataChanged.emit(self.index(last, 0), self.index(last, self.columnCount() - 1))
        self.refused.emit("")

    def remove(self, row: int) -> bool:
        """Take a row out of the plan; the reason is told where it must stay."""
        key, said = self.key(row), self.title(row)
        label = f"delete {self.register.one} {said}"
        return self._try(label, registers.remove, self.register.model, key)

    def move(self, row: int, step: int) -> bool:
        """Move a row one place up (-1) or down (+1), where rows have places."""
        to = row + step
        if not (self.register.placed and 0 <= row < len(self._rows) and 0 <= to < len(self._rows)):
            return False
        after = to if step > 0 else to - 1
        label = f"move {self.register.one} {self.title(row)}"
        return self._try(label, registers.move, self.register.model, self.key(row), self.key(after) or None)

    def title(self, row: int) -> str:
        """What a row is called."""
        return self._called(self._rows[row]) if row < len(self._rows) else ""

    def _called(self, values: Mapping[str, Any]) -> str:
        return ", ".join(self._said(name, values) for name in self.register.naming() if name in values)[:48]

    def _said(self, name: str, values: Mapping[str, Any]) -> str:
        if name == YEAR and isinstance(values.get(name), int):
            return year_name(values[name])
        return shown(values[name], self._options[name]) if name in values else ""

    def _change(self, key: str, name: str, value: Any) -> None:
        row = self.keys().index(key)
        what = title_of(self.register.model, name)
        label = f"change {what} of {self.register.one} {self.title(row)}"
        if what == self.register.one:
            label = f"rename {self.register.one} {self.title(row)}"
        self._signals.edit(label, registers.change, self.register.model, key, **{name: value})
        self.refused.emit("")
        if self.key(row) != key:
            self.added.emit(key)

    def _add_when_whole(self) -> None:
        """Add the row that is being typed, or say what it still needs."""
        model, values = self.register.model, {**self.fixed, **self._draft}
        missing = [title_of(model, n) for n, f in model.model_fields.items() if f.is_required() and n not in values]
        if missing:
            row = len(self._rows)
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
            self.refused.emit(f"The new {self.register.one} is kept when it has its {' and its '.join(missing)}.")
            return
        held, self._draft = self._draft, {}
        label = f"add {self.register.one} {self._called(held)}".strip()
        try:
            key = self._signals.edit(label, registers.add, model, values)
        except BaseException:
            self._draft = held
            raise
        self.refused.emit("")
        self.added.emit(key)

    def _try(self, label: str, verb: Any, *arguments: Any) -> bool:
        try:
            self._signals.edit(label, verb, *arguments)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return False
        self.refused.emit("")
        return True

    def _load(self) -> None:
        register = self.register
        self._options = {name: choices(self._signals, register, name) for name in register.columns}
        found = [row._asdict() for row in self._signals.read(queries.register, register.model)]
        self._rows = [row for row in found if all(row[name] == value for name, value in self.fixed.items())]
        if not register.placed:
            self._rows.sort(key=lambda row: [self._place(name, row[name]) for name in register.columns])

    def _place(self, name: str, value: Any) -> Any:
        """Where a value stands among those of its column; what names nothing comes first."""
        said = [option for option, _ in self._options[name]]
        return value is not None, said.index(value) if value in said else value

    def _take_in(self, changed: Changed) -> None:
        """Read again what has to do with this list; the same rows keep their selection."""
        if changed.rows and not self._tables & changed.rows.keys():
            return
        before, editing = self.keys(), self.rowCount()
        held = self._rows
        self._load()
        if self.keys() == before:
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(editing - 1, self.columnCount() - 1))
            return
        fresh, self._rows = self._rows, held
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()
