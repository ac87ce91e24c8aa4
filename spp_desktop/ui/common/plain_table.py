"""How a table that is only read looks in a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget


def dress(table: QTableWidget, name: str, titles: tuple[str, ...], stretch: int | None) -> None:
    """Give a table its headings and the look of a list of rows.

    Args:
        table: the table.
        name: what a screen reader calls it.
        titles: its headings.
        stretch: the column that takes the room that is left; ``None`` for all alike.
    """
    table.setHorizontalHeaderLabels(list(titles))
    dress_view(table, name, stretch)


def dress_view(table: QTableView, name: str, stretch: int | None) -> None:
    """Give a table that has its headings from its model the look of a list of rows.

    Args:
        table: the table, with its model.
        name: what a screen reader calls it.
        stretch: the column that takes the room that is left; ``None`` for all alike.
    """
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().lineSpacing() + 8)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    for column in range(header.count()):
        wide = stretch is None or column == stretch
        mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)


def narrow(table: QTableView, widths: dict[int, int]) -> None:
    """Give columns widths of their own, so that long texts leave room for what stands behind them.

    Args:
        table: the table, which has its look.
        widths: the width of each such column in pixels; a person can draw it wider. The last column takes what is left.
    """
    header = table.horizontalHeader()
    for column, width in widths.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(column, width)
    header.setStretchLastSection(True)
