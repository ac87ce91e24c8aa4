"""What a return's workbook will hold, seen before it is written."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.returns.definition import Content, Line, Listing, Return
from spp_desktop.returns.values import shown
from spp_desktop.ui.dialogs.plain_table import dress

PIXELS = 7
"""Of one character of a column's width."""
LEGEND = "Columns marked “fill in” are open to whoever has the file; the others are for reference."


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
        """Show what a workbook will hold; ``None`` shows nothing."""
        at = max(self.pages.currentIndex(), 0)
        while (page := self.pages.widget(0)) is not None:
            self.pages.removeTab(0)
            page.deleteLater()
        if content is None:
            return
        for listing, lines in zip(definition.listings, content.tables, strict=True):
            self.pages.addTab(_table(listing, lines, content), f"{listing.title} · {len(lines)}")
        self.pages.setCurrentIndex(at)


def _table(listing: Listing, lines: tuple[Line, ...], content: Content) -> QTableWidget:
    known = listing.columns_for(content.plan.years)
    table = QTableWidget(len(lines), len(known))
    titles = tuple(f"{column.title}\nfill in" if column.editable else f"{column.title}\n" for column in known)
    dress(table, f"{listing.title} of the workbook", titles, stretch=None)
    locked = table.palette().color(QPalette.ColorRole.AlternateBase)
    for place, column in enumerate(known):
        table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(place, PIXELS * column.width + 16)
        for row, line in enumerate(lines):
            text = shown(column, line.values.get(column.field))
            cell = QTableWidgetItem(" ".join(text.split()))
            cell.setToolTip(text)
            if not column.editable:
                cell.setBackground(locked)
            table.setItem(row, place, cell)
    return table
