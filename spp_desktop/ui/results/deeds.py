"""What can be done with the cells of the Results page, besides typing in them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from spp_desktop.plan.results import ResultState
from spp_desktop.ui.grid.block import selected_block
from spp_desktop.ui.grid.deeds import GridDeeds
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.results.columns import PERIOD
from spp_desktop.ui.results.lines import ResultsRow


@dataclass(frozen=True)
class MarkCommand:
    """A command that marks the selected figures."""

    name: str
    text: str
    keys: str
    state: ResultState


MARKS: tuple[MarkCommand, ...] = (
    MarkCommand("mark_final", "Mark as &final", "Ctrl+Shift+F", "final"),
    MarkCommand("mark_provisional", "Mark as pro&visional", "Ctrl+Shift+P", "provisional"),
    MarkCommand("mark_not_available", "Mark as &not available", "Ctrl+Shift+N", "not available"),
    MarkCommand("mark_not_applicable", "Mark as not app&licable", "", "not applicable"),
    MarkCommand("mark_suppressed", "Mark as &suppressed", "", "suppressed"),
)
UNUSED = ("put_today", "open_list")
"""Deeds of grids that mean nothing for figures."""


class ResultDeeds(GridDeeds):
    """The doing in a grid of results: what is blank in a block leaves what is there."""

    blanks = False

    def empty(self) -> None:
        """Clear the selected figures."""
        block = selected_block(self.grid)
        columns = [column for column in block.columns if column.field.startswith(PERIOD)]
        if not columns:
            here = block.columns[:1]
            self.grid.table.refused.emit(self.grid.why_not(here[0]) if here else "")
            return
        self.grid.table.put([(row.key, column.field, "") for row in block.rows for column in columns])

    def cells(self) -> list[tuple[ResultsRow, int]]:
        """The selected figures: their lines, and the places of their periods."""
        block = selected_block(self.grid)
        places = [int(column.field.removeprefix(PERIOD)) for column in block.columns if column.field.startswith(PERIOD)]
        return [(row, n) for row in block.rows for n in places]


class ResultGrid(GridView):
    """A grid of results."""

    doing = ResultDeeds
    does: ResultDeeds

    def move_on(self, how: str) -> None:
        """Leave a cell as in any grid; up and down, past figures that are worked out from those below them."""
        super().move_on(how)
        at = self.currentIndex()
        while how in ("down", "up") and (here := self.current()) and here[1].why and here[1].why(here[0]):
            super().move_on(how)
            if self.currentIndex() == at:
                return
            at = self.currentIndex()


def mark_actions(grid: ResultGrid, owner: QObject) -> dict[str, QAction]:
    """The commands that mark, put among the grid's own; what means nothing for figures is taken out."""
    for name in UNUSED:
        grid.removeAction(grid.deeds.pop(name))
    grid.deeds["empty"].setText("C&lear")
    made = {}
    for mark in MARKS:
        action = QAction(mark.text, owner)
        action.setObjectName(mark.name)
        action.setShortcut(QKeySequence(mark.keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        grid.addAction(action)
        made[mark.name] = action
    grid.deeds.update(made)
    return made
