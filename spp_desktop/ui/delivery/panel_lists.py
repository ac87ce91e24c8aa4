"""The milestones and the updates of an activity, as small tables of the side panel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import ActivityUpdate, Milestone
from spp_desktop.plan.kinds import Choice, Day, DayOrPeriod, Long, Option, Percent
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow, MilestoneRow, UpdateRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.columns import Lists
from spp_desktop.ui.delivery.marks import milestone_mark
from spp_desktop.ui.delivery.moved_dates import MovedDates
from spp_desktop.ui.grid import state as grid_state
from spp_desktop.ui.grid.attached_column import attached_column
from spp_desktop.ui.grid.begun import BegunTable, begin_typing
from spp_desktop.ui.grid.columns import CellMark, GridColumn
from spp_desktop.ui.grid.draft import NEW, is_new
from spp_desktop.ui.grid.role_columns import role_columns, told
from spp_desktop.ui.grid.table_model import CellChange, Pending
from spp_desktop.ui.grid.view import GridView

Verb = Callable[..., Any]


@dataclass(frozen=True)
class Hanging:
    """One kind of row that belongs to an activity: its word, its columns, and the verbs that change it."""

    word: Word
    title: str
    columns: tuple[GridColumn, ...]
    read: Callable[[PlanSignals, str], Sequence[Any]]
    blank: Callable[[ActivityRow], Any]
    add: Callable[[PlanSignals, ActivityRow, dict[str, Any]], str]
    change: Verb
    remove: Verb
    first: str
    empty: str
    height: int


def milestones(lists: Lists, today: Callable[[], date]) -> Hanging:
    """The milestones of an activity."""
    return Hanging(
        Milestone.word,
        "Milestones",
        _milestone_columns(lists, today),
        lambda signals, key: signals.read(queries.milestones, None, key, files=True),
        lambda row: MilestoneRow(NEW, row.key, "", None, None, None),
        lambda signals, row, typed: signals.edit(
            f"add a milestone to {row.ref}", delivery.add_milestone, row.key, **{"title": "", **typed}
        ),
        delivery.set_milestones,
        delivery.remove_milestones,
        "title",
        "No milestones yet.",
        132,
    )


def _milestone_columns(lists: Lists, today: Callable[[], date]) -> tuple[GridColumn, ...]:
    """Their columns; a day on which one was done is marked if it is after today."""
    day, period = Day(lambda: lists.year), DayOrPeriod(lambda: lists.year)

    def mark(name: str) -> Callable[[MilestoneRow], CellMark | None]:
        """The mark of the cells of one column."""
        return milestone_mark(name, lambda: lists.asking, lambda: lists.years, today)

    return (
        GridColumn("title", "Milestone", 134, Long(), editable=True),
        GridColumn("due", "Due", 84, period, editable=True, align="right", mark=mark("due")),
        GridColumn("done_on", "Done on", 84, day, editable=True, align="right", mark=mark("done_on")),
        GridColumn("forecast", "Forecast", 84, period, editable=True, align="right", mark=mark("forecast")),
        GridColumn(
            "status_id",
            "Status",
            104,
            Choice(lambda: lists.statuses),
            editable=True,
            value=lambda r: r.status_key,
            text=lambda r: r.status,
            mark=mark("status"),
        ),
        GridColumn("percent", "% done", 60, Percent(), editable=True, align="right", mark=mark("percent")),
        GridColumn(
            "owner_id",
            "Owner",
            110,
            Choice(lambda: lists.posts),
            editable=True,
            value=lambda r: r.owner_key,
            text=lambda r: r.owner,
            adds=lists.add_posts,
            about="Where it is not the owners of the activity",
            tip=lambda r: told(lists.in_roles, (r.owner_key,) if r.owner_key else ()),
        ),
        GridColumn("evidence", "Evidence", 150, Long(), editable=True),
        *role_columns(lists.in_roles, lambda r: r.roles),
        attached_column(),
    )


def updates(lists: Lists, today: Callable[[], date]) -> Hanging:
    """The updates of an activity, the newest first."""
    return Hanging(
        ActivityUpdate.word,
        "Updates",
        (
            GridColumn("reported_on", "Date", 84, Day(lambda: lists.year), editable=True),
            GridColumn("done", "What was done", 150, Long(), editable=True),
            GridColumn("next", "What is next", 150, Long(), editable=True),
            _chosen("status_id", "Status", 104, lambda: lists.statuses, lambda r: r.status),
            replace(
                _chosen("post_id", "Reported by", 110, lambda: lists.posts, lambda r: r.post), adds=lists.add_posts
            ),
        ),
        lambda signals, key: signals.read(queries.updates, key),
        lambda row: UpdateRow(NEW, row.key, today(), next(iter(row.owners), ""), row.status, "", ""),
        lambda signals, row, typed: signals.edit(
            f"add an update to {row.ref}", delivery.add_update, row.key, **{
                "reported_on": today(), "status_id": row.status_key, "post_id": next(iter(row.owner_keys), None),
                **typed,
            },
        ),
        delivery.set_updates,
        delivery.remove_updates,
        "done",
        "Nothing reported yet.",
        150,
    )  # fmt: skip


def _chosen(
    field: str, title: str, width: int, choices: Callable[[], Sequence[Option]], text: Callable[[UpdateRow], str]
) -> GridColumn:
    """A column to choose from a list, in rows that hold the title of the choice."""
    return GridColumn(
        field, title, width, Choice(choices), editable=True, text=text,
        value=lambda row: next((choice.value for choice in choices() if choice.title == text(row)), None),
    )  # fmt: skip


class HangingTable(QWidget):
    """A small table of the rows that belong to one activity.

    Signals:
        refused: why an edit was not kept; "" once nothing is refused any more.
    """

    refused = Signal(str)

    def __init__(self, signals: PlanSignals, hanging: Hanging) -> None:
        super().__init__()
        self._signals, self._hanging = signals, hanging
        self._moved = MovedDates(self, signals, Milestone)
        self._activity: ActivityRow | None = None
        self._refused: dict[tuple[str, str], Pending] = {}  # in rows of activities shown earlier, by cell
        self.model = BegunTable(hanging.columns, self._commit, parent=self)
        self.grid = GridView(self.model, hanging.title, hanging.word.singular)
        self.grid.setFixedHeight(hanging.height)
        self.heading = QLabel(textFormat=Qt.TextFormat.RichText)
        self.add = QPushButton(f"Add {hanging.word.singular}")
        self.add.setAccessibleName(self.add.text())
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.grid)
        self.add.clicked.connect(self.insert)
        self.grid.insert_asked.connect(self.insert)
        self.grid.duplicate_asked.connect(self._no_copies)
        self.grid.delete_asked.connect(self.delete)
        self.model.refused.connect(self.refused)
        self.model.arranged.connect(self._show_grid)
        self._turning = False

    def take_columns(self, columns: Sequence[GridColumn]) -> None:
        """Show these columns, of which those of roles are others than before."""
        if [(c.field, c.title) for c in columns] == [(c.field, c.title) for c in self.model.columns]:
            return
        left = grid_state.save_state(self.grid)
        self.model.set_columns(columns, self.model.rows)
        self.grid.header.reset_columns()
        grid_state.restore_state(self.grid, left)

    def show_activity(self, row: ActivityRow | None, locked: str) -> None:
        """Show the rows of this activity."""
        self._activity = row
        self.model.locked = locked
        self.add.setDisabled(row is None or bool(locked))
        self.grid.set_deeds()
        rows = self._hanging.read(self._signals, row.key) if row else []
        if not {shown.key for shown in rows} & {shown.key for shown in self.model.rows}:
            self._refused |= {cell: waiting for cell, waiting in self.model.pending.items() if not is_new(cell[0])}
            self._turning = True  # it is not hidden and shown again for that
            self.model.set_rows([])  # another activity: nothing has "just changed"
            self._turning = False
            for cell in [cell for cell in self._refused if cell[0] in {shown.key for shown in rows}]:
                self.model.pending[cell] = self._refused.pop(cell)
        self.model.set_rows(rows)
        count = f" · {len(rows)}" if rows else f" · {self._hanging.empty}"
        self.heading.setText(f"<b>{self._hanging.title}</b>{count}")

    def _show_grid(self) -> None:
        if not self._turning:
            self.grid.setVisible(bool(self.model.rowCount()))

    def current(self) -> Any:
        """The row of the plan that a person is in; ``None`` for none."""
        cell = self.grid.current()
        return None if cell is None or is_new(cell[0].key) else cell[0]

    def commit_pending(self) -> bool:
        """Keep what is being typed. Returns whether the plan has all that was typed, at other activities too."""
        self.grid.commit_pending()
        return not self.model.has_unkept and not self._refused

    def insert(self) -> None:
        """Begin a row, and type its words."""
        row = self._activity
        if row is None:
            return
        last = self.model.rows[-1].key if self.model.rows else ""
        self.model.begin(self._hanging.blank(row), last, lambda typed: self._hanging.add(self._signals, row, typed))
        begin_typing(self.grid, self._hanging.first)

    def delete(self, keys: list[str]) -> None:
        """Delete rows. Nothing is asked, since nothing depends on them and undo brings them back."""
        if any(map(is_new, keys)):
            self.model.forget_draft()
        keys = [key for key in keys if not is_new(key)]
        if keys and self._activity is not None:
            word = self._hanging.word
            rows = word.with_article if len(keys) == 1 else word.counted(len(keys))
            label = f"delete {rows} of {self._activity.ref}"
            self._tried(lambda: self._signals.edit(label, self._hanging.remove, keys))

    def _no_copies(self, _keys: list[str]) -> None:
        self.refused.emit(
            f"Copy and paste the cells instead: {self._hanging.word.with_article} is not duplicated whole."
        )

    def _commit(self, cells: list[CellChange]) -> None:
        assert self._activity is not None
        word = self._hanging.word
        title = self.model.columns[self.model.column_of(cells[0][1])].title.lower()
        change = f"change {title} of {word.with_article}"
        if len(cells) > 1:
            change = f"change {len(cells)} cells of {word.plural}"
        elif title == word.singular:
            change = f"rename {word.with_article}"
        reasoned = self._moved.with_reason(cells) if self._hanging.word == Milestone.word else cells
        if reasoned is not None:
            self._signals.edit(f"{change} of {self._activity.ref}", self._hanging.change, reasoned)

    def _tried(self, deed: Callable[[], Any]) -> Any:
        try:
            done = deed()
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return None
        self.refused.emit("")
        return done
