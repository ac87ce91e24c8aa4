"""A grid over plain rows that its commits really change, worked in by keys and by mouse as a person does."""

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.plan.kinds import Choice, Day, Long, Option, Several
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.view import GridView

Key, Mod = Qt.Key, Qt.KeyboardModifier
STATES = [Option("s1", "On track", "", "disc", "#1a7f37", "#56d364"), Option("s2", "At risk", "", "ring")]
POSTS = [Option("p1", "ACC Crime"), Option("p2", "ACC Security"), Option("p3", "Head of Finance")]
REF, TEXT, STATE, OWNERS, DUE, COUNT = range(6)
COLUMNS = (
    GridColumn("ref", "Ref", 60, editable=True),
    GridColumn("text", "Activity", 200, Long(), editable=True),
    GridColumn("state", "Status", 100, Choice(lambda: STATES), editable=True),
    GridColumn("owners", "Owners", 120, Several(lambda: POSTS), editable=True),
    GridColumn("due", "Due", 90, Day(), editable=True, align="right"),
    GridColumn("count", "Count", 60, value=lambda row: len(row.text)),
)


@dataclass(frozen=True)
class Line:
    key: str
    ref: str
    text: str
    state: str | None = None
    owners: tuple[str, ...] = ()
    due: date | None = None


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Sheet:
    """A grid over rows that its commits really change."""

    def __init__(self, qtbot: QtBot) -> None:
        self.rows = [Line(f"k{n}", f"1.{n}", f"text {n}", "s1" if n % 2 else None, ("p1",)) for n in range(12)]
        self.commits: list[list[CellChange]] = []
        self.sentences: list[str] = []
        self.refusal = ""
        self.model = TableModel(COLUMNS, self.commit)
        self.model.set_rows(self.rows)
        self.model.refused.connect(self.sentences.append)
        self.grid = GridView(self.model, "Activities", "activity")
        qtbot.addWidget(self.grid)
        self.grid.resize(800, 400)
        self.grid.show()
        qtbot.waitExposed(self.grid)
        self.grid.setFocus()
        self.go(0, REF)

    def commit(self, cells: list[CellChange]) -> None:
        if self.refusal:
            raise RuleBroken("", self.refusal)
        self.commits.append(cells)
        for key, field, value in cells:
            self.rows = [replace(row, **{field: value}) if row.key == key else row for row in self.rows]
        self.model.set_rows(self.rows)

    def go(self, line: int, column: int) -> None:
        self.grid.go(self.model.index(line, column))

    def current(self) -> tuple[int, int]:
        return self.grid.currentIndex().row(), self.grid.currentIndex().column()

    def mark(self, top: int, left: int, bottom: int, right: int) -> None:
        self.go(top, left)
        block = QItemSelection(self.model.index(top, left), self.model.index(bottom, right))
        self.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def key(self, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(focused(), key, mod)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(focused(), letter)
