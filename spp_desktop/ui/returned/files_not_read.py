"""The files that came in and cannot be reviewed, each with what is wrong with it and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.plain_table import dress

TITLES = ("File", "What is the matter")
WIDTH, HEIGHT, ROW, MARGIN = 760, 480, 48, 40


class FilesNotReadDialog(QDialog):
    """Lists the files. Accepting the dialog goes on to the review of the ``good`` ones, if there are any."""

    def __init__(self, files: Sequence[tuple[str, str]], good: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Receive returns")
        room = room_for(self)
        self.resize(min(WIDTH, room.width() - MARGIN), min(HEIGHT, 150 + ROW * len(files), room.height() - MARGIN))
        has = "has" if len(files) == 1 else "have"
        about = QLabel(
            f"{len(files)} of {len(files) + good} files {has} nothing to review. The plan is as it was.", self
        )
        self.table = QTableWidget(len(files), len(TITLES), self)
        dress(self.table, "Files that cannot be reviewed", TITLES, stretch=1)
        self.table.setWordWrap(True)
        self.table.setShowGrid(True)
        for row, texts in enumerate(files):
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        buttons = QDialogButtonBox(self)
        self.review_button = QPushButton(f"&Review the other {good}" if good > 1 else "&Review the other one", self)
        if good:
            buttons.addButton(self.review_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.review_button.setVisible(bool(good))
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setSpacing(8)
        for widget in (about, self.table, buttons):
            column_box.addWidget(widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Make each row as high as its sentence needs at this width."""
        super().showEvent(event)
        self.table.resizeRowsToContents()
