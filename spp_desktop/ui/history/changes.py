"""What one step of the history changed, in words. Changes are read as far as a person looks at them."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from spp_desktop.store import changes_in_words, clock
from spp_desktop.store.changes_in_words import ChangeInWords
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import record
from spp_desktop.store.merging.record import MERGED
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.item_models import NOWHERE, Index, ItemRole
from spp_desktop.ui.common.plain_table import dress_view
from spp_desktop.ui.history.columns import StepRow

TITLES = ("Of what", "Cell", "Before", "After")
SHOWN_AT_MOST = 500
"""The most changes of a step that are shown; a step that took in results may have a hundred thousand."""
READ_AT_ONCE = 50
"""The number of changes that are read when the end of those shown comes into view."""
LONGEST_TIP = 2000
CELL_WIDTH = 160

_DISPLAY = int(ItemRole.DisplayRole)


class ChangesModel(QAbstractTableModel):
    """The changes of a step, in words. More of them are read when the view asks for more."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._row: StepRow | None = None
        self._shown = 0
        self._lines: list[ChangeInWords] = []

    def show_step(self, row: StepRow | None) -> None:
        """Show the changes of another step; ``None`` shows none."""
        self.beginResetModel()
        self._row, self._lines, self._shown = row, [], 0
        self._lines = [*self._brought_along(), *self._next_lines()]
        self.endResetModel()

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        """Whether there are more changes to show than have been read."""
        return not parent.isValid() and self._row is not None and self._shown < min(self._row.cells, SHOWN_AT_MOST)

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        """Read the next changes."""
        lines = [] if parent.isValid() else self._next_lines()
        if lines:
            self.beginInsertRows(NOWHERE, len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of lines read so far."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Four: of what, which cell, before, after."""
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A text in one line; the tip has all of it."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        text = (line.row, line.cell, line.before, line.after)[index.column()]
        if role == _DISPLAY:
            return " ".join(text.split())
        return text[:LONGEST_TIP] if role == ItemRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The headings."""
        across = orientation == Qt.Orientation.Horizontal and role == _DISPLAY
        return TITLES[section] if across else super().headerData(section, orientation, role)

    def _brought_along(self) -> list[ChangeInWords]:
        """The steps of the other copy that a merge brought along, a line each."""
        if self._row is None or self._row.step.kind != MERGED:
            return []
        brought = self._workspace.read_beside(record.brought, self._row.step.n)
        lines = [_brought_step(each.step) for each in brought[:SHOWN_AT_MOST]]
        more = len(brought) - len(lines)
        return [*lines, ChangeInWords(f"and {more:,} more steps brought along", "", "", "")] if more else lines

    def _next_lines(self) -> list[ChangeInWords]:
        """The lines of the next changes. Behind the last that is shown, a line says how many are not."""
        if self._row is None or not self.canFetchMore():
            return []
        most = min(READ_AT_ONCE, SHOWN_AT_MOST - self._shown)
        lines = self._workspace.read_beside(changes_in_words.of_step, self._row.step.n, self._shown, most)
        self._shown += most
        if SHOWN_AT_MOST <= self._shown < self._row.cells:
            lines.append(ChangeInWords(f"and {self._row.cells - SHOWN_AT_MOST:,} more", "", "", ""))
        return lines


class ChangesPanel(QWidget):
    """The panel below the steps: what the chosen one changed."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown = ("", "")
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = self.heading.font()
        bold.setBold(True)
        self.heading.setFont(bold)
        self.model = ChangesModel(workspace, self)
        self.changes = QTableView()
        self.changes.setModel(self.model)
        dress_view(self.changes, "What the step changed", stretch=None)
        header = self.changes.horizontalHeader()
        header.setSectionResizeMode(TITLES.index("Cell"), QHeaderView.ResizeMode.Interactive)
        header.resizeSection(TITLES.index("Cell"), CELL_WIDTH)
        self.setFocusProxy(self.changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.changes, 1)

    def show_step(self, row: StepRow | None) -> None:
        """Show what a step changed; ``None`` shows nothing. Rows have the names that they have in the plan now."""
        wanted = (row.key if row else "", self._workspace.revision())
        if wanted == self._shown:
            return
        self._shown = wanted
        self.heading.setText(f"{clock.time_in_words(row.step.at)} · {row.step.author}: {row.label}" if row else "")
        self.model.show_step(row)


def _brought_step(step: Revision) -> ChangeInWords:
    """A step of another copy in a line: who took it and when, and what was done."""
    return ChangeInWords(f"brought along: {step.author}, {clock.time_in_words(step.at)}", step.label, "", "")
