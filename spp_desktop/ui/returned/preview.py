"""The content of a return's workbook, seen before it is written."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.preview import PreviewTable, preview
from spp_desktop.ui.common.plain_table import dress

PIXELS, WIDEST = 6, 150
"""The pixels of one character of a column's width, and of the widest column."""
LEGEND = "Columns headed “fill in” are open to whoever has the file; the shaded ones are for reference."


class ReturnPreview(QWidget):
    """The tables of one workbook, one page each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        legend = QLabel(LEGEND, wordWrap=True)
        legend.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.pages, 1)
        column.addWidget(legend)

    def show_content(self, definition: Return, content: Content | None) -> None:
        """Show the content of a workbook; ``None`` shows nothing."""
        at = max(self.pages.currentIndex(), 0)
        while (page := self.pages.widget(0)) is not None:
            self.pages.removeTab(0)
            page.deleteLater()
        if content is None:
            return
        for shown in preview(definition, content):
            self.pages.addTab(_table(shown), f"{shown.title} · {shown.listed}")
        self.pages.setCurrentIndex(at)


def _table(shown: PreviewTable) -> QTableWidget:
    table = QTableWidget(len(shown.rows), len(shown.headings))
    titles = tuple(f"{heading.title}\n{'fill in' if heading.is_open else ''}" for heading in shown.headings)
    dress(table, f"{shown.title} of the workbook", titles, stretch=None)
    locked = table.palette().color(QPalette.ColorRole.Midlight)
    for place, heading in enumerate(shown.headings):
        table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        needed = table.fontMetrics().horizontalAdvance(heading.title)
        table.setColumnWidth(place, max(min(PIXELS * heading.width, WIDEST), needed) + 16)
        for row, texts in enumerate(shown.rows):
            cell = QTableWidgetItem(" ".join(texts[place].split()))
            cell.setToolTip(texts[place])
            if not heading.is_open:
                cell.setBackground(locked)
            table.setItem(row, place, cell)
    return table
