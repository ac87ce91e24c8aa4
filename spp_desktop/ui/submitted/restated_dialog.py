"""All restatements: every figure that was sent and is another now, with the submissions that are affected."""

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTableWidget, QVBoxLayout, QWidget

from spp_desktop.edits import restated
from spp_desktop.edits.restated import Restated
from spp_desktop.plan.words import counted
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.results.import_parts import fit_import, show_lines

TITLES = ("Submissions", "What", "Figure", "As sent", "Now", "When", "Who", "Why")
NONE = "No figure that was sent has changed since."
_GONE, _NEW = "not there any more", "new"


class RestatedDialog(QDialog):
    """Lists what has changed of figures that were sent, of all returns; Copy takes the list to another program."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restatements")
        fit_import(self)
        self._lines: list[tuple[str, ...]] = []
        self.table = QTableWidget(0, len(TITLES), self)
        self.notice = QLabel(self, wordWrap=True)
        self.copy_button, self.close_button = QPushButton("&Copy", self), QPushButton("Close", self)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.reject)
        for button in (self.copy_button, self.close_button):
            button.setAutoDefault(False)
        QShortcut(QKeySequence.StandardKey.Copy, self.table).activated.connect(self.copy)
        self._lay_out()
        self._fill(restated.restatements(workspace))

    def copy(self) -> None:
        """Put the list on the clipboard, as text that a spreadsheet takes in."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (TITLES, *self._lines)))

    def _fill(self, changed: restated.Restatements) -> None:
        self._lines = [_line(each) for each in changed.restated]
        show_lines(self.table, [(line, False) for line in self._lines])
        affected = {number for each in changed.restated for number in each.submissions}
        told = f"{counted(len(self._lines), 'change')} in {counted(len(affected), 'submission')}."
        self.notice.setText(" ".join([told if self._lines else NONE, *changed.unknown]))
        self.copy_button.setEnabled(bool(self._lines))

    def _lay_out(self) -> None:
        dress(self.table, "Figures that were sent and have changed", TITLES, stretch=1)
        narrow(self.table, {1: 250, 2: 120, 3: 100, 4: 100, 5: 130, 6: 110})
        below = QHBoxLayout()
        below.addWidget(self.notice, 1)
        below.addWidget(self.copy_button)
        below.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(below)


def _line(each: Restated) -> tuple[str, ...]:
    """A restatement as a line of the list."""
    what = each.differing
    figure = what.column if what.kind == "cell" else _GONE if what.kind == "gone" else _NEW
    numbers = ", ".join(map(str, each.submissions))
    return numbers, what.words, figure, what.was, what.now, each.when, each.who, each.why or each.step
