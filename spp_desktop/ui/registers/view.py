"""A register that has no page of its own, on screen: its table, its filter, and its buttons."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.plan.register import Register
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.filter_box import Chips, FilterBox
from spp_desktop.ui.grid.find_bar import FindBar
from spp_desktop.ui.grid.finding import GridFinder
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.registers.columns import widest
from spp_desktop.ui.registers.deeds import RegisterDeeds
from spp_desktop.ui.registers.table import RegisterTable

KEYS = {
    "insert_row": ("Ins", "Ctrl++", "Ctrl+="),
    "delete_rows": ("Del", "Ctrl+-"),
    "move_up": ("Alt+Up", "Alt+Shift+Up"),
    "move_down": ("Alt+Down", "Alt+Shift+Down"),
}
"""The keys of a list: those of every grid, and those that lists have always had."""
BUTTONS = {"insert_row": "Add", "delete_rows": "Delete", "move_up": "Move up", "move_down": "Move down"}


class RegisterView(QWidget):
    """One register, typed into like a spreadsheet; below it stands why something was refused.

    Args:
        signals: the plan.
        register: the register's declaration.
        fixed: the values that every row shown has, by column; by default, all rows are shown.
        parent: the widget that it stands in.
        filtered: whether there is a box to filter it.
        spelled: whether days are spelled out, as on the window's pages: "1 May 2008" instead of "01/05/2008".

    Attributes:
        table: its rows.
        grid: its rows on screen.
        notice: why something is not kept.
    """

    def __init__(
        self,
        signals: PlanSignals,
        register: Register,
        fixed: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
        *,
        filtered: bool = True,
        spelled: bool = False,
    ) -> None:
        super().__init__(parent)
        self.table = RegisterTable(signals, register, fixed, self, spelled=spelled)
        self.grid = GridView(self.table, register.title, register.word.singular, parent=self)
        self.notice = QLabel(self, wordWrap=True)
        self.filter = FilterBox("Filter: words", f"Filter {register.word.plural}", self)
        self.chips = Chips(self.table, self)
        self.does = RegisterDeeds(self.table, self.grid)
        self._lay_out(filtered=filtered)
        self.table.refused.connect(self._say)
        signals.changed.connect(self.table.take_in)

    def begin(self) -> None:
        """Begin a new row."""
        self.does.begin()

    def commit(self) -> bool:
        """Write what an open editor holds. Returns whether the plan now has all that was typed."""
        self.grid.commit_pending()
        return not self.table.has_unkept

    def take_back(self) -> bool:
        """Give up the latest of what was typed and refused. Returns whether there was anything."""
        cell = self.table.take_back()
        if cell is not None and cell[0]:
            self.grid.select(*cell)
        return cell is not None

    def say_unkept(self) -> None:
        """Say what would be lost, if no sentence is shown yet."""
        if self.table.has_unkept and not self.notice.text():
            word = self.table.register.word.singular
            self._say(f"Something typed here is not in the plan. Complete the {word}, or close again.")

    def _lay_out(self, *, filtered: bool) -> None:
        register = self.table.register
        self.grid.set_lines(register.lines)
        self.grid.share_width(widest(register))
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self.notice.hide()
        self.filter.attach(self.grid)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.filter, 2)
        above.addWidget(self.chips)
        above.addStretch(1)
        for part in (self.filter, self.chips):
            part.setVisible(filtered)
        find = QAction("Filter", self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.setEnabled(filtered)
        find.triggered.connect(self.filter.focus_all)
        self.addAction(find)
        self.finding = FindBar(GridFinder(self.grid), self)
        for text, keys, does in (
            ("Find next", "F3", self.finding.find_next),
            ("Find the one before", "Shift+F3", lambda: self.finding.find_next(back=True)),
            ("Replace…", "Ctrl+H", lambda: self.finding.ask(replace=True)),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(filtered)
            action.triggered.connect(lambda _on=False, does=does: does())
            self.addAction(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.grid, 1)
        column.addWidget(self.finding)
        column.addWidget(self.notice)
        column.addLayout(self._buttons(filtered=filtered))
        QWidget.setTabOrder(self.grid, self.filter)

    def _buttons(self, *, filtered: bool) -> QHBoxLayout:
        """Make the buttons below the table, and the keys that do the same."""
        self.grid.set_deeds()
        self.grid.deeds["empty"].setShortcuts([])
        if self.table.register.placed:
            self.grid.deeds["open_list"].setShortcuts([])
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, text in BUTTONS.items():
            if name not in self.grid.deeds or (name.startswith("move") and not filtered):
                continue
            deed = self.grid.deeds[name]
            deed.setShortcuts([QKeySequence(keys) for keys in KEYS[name]])
            deed.setDisabled(bool(self.table.locked))
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.setDisabled(bool(self.table.locked))
            button.clicked.connect(deed.trigger)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))
