"""The dialog in which a line of the from-to table is made by hand: what became of a row, why, and what came of it."""

from typing import cast

from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.turning import by_hand
from spp_desktop.edits.turning.by_hand import TABLES, HandEntry
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.store import queries, threads
from spp_desktop.store.naming import word_of
from spp_desktop.store.problems import NotKept
from spp_desktop.store.turned import FATES, FromToRow, from_to
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.turning.row_finder import RowFinder

ABOUT = (
    "For a plan that is replaced in the middle of a year: the line is done at once, and what came of the row is linked."
)


class FromToDialog(QDialog):
    """Asks for a row, what became of it, why, and which rows came of it. It is kept as one step.

    Args:
        signals: the plan.
        year: the first calendar year of the year that the row is left in, where the row does not say its own.
        row: the key of the row that it begins with; "" for none.
        parent: the window.

    Attributes:
        line: the key of the line that was made; "" until it is.
    """

    def __init__(self, signals: PlanSignals, year: int, row: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._signals, self._year, self.line = signals, year, ""
        self._known = signals.read(threads.rows, None, TABLES)
        self._today = signals.read(queries.plan).today()
        self._entries = {
            (entry.row_key, entry.year): entry
            for entry in signals.read(from_to)
            if entry.applied_on in (None, self._today)
        }
        self.setWindowTitle("What became of a row")
        self.resize(620, 520)
        self.row, self.into = RowFinder("Row", several=False), RowFinder("Became", several=True)
        self.fate, self.reason = QComboBox(), QPlainTextEdit()
        for name, words in FATES.items():
            self.fate.addItem(f"{words.title}: {words.about[0].lower()}{words.about[1:]}", name)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 14)
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setForegroundRole(QPalette.ColorRole.BrightText)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self._lay_out()
        self.row.changed.connect(self._row_chosen)
        self.row.finished.connect(self.fate.setFocus)
        self.into.finished.connect(self.keep)
        self.fate.currentIndexChanged.connect(self._fate_chosen)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep)
        self.row.offer(self._known.values())
        self.row.put([self._known[row]] if row in self._known else [])
        self._fate_chosen()
        (self.fate if self.row.taken else self.row).setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, field in (("&Row", self.row), ("&What became of it", self.fate), ("Wh&y", self.reason)):
            form.addRow(title, field)
        self._into_label = QLabel("&Became")
        self._into_label.setBuddy(self.into)
        form.addRow(self._into_label, self.into)
        about = QLabel(ABOUT, wordWrap=True)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton("&Keep the line", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(about)
        column.addWidget(self.refusal)
        column.addWidget(buttons)

    def keep(self) -> None:
        """Keep the line, and close; say why where that cannot be."""
        if not self.row.taken:
            self._refuse("Choose the row first: type words or a reference, then Enter.")
            return
        row, fate = self.row.taken[0], cast("WhatBecomes", self.fate.currentData())
        into = tuple(other.key for other in self.into.taken) if self.into.isEnabled() else ()
        entry = HandEntry(row.key, row.year or self._year, fate, self.reason.toPlainText(), into)
        name = word_of(row.table).called(row.ref or f"“{row.text[:40]}”")
        label = f"say that {name} {FATES[fate].told}"
        try:
            self.line = self._signals.edit(label, by_hand.enter, entry, self._today)
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
        else:
            self.accept()

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()

    def _row_chosen(self) -> None:
        """Offer the rows of the same kind, and what is kept of the row already."""
        if not self.row.taken:
            self.into.offer(())
            return
        row = self.row.taken[0]
        self.into.offer([other for other in self._known.values() if other.table == row.table and other.key != row.key])
        before: FromToRow | None = self._entries.get((row.key, row.year or self._year))
        if before is not None:
            self.fate.setCurrentIndex(self.fate.findData(before.fate))
            self.reason.setPlainText(before.reason)
            self.into.put(before.became)

    def _fate_chosen(self) -> None:
        follows = self.fate.currentData() in ("changed", "merged", "split")
        self.into.setEnabled(follows)
        self._into_label.setEnabled(follows)
