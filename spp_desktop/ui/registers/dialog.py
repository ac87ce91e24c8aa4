"""Lists…: the plan's own row and every list that its tables choose from, each edited in the cell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import registers
from spp_desktop.plan.identity import Plan, period_name
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.kinds.days import months_from_april
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.periods import first_month, year_name, year_of
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import title_of
from spp_desktop.store import queries
from spp_desktop.store.history import Revision
from spp_desktop.store.problems import NotKept, UndoRefused
from spp_desktop.ui.common import panes, question
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.registers.view import RegisterView

PLAN_COLUMNS = ("title", "force", "first_year", "years", "as_at", "illustrative", "source")
OUTSIDE = (
    "Outside the years of the plan, {}: {} They are kept, and their pages still offer these years; nothing new can be "
    "added there."
)
LISTS = tuple(register for register in REGISTERS if register.page is None)
"""The registers that are offered here: those that have no page of their own."""


def becomes(results: str, filed: str, month: str) -> str:
    """What becomes of a plan's content once years begin in another month: what ``queries.going_by_years`` gives."""
    sentences = [
        f"{results} keep their days, and are judged in the years and quarters that these then lie in."
        if results
        else "",
        f"{filed} keep the year that they were filed under, which then begins in {month}." if filed else "",
    ]
    if not any(sentences):
        return ""
    return " ".join(filter(None, [*sentences, "Nothing is lost, and Undo brings the years back as they are."]))


class PlanForm(QWidget):
    """The plan's own row: its title, force, years, marking and source."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._texts: dict[str, KeptText] = {}
        self._refusals: dict[str, str] = {}
        self.notice = QLabel(self)
        self.notice.setWordWrap(True)
        self.notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self.notice.hide()
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name in PLAN_COLUMNS:
            title = title_of(Plan, name)
            text = KeptText(title, self, one_line=True)
            lines = 2 if name in ("title", "illustrative", "source") else 1
            text.setFixedHeight(lines * text.fontMetrics().lineSpacing() + 14)
            text.refused.connect(self._sayer(name))
            self._texts[name] = text
            form.addRow(title[0].upper() + title[1:], text)
        self.first_month = QComboBox(self)
        for month in months_from_april():
            self.first_month.addItem(month.title, month.value)
        self.first_month.activated.connect(self._month_chosen)
        behind = PLAN_COLUMNS.index("years") + 1
        form.insertRow(behind, "Years begin &in", self.first_month)
        QWidget.setTabOrder(self._texts["years"], self.first_month)
        self.marking = QComboBox(self)
        self.marking.activated.connect(self._marking_chosen)
        form.insertRow(PLAN_COLUMNS.index("as_at") + 2, "&Marking", self.marking)
        QWidget.setTabOrder(self._texts["as_at"], self.marking)
        form.addRow("", self.notice)
        self.outside = QLabel(self, wordWrap=True)
        self.outside.setTextFormat(Qt.TextFormat.PlainText)
        form.addRow("", self.outside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)
        self._load()
        signals.changed.connect(self._take_in)

    def commit(self) -> bool:
        """Write what is typed and not kept yet. Returns whether the plan now has all of it."""
        left = [name for name, text in self._texts.items() if not text.keep_all()]
        return not left

    def text(self, name: str) -> KeptText:
        """The field of a column."""
        return self._texts[name]

    def _load(self) -> None:
        plan = self._signals.read(queries.plan)
        for name, text in self._texts.items():
            text.load(name, _typed(getattr(plan, name)), self._writer(name))
        self.first_month.setCurrentIndex(self.first_month.findData(plan.first_month))
        self.first_month.setEnabled(not self._signals.workspace.read_only)
        self._load_markings(plan.marking)
        outside = self._signals.read(queries.outside_the_plan)
        sentences = " ".join(f"{year_name(year)} holds {what}." for year, what in outside.items())
        self.outside.setText(OUTSIDE.format(period_name(plan), sentences))
        self.outside.setVisible(bool(outside))

    def _month_chosen(self) -> None:
        """Begin years in another month, once a person who has something filed by years has read what becomes of it."""
        month, name = self.first_month.currentData(), self.first_month.currentText()
        if month != first_month():
            meant = becomes(*self._signals.read(queries.going_by_years), name)
            if not meant or question.ask(self, f"Begin years in {name}?", f"Begin in {name}", detail=meant):
                self._signals.edit(f"begin years in {name}", registers.set_plan, first_month=month)
        self._load()

    def _load_markings(self, own: str) -> None:
        """Offer the plan's list of protective markings, and show the plan's own."""
        self.marking.clear()
        titles = [row.title for row in self._signals.read(queries.register, Marking)]
        for title in dict.fromkeys(("", *titles, own)):  # one of a plan as at a moment before it had a list, too
            self.marking.addItem(title or "none", title)
        self.marking.setCurrentIndex(self.marking.findData(own))
        self.marking.setEnabled(not self._signals.workspace.read_only)

    def _marking_chosen(self) -> None:
        self._signals.edit("mark the plan", registers.set_plan, marking=self.marking.currentData())

    def _take_in(self, changed: Changed) -> None:
        if not changed.rows or {"plan", "marking"} & changed.rows.keys():
            self._load()

    def _writer(self, name: str) -> Any:
        if self._signals.workspace.read_only:
            return None
        title, kind = title_of(Plan, name), kind_of(Plan, name)
        if isinstance(kind, Day):
            kind = replace(kind, year=lambda: year_of(self._signals.read(queries.plan).today()))

        def write(text: str) -> None:
            """Keep what was typed in the plan."""
            value = kind.require(text, name, title)
            self._signals.edit(f"change {title} of the plan", registers.set_plan, **{name: value})

        return write

    def _sayer(self, name: str) -> Any:
        def say(sentence: str) -> None:
            """Say why the field was refused, together with the other fields; "" takes its sentence away."""
            self._refusals[name] = sentence
            sentences = " ".join(filter(None, self._refusals.values()))
            self.notice.setText(sentences)
            self.notice.setVisible(bool(sentences))

        return say


class RegistersDialog(QDialog):
    """The plan's lists, each on a page of its own. The dialog stays open beside the window; nothing waits for an OK."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Lists of the plan")
        self.resize(1000, 560)
        self.names = QListWidget(self)
        self.names.setAccessibleName("Lists")
        self.names.setFixedWidth(190)
        self.names.setSpacing(2)
        self.pages = QStackedWidget(self)
        self.form = PlanForm(signals, self)
        self._views: dict[int, RegisterView] = {}
        self._columns: list[QVBoxLayout] = []
        self._add("The plan", "What is said of the plan itself, here and on what is printed from it.", self.form)
        for register in LISTS:
            self._add(register.title, register.about, None)
        self.names.currentRowChanged.connect(self._turn)
        self.names.setCurrentRow(0)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._undo)
        QShortcut(QKeySequence.StandardKey.Redo, self).activated.connect(
            partial(self._turn_back, signals.workspace.redo, "Redid")
        )
        QShortcut(QKeySequence("F6"), self).activated.connect(self._next_pane)
        self.below = QLabel(self)
        self.below.setTextFormat(Qt.TextFormat.PlainText)
        signals.changed.connect(self._clear_below)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.names)
        row.addWidget(self.pages, 1)
        buttons = QDialogButtonBox(self)
        self._close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setAutoDefault(False)  # Enter belongs to the cells
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.below, 1)
        foot.addWidget(buttons)
        whole = QVBoxLayout(self)
        whole.addLayout(row, 1)
        whole.addLayout(foot)

    def _clear_below(self, _: object) -> None:
        """Say nothing of the last undo any more; a method, since Qt lets go of it with the dialog."""
        self.below.clear()

    def view(self, number: int) -> RegisterView:
        """The view of the list of this number (from 0), which is made when it is first wanted."""
        if number not in self._views:
            self._views[number] = RegisterView(self._signals, LISTS[number], parent=self)
            self._columns[number + 1].addWidget(self._views[number], 1)
            *_, last = self._views[number].findChildren(QWidget)
            QWidget.setTabOrder(last, self._close)  # Tab comes to the button last
        return self._views[number]

    def show_list(self, title: str) -> None:
        """Bring one list to the front, by its title."""
        for item in self.names.findItems(title, Qt.MatchFlag.MatchExactly)[:1]:
            self.names.setCurrentItem(item)

    def commit_pending(self) -> bool:
        """Write what is typed and not kept yet. Returns whether the plan now has all of it."""
        left = [view for view in self._views.values() if not view.commit()]
        return self.form.commit() and not left

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed. If the plan refuses some of it, stay open and show what."""
        if self._may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        """Close by Escape or Close as by the button of the frame."""
        if self._may_close():
            super().reject()

    def _may_close(self) -> bool:
        """Whether the plan has everything that was typed. A second try closes the dialog all the same."""
        if self.commit_pending() or self.property("warned"):
            return True
        self.setProperty("warned", True)
        for number, view in sorted(self._views.items()):
            if view.table.has_unkept:
                self.names.setCurrentRow(number + 1)
                view.say_unkept()
                return False
        self.names.setCurrentRow(0)
        return False

    def _add(self, title: str, about: str, widget: QWidget | None) -> None:
        page = QWidget(self.pages)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = QLabel(about, page)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words.setWordWrap(True)
        words.setVisible(bool(about))
        column.addWidget(words)
        if widget is not None:
            column.addWidget(widget, 1)
        self._columns.append(column)
        self.names.addItem(title)
        self.pages.addWidget(page)

    def _undo(self) -> None:
        """Take back what was typed in the list and refused, if anything was; else undo the latest step."""
        view = self._views.get(self.names.currentRow() - 1)
        if view is None or not view.take_back():
            self._turn_back(self._signals.workspace.undo, "Undid")

    def _turn_back(self, turn: Callable[[], Revision | None], verb: str) -> None:
        """Undo or redo without leaving the lists, and say which step."""
        try:
            step = turn()
            self.below.setText("" if step is None else f"{verb}: {step.label}")
        except (UndoRefused, NotKept) as refusal:
            question.tell(self, str(refusal))

    def _next_pane(self) -> None:
        """Go from the names of the lists to the list that is shown, to what is below it, and back."""
        panes.step([self.names, self.pages, self._close])

    def _turn(self, row: int) -> None:
        if row > 0:
            self.view(row - 1)
        self.pages.setCurrentIndex(row)


def _typed(value: object) -> str:
    """A value of the plan's own row as a person would type it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)


def show_lists(signals: PlanSignals, parent: QWidget, title: str = "") -> None:
    """Edit the plan's lists, beginning with the one of this title."""
    dialog = RegistersDialog(signals, parent)
    if title:
        dialog.show_list(title)
    dialog.exec()
