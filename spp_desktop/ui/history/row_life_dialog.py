"""The life of one row: how it stood at a moment and who changed it since, and below every change of it."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import product

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import as_at, clock, history, row_life
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.history import RecordedChange
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NoSuchMoment, PlanRefused
from spp_desktop.store.row_life import CellThen, LifeLine
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.common.style import as_title
from spp_desktop.ui.history.moment_list import MomentList
from spp_desktop.ui.history.restoring import restore

THEN, LIFE = ("Cell", "Then", "Now", "Changed since by"), ("When", "Who", "Of what", "Cell", "Before", "After")
MOST_SHOWN = 2_000
"""The most changes in the life of a row that are shown, the latest."""
_WIDTH, _HEIGHT, _EDGE = 1180, 640, 40
_LONGEST_TIP = 2_000
SAME = "as it was"


class RowLifeDialog(QDialog):
    """One row of the plan through its history.

    Args:
        plan: the plan as it is now.
        key: the key of the row.
        parent: the window.

    Attributes:
        told: what was restored, as a sentence; "" if nothing was.
        wanted: the moment at which the whole plan is to be seen; ``None`` if it is not.
    """

    def __init__(self, plan: Workspace, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = ""
        self.wanted: Moment | None = None
        self._plan, self._key = plan, key
        self._moment: Moment | None = None
        self._cells: Sequence[CellThen] = ()
        self.finished.connect(self.deleteLater)
        self.name = plan.read_beside(_name, key)
        self.setWindowTitle(as_title(f"History of {self.name}"))
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.moments = MomentList(plan)
        self.then_label = QLabel(wordWrap=True)
        self.then = QTableWidget(0, len(THEN))
        self.life = QTableWidget(0, len(LIFE))
        self.life_label = QLabel()
        self._reading = QTimer(self, singleShot=True, interval=120)
        self._reading.timeout.connect(self._show_then)
        self._lay_out()
        self._fill_life(plan.read_beside(row_life.life, key))
        self.moments.chosen.connect(lambda _: self._reading.start())
        self.moments.activated.connect(self.then.setFocus)
        self._show_then()
        self.moments.setFocus()

    def _lay_out(self) -> None:
        dress(self.then, "As it stood then, and now", THEN, None)
        narrow(self.then, {0: 170, 1: 270, 2: 200})
        dress(self.life, "Every change of it", LIFE, None)
        narrow(self.life, {0: 150, 1: 110, 2: 200, 3: 120, 4: 170})
        left = _column(_label("As &at", self.moments), self.moments)
        parts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        parts.addWidget(_column(self.then_label, self.then))
        parts.addWidget(_column(self.life_label, self.life))
        parts.setSizes([300, 200])
        beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        beside.addWidget(left)
        beside.addWidget(parts)
        beside.setStretchFactor(1, 1)
        beside.setSizes([270, 880])
        bold = self.then_label.font()
        bold.setBold(True)
        self.then_label.setFont(bold)
        self.life_label.setFont(bold)
        buttons = QDialogButtonBox()
        self.restore_cell = self._offer(buttons, "Restore this &cell…", lambda: self._restore(cell=True))
        self.restore_row = self._offer(buttons, "Restore &all of it…", lambda: self._restore(cell=False))
        self.see_plan = self._offer(buttons, "See the whole &plan then", self._see_plan)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)  # Enter in the list of moments leads to what stood then
        buttons.rejected.connect(self.reject)
        self.then.currentCellChanged.connect(lambda *_: self._offer_what_fits())
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(beside, 1)
        column.addWidget(buttons)

    def _offer(self, buttons: QDialogButtonBox, text: str, does: Callable[[], object]) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def _show_then(self) -> None:
        """Show how it stood at the moment that is chosen."""
        offered = self.moments.current()
        self._moment, self._cells = None, ()
        try:
            if offered is not None:
                with busy():
                    self._moment = self._plan.read_beside(offered.moment)
                    self._cells = self._then_and_now(self._moment.last.n)
        except (NoSuchMoment, PlanRefused) as refusal:
            self.then_label.setText(str(refusal))
        else:
            self.then_label.setText(self._in_words())
        _fill(self.then, [(self._named(cell), cell.then, *_since(cell)) for cell in self._cells])
        bold = self.then_label.font()
        for row, column in product((n for n, cell in enumerate(self._cells) if cell.differs), range(len(THEN))):
            item = self.then.item(row, column)
            if item is not None:
                item.setFont(bold)
        self._offer_what_fits()

    def _then_and_now(self, moment: int) -> list[CellThen]:
        with closing(self._plan.read_beside(as_at.rows_then, moment)) as then:
            return self._plan.read_beside(row_life.then_and_now, then, self._key, moment)

    def _named(self, cell: CellThen) -> str:
        return cell.cell if cell.key == self._key else f"{cell.row}: {cell.cell}"

    def _in_words(self) -> str:
        """What has become of it since the moment, in a sentence."""
        if self._moment is None:
            return "Choose a moment."
        differing = [cell for cell in self._cells if cell.differs]
        when = short_day(self._moment.day)
        if not self._cells:
            return f"{self.name[:1].upper()}{self.name[1:]} was not in the plan on {when}."
        if not differing:
            return f"{self.name[:1].upper()}{self.name[1:]} as at {when}: nothing of it has changed since."
        who = list(dict.fromkeys(cell.since.author for cell in differing if cell.since is not None))
        by = f", by {' and '.join(who)}" if who else ""
        return f"{self.name[:1].upper()}{self.name[1:]} as at {when}: {len(differing)} of its cells changed since{by}."

    def _fill_life(self, lines: Sequence[LifeLine]) -> None:
        shown = lines[:MOST_SHOWN]
        more = f", the latest {MOST_SHOWN:,} of them shown" if len(lines) > MOST_SHOWN else ""
        self.life_label.setText(f"Every change of it, the latest first: {len(lines):,}{more}")
        _fill(self.life, [
            (clock.local_time(line.step.at), line.step.author, line.change.row, line.change.cell, line.change.before,
             line.change.after) for line in shown
        ])  # fmt: skip

    def _cell(self) -> CellThen | None:
        row = self.then.currentRow()
        return self._cells[row] if 0 <= row < len(self._cells) else None

    def _offer_what_fits(self) -> None:
        cell, may = self._cell(), not self._plan.read_only
        self.restore_cell.setEnabled(may and cell is not None and cell.differs and bool(cell.column))
        self.restore_row.setEnabled(may and any(each.differs for each in self._cells))
        self.see_plan.setEnabled(self._moment is not None)

    def _restore(self, *, cell: bool) -> None:
        chosen = self._cell()
        if self._moment is None or (cell and chosen is None):
            return
        key, column = (chosen.key, chosen.column) if cell and chosen is not None else (self._key, "")
        told = restore(self._plan, self._moment, self, key, column)
        if told:
            self.told = told
            self._fill_life(self._plan.read_beside(row_life.life, self._key))
            self._show_then()
            self.then_label.setText(told)

    def _see_plan(self) -> None:
        self.wanted = self._moment
        self.accept()


def _name(plan: sqlite3.Connection, key: str) -> str:
    return Wording(plan).row_of(RecordedChange("set", history.table_of(plan, key), key, "", None, None))


def _since(cell: CellThen) -> tuple[str, str]:
    """What stands there now, and who changed it when."""
    if not cell.differs:
        return SAME, ""
    by = f"{cell.since.author}, {clock.local_time(cell.since.at)}" if cell.since is not None else ""
    return cell.now or "nothing", by


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _column(*widgets: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    return part


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(" ".join(text.split()))
            item.setToolTip(text[:_LONGEST_TIP])
            table.setItem(row, column, item)
    if rows:
        table.setCurrentCell(0, 0)
