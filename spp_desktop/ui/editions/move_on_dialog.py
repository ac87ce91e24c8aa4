"""Move the plan on…: to which state, on which day, who signs that and for which post."""

from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import versions as moving
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import in_roles, locks, queries, versions
from spp_desktop.store.checks.issuing import SAID
from spp_desktop.store.problems import NotKept
from spp_desktop.store.versions import StateRow, VersionRow
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.fields import DayField

NO_POST = "No post"
SAME = "It says the same since"
FIRST = "This is the plan's first version. It stands as the plan is now."
NO_STATES = "The plan's list of states is empty: fill it in Plan > Lists… > States of the plan."
NOTED = "The version's note will say so; names are no logins, and it is not forbidden."


class MoveOnDialog(QDialog):
    """Asks to which state the plan is moved on, by whom and when. What the plan refuses is said, and it stays open.

    Attributes:
        outcome: what was done, in a sentence; "" where nothing was.
    """

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Move the plan on")
        self.setMinimumWidth(560)
        self._signals = signals
        self.outcome = ""
        self._states = signals.read(versions.states)
        self._posts = {row.id: row.title for row in signals.read(queries.register, Post)}
        today = signals.read(queries.plan).today()
        self._holders = signals.read(in_roles.holders, today)
        self.state, self.post = QComboBox(self), QComboBox(self)
        self.who, self.note = QLineEdit(locks.author(), self), QPlainTextEdit(self)
        self.day = DayField(self, "Dated", Day(lambda: year_of(today)))
        self.day.put(today)
        self.before, self.meaning, self.held, self.otherwise = words(), words(quiet=True), words(quiet=True), words()
        self.refusal = QLabel(self, wordWrap=True)
        self._lay_out()
        self._fill(today)

    def _lay_out(self) -> None:
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self.otherwise.setAccessibleName("Who signs it otherwise than the plan's list has it")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 12)
        form = QFormLayout()
        form.addRow("Mo&ve it on to", _over(self.state, self.meaning))
        form.addRow("&Dated", self.day)
        form.addRow("&Signed by", self.who)
        form.addRow("&As", _over(self.post, self.held))
        form.addRow("N&ote", self.note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton("&Move it on", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.before)
        column.addLayout(form)
        column.addWidget(self.otherwise)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)

    def _fill(self, today: date) -> None:
        """Offer the states, the next one chosen, and the posts; say where the plan stands."""
        known = self._signals.read(versions.versions)
        self.before.setText(self._stands(known))
        for state in self._states:
            self.state.addItem(state.title, state.key)
        at = self.state.findData(known[-1].state_key) + 1 if known else 0
        self.state.setCurrentIndex(min(at, self.state.count() - 1))
        self.post.addItem(NO_POST, None)
        for key, title in self._posts.items():
            self.post.addItem(title, key)
        self.day.put(max(today, known[-1].dated) if known else today)
        self.state.currentIndexChanged.connect(self._turn_to_state)
        self.post.currentIndexChanged.connect(self._show)
        self.done_button.setEnabled(bool(self._states))
        if not self._states:
            self._refuse(NO_STATES)
        self._turn_to_state()
        self.state.setFocus()

    def _stands(self, known: list[VersionRow]) -> str:
        """Where the plan stands now, and how much of it has changed since."""
        if not known:
            return FIRST
        last = known[-1]
        signed = f"signed by {last.signed_by}{f', {last.post}' if last.post else ''}"
        count = self._signals.workspace.read_beside(versions.said_otherwise, last.revision)
        since = f"{SAID.counted(count)} of it {'is' if count == 1 else 'are'} other since" if count else SAME
        return f"The plan is {last.state}: version {last.number} of {in_words(last.dated)}, {signed}. {since}."

    def _chosen(self) -> StateRow:
        return self._states[self.state.currentIndex()]

    def _turn_to_state(self) -> None:
        """Offer the post that the plan's list has for the state."""
        if self._states:
            self.meaning.setText(self._chosen().meaning)
            self.post.setCurrentIndex(max(self.post.findData(self._chosen().post_key), 0))
        self._show()

    def _show(self) -> None:
        """Say who holds the post, and where another signs than the plan's list has."""
        holder = self._holders.get(str(self.post.currentData() or ""), "")
        self.held.setText(f"Held by {holder}." if holder else "")
        self.held.setVisible(bool(holder))
        told = self._otherwise()
        self.otherwise.setText(f"{told} {NOTED}" if told else "")
        self.otherwise.setVisible(bool(told))

    def _otherwise(self) -> str:
        if not self._states:
            return ""
        return versions.signed_otherwise(self._chosen(), self.post.currentData(), self.post.currentText())

    def keep(self) -> None:
        """Move the plan on, and close where the plan takes it; where another post signs, that is asked first."""
        state, told = self._chosen(), self._otherwise()
        if told and not ask(self, f"{told} Move it on all the same?", "Move it on", detail=NOTED, harmless=True):
            return
        try:
            number = self._signals.edit(
                f"move the plan on to {state.title}", moving.move_on, state.key, self.day.day(), self.who.text(),
                post=self.post.currentData(), note=self.note.toPlainText(),
            )  # fmt: skip
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
        else:
            self.outcome = f"The plan is {state.title}: version {number}."
            self.accept()

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()


def _over(field: QWidget, told: QWidget) -> QWidget:
    """A field with what is told of it below."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(field)
    column.addWidget(told)
    both.setFocusProxy(field)
    return both
