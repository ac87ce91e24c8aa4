"""All final figures that were changed, the newest first: seen, copied, saved as a sheet."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from spp_desktop.figures.rag.words import period_words
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import measured, queries
from spp_desktop.store.plain import RestatementRow
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.pictures.menu import ask_and_save_numbers

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

NONE = "No final figure has been changed."
MOST_LISTED = 200
TITLE = "Restatements"
HEADINGS = ("Reference", "Indicator", "Area", "Population", "From", "To", "Was", "Became", "Changed on", "By", "Why")
REMOVED = "removed"


class RestatementsPage(QWidget):
    """The list, read when it is looked at."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._stale = True
        self.rows: list[RestatementRow] = []
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setAccessibleName("Final figures that were changed, the newest first")
        self.said = QLabel(wordWrap=True)
        self.said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.copy, self.save = QPushButton("Cop&y"), QPushButton("Save as shee&t…")
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addStretch(0)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)

    def refresh(self) -> None:
        """Read again: now, or when it is next seen."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """List what there is now."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        rows = self._signals.read(measured.restatements)
        if rows == self.rows and self.said.text():
            return
        self.rows = rows
        self.list.clear()
        for row in rows[:MOST_LISTED]:
            self.list.addItem(_told(row))
        count = f"{len(rows)} final figure{' was' if len(rows) == 1 else 's were'} changed."
        more = f" The newest {MOST_LISTED} are listed; a sheet holds them all." if len(rows) > MOST_LISTED else ""
        self.said.setText(count + more if rows else NONE)
        self.list.setVisible(bool(rows))
        for button in (self.copy, self.save):
            button.setVisible(bool(rows))

    def _copy(self) -> None:
        block = [list(HEADINGS), *([_as_text(value) for value in _cells(row)] for row in self.rows)]
        QGuiApplication.clipboard().setMimeData(clipboard.mime(block))

    def _save(self) -> None:
        ask_and_save_numbers(self, TITLE, [self._sheet()])

    def _sheet(self) -> "PlainSheet":
        from spp_desktop.returns.plain_sheet import (
            PlainSheet,  # openpyxl, which takes long: only when a sheet is asked for
        )

        plan = self._signals.read(queries.plan)
        notes = [plan.title, "Final figures that were changed, the newest first.", *filter(None, [plan.illustrative])]
        return PlainSheet(TITLE, notes, [HEADINGS, *(_cells(row) for row in self.rows)])


def _told(row: RestatementRow) -> str:
    where = " · ".join(filter(None, (row.area, row.population, period_words(row.period_from, row.period_to))))
    change = f"{row.before} → {row.after or REMOVED}"
    return f"{row.ref}  {row.title}\n{where}\n{change}\n{short_day(row.made_on)}, {row.author}: {row.reason}"


def _cells(row: RestatementRow) -> list[Any]:
    whose = row.ref, row.title, row.area or "The force", row.population
    change = row.before, row.after or REMOVED
    return [*whose, row.period_from, row.period_to, *change, row.made_on, row.author, row.reason]


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:%d/%m/%Y}"
