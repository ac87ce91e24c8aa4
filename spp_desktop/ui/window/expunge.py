"""The dialog that removes a word for good: first it says where the word stands, then what else holds it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store import backups, expunging, still_holding
from spp_desktop.store.expunging import WordStanding
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.still_holding import StillHolding
from spp_desktop.store.struck import LONGEST, StruckWord
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.jobs import Cancelled
from spp_desktop.ui.common.style import as_title

_WIDTH, _HEIGHT, _EDGE = 720, 560, 40
MOST_LISTED = 300
"""The most cells that are listed one by one."""
LOOK_FIRST = "Look first: what is found is listed here, and nothing is removed by looking."


class ExpungeDialog(QDialog):
    """Asks for a word and why it is to go, lists where it stands, and removes it.

    Attributes:
        told: what was done, as a sentence; empty if nothing was.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = ""
        self._workspace = workspace
        self._looked: tuple[StruckWord, StillHolding] | None = None
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(as_title("Remove a word for good"))
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.word = QLineEdit(maxLength=LONGEST)
        self.reason = QLineEdit(maxLength=expunging.LONGEST_REASON)
        self.inside = QCheckBox("Also inside &longer words")
        self.places = QTextEdit(readOnly=True, acceptRichText=False)
        self.delete_versions = QCheckBox("&Delete the earlier versions that hold it")
        self.notice = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Progress")
        self.bar.hide()
        self._working = self._stop = False
        self._lay_out()
        self._forget()
        self.word.setFocus()

    def _lay_out(self) -> None:
        about = QLabel(f"A mark stands in its place, in the rows and in every step. {expunging.BEFORE}", wordWrap=True)
        form = QFormLayout()
        form.addRow("&Word or name", self.word)
        form.addRow("", self.inside)
        form.addRow("Wh&y, without it", self.reason)
        self.word.setAccessibleName("Word or name")
        self.reason.setAccessibleName("Why, without the word")
        self.places.setAccessibleName("Where it stands")
        self.places.setTabChangesFocus(True)
        self.places.setPlaceholderText(LOOK_FIRST)
        self.notice.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox(self)
        self.look_button = buttons.addButton("L&ook where it stands", QDialogButtonBox.ButtonRole.ActionRole)
        self.remove_button = buttons.addButton("&Remove for good", QDialogButtonBox.ButtonRole.ActionRole)
        self.cancel = cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        for button, does in ((self.look_button, self.look), (self.remove_button, self.remove)):
            button.setAutoDefault(False)
            button.clicked.connect(does)
        self.look_button.setDefault(True)
        cancel.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self.word.textChanged.connect(self._forget)
        self.inside.toggled.connect(self._forget)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(about)
        column.addLayout(form)
        for widget in (self.places, self.delete_versions, self.notice):
            column.addWidget(widget, 1 if widget is self.places else 0)
        column.addWidget(self.bar)
        column.addWidget(buttons)

    def reject(self) -> None:
        """Stop what is being done; close where nothing is."""
        if self._working:
            self._stop = True
        else:
            super().reject()

    def look(self) -> None:
        """List where the word stands, and what else holds it."""
        self._forget()
        self._do(self._look)

    def remove(self) -> None:
        """Remove the word that was looked for, and close; or say why that is impossible."""
        self._do(self._remove)

    def _look(self) -> None:
        word = StruckWord(self.word.text(), inside=self.inside.isChecked())
        standing = self._workspace.read_beside(expunging.standing, word, self._moved)
        self._moved("Looking at earlier versions and files that left", 0, 0)
        holding = self._workspace.read_beside(still_holding.look, self._workspace.path, word)
        self.places.setPlainText("\n".join(_lines(standing, holding)))
        if not standing.anywhere:
            self.notice.setText("It stands nowhere in this plan or its history.")
            return
        self._looked = word, holding
        self.notice.setText(f"It stands in {standing.counts()}.")
        self.delete_versions.setVisible(bool(holding.versions))

    def _remove(self) -> None:
        if self._looked is None:
            return
        word, holding = self._looked
        standing = expunging.expunge(self._workspace, word, self.reason.text(), self._moved)
        deletes = self.delete_versions.isVisible() and self.delete_versions.isChecked()
        left = backups.delete(holding.versions) if deletes else holding.versions
        self._workspace.back_up(expunging.AFTERWARDS)
        self.told = f"Removed from {standing.counts()}."
        if left:
            self.told += (
                f" {counted(len(left), 'earlier version')} of the plan still {'hold' if len(left) > 1 else 'holds'} it."
            )
        self.accept()

    def _moved(self, what: str, done: int, total: int) -> None:
        """Show how far it is, and end it where the person has asked for that: nothing is written before it is done."""
        self.notice.setText(f"{what}: {done:,} of {total:,}" if total else f"{what}…")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        QCoreApplication.processEvents()
        if self._stop:
            raise Cancelled

    def _show_working(self, *, working: bool) -> None:
        self._working, self._stop = working, False
        self.bar.setVisible(working)
        self.cancel.setText("Stop" if working else "Cancel")
        for widget in (self.word, self.reason, self.inside, self.look_button, self.delete_versions):
            widget.setDisabled(working)
        self.remove_button.setEnabled(not working and self._looked is not None and not self._workspace.read_only)
        if working:
            self.cancel.setFocus()

    def _do(self, does: Callable[[], None]) -> None:
        """Do something with the plan, in steps between which the window lives on."""
        if self._working:
            return
        was_at = self.focusWidget()
        self._show_working(working=True)
        try:
            with busy():
                does()
        except Cancelled:
            self.notice.setText("You stopped it. Nothing was removed.")
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            self.notice.setText(str(refusal))
            if isinstance(refusal, RuleBroken):
                was_at = self.reason if refusal.field == "reason" else self.word
        finally:
            self._show_working(working=False)
            if was_at is not None:
                was_at.setFocus()

    def _forget(self) -> None:
        """Let go of what was found, which is of another word."""
        self._looked = None
        self.places.clear()
        self.notice.setText("")
        self.delete_versions.hide()
        self.delete_versions.setChecked(False)
        self.remove_button.setEnabled(False)


def _lines(standing: WordStanding, holding: StillHolding) -> list[str]:
    more = len(standing.cells) - MOST_LISTED
    return [
        *standing.cells[:MOST_LISTED],
        *([f"and {more} more cells"] if more > 0 else []),
        *standing.records,
        *(f"Left as it is: {each}." for each in standing.stays),
        *holding.lines(),
    ]
