"""Check targets…: every target over the plan held against its own yearly targets; explained, never corrected."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.figures.targets.checks import AGREED, ChangeCheck, Finding, LevelCheck, check
from spp_desktop.store import queries
from spp_desktop.store.plain import IndicatorRow
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.signals import PlanSignals

TITLES = ("Ref", "Indicator", "Over the plan", "Found", "Explained")
PLURALS: dict[Finding, str] = {
    "harder than its years": "harder than their years",
    "easier than its years": "easier than their years",
    "level differs": "levels that differ",
    "matches only if added up": "that match only if added up",
    "matches only if cut off": "that match only if cut off",
    "consistent": "consistent",
    "level consistent": "levels consistent",
}
"""The findings as several are counted, what asks for an explanation first."""
ORDER = tuple(PLURALS)
NOTHING = "No indicator has a target over the plan beside yearly targets of its kind, so there is nothing to check."
KEPT = "Nothing is corrected: targets stay as stated. An explanation is written on an indicator's Targets page."


class TargetChecksDialog(QDialog):
    """What was found, indicator by indicator; Enter or a double click goes to the one chosen.

    Signals:
        went: "targets" and the key of the indicator whose targets are to be shown.
    """

    went = Signal(str, str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Check targets")
        self.resize(900, 460)
        self.checks = _found(signals.read(queries.indicators))
        self.summary, self.sentence = QLabel(_counted(self.checks), wordWrap=True), QLabel(wordWrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table = QTableWidget(len(self.checks), len(TITLES), self)
        dress(self.table, "Targets over the plan against their years", TITLES, TITLES.index("Indicator"))
        self._fill()
        kept = QLabel(KEPT, wordWrap=True)
        kept.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox()
        self.go_button = buttons.addButton("&Go to the indicator", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for part in (self.summary, self.table, self.sentence, kept, buttons):
            column.addWidget(part, 1 if part is self.table else 0)
        self.go_button.clicked.connect(self.go)
        buttons.rejected.connect(self.reject)
        self.table.itemDoubleClicked.connect(self.go)
        self.table.currentCellChanged.connect(self._say)
        self.table.setCurrentCell(0, 0)
        self._say()

    def go(self) -> None:
        """Go to the indicator that is chosen."""
        at = self.table.currentRow()
        if 0 <= at < len(self.checks):
            key = self.checks[at][0].key
            self.accept()
            self.went.emit("targets", key)

    def _fill(self) -> None:
        for at, (row, outcome) in enumerate(self.checks):
            explained = "yes" if row.targets[None].explanation.strip() else ""
            agreed = outcome.finding in AGREED
            texts = (
                row.ref,
                row.title,
                row.targets[None].stated,
                f"{outcome.finding[:1].upper()}{outcome.finding[1:]}",
                explained or ("" if agreed else "not yet"),
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(at, place, item)

    def _say(self) -> None:
        at = self.table.currentRow()
        self.go_button.setEnabled(0 <= at < len(self.checks))
        if not 0 <= at < len(self.checks):
            self.sentence.clear()
            return
        row, outcome = self.checks[at]
        why = row.targets[None].explanation.strip()
        self.sentence.setText(f"{outcome.sentence} Explained: {why}" if why else outcome.sentence)


def _found(rows: Sequence[IndicatorRow]) -> list[tuple[IndicatorRow, ChangeCheck | LevelCheck]]:
    """Every indicator that can be checked with what was found, what asks for an explanation first."""
    checked = [(row, outcome) for row in rows if (outcome := check(row.targets, row.polarity)) is not None]
    return sorted(checked, key=lambda pair: ORDER.index(pair[1].finding))


def _counted(checks: Sequence[tuple[IndicatorRow, ChangeCheck | LevelCheck]]) -> str:
    """How many of each: "3 easier than its years, 2 matches only if cut off …"."""
    if not checks:
        return NOTHING
    count = Counter(outcome.finding for _, outcome in checks)
    counted = ", ".join(f"{count[finding]} {PLURALS[finding]}" for finding in ORDER if count[finding])
    return f"{len(checks)} checked: {counted}."
