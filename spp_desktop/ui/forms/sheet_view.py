"""A sheet of a form, drawn: its cells with what stands in them, merged cells, widths and fills, and what is named."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from spp_desktop.returns.cell_places import CellPlace, letters
from spp_desktop.returns.forms.form import FormBook, FormSheet

_INDEX = QModelIndex | QPersistentModelIndex
_USUAL, _NARROWEST, _WIDEST = 72, 28, 420
"""Pixels of a column whose width is not said, and of the narrowest and the widest that is drawn."""
_MOST_ROWS, _MOST_COLUMNS = 3_000, 200
"""How much of a sheet is drawn at most."""
_MORE_ROWS, _MORE_COLUMNS = 40, 4
"""Rows and columns drawn beyond the last that is used: what is filled in may go further than what stands there."""
_DARK, _LIGHT = QColor("#111111"), QColor("#f4f4f4")
_NAMED, _NAMED_DARK = QColor("#bfe3c8"), QColor("#1f5130")
_MIDDLE = 127
"""The lightness between dark and light."""
_SIDES = {
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "": Qt.AlignmentFlag.AlignLeft,
}


class SheetModel(QAbstractTableModel):
    """The cells of a sheet.

    Args:
        form: The form.
        sheet: The sheet.
        parent: The view.
    """

    def __init__(self, form: FormBook, sheet: FormSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self._form = sheet, form
        rows, columns = sheet.size
        self._rows, self._columns = min(rows + _MORE_ROWS, _MOST_ROWS), min(columns + _MORE_COLUMNS, _MOST_COLUMNS)
        self._named: Mapping[CellPlace, tuple[str, str]] = {}

    def name_cells(self, named: Mapping[CellPlace, tuple[str, str]]) -> None:
        """Show what belongs into cells: what is shown there, and what it is in words."""
        self._named = named
        last = self.index(self._rows - 1, self._columns - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows are drawn."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns are drawn."""
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The letters of columns and the numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters(section + 1) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: _INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        place = index.row() + 1, index.column() + 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(place)
        return self._look(place, role)

    def _look(self, place: CellPlace, role: int) -> Any:
        """How a cell looks."""
        style = self._form.style(self.sheet, place)
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole):
            fill = self._fill(place, style.fill)
            if role == Qt.ItemDataRole.BackgroundRole or fill is None:
                return fill
            return _DARK if fill.lightness() > _MIDDLE else _LIGHT
        if role == Qt.ItemDataRole.FontRole and style.bold:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole:
            cell = self.sheet.cells.get(place)
            number = (cell is not None and cell.kind == "number") or place in self.sheet.formulas
            side = _SIDES.get(style.aligned or ("right" if number else ""), Qt.AlignmentFlag.AlignLeft)
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, place: CellPlace) -> str:
        if place in self._named:
            shown, title = self._named[place]
            return shown or f"({title})"
        cell = self.sheet.cells.get(place)
        if place in self.sheet.formulas:
            return "=" if cell is None or cell.kind == "formula" else f"= {cell.typed()}"
        return "" if cell is None else cell.typed()

    def _told(self, place: CellPlace) -> str:
        if place in self._named:
            return self._named[place][1]
        if place in self.sheet.formulas:
            return f"A formula of the form, which stays: ={self.sheet.formulas[place].text.lstrip('=')}"
        if self._form.is_locked(self.sheet, place) and place not in self.sheet.cells:
            return "Locked by the form"
        return self._text(place)

    def _fill(self, place: CellPlace, fill: str) -> QColor | None:
        if place in self._named:
            view = self.parent()
            dark = isinstance(view, QWidget) and view.palette().base().color().lightness() < _MIDDLE
            return _NAMED_DARK if dark else _NAMED
        return QColor(fill) if fill else None


class FilledCells(QStyledItemDelegate):
    """Paints the fill of a cell under what it shows; the program's style paints none by itself."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """The fill, and then the cell."""
        fill = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(fill, QColor):
            painter.fillRect(option.rect, fill)
        super().paint(painter, option, index)


class SheetView(QTableView):
    """A sheet of a form to move about in and to point at cells.

    Signals:
        asked: what belongs into the selected cells is to be said.
        cleared: nothing belongs into the selected cells any more.
    """

    asked = Signal()
    cleared = Signal()

    def __init__(self, form: FormBook, sheet: FormSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.cells = SheetModel(form, sheet, self)
        self.setModel(self.cells)
        self.setItemDelegate(FilledCells(self))
        self.setAccessibleName(f"Sheet {sheet.title}")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        height = self.fontMetrics().lineSpacing() + 6
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self._draw()
        self.doubleClicked.connect(self.asked)
        self.setCurrentIndex(self.cells.index(0, 0))

    def _draw(self) -> None:
        """Widths, hidden rows and columns, and cells that are one."""
        sheet, columns, rows = self.sheet, self.cells.columnCount(), self.cells.rowCount()
        for column in range(columns):
            look = next((each for each in sheet.columns if each.first <= column + 1 <= each.last), None)
            wide = look.width if look is not None and look.width else sheet.width or _USUAL
            self.setColumnWidth(column, int(min(max(wide, _NARROWEST), _WIDEST)))
            self.setColumnHidden(column, look is not None and look.hidden)
        for row in sheet.hidden_rows:
            if row <= rows:
                self.setRowHidden(row - 1, True)
        for block in sheet.merged:
            bottom, right = min(block.bottom, rows), min(block.right, columns)
            if block.top <= bottom and block.left <= right and (bottom, right) != block.first:
                self.setSpan(block.top - 1, block.left - 1, bottom - block.top + 1, right - block.left + 1)

    def chosen(self) -> list[CellPlace]:
        """The cells that are selected, row by row; those that are one are given once."""
        places = sorted((index.row() + 1, index.column() + 1) for index in self.selectedIndexes())
        return list(dict.fromkeys(self.sheet.told_at(place) for place in places))

    def go_to(self, place: CellPlace) -> None:
        """Make a cell the current one."""
        index = self.cells.index(place[0] - 1, place[1] - 1)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks what belongs into the selected cells; Delete takes it away."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
