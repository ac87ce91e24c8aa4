"""A table with a choice in each row, as a dialog: what stands in a file, and what it is to be."""

from collections.abc import Sequence

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.plain_table import dress

_MARGIN = 40


class RowChoice(QComboBox):
    """A choice in a row of a table, which comes into view with the keyboard."""

    def __init__(self, table: QTableWidget, row: int) -> None:
        super().__init__()
        self._table, self._row = table, row
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the row into view."""
        super().focusInEvent(event)
        self._table.scrollTo(self._table.model().index(self._row, 0))


class RowChoicesDialog(QDialog):
    """Asks for a choice in each row of a table. Who makes it fills the boxes.

    Args:
        table_name: What the table is called where it is read aloud.
        headings: The headings of its columns, that of the choices last.
        lines: What stands in each row before its choice.
        request: The sentence above the table.
        parent: The window in front of which it opens.
    """

    def __init__(
        self,
        table_name: str,
        headings: tuple[str, ...],
        lines: Sequence[Sequence[str]],
        request: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = QTableWidget(len(lines), len(headings), self)
        dress(self.table, table_name, headings, 1)
        self.boxes = [RowChoice(self.table, row) for row in range(len(lines))]
        for row, (line, box) in enumerate(zip(lines, self.boxes, strict=True)):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
            self.table.setCellWidget(row, len(line), box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(request, wordWrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)

    def fit_boxes(self, width: int, height: int) -> None:
        """Give the rows the height of their boxes, and the dialog this size where the screen has room."""
        if self.boxes:
            self.table.verticalHeader().setDefaultSectionSize(self.boxes[0].sizeHint().height() + 2)
            self.boxes[0].setFocus()
        room = room_for(self)
        self.resize(min(width, room.width() - _MARGIN), min(height, room.height() - _MARGIN))
