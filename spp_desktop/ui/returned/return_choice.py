"""Which return is to go out, about what time, and to whom: the boxes to choose it in."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget
from sqlalchemy import Connection

from spp_desktop.edits import known_returns
from spp_desktop.plan.identity import Plan, years_kept
from spp_desktop.plan.periods import PERIODS, period_end, period_start, period_to_report, year_name
from spp_desktop.returns.catalogue import with_registers
from spp_desktop.returns.definition import Return
from spp_desktop.store import in_roles
from spp_desktop.ui.common.signals import PlanSignals

OWNING, WHOLE, EACH_AREA = "Owners", "Whole plan", "Each area"
"""What a return goes to: the posts that own its rows, nobody in particular, or each area with its own rows."""

_WHOLE, _AREAS = "*whole", "*areas"
"""What stands for these beside the keys of roles; owners are ""."""

WHOLE_YEAR = "Whole year"


def issued(connection: Connection) -> list[Return]:
    """The returns that go out from the dialog: those that are asked for about a year or a part of it."""
    known = known_returns.every(connection)
    return [definition for definition in known if definition.frequencies and definition.yearly]


class ReturnChoice(QWidget):
    """The boxes for a return, its year and its period; ``to`` is the box for whom it goes to, placed by its user.

    Signals:
        changed: something else was chosen.
    """

    changed = Signal()

    def __init__(self, signals: PlanSignals, plan: Plan, definition: Return, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._plan = signals, plan
        self._offered = signals.read(issued)
        self.which, self.year, self.part = QComboBox(self), QComboBox(self), QComboBox(self)
        self.to = QComboBox(self)
        for offered in self._offered:
            self.which.addItem(offered.title, offered.id)
        self.which.setCurrentIndex(max(self.which.findData(definition.id), 0))
        self._part_title = QLabel(self)
        self._lay_out()
        self._fill()
        self.which.activated.connect(self._return_chosen)
        for box in (self.year, self.part, self.to):
            box.activated.connect(self.changed)

    @property
    def catalogued(self) -> Return:
        """The return that is chosen, as the catalogue has it, with the registers that go out with it."""
        return with_registers(self._offered[self.which.currentIndex()])

    def definition(self) -> Return:
        """The return that is chosen, as it goes to those who are chosen."""
        key, definition = str(self.to.currentData()), self.catalogued
        if key == _AREAS:
            return definition.for_areas()
        return definition if key in ("", _WHOLE) else definition.for_role(key, self.to.currentText())

    def parted(self) -> bool:
        """Whether several get one each, with their own rows."""
        return self.to.currentData() != _WHOLE and self.definition().parted

    def period(self) -> tuple[int, str]:
        """The financial year that is chosen, and the part of it; "" for a year as a whole."""
        return int(self.year.currentData()), str(self.part.currentData())

    # What is offered

    def _return_chosen(self) -> None:
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        with QSignalBlocker(self.year), QSignalBlocker(self.part), QSignalBlocker(self.to):
            for box in (self.year, self.part, self.to):
                box.clear()
            self._fill_periods(self.catalogued)
            for title, key in self._whom(self.catalogued):
                self.to.addItem(title, key)
            self.to.setCurrentIndex(max(self.to.findData(self.catalogued.usual_role), 0))

    def _whom(self, definition: Return) -> Sequence[tuple[str, str]]:
        """To whom a return may go, and the keys that stand for them."""
        if not definition.by_owner:
            return [(WHOLE, _WHOLE), *([(EACH_AREA, _AREAS)] if definition.by_area else [])]
        known = self._signals.read(in_roles.roles)
        roles = [(role.title, role.key) for role in known if role.chased or role.key == definition.usual_role]
        return [(OWNING, ""), *roles, *([(WHOLE, _WHOLE)] if definition.stands_for else [])]

    def _fill_periods(self, definition: Return) -> None:
        years = list(years_kept(self._plan))
        if definition.any_year:
            years.insert(0, years[0] - 1)
        for year in years:
            self.year.addItem(year_name(year), year)
        for period in definition.periods:
            self.part.addItem(_words(years[0], period), period)
        span = definition.span
        self._part_title.setText("&Half year" if span == "half" else f"&{span.capitalize()}")
        for widget in (self.part, self._part_title):
            widget.setVisible(self.part.count() > 1)
        year, ended = period_to_report(span, self._plan.today())
        nearest = min(years, key=lambda offered: abs(offered - year))
        parts = PERIODS.get(span, ("",))
        outside = parts[0] if year < nearest else parts[-1]
        self.year.setCurrentIndex(years.index(nearest))
        self.part.setCurrentIndex(parts.index(ended if nearest == year else outside))

    def _lay_out(self) -> None:
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        labels = QLabel("&Return", self), QLabel("&Year", self), self._part_title
        for place, (label, box) in enumerate(zip(labels, (self.which, self.year, self.part), strict=True)):
            label.setBuddy(box)
            form.addWidget(label, 0, 2 * place)
            form.addWidget(box, 0, 2 * place + 1)


def _words(year: int, period: str) -> str:
    """A period of a year in words: "September", "Q2: July to September", "April to September", "Whole year"."""
    if not period:
        return WHOLE_YEAR
    first, last = period_start(year, period), period_end(year, period)
    if first.month == last.month:
        return f"{first:%B}"
    months = f"{first:%B} to {last:%B}"
    return months if period.startswith("H") else f"{period}: {months}"
