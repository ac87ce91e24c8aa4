"""A table that was copied in another program: from Word and Excel with its cells whole, else as lines with tabs."""

import re

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocument, QTextTable

from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.grid.clipboard import TextBlock

_DELETED = re.compile(r"<del\b.*?</del\s*>", re.IGNORECASE | re.DOTALL)
"""What Word copies of a text that is marked as deleted."""


def table_of(data: QMimeData) -> TextBlock:
    """The cells of the largest table that was copied; of a plain text, its lines; nothing if there is neither."""
    tables = _tables(data.html()) if data.hasHtml() else []
    block = max(tables, key=len, default=[])
    if not block and data.hasText():
        block = clipboard.from_text(data.text())
    return [row for row in block if any(cell.strip() for cell in row)]


def _tables(html: str) -> list[TextBlock]:
    document = QTextDocument()
    document.setHtml(_DELETED.sub("", html))
    frames = document.rootFrame().childFrames()
    return [_cells(frame) for frame in frames if isinstance(frame, QTextTable)]


def _cells(table: QTextTable) -> TextBlock:
    """The texts of a table's cells; a cell that reaches over several stands in its first one."""
    block = []
    for row in range(table.rows()):
        texts = []
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            own = (cell.row(), cell.column()) == (row, column)
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastCursorPosition().position(), cursor.MoveMode.KeepAnchor)
            text = cursor.selectedText() if own else ""
            texts.append(text.replace("\u2029", "\n").replace("\u2028", "\n").replace("\xa0", " "))
        block.append(texts)
    return block
