"""The dialog of earlier versions: the copies of the plan that were kept, any of which can be opened as a copy."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.store import backups, clock
from spp_desktop.store.backups import Version
from spp_desktop.store.naming import word_of
from spp_desktop.ui.common.style import as_title

ABOUT = (
    "The plan is kept as it was before the first change of a sitting, before an import and before an upgrade. "
    "Opening one as a copy leaves it, and the plan of today, as they are."
)
NONE_YET = "No earlier version is kept yet. The first is the plan as it was before the first change."
KILO = 1000


class EarlierVersionsDialog(QDialog):
    """Lists the earlier versions of a plan, the newest first. ``chosen`` is the version to be opened as a copy."""

    def __init__(self, plan_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Version | None = None
        self._versions: Sequence[Version] = backups.earlier_versions(plan_path)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(as_title(f"Earlier versions of {plan_path.stem}"))
        self.resize(880, 420)
        self.table = QTableWidget(len(self._versions), 4, self)
        self.notice = QLabel(self)
        self.open_button = QPushButton("&Open as a copy…", self)
        self._lay_out()
        self._fill()

    def open_chosen(self) -> None:
        """Close with the chosen version. Whoever opened the dialog puts a copy of it where the person says."""
        row = self.table.currentRow()
        if 0 <= row < len(self._versions):
            self.chosen = self._versions[row]
            self.accept()

    def _fill(self) -> None:
        for row, version in enumerate(self._versions):
            counts = ", ".join(word_of(table).counted(n) for table, n in version.counts.items()) or "cannot be read"
            cells = (clock.local_time(version.at), version.reason, counts, f"{version.size / KILO:,.0f} kB")
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.open_button.setEnabled(bool(self._versions))
        if self._versions:
            self.table.setCurrentCell(0, 0)
        else:
            self._say(NONE_YET)

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([clock.WHEN, "Why it was kept", "What it holds", "Size"])
        self.table.setAccessibleName("Earlier versions")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column in range(4):
            stretch = QHeaderView.ResizeMode.Stretch if column == 2 else QHeaderView.ResizeMode.ResizeToContents  # noqa: PLR2004 - the counts
            header.setSectionResizeMode(column, stretch)
        self.table.activated.connect(self.open_chosen)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.open_chosen)
        about = QLabel(ABOUT, self)
        about.setWordWrap(True)
        self.notice.setWordWrap(True)
        self.notice.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.notice.hide()
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setSpacing(8)
        for widget in (about, self.table, self.notice, buttons):
            column_box.addWidget(widget)

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))
