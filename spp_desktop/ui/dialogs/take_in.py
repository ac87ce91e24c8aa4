"""Take in a workbook: what differs as issued, as returned and as it is now, and which of it is accepted."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.differences import Difference, Kind
from spp_desktop.edits.receiving import Review

Index = QModelIndex | QPersistentModelIndex

KINDS: dict[Kind, str] = {
    "change": "Change",
    "conflict": "Conflict",
    "disagreement": "Disagreement",
    "match": "To recognise",
    "request": "Request",
    "question": "Question",
    "duplicate": "Answered twice",
    "new row": "New row",
    "not returned": "Not returned",
    "no answer": "No answer",
}
"""What each kind of difference is called on screen."""

TITLES = ("Take in", "Ref", "What", "As issued", "As returned", "As it is now", "Remark")
WIDTHS = (130, 60, 110, 160, 190, 160)
_NONE = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
EMPTY = "(empty)"


class DifferencesModel(QAbstractTableModel):
    """Differences as rows, those that can be taken in with a tick.

    Signals:
        chose: what is ticked has changed.
    """

    chose = Signal()

    def __init__(self, found: Sequence[Difference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = list(found)
        self.ticked = {n for n, one in enumerate(self.rows) if one.kind == "change"}

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many differences there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """How much is said of each."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what can be taken in can be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.rows[index.row()].usable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, and whether it is ticked."""
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(one)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._texts(one)[index.column()], one.place)))
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and one.usable:
            return Qt.CheckState.Checked if index.row() in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            beside_box = index.column() == 0 and one.usable
            return int(Qt.AlignmentFlag.AlignLeft | (_MIDDLE if beside_box else Qt.AlignmentFlag.AlignTop))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a difference, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.rows[index.row()].usable:
            return False
        self.tick([index.row()], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick(self, rows: Sequence[int], *, on: bool) -> None:
        """Tick these rows, as far as they can be taken in, or take their ticks away."""
        able = {row for row in rows if self.rows[row].usable}
        self.ticked = self.ticked | able if on else self.ticked - able
        for row in able:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.chose.emit()

    @staticmethod
    def _texts(one: Difference) -> tuple[str, ...]:
        states = (one.issued_text, one.returned_text, one.now_text) if one.field else ("", "", "")
        said = tuple(text or (EMPTY if one.field else "") for text in states)
        return (KINDS[one.kind], one.ref, one.column, *said, one.remark)


class _Table(QTableView):
    """A table in which the space bar ticks all selected rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes the tick from the selected rows, or gives it to them all."""
        model = self.model()
        if event.key() != Qt.Key.Key_Space or not isinstance(model, DifferencesModel):
            super().keyPressEvent(event)
            return
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        able = [row for row in rows if model.rows[row].usable]
        model.tick(able, on=not set(able) <= model.ticked)


class TakeInDialog(QDialog):
    """Shows what a workbook would change. Nothing is changed here: ``chosen`` says what was accepted."""

    def __init__(self, review: Review, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(f"Take in {review.file}")
        self.resize(1080, 560)
        self._read_only = read_only
        self.model = DifferencesModel(review.differences, self)
        self.table = _Table(self)
        self.summary = QLabel(review.summary, self)
        self.notices = QLabel("\n".join(self._said(review)), self)
        self.apply_button = QPushButton(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._lay_out()
        self.model.chose.connect(self._count)
        self._count()

    def chosen(self) -> list[Difference]:
        """The differences that are ticked, in the order of the file."""
        return [self.model.rows[row] for row in sorted(self.model.ticked)]

    def _said(self, review: Review) -> list[str]:
        said = list(review.notices)
        if self._read_only:
            said.append("The plan is open for reading only, so nothing can be taken in.")
        elif self.model.rows:
            said.append("Nothing is changed until you take it in. Space ticks the rows that are selected.")
        return said

    def _count(self) -> None:
        """Say on the button what pressing it will do."""
        count = len(self.model.ticked)
        self.apply_button.setText(
            f"&Take in {count} change{'' if count == 1 else 's'}" if count else "Nothing to take in"
        )
        self.apply_button.setEnabled(bool(count) and not self._read_only)

    def _lay_out(self) -> None:
        font = self.summary.font()
        font.setBold(True)
        self.summary.setFont(font)
        for label in (self.summary, self.notices):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setVisible(bool(label.text()))
        self._set_up_table()
        self.buttons.addButton(self.apply_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        if not self.model.rows:
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Close")
            self.apply_button.hide()
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(self.notices)
        layout.addWidget(self.table, 1)
        if not self.model.rows:
            layout.addStretch(1)
        layout.addWidget(self.buttons)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Differences")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setAlternatingRowColors(True)
        palette = table.palette()  # the outline of a tick box is drawn from the window's colour, too dark on dark
        palette.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.Dark))
        table.setPalette(palette)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        table.setVisible(bool(self.model.rows))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if self.model.rows:
            table.selectRow(0)
            table.setFocus()
