"""A register as a table: its rows as the plan has them now, and all that changes them, each time as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from spp_desktop.edits import registers
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.identity import plan_years_in, years_of
from spp_desktop.plan.kinds import Option
from spp_desktop.plan.periods import first_month, short_year_name
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.register import Register, of_year
from spp_desktop.plan.role_names import role_of
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.plan.rows import Row, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries, registered
from spp_desktop.store.problems import NotKept
from spp_desktop.store.registered import RegisterRow, linked_by
from spp_desktop.ui.common.new_entries import NewEntries
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.draft import DraftTable, is_new
from spp_desktop.ui.grid.roles_of_plan import RolesOfPlan
from spp_desktop.ui.grid.table_model import CellChange, Pending
from spp_desktop.ui.registers.columns import RegisterLook, columns, name_of

READ_ONLY = "This plan is open for reading only; nothing can be changed here."


class RegisterTable(DraftTable):
    """The rows of a register, or only those with the ``fixed`` values, which new rows are then given too.

    Signals:
        columns_changed: the years or roles that have columns of their own are others than before.

    Args:
        signals: the plan.
        register: the register's declaration.
        fixed: the values that every row shown has, by column.
        parent: the model's owner.
        spelled: whether days are spelled out, as on the window's pages: "1 May 2008" instead of "01/05/2008".

    Attributes:
        signals: the plan.
        register: its declaration.
        fixed: as above; it can change.
        given: the values that a new row is given where nothing is typed.
        of: what the rows belong to, as it stands behind a row in the label of a step: " of risk R1".
        today: the day on which a row is late or not.
        year: the year that is shown, by its first calendar year: one that has passed shows the columns of the plan as
            it was then. ``None`` for the plan's own years.
        tables: the tables of the plan whose changes it shows.
    """

    columns_changed = Signal()

    def __init__(
        self,
        signals: PlanSignals,
        register: Register,
        fixed: Mapping[str, Any] | None = None,
        parent: QObject | None = None,
        *,
        spelled: bool = False,
    ) -> None:
        self.signals = signals
        self.register = register
        self.fixed = dict(fixed or {})
        self._left: dict[tuple[tuple[str, Any], ...], tuple[dict[tuple[str, str], Pending], dict[str, Any]]] = {}
        self.given: Mapping[str, Any] = {}
        self.of = ""
        self.year: int | None = None
        plan = signals.read(queries.plan)
        self.today, self.years = plan.today(), years_of(plan)
        self._lists: dict[str, list[Option]] = {}
        self._spelled = spelled
        self._posts = RolesOfPlan(signals) if register.links else None
        self._columns_of, self._begins = self._read_columns_of(), first_month()
        super().__init__(self._made_columns(), RegisterDraft(self), parent)
        self.commit = self._commit
        linked = [other for name, other in linked_by(register.model).items() if name in register.names]
        others = {*linked, *registered.read_by(register)}
        if register.yearly is not None:
            others.add(register.yearly.model)
        if register.page is not None:
            others.add(Attachment)
        if register.links:
            others |= {NamedRole, PostInRole, Post, PostHolder}
        self.tables = frozenset({register.name, "plan", *(str(other.__tablename__) for other in others)})
        self.locked = READ_ONLY if signals.workspace.read_only else ""
        self.refresh()

    def refresh(self) -> None:
        """Read the plan again."""
        read = self.signals.read
        plan = read(queries.plan)
        self.today = plan.today()
        self.years = years_of(plan) if self.year is None else plan_years_in(plan, self.year)
        named = read(registered.named_rows, self.register)
        self._lists |= {name: [Option(key, title) for key, title in rows.items()] for name, rows in named.items()}
        rows = read(registered.register_rows, self.register, self.fixed, named, files=self.register.page is not None)
        years = self._read_columns_of()
        other_roles = self._posts is not None and self._posts.refresh()
        if (years, first_month()) == (self._columns_of, self._begins) and not other_roles:
            self.set_rows(rows)
            return
        self._columns_of, self._begins = years, first_month()
        self.set_columns(self._made_columns(), rows)
        self.columns_changed.emit()

    def _read_columns_of(self) -> list[int]:
        """The years that have columns of their own: those of the plan, and those outside it that hold something."""
        yearly = self.register.yearly
        if yearly is None:
            return []
        return sorted({*self.years, *self.signals.read(queries.years_outside, yearly.model)})

    def _made_columns(self) -> list[GridColumn]:
        posts = self._posts.lists if self._posts is not None else None
        look = RegisterLook(lambda: self.today, self._spelled, lambda: self.years, self._columns_of, posts)
        return self._with_new_entries(columns(self.register, self._lists, look))

    def take_in(self, changed: Changed) -> None:
        """Read the plan again, if a change concerns this register."""
        if not changed.rows or self.tables & changed.rows.keys():
            self.refresh()

    def show_only(self, fixed: Mapping[str, Any]) -> None:
        """Show only the rows that hold these values, and give them to new ones. What waits in others stays there."""
        if self.pending or self.drafted:
            self._left[tuple(sorted(self.fixed.items()))] = self.pending.copy(), self.drafted.copy()
        self.fixed = dict(fixed)
        self.forget_draft()
        self.set_rows([])
        self.pending, self.drafted = self._left.pop(tuple(sorted(fixed.items())), ({}, {}))
        self.refresh()

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed that the plan does not have, in the rows shown or in others."""
        return super().has_unkept or bool(self._left)

    def keys(self) -> list[str]:
        """The keys of all rows, in the order of the register."""
        return [row.key for row in self.rows]

    def called(self, key: str) -> str:
        """The name of a row in a sentence; "" if there is no such row."""
        row = next((row for row in self.rows if row.key == key), None)
        return name_of(self.register, self.columns, row) if row is not None else ""

    def counted(self, keys: Sequence[str]) -> str:
        """One row by its name, or several by their number: "post ACC Crime", "3 posts"."""
        if len(keys) == 1:
            return f"{self.register.word.singular} {self.called(keys[0])}".strip() + self.of
        return self.register.word.counted(len(keys)) + self.of

    # What changes the register

    def remove(self, keys: Sequence[str], reason: str = "") -> bool:
        """Delete rows from the plan, for a reason where final figures go with them, or tell why one must stay."""
        what = f"delete {self.counted(keys)}"
        return self._try(what, registers.remove_all, self.register.model, list(keys), reason) is not None

    def duplicate(self, keys: Sequence[str]) -> list[str]:
        """Copy rows to the places behind them, or tell why not. Returns the keys of the copies."""
        return self._try(f"duplicate {self.counted(keys)}", registers.duplicate_all, self.register, list(keys)) or []

    def move(self, key: str, step: int) -> bool:
        """Move a row one place up (-1) or down (+1) among those shown, if its rows have places."""
        shown = [other for other in self.visible_keys() if not is_new(other)]
        if not self.register.placed or self.arrangement.sorting or key not in shown:
            return False
        at = shown.index(key)
        if not 0 <= at + step < len(shown):
            return False
        before = at + step if step > 0 else at + step - 1
        after = shown[before] if before >= 0 else None
        return self._try(f"move {self.counted([key])}", registers.move, self.register.model, key, after) is not None

    def _with_new_entries(self, made: Sequence[GridColumn]) -> list[GridColumn]:
        """The columns, those that name rows which need only a name with what adds such rows."""
        linked = linked_by(self.register.model)
        adds = {name: NewEntries(self.signals, model) for name, model in linked.items() if NewEntries.fit(model)}
        return [replace(column, adds=adds.get(column.field, column.adds)) for column in made]

    def _commit(self, cells: list[CellChange]) -> None:
        self.signals.edit(self.label(cells), registers.set_cells, self.register.model, cells)

    def label(self, cells: Sequence[CellChange]) -> str:
        """The label of a step that changes these cells, to be read after "Undo"."""
        keys, names = list(dict.fromkeys(key for key, _, _ in cells)), {name for _, name, _ in cells}
        word = self.register.word.singular
        if len(names) > 1:
            return f"change {len(cells)} cells of {self.counted(keys)}"
        (name,) = names
        if len(keys) == 1 and self._title_of(name) == word:
            return f"rename {self.counted(keys)}"
        return f"change {self._title_of(name)} of {self.counted(keys)}"

    def _title_of(self, name: str) -> str:
        """The title of a column in a sentence: "owner", "planned 2008-2009", "portfolio holder"."""
        if role_of(name):
            return self.columns[self.column_of(name)].title.lower()
        column, yearly = of_year(name), self.register.yearly
        if column is None or yearly is None:
            return title_of(self.register.model, name)
        return f"{title_of(yearly.model, column[0])} {short_year_name(column[1])}"

    def _try(self, label: str, verb: Any, *arguments: Any) -> Any:
        """Do a verb, or tell why it was refused.

        Returns:
            What the verb gives, or ``True`` if it gives nothing; ``None`` if it was refused.
        """
        try:
            done = self.signals.edit(label, verb, *arguments)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return None
        self.refused.emit("")
        return True if done is None else done


class RegisterDraft:
    """The row that is being typed into a register, or the new rows of a pasted block.

    Attributes:
        word: what a row is called.
    """

    def __init__(self, table: RegisterTable) -> None:
        self._table = table
        self.word = table.register.word.singular

    def row(self, key: str, values: Mapping[str, Any]) -> RegisterRow:
        """A new row of this key, with the values that it has so far."""
        return RegisterRow(key, values)

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as they would be kept, without what is left blank and must be filled.

        Raises:
            RuleBroken: if a value breaks a rule.
        """
        model = self._table.register.model
        filled = {
            name: value
            for name, value in values.items()
            if value is not None and (value != "" or name not in model.model_fields or not _required(model, name))
        }
        return registers.check_columns(model, filled) if any(value != "" for value in filled.values()) else {}

    def lacking(self, values: Mapping[str, Any]) -> list[str]:
        """The headings of the columns that a row still needs."""
        register, given = self._table.register, {**self._table.given, **self._table.fixed, **values}
        return [
            register.heading(name)
            for name, field in register.model.model_fields.items()
            if field.is_required() and name not in given
        ]

    def add(self, cells: list[CellChange], rows: list[dict[str, Any]]) -> list[str]:
        """Set these cells and add these rows as one step, and give the keys of the rows.

        Raises:
            RuleBroken: if a value breaks a rule; NotKept: if nothing can be written.
        """
        table, word = self._table, self._table.register.word
        named = name_of(table.register, table.columns, RegisterRow("", rows[0]))
        label = f"add {word.singular} {named}".strip() if len(rows) == 1 else f"add {word.counted(len(rows))}"
        whole = [{**table.given, **table.fixed, **values} for values in rows]
        return list(table.signals.edit(label + table.of, registers.put, table.register.model, cells, whole))


def _required(model: type[Row], name: str) -> bool:
    return model.model_fields[name].is_required()
