"""The page of the history in front of the window."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.page import HistoryPage


class PlanHistoryDialog(QDialog):
    """The page, until it is closed."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("History of the plan")
        self.resize(1280, 640)
        self.page = HistoryPage(signals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
