"""The model of a table over plain rows. Its own list of indices arranges them, and one function commits all edits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.item_models import NOWHERE, Index, ItemRole
from spp_desktop.ui.grid.arrangement import Arrangement, Group, StatusShare, TableLine
from spp_desktop.ui.grid.columns import CellMark, GridColumn
from spp_desktop.ui.grid.otherwise import Otherwise, mark_of, with_mark

CellChange = tuple[str, str, Any]
"""A cell to be set: row key, the column's field, the value."""

_DISPLAY, _EDIT = int(ItemRole.DisplayRole), int(ItemRole.EditRole)
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable
"""The flags of cells. Qt asks for those of each cell of a column that is selected whole, so they are made once."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


GONE = "This row is no longer in the plan; nothing was kept."


@dataclass(frozen=True)
class Pending:
    """What was typed in a cell and could not be kept, and the sentence that says why."""

    text: str
    sentence: str


class TableModel(QAbstractTableModel):
    """Rows with a ``key``, shown through columns.

    Attributes:
        otherwise: what stands in cells in the state of the plan that this one is compared with, by row and field.
        unsettled: whether rows stand under another head than their own, because they were changed where they stand.

    Signals:
        refused: why an edit was not kept, to be shown beside the table; "" once nothing is refused any more.
        flashed: cells have just changed; ``flashing`` holds them.
        arranged: what is shown, or in what order, has changed.
        added: the keys of rows that were typed or pasted as new ones and have come into the plan.
    """

    refused = Signal(str)
    flashed = Signal()
    arranged = Signal()
    added = Signal(list)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        commit: Callable[[list[CellChange]], object] | None = None,
        summary: Callable[[Sequence[Any]], tuple[str, tuple[StatusShare, ...]]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.arrangement = Arrangement(self.columns, summary=summary)
        self.commit = commit
        self.locked = ""
        self.pending: dict[tuple[str, str], Pending] = {}
        self.flashing: set[tuple[str, str]] = set()
        self.otherwise: Otherwise = {}
        self.unsettled = False
        self._typing = False
        self._lines: list[TableLine] = []
        self._place: dict[str, int] = {}
        self._texts: dict[int, tuple[str, ...]] = {}

    # What Qt asks.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of rows and heads that are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The number of columns, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The text of a cell; in the first column of a head, its title."""
        if role not in (_DISPLAY, _EDIT) or not index.isValid():
            return self._other(index, role) if index.isValid() else None
        row = self.row_at(index)
        if row is None:
            return head.words if index.column() == 0 and (head := self.group_at(index)) else None
        if self.pending and (waiting := self.pending_at(index)):
            return waiting.text
        if role == _EDIT:
            return self.columns[index.column()].typed(row)
        return self._text(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """A column's title, and what it is for."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == _DISPLAY:
                return self.columns[section].title
            if role == ItemRole.ToolTipRole:
                return self.columns[section].about or self.columns[section].title
            if role == ItemRole.TextAlignmentRole:
                side = _RIGHT if self.columns[section].align == "right" else _LEFT
                return side & ~int(Qt.AlignmentFlag.AlignTop) | int(Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can be reached but not selected; cells can be edited if their column can."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return _TYPED if not self.locked and self.columns[index.column()].editable else _READ

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Commit what was typed in one cell; what cannot be kept stays visible in it."""
        row = self.row_at(index)
        if role != _EDIT or row is None:
            return False
        column = self.columns[index.column()]
        text = str(value)
        if (row.key, column.field) not in self.pending and text == column.typed(row):
            return True
        return self.keep([(row, column, text)])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none for a column below 0."""
        descending = order == Qt.SortOrder.DescendingOrder
        self.arrangement.sort((self.columns[column].field, descending) if column >= 0 else None)
        self.arrange()

    # What is where.

    def lock(self, why: str) -> None:
        """Allow no changes, for a reason in a sentence; "" allows them again."""
        self.locked = why

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed that the plan does not have."""
        return bool(self.pending)

    @property
    def rows(self) -> Sequence[Any]:
        """All rows, shown or not."""
        return self.arrangement.rows

    @property
    def own_rows(self) -> Sequence[Any]:
        """The rows of the portfolio that the window is confined to, shown or not; all where it is not."""
        rows, belongs = self.rows, self.arrangement.belongs
        return rows if self.arrangement.scope is None else [row for row in rows if belongs(row)]

    def row_at(self, index: Index | int) -> Any:
        """The row shown in a line, or ``None`` for a head."""
        at = index if isinstance(index, int) else index.row()
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        return self.arrangement.rows[line] if isinstance(line, int) else None

    def group_at(self, index: Index | int) -> Group | None:
        """The head shown in a line, or ``None`` for a row."""
        at = index if isinstance(index, int) else index.row()
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        return line if isinstance(line, Group) else None

    def new_rows(self, count: int) -> list[Any]:  # noqa: ARG002 - a table into which new rows are typed has some
        """As many new rows behind the last, for a pasted block; none in a table without new rows."""
        return []

    def unwritten(self) -> list[int]:
        """The lines that show nothing of the plan, in which new rows are typed; none in a table without new rows."""
        return []

    def heads(self) -> Iterable[int]:
        """The lines that are heads."""
        return (at for at, line in enumerate(self._lines) if not isinstance(line, int))

    def line_of(self, key: str) -> int:
        """The line that shows the row of this key, or -1."""
        return self._place.get(key, -1)

    def column_of(self, field: str) -> int:
        """The index of a column among all, or -1."""
        return next((n for n, column in enumerate(self.columns) if column.field == field), -1)

    def visible_keys(self) -> list[str]:
        """The keys of the rows shown, from top to bottom; folded groups are not shown."""
        return [self.arrangement.rows[line].key for line in self._lines if isinstance(line, int)]

    def matching(self) -> int:
        """The number of rows that pass the filter, folded away or not."""
        return sum(1 if isinstance(line, int) else len(line.rows) * line.folded for line in self._lines)

    def pending_at(self, index: Index) -> Pending | None:
        """What was typed in a cell and could not be kept, if anything."""
        row = self.row_at(index)
        return self.pending.get((row.key, self.columns[index.column()].field)) if row is not None else None

    def mark_at(self, index: Index) -> CellMark | None:
        """The mark of a cell; ``None`` if nothing is wrong with its value."""
        row = self.row_at(index)
        return None if row is None else mark_of(self.columns[index.column()], row, self.otherwise)

    # What changes it.

    def mark_otherwise(self, otherwise: Otherwise) -> None:
        """Mark the cells that hold something else in another state of the plan, given by row and field; none at all."""
        self.otherwise = otherwise
        self._texts.clear()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take the rows as the plan has them now.

        If the keys and their heads are the same, only what changed is painted again. Every row then keeps its place,
        even if it would now sort or filter otherwise: a row does not move away while somebody edits it. Nor does it
        move to another head for what is typed here, until the table is arranged again.
        """
        old = self.arrangement.rows
        first, before = not old, {row.key: row for row in old}
        changed = [n for n, row in enumerate(rows) if before.get(row.key) != row]
        fields = self._changes(before, rows, changed)
        same = [row.key for row in rows] == [row.key for row in old]
        moved = same and self._changes_head(rows, changed)
        if moved and self._typing:
            moved, self.unsettled = False, True
        if not same and not first:
            self.arrangement.late_comers |= {row.key for row in rows if row.key not in before}
        if same and not moved:
            self._take(rows)
            self._refresh_heads()
            for n in changed:
                at = self._place.get(rows[n].key, -1)
                if at >= 0:
                    self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._take(rows)
            self._lay_out()
            self.endResetModel()
        if fields and not first:
            self.flashing |= fields
            self.flashed.emit()
        self.arranged.emit()

    def set_columns(self, columns: Sequence[GridColumn], rows: Sequence[Any]) -> None:
        """Take other columns, and the rows to show in them."""
        self.beginResetModel()
        self.columns = self.arrangement.columns = tuple(columns)
        fields = {column.field for column in columns}
        self.arrangement.chosen = {f: texts for f, texts in self.arrangement.chosen.items() if f in fields}
        if self.arrangement.sorting and self.arrangement.sorting[0] not in fields:
            self.arrangement.sorting = None
        if self.arrangement.grouping not in fields:
            self.arrangement.grouping = None
        self.flashing.clear()
        self._take(rows)
        self._lay_out()
        self.endResetModel()
        self.arranged.emit()

    def confine(self, scope: Callable[[Any], bool] | None) -> None:
        """Have only rows in the table of which this says that they belong there; ``None`` has all again."""
        self.arrangement.scope = scope
        self.arrangement.late_comers.clear()
        self.arrange()

    def set_filter(self, text: str) -> None:
        """Show only rows that hold these words."""
        self.arrangement.filter_text = text
        self.arrangement.late_comers.clear()
        self.arrange()

    def choose(self, field: str, allowed: Iterable[str] | None) -> None:
        """Show only rows whose text in a column is one of these; ``None`` shows all again."""
        self.arrangement.chosen.pop(field, None)
        if allowed is not None:
            self.arrangement.chosen[field] = frozenset(allowed)
        self.arrangement.late_comers.clear()
        self.arrange()

    def show_all(self) -> None:
        """Take away all filters."""
        self.arrangement.filter_text = ""
        self.arrangement.chosen.clear()
        self.arrange()

    def group_by(self, field: str | None) -> None:
        """Put the rows under heads, or under none."""
        self.arrangement.grouping = field
        self.arrangement.folded.clear()
        self.arrange()

    def fold(self, title: str, *, folded: bool) -> None:
        """Fold a group's rows away, or show them again."""
        (self.arrangement.folded.add if folded else self.arrangement.folded.discard)(title)
        self.arrange()

    def keep(self, typed: Sequence[tuple[Any, GridColumn, str]], *, show: bool = True) -> bool:
        """Commit typed texts as one step, all of them or none. Returns whether they were kept.

        With ``show``, what was typed in the first cell stays there if it is refused.
        """
        try:
            cells = self._read_all(typed)
        except RuleBroken as broken:
            if not self._added(typed):
                return self._refuse(typed, str(broken), show=show)
            cells = self._read_all(typed)
        return self.put(cells, typed if show else ())

    def put(self, cells: list[CellChange], typed: Sequence[tuple[Any, GridColumn, str]] = ()) -> bool:
        """Commit values as one step. Returns whether they were kept."""
        if self.locked:
            return self._refuse(typed, self.locked, show=bool(typed))
        self._typing = True
        try:
            self._write(cells)
        except (RuleBroken, NotKept) as problem:
            return self._refuse(typed, str(problem), show=bool(typed))
        finally:
            self._typing = False
        return True

    def has_begun(self) -> bool:
        """Whether a new row was begun between the others."""
        return False

    def drop_begun(self, *, back: bool = True) -> bool:
        """Take away a new row that was begun between the others and holds nothing. Returns whether there was one."""
        del back
        return False

    def forget_draft(self) -> bool:
        """Forget a row that is being typed, in a table that has one. Returns whether anything had been typed of it."""
        return False

    def take_back(self) -> tuple[str, str] | None:
        """Give up the latest text that was refused, else the row that is being typed.

        Returns:
            The row and the field that it stood in, ("", "") for a row being typed; ``None`` if there was nothing.
        """
        cell = next(reversed(self.pending), None)
        if cell is None:
            return ("", "") if self.forget_draft() else None
        self.give_up([cell])
        return cell

    def give_up(self, cells: Iterable[tuple[str, str]]) -> bool:
        """Show again what the plan holds in cells where something waited. Returns whether anything did."""
        waited = [self.pending.pop(cell) for cell in list(cells) if cell in self.pending]
        self.refused.emit("")
        if waited:
            self._repaint()
        return bool(waited)

    def _other(self, index: Index, role: int) -> Any:
        """The data of the rarer roles; ``None`` for most."""
        if role == ItemRole.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].align == "right" else _LEFT
        if role == ItemRole.ToolTipRole:
            waiting = self.pending_at(index)
            return waiting.sentence if waiting else self._tip(index)
        if role == ItemRole.AccessibleTextRole and self.row_at(index) is not None:
            waiting = self.pending_at(index)
            words = f"{self.columns[index.column()].title}: {self.data(index) or 'empty'}"
            mark = self.mark_at(index)
            if waiting:
                return f"{words}. Not kept: {waiting.sentence}"
            return f"{words}. {mark.sentence}" if mark else words
        return None

    def _tip(self, index: Index) -> str | None:
        """What the pointer shows: the sentence of the cell's mark, else the column's tip, else the whole text."""
        row, tip, mark = self.row_at(index), self.columns[index.column()].tip, self.mark_at(index)
        if mark is not None:
            return mark.sentence
        return (tip(row) if tip is not None and row is not None else "") or self.data(index) or None

    def _write(self, cells: Sequence[CellChange]) -> None:
        """Commit those of the cells that change.

        Raises:
            RuleBroken: if a value may not stand there; NotKept: if nothing can be written.
        """
        changed = self._changed(cells)
        if changed and self.commit is not None:
            self.commit(changed)
        self.give_up((key, field) for key, field, _ in cells)

    def _changed(self, cells: Sequence[CellChange]) -> list[CellChange]:
        """The cells that would change.

        Raises:
            RuleBroken: if a row is no longer in the plan: it was deleted or undone while it was typed in.
        """
        rows = {row.key: row for row in self.rows}
        if any(key not in rows for key, _, _ in cells):
            raise RuleBroken("", GONE)
        return [cell for cell in cells if self.columns[self.column_of(cell[1])].get(rows[cell[0]]) != cell[2]]

    def _text(self, index: Index) -> str:
        """The text of a cell."""
        return self._cell_texts(index.row())[index.column()]

    def _cell_texts(self, at: int) -> tuple[str, ...]:
        n = self._lines[at]
        assert isinstance(n, int)
        if n not in self._texts:
            row = self.arrangement.rows[n]
            self._texts[n] = tuple(with_mark(column, row, self.otherwise) for column in self.columns)
        return self._texts[n]

    def _read_all(self, typed: Sequence[tuple[Any, GridColumn, str]]) -> list[CellChange]:
        return [(row.key, column.field, self._read(row, column, text)) for row, column, text in typed]

    def _added(self, typed: Sequence[tuple[Any, GridColumn, str]]) -> bool:
        """Add names that are on no list to it, if nothing else is wrong and the person wants it; whether all were."""
        missing: dict[str, tuple[Callable[[Sequence[str]], bool], dict[str, None]]] = {}
        for row, column, text in () if self.locked else typed:
            try:
                self._read(row, column, text)
            except RuleBroken:
                names = column.unlisted(text)
                if not names or column.adds is None:
                    return False
                missing.setdefault(column.field, (column.adds, {}))[1].update(dict.fromkeys(names))
        return bool(missing) and all(adds(list(names)) for adds, names in missing.values())

    def _read(self, row: Any, column: GridColumn, text: str) -> Any:
        if not column.editable:
            raise RuleBroken(column.field, f"{column.title} is worked out from the rest and cannot be typed over.")
        return column.get(row) if text == column.typed(row) else column.read(text)

    def _refuse(self, typed: Sequence[tuple[Any, GridColumn, str]], sentence: str, *, show: bool) -> bool:
        if show and typed and self.line_of(typed[0][0].key) >= 0:
            row, column, text = typed[0]
            self.pending[row.key, column.field] = Pending(text, sentence)
            self._repaint()
        self.refused.emit(sentence)
        return False

    def _repaint(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def _take(self, rows: Sequence[Any]) -> None:
        self.arrangement.set_rows(rows)
        self._texts.clear()
        keys = {row.key for row in rows}
        self.pending = {cell: waiting for cell, waiting in self.pending.items() if cell[0] in keys}

    def _changes(self, before: dict[str, Any], rows: Sequence[Any], changed: Sequence[int]) -> set[tuple[str, str]]:
        """The cells whose text has changed, and all cells of new rows."""
        return {
            (rows[n].key, column.field)
            for n in changed
            for column in self.columns
            if rows[n].key not in before or column.show(before[rows[n].key]) != column.show(rows[n])
        }

    def _changes_head(self, rows: Sequence[Any], changed: Sequence[int]) -> bool:
        if self.arrangement.grouping is None:
            return False
        head = self.arrangement.group_of
        return any(head(rows[n]) != head(self.arrangement.rows[n]) for n in changed)

    def _refresh_heads(self) -> None:
        """Count again what stands under each head."""
        summary = self.arrangement.summary
        for at in self.heads():
            head = self._lines[at]
            if isinstance(head, Group) and summary:
                note, parts = summary([self.arrangement.rows[n] for n in head.rows])
                self._lines[at] = Group(head.title, head.rows, note, parts, head.folded)
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def words_changed(self) -> None:
        """Filter again, since columns give other words for the filter now."""
        self.arrangement.set_rows(self.arrangement.rows)
        self.arrange()

    def arrange(self) -> None:
        """Put every row where it belongs now."""
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()
        self.arranged.emit()

    def _lay_out(self) -> None:
        self.unsettled = False
        self._lines = self.arrangement.lines()
        rows = self.arrangement.rows
        self._place = {rows[line].key: at for at, line in enumerate(self._lines) if isinstance(line, int)}
