"""Lists…: the plan's own row and every list that its tables choose from, each edited in the cell."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import registers
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Plan, Section
from spp_desktop.plan.judging import JudgementRule, PeerForce
from spp_desktop.plan.performance import IndicatorGroup
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.priorities import Note, PriorityAlias
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion
from spp_desktop.plan.rows import title_of
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept, UndoRefused
from spp_desktop.ui.common import question
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.registers.table import Register, RegisterTable, shown
from spp_desktop.ui.registers.view import RegisterView

CHECKED = {"verified": ("unverified", "verified")}
PLAN_COLUMNS = ("title", "force", "first_year", "years", "as_at", "marking", "illustrative", "source")

REGISTERS = (
    Register(Section, "Sections", "section", ("number", "title"),
             about="The plan's narrative sections; their text is written in the Priorities tab."),
    Register(Post, "Posts", "post", ("title", "body_id"), about="Owners of activities are posts, not people."),
    Register(
        PostHolder, "Post holders", "post holder", ("post_id", "name", "held_from", "held_to"),
        about="Who held a post, and when. An empty date is open.",
    ),
    Register(Body, "Bodies", "body", ("title", "kind"), about="The force, its authority, partners."),
    Register(
        Status, "Statuses", "status",
        ("title", "meaning", "shape", "colour", "dark_colour", "needs_reason", "finished"),
        lines=2, about="Every status has a shape and a word as well as a colour. Finished ones are never late.",
    ),
    Register(Framework, "Frameworks", "framework", ("title", "source")),
    Register(
        FrameworkItem, "Framework items", "framework item", ("framework_id", "code", "title", "source", "verified"),
        CHECKED, lines=2, about="An item is verified only where its words were read in the source named.",
    ),
    Register(IndicatorGroup, "Indicator groups", "group", ("title", "parent_id")),
    Register(Note, "Notes and definitions", "note", ("text",), lines=3,
             about="Each is kept once; changing it changes it wherever it is printed."),
    Register(PriorityAlias, "Priority spellings", "spelling", ("priority_id", "title", "printed_in"),
             about="Other spellings of a priority's title, by which it is known again."),
    Register(
        Area, "Areas", "area", ("title", "code", "kind"),
        about="Operational command units (OCUs) and other parts of the force that have results of their own. "
        "The force as a whole is not listed.",
    ),
    Register(
        AreaPopulation, "Populations", "population", ("area_id", "year", "counted", "number", "source"),
        none="the whole force", named_by=("area_id", "year"),
        about="How many people or households rates are counted by, in each financial year.",
    ),
    Register(
        JudgementRule, "Colour rules", "colour rule", ("title", "kind", "size", "first_month", "version"),
        about="The first is the plan's own: it gives red, amber or green wherever an indicator names no other. A "
        "tolerance is in per cent of what is aimed at, or in points; the rule “last year” has none. A rule judges once "
        "there are results of as many months as it says.",
    ),
    Register(
        DefinitionVersion, "Definitions and breaks", "definition",
        ("indicator_id", "starts_on", "definition", "reason", "breaks_series"),
        lines=3, named_by=("indicator_id", "starts_on"),
        about="From when an indicator is defined, or counted, in another way. Where that breaks the series, what came "
        "before cannot be compared with what came after.",
    ),
    Register(
        PeerForce, "Most similar forces", "force", ("year", "force", "source"), named_by=("force", "year"),
        about="The other forces of the group most similar to this one, for each year: groups change. This force is "
        "one of every group and is not listed.",
    ),
)  # fmt: skip
"""The lists as they are offered. Priorities and indicators have tabs of their own."""


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
        form.addRow("", self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addStretch(1)
        self._load()
        signals.changed.connect(self._take_in)

    def commit(self) -> bool:
        """Write what is typed and not kept yet; whether the plan now has it all."""
        left = [name for name, text in self._texts.items() if not text.keep_all()]
        return not left

    def text(self, name: str) -> KeptText:
        """The field of a column."""
        return self._texts[name]

    def _load(self) -> None:
        plan = self._signals.read(queries.plan)
        for name, text in self._texts.items():
            text.load(name, shown(getattr(plan, name), []), self._writer(name))

    def _take_in(self, changed: Changed) -> None:
        if not changed.rows or "plan" in changed.rows:
            self._load()

    def _writer(self, name: str) -> Any:
        if self._signals.workspace.read_only:
            return None
        label = f"change {title_of(Plan, name)} of the plan"
        return lambda text: self._signals.edit(label, registers.set_plan, **{name: text})

    def _sayer(self, name: str) -> Any:
        def say(sentence: str) -> None:
            """Say why the field was refused, beside what is said of the others; "" when that is over."""
            self._refusals[name] = sentence
            said = " ".join(filter(None, self._refusals.values()))
            self.notice.setText(said)
            self.notice.setVisible(bool(said))

        return say


class RegistersDialog(QDialog):
    """The plan's lists, one beside the other. It stays open beside the window; nothing in it waits for an OK."""

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
        self.views: list[RegisterView] = []
        self._add("The plan", "What is said of the plan itself, here and on what is printed from it.", self.form)
        for register in REGISTERS:
            view = RegisterView(signals, RegisterTable(signals, register, parent=self), self)
            self.views.append(view)
            self._add(register.title, register.about, view)
        self.names.currentRowChanged.connect(self._turn)
        self.names.setCurrentRow(0)
        for keys, turn in (
            (QKeySequence.StandardKey.Undo, signals.workspace.undo),
            (QKeySequence.StandardKey.Redo, signals.workspace.redo),
        ):
            QShortcut(keys, self).activated.connect(partial(self._turn_back, turn))
        row = QHBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self.names)
        row.addWidget(self.pages, 1)

    def show_list(self, title: str) -> None:
        """Bring one list to the front, by its title."""
        found = self.names.findItems(title, Qt.MatchFlag.MatchExactly)
        if found:
            self.names.setCurrentItem(found[0])

    def commit_pending(self) -> bool:
        """Write what is typed and not kept yet; whether the plan now has it all."""
        left = [view for view in self.views if not view.commit()]
        return self.form.commit() and not left

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is being typed; where the plan refuses it, stay open and show which."""
        if self._may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        """Escape closes like the button of the frame."""
        if self._may_close():
            super().reject()

    def _may_close(self) -> bool:
        """Whether nothing is left that the plan does not have; a second try closes all the same."""
        if self.commit_pending() or self.property("warned"):
            return True
        self.setProperty("warned", True)
        for number, view in enumerate(self.views, 1):
            if view.table.has_unkept():
                self.names.setCurrentRow(number)
                view.say_unkept()
                return False
        self.names.setCurrentRow(0)
        return False

    def _add(self, title: str, about: str, widget: QWidget) -> None:
        page = QWidget(self.pages)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        said = QLabel(about, page)
        said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        said.setWordWrap(True)
        said.setVisible(bool(about))
        column.addWidget(said)
        column.addWidget(widget, 1)
        self.names.addItem(title)
        self.pages.addWidget(page)

    def _turn_back(self, turn: Callable[[], object]) -> None:
        """Undo or redo without leaving the lists."""
        try:
            turn()
        except (UndoRefused, NotKept) as refusal:
            question.tell(self, str(refusal))

    def _turn(self, row: int) -> None:
        self.pages.setCurrentIndex(row)
