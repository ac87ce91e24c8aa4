"""The columns of the annual delivery plan, the labels of changes in their cells, and what a head says of its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spp_desktop.plan.kinds import (
    AtPlace,
    Choice,
    Day,
    Doubt,
    Long,
    Money,
    Option,
    Percent,
    Referred,
    Several,
    of_words,
)
from spp_desktop.plan.kinds.choices import no_options, nothing_named
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store.plain import OWNERS, SERVES, STANDS_UNDER, ActivityRow, Proposal, RoleRow, StatusRow
from spp_desktop.ui.delivery.marks import activity_marks
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.attached_column import attached_column
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.marking_column import marking_column
from spp_desktop.ui.grid.role_columns import PostLists, role_columns, told
from spp_desktop.ui.grid.table_model import CellChange

SAID = 60
NO_STATUS = "No status"


@dataclass
class Lists:
    """The lists to choose from in a delivery plan, as they are now.

    ``asking`` are the keys of the statuses that ask for a reason; ``year`` is the financial year in view, ``years`` are
    the plan's, where they are known. ``roles`` are the plan's roles, ``holders`` who holds each post on the plan's day.
    ``add_posts`` asks whether names are to be posts, and adds them. ``home_titles`` are what it
    can stand under, by key: "P1.2 Road safety". ``servable`` is what can be served, by reference, and ``named`` reads
    references to it. ``markings`` are the plan's protective markings, none before them. ``proposals`` are how
    activities stand by the plan's own rule, by key.
    """

    statuses: list[Option] = field(default_factory=list)
    posts: list[Option] = field(default_factory=list)
    roles: Sequence[RoleRow] = ()
    holders: Mapping[str, str] = field(default_factory=dict)
    priorities: list[Option] = field(default_factory=list)
    markings: list[Option] = field(default_factory=list)
    asking: frozenset[str] = frozenset()
    year: int | None = None
    years: Sequence[int] = ()
    add_posts: Callable[[Sequence[str]], bool] | None = None
    home_titles: Callable[[], Mapping[str, str]] = dict
    servable: Callable[[], Sequence[Option]] = no_options
    named: Callable[[str], tuple[str, ...] | Doubt] = nothing_named
    proposals: Callable[[], Mapping[str, Proposal]] = dict

    @property
    def in_roles(self) -> PostLists:
        """What the columns of posts in roles are made of."""
        return PostLists(self.roles, lambda: self.posts, self.add_posts, lambda: self.holders)

    def homes(self) -> Sequence[Option]:
        """What an activity can stand under, by place and words, in the order of the tree."""
        return [Option(key, title) for key, title in self.home_titles().items()]

    def take_statuses(self, statuses: Sequence[StatusRow]) -> None:
        """Take the plan's statuses as they are now."""
        self.statuses = status_choices(statuses)
        self.asking = frozenset(status.key for status in statuses if status.needs_reason)


def status_choices(statuses: Iterable[StatusRow]) -> list[Option]:
    """Statuses as entries of a list, with their shapes and colours."""
    return [Option(s.key, s.title, s.meaning, s.shape, s.colour, s.dark_colour) for s in statuses]


def columns(lists: Lists, today: Callable[[], date]) -> list[GridColumn]:
    """The columns of the delivery plan's table, each with what marks that something can hardly be meant there."""
    marks = activity_marks(lambda: lists.asking, lambda: lists.years, lists.proposals)
    return [replace(column, mark=marks.get(column.field)) for column in _columns(lists, today)]


def _proposed(lists: Lists) -> GridColumn:
    """The status that the plan's rule proposes, where a person has set another."""

    def text(row: ActivityRow) -> str:
        """What is proposed in place of a person's own."""
        proposal = lists.proposals().get(row.key)
        return proposal.status if proposal is not None and proposal.differs else ""

    def tip(row: ActivityRow) -> str:
        """Why."""
        return lists.proposals()[row.key].sentence if text(row) else ""

    return GridColumn(
        "proposed", "Proposed", 104, value=text, tip=tip, shown=False,
        about="By the plan's rule, where a person has set another status",
    )  # fmt: skip


SERVED = "What it serves beside the priority it stands under, by references: P3.2; P1.4"


def _columns(lists: Lists, today: Callable[[], date]) -> list[GridColumn]:
    def due(row: ActivityRow) -> str:
        """The day due in words, and whether it is late."""
        return "" if row.due is None else f"{short_day(row.due)}{' late' if row.late(today()) else ''}"

    def status_words(row: ActivityRow) -> str:
        """What the filter finds a status by besides its title."""
        return "late" if row.late(today()) else ""

    day = Day(lambda: lists.year)
    return [
        GridColumn("ref", "Ref", 48, editable=True, frozen=True, about="The activity's reference in this year"),
        GridColumn("text", "Activity", 316, Long(), editable=True, frozen=True, about="What is to be done"),
        GridColumn(
            "priority_id", in_words_of_plan("Priority"), 180, Choice(lambda: lists.priorities), editable=True,
            value=lambda r: r.priority_key, text=lambda r: r.priority, shown=False,
        ),
        GridColumn(
            OWNERS, "Owner", 128, Several(lambda: lists.posts), editable=True,
            value=lambda r: r.owner_keys, text=lambda r: "; ".join(r.owners),
            group=lambda r: r.owners[0] if r.owners else "", about="The posts that own it, the lead first",
            adds=lists.add_posts, tip=lambda r: told(lists.in_roles, r.owner_keys),
        ),
        *role_columns(lists.in_roles, lambda r: r.roles),
        GridColumn(
            "status_id", "Status", 108, Choice(lambda: lists.statuses), editable=True,
            value=lambda r: r.status_key, text=lambda r: r.status, words=status_words,
            sort=lambda r: next((n for n, s in enumerate(lists.statuses) if s.value == r.status_key), None),
        ),
        _proposed(lists),
        GridColumn("percent", "% done", 60, Percent(), editable=True, align="right", about="Per cent complete"),
        GridColumn("start", "Start", 92, day, editable=True, align="right", shown=False),
        GridColumn(
            "due", "Due", 92, day, editable=True, align="right", text=due, alert=lambda r: r.late(today()),
            about="The date agreed",
        ),
        GridColumn("forecast", "Forecast", 92, day, editable=True, align="right", about="The date now expected"),
        GridColumn(
            "milestones", "Milestones", 84, value=lambda r: r.milestones_done / r.milestones if r.milestones else None,
            text=lambda r: f"{r.milestones_done} of {r.milestones}" if r.milestones else "",
            sort=lambda r: r.milestones_done / r.milestones if r.milestones else None, about="Done, of all",
            shown=False,
        ),
        GridColumn("next_milestone", "Next milestone", 104, day, align="right", name="next", shown=False),
        GridColumn("reason", "Reason", 180, Long(), editable=True, shown=False, about="Why the status is what it is"),
        GridColumn("updated", "Updated", 92, day, align="right", shown=False, about="The latest report"),
        *_thread(lists),
        *_beside(lists),
        attached_column(),
    ]  # fmt: skip


def _thread(lists: Lists) -> list[GridColumn]:
    """What an activity serves, stands under and is linked to."""
    return [
        GridColumn(
            SERVES, "Serves", 120, Referred(lists.servable, lists.named), editable=True,
            shown=False, about=in_words_of_plan(SERVED),
        ),
        GridColumn(
            STANDS_UNDER, "Stands under", 180, AtPlace(lists.homes), editable=True,
            value=lambda r: r.home_key, text=lambda r: lists.home_titles().get(r.home_key, r.home), shown=False,
            about=in_words_of_plan("Its one home, at any level of the plan; the priority follows"),
        ),
        GridColumn("linked", "Linked", 70, text=lambda r: ", ".join(r.linked), shown=False),
    ]  # fmt: skip


def _beside(lists: Lists) -> list[GridColumn]:
    """What is kept of an activity beside how it stands: how often it is reported on, what it may cost, and so on."""
    return [
        GridColumn(
            "reported", "Reported", 96, of_words(("monthly", "quarterly", "half-yearly", "yearly")), editable=True,
            shown=False, about="How often it is reported on, where that is not with each return",
        ),
        GridColumn("budget", "Budget", 92, Money(), editable=True, align="right", shown=False, about="In pounds"),
        GridColumn("notes", "Notes", 180, Long(), editable=True, shown=False, about="What else is to be known of it"),
        marking_column(lambda: lists.markings),
    ]  # fmt: skip


def summary(
    lists: Lists, today: Callable[[], date]
) -> Callable[[Sequence[ActivityRow]], tuple[str, tuple[StatusShare, ...]]]:
    """What gives the words and the bar of a head: how many rows, how many late, and how many of each status."""

    def head(rows: Sequence[ActivityRow]) -> tuple[str, tuple[StatusShare, ...]]:
        """The words and the bar of these activities' head."""
        day = today()
        late = sum([row.late(day) for row in rows])
        counts = Counter([row.status_key for row in rows])
        parts = [
            StatusShare(s.title, counts[s.value], s.shape, s.colour, s.dark_colour)
            for s in lists.statuses
            if counts[s.value]
        ]
        if counts[None] and parts:
            parts.append(StatusShare(NO_STATUS, counts[None]))
        budgets = [row.budget for row in rows if row.budget is not None]
        money = f"budget {Money().show(sum(budgets))}" if budgets else ""
        return " · ".join(filter(None, (str(len(rows)), f"{late} late" if late else "", money))), tuple(parts)

    return head


def label(cells: Sequence[CellChange], known: Sequence[GridColumn], rows: Sequence[ActivityRow]) -> str:
    """The label of a step that changes these cells, to be read after "Undo"."""
    from spp_desktop.plan.delivery import Activity  # the libraries behind the tables, which the first look does without

    titles = {column.field: column for column in known}
    refs = {row.key: row.ref for row in rows}
    keys = {key for key, _, _ in cells}
    key, field, value = cells[0]
    column = titles[field]
    alike = {name for _, name, _ in cells} == {field} and all(each == value for _, _, each in cells)
    rows_changed = Activity.word.called(refs[key], len(keys))
    if alike and field == "text" and len(keys) == 1:
        return f"reword {rows_changed}"
    if alike and value in (None, "", ()):
        return f"empty {column.title.lower()} of {rows_changed}"
    if alike:
        return f"change {column.title.lower()} of {rows_changed} to {_value_text(column, value)}"
    return f"change {len(cells)} cells" + (f" of {rows_changed}" if len(keys) == 1 else "")


def _value_text(column: GridColumn, value: object) -> str:
    titles = {option.value: option.title for option in column.kind.options()}
    keys = value if isinstance(value, tuple) else (value,)
    text = ", ".join(short_day(key) if isinstance(key, date) else titles.get(str(key), str(key)) for key in keys)
    return text if len(text) <= SAID else f"{text[: SAID - 1]}…"
