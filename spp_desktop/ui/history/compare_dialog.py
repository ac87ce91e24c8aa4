"""What differs between two states of the plan, as a list: moments, earlier versions, files that left it."""

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.kinds.spelling import caseless
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import backups, clock, moments, moments_offered, states, step_places
from spp_desktop.store.moments import Moment
from spp_desktop.store.problems import NoSuchMoment, PlanRefused
from spp_desktop.store.state_differences import DifferenceWords, RowDifference, compare
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import LEFT_IT, ask_open
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.history.moment_list import words_of

TITLES = ("", "Of what", "Cell", "First", "Second")
FATES = {"added": "new", "removed": "gone", "changed": "changed"}
NOW = "Now"
MOST_SHOWN = 5_000
"""The most cells that are listed."""
_WIDTH, _HEIGHT, _EDGE = 1100, 600, 40
SAME = "Both are the same moment. Choose another one above."
_LONGEST_TIP = 2_000


class CompareDialog(QDialog):
    """Two states chosen from what is offered, and what differs between them.

    Args:
        plan: the plan as it is now.
        kinds: the kinds of items that pages show.
        first: the moment that is the first state; ``None`` for the latest end of a period, or before the last step.
        parent: the window.

    Signals:
        went: the kind and the key of an item that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(
        self, plan: Workspace, kinds: Collection[str] = (), first: Moment | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plan, self._kinds = plan, kinds
        self._differences: list[tuple[RowDifference, int]] = []
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Compare two moments")
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.first, self.second = QComboBox(), QComboBox()
        self.filter = QLineEdit(placeholderText="Narrow: a reference, a word", clearButtonEnabled=True)
        self.list = QTableWidget(0, len(TITLES))
        self.notice = QLabel(wordWrap=True)
        self._fill_choices(first)
        self._lay_out()
        for choice in (self.first, self.second):
            choice.activated.connect(self.compare)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemActivated.connect(lambda item: self._go(item.row()))
        self.compare()

    def _fill_choices(self, first: Moment | None) -> None:
        """Offer the moments and the earlier versions, each with its name as states are named."""
        offered = self._plan.read_beside(moments_offered.offered)
        names = [(words_of(each), each.step or each.day.isoformat()) for each in offered]
        if first is not None:
            names.insert(0, (first.words, first.last.id))
        versions = [
            (f"{clock.time_in_words(each.at)} · earlier version: {each.reason}", str(each.path))
            for each in backups.earlier_versions(self._plan.path, counted=False)
        ]
        for choice in (self.first, self.second):
            for text, name in [(NOW, moments.NOW), *names, *versions]:
                choice.addItem(text, name)
            choice.addItem("A file…", "")
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(24)
        before = max(len(names) - 1, 0) if all("after step" in text for text, _ in names) else 0
        ends = next((n for n, (text, _) in enumerate(names, 1) if "end of" in text), before)
        self.first.setCurrentIndex(ends if first is None else 1)
        self.second.setCurrentIndex(0)

    def _lay_out(self) -> None:
        self.first.setAccessibleName("First state")
        self.second.setAccessibleName("Second state")
        dress(self.list, "What differs", TITLES, None)
        narrow(self.list, {0: 74, 1: 220, 2: 130, 3: 260})
        self.filter.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)
        above = QGridLayout()
        for place, (text, widget) in enumerate(
            (("&From", self.first), ("&To", self.second), ("Only &rows with", self.filter))
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            above.addWidget(label, 0, 2 * place)
            above.addWidget(widget, 0, 2 * place + 1)
            above.setColumnStretch(2 * place + 1, 1)
        buttons = QDialogButtonBox()
        go = buttons.addButton("&Go there", QDialogButtonBox.ButtonRole.ActionRole)
        go.clicked.connect(lambda: self._go(self.list.currentRow()))
        go.setAutoDefault(False)
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.list, 1)
        column.addWidget(self.notice)
        column.addWidget(buttons)

    def compare(self) -> None:
        """List what differs between the two states that are chosen."""
        if not (self._named(self.first) and self._named(self.second)):
            return
        if self.first.currentData() == self.second.currentData():
            self._differences = []
            self.list.setRowCount(0)
            self.notice.setText(SAME)
            return
        try:
            with busy(), ExitStack() as stack:
                chosen = (self.first.currentData(), self.second.currentData())
                first, second = (stack.enter_context(states.state(self._plan, name)).connection for name in chosen)
                self._list(compare(first, second), DifferenceWords(first, second))
        except (NoSuchMoment, PlanRefused) as refusal:
            self._differences = []
            self.list.setRowCount(0)
            self.notice.setText(str(refusal))

    def _named(self, choice: QComboBox) -> bool:
        """Whether a choice has a state; where it is a file, it is asked for first."""
        if choice.currentData():
            return True
        file = ask_open(self, "A copy of the plan, or a file that left it", LEFT_IT, self._plan.path.parent)
        if file is None:
            choice.setCurrentIndex(0)
            return False
        choice.insertItem(1, Path(file).name, str(file))
        choice.setCurrentIndex(1)
        return True

    def _list(self, differences: list[RowDifference], words: DifferenceWords) -> None:
        lines = []
        for difference in differences:
            told = words.of(difference)
            lines += [(difference, (FATES[difference.fate], *astuple(line))) for line in told]
            if len(lines) > MOST_SHOWN:
                break
        self._differences = [(difference, n) for n, (difference, _) in enumerate(lines[:MOST_SHOWN])]
        self.list.setRowCount(len(self._differences))
        for row, (_, texts) in enumerate(lines[:MOST_SHOWN]):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text[:_LONGEST_TIP])
                self.list.setItem(row, column, item)
        if lines:
            self.list.setCurrentCell(0, 0)
        fates = {fate: sum(each.fate == fate for each in differences) for fate in FATES}
        counts = listed([f"{counted(count, 'row')} {FATES[fate]}" for fate, count in fates.items() if count])
        more = f" The first {MOST_SHOWN:,} cells are listed." if len(lines) > MOST_SHOWN else ""
        self.notice.setText(f"{counts[:1].upper()}{counts[1:]}.{more}" if counts else "Nothing differs.")
        self._narrow(self.filter.text())

    def _narrow(self, text: str) -> None:
        wanted = caseless(text).split()
        for row in range(self.list.rowCount()):
            items = [self.list.item(row, column) for column in range(len(TITLES))]
            texts = caseless(" ".join(item.text() for item in items if item is not None))
            self.list.setRowHidden(row, not all(word in texts for word in wanted))

    def _go(self, row: int) -> None:
        """Go to the item that a line is about, where the plan has it now and a page shows it."""
        if not 0 <= row < len(self._differences):
            return
        difference = self._differences[row][0]
        place = self._plan.read_beside(step_places.place_of_row, difference.table, difference.key, self._kinds)
        if place is None or difference.fate == "removed":
            self.notice.setText("No page shows this row now.")
            return
        self.went.emit(place.kind, place.key)
        self.accept()
