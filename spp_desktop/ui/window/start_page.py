"""The page shown while no plan is open: open a plan, begin one, look at a sample, or go on with a recent one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

CHOICES = (
    ("open", "&Open a plan…", "A plan kept on this computer or a drive."),
    ("new", "&New plan…", "Empty, for your own force and years."),
    ("published", "The &published sample", "The West Midlands plan 2008-2011, word for word."),
    ("worked", "The &worked sample", "The same plan in October 2008, with illustrative dates, statuses and results."),
)


class StartPage(QWidget):
    """Signals: ``chosen`` with the name of a choice above; ``recent_chosen`` with the path of a plan."""

    chosen = Signal(str)
    recent_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = QListWidget()
        self.recent.setAccessibleName("Recent plans")
        self.recent.itemActivated.connect(lambda item: self.recent_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self._none = QLabel("Plans you open will be listed here.")
        self._none.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        page = QHBoxLayout(self)
        page.setContentsMargins(48, 40, 48, 40)
        page.setSpacing(48)
        page.addLayout(self._choices(), 2)
        page.addLayout(self._recent(), 3)
        page.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        title = QLabel("Policing plan workbook")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        column.addWidget(title)
        column.addSpacing(20)
        for name, text, meaning in CHOICES:
            button = QPushButton(text)
            button.setMinimumHeight(36)
            button.setMaximumWidth(420)
            button.setAccessibleDescription(meaning)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            explanation = QLabel(meaning)
            explanation.setWordWrap(True)
            explanation.setForegroundRole(self.palette().ColorRole.PlaceholderText)
            column.addWidget(button)
            column.addWidget(explanation)
            column.addSpacing(12)
        column.addStretch()
        return column

    def _recent(self) -> QVBoxLayout:
        column = QVBoxLayout()
        heading = QLabel("Recent plans")
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        column.addWidget(heading)
        column.addWidget(self._none)
        column.addWidget(self.recent, 1)
        # While the list is hidden, the words stay at the top.
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column

    def show_recent(self, plans: list[Path]) -> None:
        """List the plans opened before, the latest first."""
        self.recent.clear()
        for plan in plans:
            item = QListWidgetItem(f"{plan.stem}\n{plan.parent}")
            item.setData(Qt.ItemDataRole.UserRole, plan)
            self.recent.addItem(item)
        self.recent.setVisible(bool(plans))
        self._none.setHidden(bool(plans))
