"""The page on which the appendices begin: what each register holds, and how much of it is open, late or nobody's."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.words import Word
from spp_desktop.store import queries, standing
from spp_desktop.store.standing import RegisterStanding
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.opening import OpeningGrid
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.table_page import PageTexts, TablePage

TAB = "Appendices"
COUNTED = "These figures are counted, not typed: open a register (Enter) to change what it holds."
BESIDE = "beside them"
MOST_NAMED = 12
"""Rows that are late and named one by one, at most."""


class StandingPanel(QWidget):
    """What a register is for, and what is late in it."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.about, self.late = QLabel(), QLabel(), QLabel()
        for label in (self.heading, self.about, self.late):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for label in (self.heading, self.about, self.late):
            column.addWidget(label)
        column.addStretch(1)
        self.show_standing(None)

    def show_standing(self, row: RegisterStanding | None) -> None:
        """Show a register; for ``None``, that one can be chosen."""
        self.heading.setText(row.register.title if row else "Choose a register to see what it is for.")
        self.about.setText(row.register.about if row else "")
        self.late.setText(_late_words(row) if row else "")


class AppendicesPage(TablePage):
    """The registers of the appendices, each as a line that opens it.

    Signals:
        asked: the name of a register whose page the person wants to see.
    """

    asked = Signal(str)
    words = PageTexts(
        "Filter: words", "Filter registers", "Show what a register is &for", Word("register", "registers")
    )
    panel: StandingPanel
    grid: OpeningGrid

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        shown = [register for register in REGISTERS if register.page is not None and register.page.tab == TAB]
        self.tables = frozenset({"plan", *(register.name for register in shown)})
        super().__init__(signals, parent)
        self.model = TableModel(_columns(), parent=self)
        self.model.locked = COUNTED
        self.grid = OpeningGrid(self.model, "Registers of the appendices", "register", rows=False)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.set_deeds()
        self.grid.share_width(("about",))
        self.panel = StandingPanel()
        self.open_register = QPushButton("&Open")
        self.open_register.setToolTip("Show the register on its own page (Enter)")
        self.build((), (self.open_register,), panel_width=260)
        self.grid.opened.connect(self._open)
        self.grid.doubleClicked.connect(self._open)
        self.open_register.clicked.connect(self._open)
        self.refresh()

    # What the window asks

    def refresh(self) -> None:
        """Count again."""
        of = self.signals.portfolio.shown
        self.model.set_rows(self.signals.read(standing.standings, TAB, None if of is None else of.keys))
        self.panel.show_standing(self.standing())

    def confine(self) -> None:
        """Count only the rows of the portfolio that the window is confined to, or all again."""
        self.refresh()
        super().confine()

    def titled(self) -> tuple[str, Sequence[str]]:
        """The title and the notes under which the table is printed and saved."""
        plan = self.signals.read(queries.plan)
        return f"{plan.title}: appendices", [plan.illustrative] if plan.illustrative else []

    # What the person does

    def standing(self) -> RegisterStanding | None:
        """The register that the person is in."""
        row = self.current()
        return row if isinstance(row, RegisterStanding) else None

    def _open(self) -> None:
        row = self.standing()
        if row is not None:
            self.asked.emit(row.key)

    # What the table page asks

    def stands_for(self, row: Any) -> Collection[str]:
        """A register is of the whole plan; its rows are counted by whose they are."""
        del row
        return ()

    def row_selected(self, key: str) -> None:
        """Show another register in the panel."""
        del key
        self.say("")
        self.panel.show_standing(self.standing())

    def arranged(self) -> None:
        """Say that none matches."""
        self.empty_text.setText(f"No register holds “{self.filter.text()}” in its name or purpose.")
        self.empty_button.setText("Clear the filter")
        self.panel.show_standing(self.standing())

    def begin(self) -> None:
        """There are always registers: nothing begins here."""


def _late_words(row: RegisterStanding) -> str:
    """What is late in a register, in words."""
    if row.late is None:
        return ""
    if not row.late:
        return "Nothing in it is late."
    more = len(row.late) - MOST_NAMED
    named = [*row.late[:MOST_NAMED], *([f"and {more:,} more"] if more > 0 else [])]
    return "\n".join(["Late:", *(f"•  {name}" for name in named)])


def _appendix(row: Any) -> str:
    letter = row.register.page.letter
    return f"Appendix {letter}" if letter else f"{BESIDE.capitalize()}"


def _counted(field: str, title: str, count: Callable[[Any], int | None], about: str) -> GridColumn:
    """A column of numbers, empty where nothing is counted."""

    def text(row: Any) -> str:
        """The number of a row as it is shown."""
        number = count(row)
        return "" if number is None else f"{number:,}"

    return GridColumn(field, title, 66, value=count, text=text, sort=count, numbers=True, align="right", about=about)


def _columns() -> list[GridColumn]:
    return [
        GridColumn("appendix", "Appendix", 92, value=_appendix, about="The appendix of the plan that it is part of"),
        GridColumn("title", "Register", 150, value=lambda r: r.register.title),
        _counted("rows", "Rows", lambda r: r.rows, "How many rows it has"),
        _counted("open", "Open", lambda r: r.open, "How many of them are still waited for"),
        replace(
            _counted(
                "late", "Late", lambda r: None if r.late is None else len(r.late),
                "How many are open though their day has passed",
            ),
            alert=lambda r: bool(r.late),
        ),
        _counted("unowned", "Nobody's", lambda r: r.unowned, "How many name no post that answers for them"),
        GridColumn("about", "What it is for", 200, value=lambda r: r.register.about),
    ]  # fmt: skip
