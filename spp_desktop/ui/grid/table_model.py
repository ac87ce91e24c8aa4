"""The model of a table over plain rows. Its own list of indices arranges them, and one function commits all edits."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.item_models import Index, ItemRole
from spp_desktop.ui.grid.arranged_lines import ArrangedLines
from spp_desktop.ui.grid.arrangement import Group, StatusShare
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


class Pending(NamedTuple):
    """What was typed in a cell and could not be kept, and the sentence that says why."""

    text: str
    sentence: str


class TableModel(ArrangedLines):
    """Rows with a ``key``, shown through columns.

    Attributes:
        otherwise: what stands in cells in the state of the plan that this one is compared with, by row and field.

    Signals:
        refused: why an edit was not kept, to be shown beside the table; "" once nothing is refused any more.
        flashed: cells have just changed; ``flashing`` holds them.
        arranged: what is shown, or in what order, has changed.
        renewed: some rows are others now; all stand where they stood, and the same are shown.
        added: the keys of rows that were typed or pasted as new ones and have come into the plan.
    """

    refused = Signal(str)
    flashed = Signal()
    arranged = Signal()
    renewed = Signal()
    added = Signal(list)

    def __init__(
        self,
        columns: Sequence[GridColumn],
        commit: Callable[[list[CellChange]], object] | None = None,
        summary: Callable[[Sequence[Any]], tuple[str, tuple[StatusShare, ...]]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, summary, parent)
        self.commit = commit
        self.locked = ""
        self.pending: dict[tuple[str, str], Pending] = {}
        self.flashing: set[tuple[str, str]] = set()
        self.otherwise: Otherwise = {}
        self._typing = False
        self._texts: dict[int, dict[int, str]] = {}

    # What Qt asks.

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
    def is_typing(self) -> bool:
        """Whether what was typed here is being kept just now."""
        return self._typing

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed that the plan does not have."""
        return bool(self.pending)

    def new_rows(self, count: int) -> list[Any]:  # noqa: ARG002 - a table into which new rows are typed has some
        """As many new rows behind the last, for a pasted block; none in a table without new rows."""
        return []

    def unwritten(self) -> list[int]:
        """The lines that show nothing of the plan, in which new rows are typed; none in a table without new rows."""
        return []

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
        fields = self._changes(before, [rows[n] for n in changed])
        same = [row.key for row in rows] == [row.key for row in old]
        moved = same and self._changes_head(rows, changed)
        if moved and self._typing:
            moved, self.unsettled = False, True
        if not same and not first:
            self.arrangement.late_comers |= {row.key for row in rows if row.key not in before}
        if same and not moved:
            self._take(rows)
            self._refresh_heads()
            self._tell_changed(rows[n].key for n in changed)
        else:
            self.beginResetModel()
            self._take(rows)
            self._lay_out()
            self.endResetModel()
        if fields and not first:
            self.flashing |= fields
            self.flashed.emit()
        self.arranged.emit()

    def renew_rows(self, rows: Sequence[Any]) -> None:
        """Take some rows as the plan has them now; the plan has all others, and the order of all, as the table has.

        What is shown, and where, is what ``set_rows`` would make of all rows.
        """
        every, head = self.arrangement.rows, self.arrangement.group_of
        numbers = {n: row for row in rows if (n := self._number_of(row.key)) is not None and every[n] != row}
        moved = self.arrangement.grouping is not None and any(head(row) != head(every[n]) for n, row in numbers.items())
        if moved and not self._typing:
            TableModel.set_rows(self, [numbers.get(n, row) for n, row in enumerate(every)])  # a begun row is among them
            return
        self.unsettled = self.unsettled or moved
        fields = self._changes({every[n].key: every[n] for n in numbers}, list(numbers.values()))
        for n, row in numbers.items():
            self.arrangement.put_row(n, row)
            self._texts.pop(n, None)
        self._refresh_heads(numbers)
        self._tell_changed(row.key for row in numbers.values())
        if fields:
            self.flashing |= fields
            self.flashed.emit()
        self.renewed.emit()

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
        rows = {key: self.row_of(key) for key, _, _ in cells}
        if any(row is None for row in rows.values()):
            raise RuleBroken("", GONE)
        return [cell for cell in cells if self.columns[self.column_of(cell[1])].get(rows[cell[0]]) != cell[2]]

    def _text(self, index: Index) -> str:
        """The text of a cell."""
        n, column = self._lines[index.row()], index.column()
        assert isinstance(n, int)
        texts = self._texts.setdefault(n, {})
        if column not in texts:
            texts[column] = with_mark(self.columns[column], self.arrangement.rows[n], self.otherwise)
        return texts[column]

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
        self._numbers = None
        keys = {row.key for row in rows}
        self.pending = {cell: waiting for cell, waiting in self.pending.items() if cell[0] in keys}

    def _changes(self, before: Mapping[str, Any], changed: Sequence[Any]) -> set[tuple[str, str]]:
        """The cells of changed rows whose text is another, and all cells of new rows."""
        return {
            (row.key, column.field)
            for row in changed
            for column in self.columns
            if row.key not in before or column.show(before[row.key]) != column.show(row)
        }

    def _tell_changed(self, keys: Iterable[str]) -> None:
        """Have the lines of these rows painted again."""
        for key in keys:
            if (at := self._place.get(key, -1)) >= 0:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _changes_head(self, rows: Sequence[Any], changed: Sequence[int]) -> bool:
        if self.arrangement.grouping is None:
            return False
        head = self.arrangement.group_of
        return any(head(rows[n]) != head(self.arrangement.rows[n]) for n in changed)

    def _refresh_heads(self, changed: Collection[int] | None = None) -> None:
        """Count again what stands under each head; or only under those of some rows, by their numbers."""
        summary = self.arrangement.summary
        for at in self.heads():
            head = self._lines[at]
            if isinstance(head, Group) and summary and (changed is None or any(n in head.rows for n in changed)):
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
