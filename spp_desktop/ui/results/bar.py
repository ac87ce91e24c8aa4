"""What stands above the results: which are shown, of which year, by which periods; and what new figures are."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from spp_desktop.plan.periods import year_name, years_name
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.measured import FORCE
from spp_desktop.ui.results.lines import YEARS_SHOWN, Sort

THE_FORCE = "The force"
SORTS = (("months", "Months"), ("quarters", "Quarters"), ("years", "Years"))
STATES = (("provisional", "Provisional"), ("final", "Final"))
ABOUT_STATES = (
    "New figures are provisional until you say otherwise: a provisional figure changes freely, a final one only with "
    "a reason. A p behind a figure makes that one provisional."
)


@dataclass(frozen=True)
class View:
    """Which results are shown: of one indicator for all areas, or of one area ("" for the force) for all indicators."""

    indicator: str
    area: str
    sort: Sort
    year: int
    parts: bool


class ResultsBar(QWidget):
    """The choosers.

    Signals:
        changed: other results are to be shown.
    """

    changed = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self.showing = QComboBox()
        self.showing.setAccessibleName("Which results are shown")
        self.showing.setToolTip("The force or an area with all indicators, or one indicator in all areas")
        self.showing.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.showing.setMinimumContentsLength(28)
        self.back = _step("Year before", Qt.ArrowType.LeftArrow, "Alt+Left")
        self.on = _step("Year after", Qt.ArrowType.RightArrow, "Alt+Right")
        self.shown_year = QLabel()
        self.sort = _chooser("Which periods stand across", SORTS)
        self.parts = QCheckBox("P&arts")
        self.parts.setChecked(True)
        self.parts.setToolTip("Show also what percentages and rates are made of, and the answers to surveys")
        self.state = _chooser("What new figures are", STATES)
        self.state.setToolTip(ABOUT_STATES)
        self._lay_out()
        self._say_year()
        self.showing.currentIndexChanged.connect(self.changed)
        self.sort.currentIndexChanged.connect(self._periods_chosen)
        self.parts.toggled.connect(self.changed)
        self.back.clicked.connect(lambda: self.set_year(self.year - 1))
        self.on.clicked.connect(lambda: self.set_year(self.year + 1))

    def view(self) -> View:
        """What is chosen."""
        indicator, area = self.showing.currentData() or ("", FORCE)
        return View(indicator, area, self.sort.currentData(), self.year, self.parts.isChecked())

    def fill(self, indicators: Sequence[IndicatorRow], areas: Sequence[tuple[str, str]]) -> None:
        """Offer these indicators and areas (keys and titles); what is chosen stays, if it is still there."""
        chosen = self.showing.currentData()
        offers = [(f"{THE_FORCE}, all indicators", ("", FORCE))]
        offers += [(f"{row.ref}  {row.title}, all areas", (row.key, FORCE)) for row in indicators if areas]
        offers += [(f"{title}, all indicators", ("", key)) for key, title in areas]
        if offers == [(self.showing.itemText(n), self.showing.itemData(n)) for n in range(self.showing.count())]:
            return
        with self._quietly():
            self.showing.clear()
            for text, data in offers:
                self.showing.addItem(text, data)
            self.show_only(chosen)

    def show_only(self, chosen: Any) -> None:
        """Choose what is shown, an indicator's key and an area's; the force where there is no such choice."""
        offered = [self.showing.itemData(n) for n in range(self.showing.count())]
        wanted = tuple(chosen) if chosen else ()
        self.showing.setCurrentIndex(offered.index(wanted) if wanted in offered else 0)

    def set_year(self, year: int) -> None:
        """Show another financial year."""
        self.show_year(year)
        self.changed.emit()

    def show_year(self, year: int) -> None:
        """Choose a financial year without telling."""
        self.year = year
        self._say_year()

    def save_state(self) -> dict[str, Any]:
        """How it is left. The year is not kept, nor what new figures are: a sitting begins with the usual."""
        view = self.view()
        return {"showing": [view.indicator, view.area], "sort": view.sort, "parts": view.parts}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as it was left."""
        with self._quietly():
            self.show_only(state.get("showing"))
            self.sort.setCurrentIndex(max(self.sort.findData(state.get("sort")), 0))
            self.parts.setChecked(bool(state.get("parts", True)))
        self._periods_chosen()

    def _periods_chosen(self) -> None:
        self._say_year()
        self.changed.emit()

    def _say_year(self) -> None:
        first = self.year - YEARS_SHOWN + 1
        years = self.sort.currentData() == "years"
        span_name = years_name(first, YEARS_SHOWN).replace("-", " to ") if years else year_name(self.year)
        self.shown_year.setText(span_name)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Within it nothing is told."""
        blocked = self.blockSignals(True)
        try:
            yield
        finally:
            self.blockSignals(blocked)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        new = QLabel("&New figures:")
        new.setToolTip(ABOUT_STATES)
        new.setBuddy(self.state)
        for part, after in (
            (self.showing, 8),
            (self.back, 0),
            (self.shown_year, 0),
            (self.on, 8),
            (self.sort, 8),
            (self.parts, 8),
            (new, 0),
            (self.state, 0),
        ):
            row.addWidget(part)
            row.addSpacing(after)


def _chooser(name: str, offers: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for value, title in offers:
        box.addItem(title, value)
    return box


def _step(name: str, arrow: Qt.ArrowType, keys: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({keys})")
    button.setShortcut(QKeySequence(keys))
    return button
