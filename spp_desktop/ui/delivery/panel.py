"""The whole of one activity, beside the table: its words, facts, reports, milestones, links and history."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store import attached, owned_then, planned, queries
from spp_desktop.store.naming import short
from spp_desktop.store.plain import OWNERS, STANDS_UNDER, ActivityRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.steps import history_of
from spp_desktop.ui.common.style import as_label, label_of_plan
from spp_desktop.ui.delivery.columns import Lists, columns, label
from spp_desktop.ui.delivery.marks import activity_unlikely
from spp_desktop.ui.delivery.moved_dates import MovedDates
from spp_desktop.ui.delivery.panel_lists import HangingTable, milestones, updates
from spp_desktop.ui.delivery.status_reasons import StatusReasons
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.fields import LineField, ListField, field_for
from spp_desktop.ui.grid.marking_column import MARKING
from spp_desktop.ui.grid.role_fields import PostField, RoleFields
from spp_desktop.ui.monitoring.report_pane import ReportPane
from spp_desktop.ui.monitoring.reporting import Reporting
from spp_desktop.ui.monitoring.slippage_pane import SlippagePane
from spp_desktop.ui.thread.pane import LinksPane

FIELDS = (
    "priority_id", STANDS_UNDER, OWNERS, "status_id", "percent", "start", "due", "forecast", "reported", "budget",
    MARKING,
)  # fmt: skip


_NUMBERED = re.compile(r"(\d+)\.\d+")
"""A reference that begins with the place of its priority: "3.04"."""


class ActivityPanel(PanelArea):
    """One activity, all of it to be edited in place.

    Signals:
        went: the table and the key of a linked row that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(self, signals: PlanSignals, lists: Lists, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self.signals = signals
        self._moved = MovedDates(self, signals, Activity)
        self._statuses = StatusReasons(self, signals)
        self.row: ActivityRow | None = None
        self._lists = lists
        self._columns = {column.field: column for column in columns(lists, today)}
        self.head = QLabel()
        self.follow = QPushButton(label_of_plan("Take the next &reference of this priority"))
        self.text = KeptText("Words of the activity")
        self.reason = KeptText("Reason for the status")
        self.notes = KeptText("Notes on the activity")
        self.fields: dict[str, LineField | ListField | PostField] = {
            name: field_for(self._columns[name], self._set) for name in FIELDS if name != OWNERS
        }
        self.fields[OWNERS] = PostField(self._columns[OWNERS], self._set)
        self._today = today
        self.milestones = HangingTable(signals, milestones(lists, today))
        self.updates = HangingTable(signals, updates(lists, today))
        self.marks, self.before = QLabel(), QLabel()
        self.reporting = Reporting(signals)
        self.report = ReportPane(self.reporting, lambda key: lists.proposals().get(key))
        self.slips = SlippagePane(signals)
        self.links = LinksPane(signals)
        self.files = AttachmentsPane(signals, today)
        self.step_files = AttachmentsPane(signals, today)
        self.history = QLabel()
        self._lay_out()
        self._connect()
        self.show_activity(None)

    def _lay_out(self) -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        self.text.setFixedHeight(4 * self.fontMetrics().lineSpacing() + 14)
        self.reason.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 14)
        self.reason.setPlaceholderText("Why the status is what it is")
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in ("priority_id", STANDS_UNDER, OWNERS, "status_id"):
            form.addRow(as_label(self._columns[name].title), self.fields[name])
        self.in_roles = RoleFields(form, self.fields[OWNERS], self._set, self.say)
        self.in_roles.take(list(self._columns.values()))
        form.addRow("Reason", self.reason)
        form.addRow(self._pairs(("percent", "start"), ("due", "forecast"), ("reported", "budget")))
        self._dress_labels()
        box.addWidget(self.head)
        box.addWidget(self.follow)
        box.addWidget(self.text)
        box.addLayout(form)
        box.addWidget(self.before)
        box.addWidget(self.marks)
        box.addWidget(self.report)
        box.addLayout(self._beneath())
        for widget in (
            self.slips,
            self.milestones,
            self.step_files,
            self.updates,
            self.links,
            self.files,
            self.history,
        ):
            box.addWidget(widget)
        box.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.setAccessibleName("The whole activity")

    def _dress_labels(self) -> None:
        """The looks of what is only read, and what a screen reader calls it."""
        self.marks.setForegroundRole(QPalette.ColorRole.BrightText)
        self.marks.setAccessibleName("What can hardly be meant of this activity")
        self.before.setAccessibleName("Who owned this activity before")
        for label_ in (self.head, self.marks, self.before, self.history):
            label_.setWordWrap(True)
        for label_ in (self.head, self.history):
            label_.setTextFormat(Qt.TextFormat.RichText)
        self.history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _beneath(self) -> QFormLayout:
        """What stands beneath what is said for the period: the notes, and the marking."""
        self.notes.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 14)
        self.notes.setPlaceholderText("What else is to be known of it")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Notes", self.notes)
        form.addRow(self._columns[MARKING].title, self.fields[MARKING])
        return form

    def _pairs(self, *pairs: tuple[str, str]) -> QGridLayout:
        """Two fields beside each other, whatever the width of the labels above."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for line, pair in enumerate(pairs):
            for place, name in enumerate(pair):
                label = QLabel(self._columns[name].title)
                label.setBuddy(self.fields[name])
                grid.addWidget(label, line, 2 * place)
                grid.addWidget(self.fields[name], line, 2 * place + 1)
                grid.setColumnStretch(2 * place + 1, 1)
        return grid

    def _connect(self) -> None:
        typed = (self.text, self.reason, self.notes)
        for part in (
            *self.fields.values(),
            *typed,
            self.report,
            self.slips,
            self.milestones,
            self.updates,
            self.links,
            self.files,
            self.step_files,
        ):
            part.refused.connect(self.say)
        self.links.went.connect(self.went)
        self.milestones.grid.selected.connect(lambda _: self._show_step_files())
        self.follow.clicked.connect(self._follow)

    def take_columns(self, known: Sequence[GridColumn]) -> None:
        """Have a field for each role that the plan has now."""
        self._columns = {column.field: column for column in known}
        self.in_roles.take(known)
        self.milestones.take_columns(milestones(self._lists, self._today).columns)

    def show_activity(self, row: ActivityRow | None) -> None:
        """Show this activity as it is now."""
        if self.row is not None and (row is None or row.key != self.row.key):
            self.commit_pending()
            self.say("")
        self.row = row
        locked = "This plan is open for reading only." if self.signals.workspace.read_only else ""
        for field in (*self.fields.values(), self.in_roles):
            field.show_row(row, locked=bool(locked))
        for text, name in ((self.text, "text"), (self.reason, "reason"), (self.notes, "notes")):
            text.setEnabled(row is not None)
            write = None if locked or row is None else lambda typed, key=row.key, name=name: self._put(key, name, typed)
            text.load(row.key if row else "", getattr(row, name) if row else "", write)
        owners = self.signals.read(owned_then.before, [row.key]).get(row.key, []) if row else []
        self.before.setText(f"Owned before: {owned_then.before_words(owners)}." if owners else "")
        self.before.setVisible(bool(owners))
        self.reporting.look_at_year(row.year if row else None)
        self.report.show_row(row)
        self.slips.show_row(row, self.signals.read(queries.milestones, None, row.key, files=True) if row else ())
        self.milestones.show_activity(row, locked)
        self.updates.show_activity(row, locked)
        self._show_head(row, locked=bool(locked))
        self._show_marks(row)
        self.links.show_row("activity", row.key if row else "", row.year if row else None)
        self.files.show_row(row.key if row else "")
        self._show_step_files()
        self._show_history(row)

    def commit_pending(self) -> bool:
        """Keep what is being typed, if anything is. Returns whether the plan now has all of it."""
        kept = [self.text.keep_all(), self.reason.keep_all(), self.notes.keep_all()]
        kept += [field.keep() for field in self.fields.values()]
        kept += [self.report.commit_pending(), self.milestones.commit_pending(), self.updates.commit_pending()]
        return all((*kept, self.links.keep()))

    def save_state(self) -> dict[str, Any]:
        """The state in which its tables are left."""
        return {
            "milestones": grid_state.save_state(self.milestones.grid),
            "updates": grid_state.save_state(self.updates.grid),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which its tables were left."""
        for table, name in ((self.milestones, "milestones"), (self.updates, "updates")):
            if name in state:
                grid_state.restore_state(table.grid, state[name])

    def _show_head(self, row: ActivityRow | None, *, locked: bool) -> None:
        if row is None:
            self.head.setText("Choose an activity to see the whole of it.")
        else:
            self.head.setText(f"<b>{escape(row.ref)}</b> &nbsp; {escape(row.priority)}")
        self.follow.setVisible(row is not None and not locked and self._elsewhere(row))

    def _elsewhere(self, row: ActivityRow) -> bool:
        """Whether the reference of an activity is one of another priority than the one that it serves."""
        place = next((n for n, each in enumerate(self._lists.priorities, 1) if each.value == row.priority_key), 0)
        number = _NUMBERED.fullmatch(row.ref)
        return bool(place and number and int(number[1]) != place)

    def _follow(self) -> None:
        if self.row is not None:
            label = f"give activity {self.row.ref} {in_words_of_plan('a reference of its priority')}"
            self._tried(label, delivery.follow_priority, self.row.key)

    def _show_marks(self, row: ActivityRow | None) -> None:
        """Say all that can hardly be meant, of the activity and of its milestones."""
        lists = self._lists
        proposal = None if row is None else lists.proposals().get(row.key)
        unlikely = [] if row is None else activity_unlikely(row, lists.asking, lists.years, proposal)
        sentences = [each.sentence for each in unlikely]
        for step in self.milestones.model.rows:
            marks = dict.fromkeys(column.marked(step) for column in self.milestones.model.columns)
            sentences += [f"{step.title}: {mark.sentence}" for mark in marks if mark is not None]
        self.marks.setText("\n".join(sentences))
        self.marks.setVisible(bool(sentences))

    def _show_step_files(self) -> None:
        """Show what is attached to the milestone that is chosen, if one is."""
        step = self.milestones.current()
        self.step_files.setVisible(step is not None)
        self.step_files.show_row(step.key if step else "", f"milestone “{short(step.title)}”" if step else "")

    def _show_history(self, row: ActivityRow | None) -> None:
        if row is None:
            self.history.clear()
            return
        keys = [row.key, *(m.key for m in self.milestones.model.rows), *(u.key for u in self.updates.model.rows)]
        files = self.signals.read(attached.keys_at, keys)
        self.history.setText(history_of(self.signals, [*keys, *files]))

    def _set(self, field: str, value: Any) -> None:
        assert self.row is not None
        self._put(self.row.key, field, value)

    def _put(self, key: str, field: str, value: Any) -> None:
        row = self.row if self.row is not None and self.row.key == key else None
        known = row or self.signals.read(queries.activities, None, key)[0]
        cells = [(key, field, value)]
        step = label(cells, list(self._columns.values()), [known])
        dated = self._moved.with_reason(cells)
        reasoned = None if dated is None else self._statuses.with_reason(dated)
        if reasoned is None:
            return
        self.signals.edit(step, delivery.set_cells, reasoned)
        if field in planned.DATES:
            self.say(self.signals.read(planned.warning, [key], self._today()))

    def _tried(self, label: str, verb: Callable[..., Any], *args: Any) -> bool:
        try:
            self.signals.edit(label, verb, *args)
        except (RuleBroken, NotKept) as refusal:
            self.say(str(refusal))
            return False
        self.say("")
        return True
