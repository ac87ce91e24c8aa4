"""The panel beside the lines of a year's end: one row as it stands, and what a decision asks for: words, why, which."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits.turning.fates import ASKS_WHY
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.plan.words import counted
from spp_desktop.store.threads import LinkedRow
from spp_desktop.store.turned import FATES
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.turning.lineage_pane import LineagePane
from spp_desktop.ui.turning.row_finder import RowFinder
from spp_desktop.ui.turning.year_end_lines import YearEndLine, standing

LETTERS: dict[WhatBecomes, str] = {
    "kept": "K", "changed": "G", "split": "S", "merged": "M", "closed": "C", "dropped": "D",
}  # fmt: skip
"""The letter that decides each in the table."""
CHOOSE = "Choose a row to decide what becomes of it."


class FatePanel(PanelArea):
    """One row, and the fields that a decision asks for.

    Signals:
        asked: what is to become of the chosen rows, by its button.
        decided: what becomes of the rows that are asked about; ``words``, ``why`` and ``which`` give the rest.
        left: the person gives up what was asked.
    """

    asked = Signal(str)
    decided = Signal(str)
    left = Signal()

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self._asking: WhatBecomes | None = None
        self._begun: tuple[str, ...] = ()
        page = QWidget()
        self.head, self.text, self.stands, self.proposed, self.warnings = (QLabel(wordWrap=True) for _ in range(5))
        self.question = QLabel(wordWrap=True)
        self.texts, self.reason, self.finder = QPlainTextEdit(), QLineEdit(), RowFinder("Merged with", several=False)
        self.done_button = QPushButton("Decide (Enter)")
        self.buttons = {fate: QPushButton(f"{FATES[fate].verb} ({letter})") for fate, letter in LETTERS.items()}
        self.lineage = LineagePane(signals)
        self._box = QVBoxLayout(page)
        self._lay_out()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self.setAccessibleName("What becomes of the row")
        self._connect()
        self.show_line(None, locked=True)

    def _lay_out(self) -> None:
        self._box.setContentsMargins(10, 8, 10, 8)
        self._box.setSpacing(6)
        for label in (self.head, self.question):
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        for label in (self.stands, self.proposed):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.warnings.setForegroundRole(QPalette.ColorRole.BrightText)
        self.warnings.setAccessibleName("What is to be looked at")
        self.texts.setTabChangesFocus(True)
        self.texts.setFixedHeight(4 * self.fontMetrics().lineSpacing() + 14)
        self.texts.setAccessibleName("What it becomes, one row a line")
        self.reason.setAccessibleName("Why")
        self.reason.setPlaceholderText("Why; Enter decides")
        self.done_button.setAutoDefault(False)
        grid = QGridLayout()
        grid.setSpacing(4)
        for n, button in enumerate(self.buttons.values()):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys, the letters do it
            grid.addWidget(button, n // 3, n % 3)
        for label in (self.head, self.text, self.stands, self.proposed, self.warnings):
            self._box.addWidget(label)
        self._box.addLayout(grid)
        for widget in (self.question, self.texts, self.finder, self.reason, self.done_button, self.lineage):
            self._box.addWidget(widget)
        self._box.addStretch(1)

    def _connect(self) -> None:
        for fate, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, fate=fate: self.asked.emit(fate))
        for field in (self.texts, self.reason, self.finder.box):
            field.installEventFilter(self)
        self.finder.changed.connect(self._found)
        self.reason.returnPressed.connect(self.finish)
        self.done_button.clicked.connect(self.finish)

    # Showing

    def show_line(self, row: YearEndLine | None, *, locked: bool) -> None:
        """Show a row as it stands; while something is asked, the rows that it is asked of stay shown."""
        if self._asking is not None:
            return
        self._ask_nothing()
        self.head.setText(CHOOSE if row is None else f"{row.proposal.ref}  {row.head}".strip())
        self.text.setText("" if row is None else row.proposal.title)
        self.stands.setText("" if row is None else standing(row))
        self.proposed.setText("" if row is None else _proposed(row))
        self.warnings.setText("" if row is None else " ".join(row.proposal.warnings))
        self.warnings.setVisible(bool(self.warnings.text()))
        for button in self.buttons.values():
            button.setDisabled(locked or row is None)
        self.lineage.show_row("" if row is None else row.key, decided=False)

    # Asking

    def ask(self, fate: WhatBecomes, rows: Sequence[YearEndLine], others: Collection[LinkedRow] = ()) -> None:
        """Ask what a decision about these rows needs: what they become, with which they are merged, and why.

        Args:
            fate: what becomes of them.
            rows: the rows, at least one.
            others: the rows that they can be merged with.
        """
        typed = self.why if self.waits() else ""
        self._asking = fate
        first, alone = rows[0], len(rows) == 1
        name = first.proposal.called if alone else counted(len(rows), "row")
        ask = {
            "changed": "what does it become?",
            "split": "into what, one row a line?",
            "merged": "with which, and why?",
        }
        self.question.setText(f"{name} {'is' if alone else 'are'} {FATES[fate].title.lower()}: {ask.get(fate, 'why?')}")
        words, which = fate in {"changed", "split"}, fate == "merged"
        if words:
            kept = "\n".join(first.proposal.texts) if first.decided else ""
            self.texts.setPlainText(kept or first.proposal.title)
            self.texts.selectAll()
        self.finder.offer(others)
        self.finder.put(())
        self.reason.setText(typed or (first.proposal.reason if alone and first.decided else ""))
        self._begun = self._typed()
        self.reason.setPlaceholderText(
            "Why; Enter decides" if fate in ASKS_WHY else "Why, if it is to be said; Enter decides"
        )
        for widget in (self.question, self.reason, self.done_button):
            widget.show()
        self.texts.setVisible(words)
        self.finder.setVisible(which)
        field = self.texts if words else self.finder.box if which else self.reason
        field.setFocus()
        self.ensureWidgetVisible(self.done_button)
        self.ensureWidgetVisible(field)

    @property
    def asking(self) -> WhatBecomes | None:
        """What is asked about; ``None`` where nothing is."""
        return self._asking

    @property
    def words(self) -> list[str] | None:
        """What it becomes, one row a line; ``None`` where that is not asked."""
        if self._asking not in {"changed", "split"}:
            return None
        return [line.strip() for line in self.texts.toPlainText().splitlines() if line.strip()]

    @property
    def why(self) -> str:
        """The reason typed."""
        return self.reason.text().strip()

    @property
    def which(self) -> str | None:
        """The key of the row that they are merged with; ``None`` where that is not asked, or not chosen yet."""
        return self.finder.taken[0].key if self._asking == "merged" and self.finder.taken else None

    def finish(self) -> None:
        """Decide what was asked, with what was typed."""
        if self._asking is not None:
            self.decided.emit(self._asking)

    def waits(self) -> bool:
        """Whether something was typed that nobody has decided with yet."""
        return self._asking is not None and self._typed() != self._begun

    def _typed(self) -> tuple[str, ...]:
        return self.texts.toPlainText(), self.reason.text(), *(row.key for row in self.finder.taken)

    def stop(self) -> None:
        """Ask nothing any more: it is decided."""
        self._ask_nothing()

    def give_up(self) -> None:
        """Ask nothing any more: the person gives it up."""
        self._ask_nothing()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give up by Escape; go on from words by Ctrl+Enter, and by Enter where they are one row's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if watched is self.texts and enter and (control or self._asking == "changed"):
                self.reason.setFocus()
                self.reason.selectAll()
                return True
            if watched is self.reason and enter and control:
                self.finish()
                return True
        return super().eventFilter(watched, event)

    def _found(self) -> None:
        if self.finder.taken:
            self.reason.setFocus()
            self.reason.selectAll()

    def _ask_nothing(self) -> None:
        self._asking = None
        for widget in (self.question, self.texts, self.finder, self.reason, self.done_button):
            widget.hide()


def _proposed(row: YearEndLine) -> str:
    """What is proposed and why; or what is decided, by whom and when."""
    proposal = row.proposal
    if not row.decided:
        return f"Proposed: {FATES[proposal.fate].title.lower()}. {proposal.why}"
    on = f" on {in_words(proposal.decided_on)}" if proposal.decided_on else ""
    why = f" {proposal.reason.rstrip('.')}." if proposal.reason else ""
    was = f" Proposed was: {FATES[proposal.proposed].title.lower()}." if proposal.proposed != proposal.fate else ""
    return f"Decided: {FATES[proposal.fate].title.lower()}, by {proposal.decided_by}{on}.{why}{was}"
