"""Plain rows as the named reads of ``queries`` give them; they know nothing of the database."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from spp_desktop.plan.kinds.spelling import quoted

if TYPE_CHECKING:  # the first look at a plan needs these rows, and not the libraries behind its tables
    from spp_desktop.figures.proposed_status import StatusKind
    from spp_desktop.plan.performance import Every, TargetKind

OWNERS = "owners"
"""The name by which all owners of an activity are one cell: the keys of their posts, the lead first."""

STANDS_UNDER = "stands_under"
"""The name by which an activity's home is one cell: the key of a row of one of the plan's levels."""

SERVES = "serves"
"""The name by which all that a row is for is one cell: the keys of the rows that it serves or measures."""

MOVED_WHY = "moved_why"
"""The name by which it is one cell beside the dates of a row why they move, wherever both are set at once."""


class StatusRow(NamedTuple):
    """A status of the plan's list, with how it looks."""

    key: str
    title: str
    meaning: str
    colour: str
    dark_colour: str
    shape: str
    needs_reason: bool
    finished: bool


PostsInRoles = Mapping[str, tuple[str, ...]]
"""The keys of the posts that stand in roles to a row, by the name of the role's cell (``plan.role_names``)."""

NO_ROLES: PostsInRoles = MappingProxyType({})


class RoleRow(NamedTuple):
    """A role of the plan's list in which posts answer for rows. ``chased`` says whether they are sent returns."""

    key: str
    title: str
    chased: bool
    meaning: str


class ActivityRow(NamedTuple):
    """An activity as its table shows it. Owners are post titles, the lead first.

    ``next_milestone`` is the earliest date (forecast, else due) of a milestone not done.
    ``linked`` are the references of activities linked to it, ``serves`` the keys of what it serves beside its home,
    ``roles`` the posts in roles. ``home_key`` and ``home`` are the key and the words of what it stands
    under: its priority, or a theme or commitment of it. ``attached`` are the names of the files attached to it.
    ``marking_id`` is the key of the marking it bears itself.
    """

    key: str
    year: int
    ref: str
    text: str
    priority_key: str
    priority: str
    owners: tuple[str, ...]
    owner_keys: tuple[str, ...]
    status_key: str | None
    status: str
    finished: bool
    percent: int | None
    start: date | None
    due: date | None
    forecast: date | None
    reason: str
    milestones: int
    milestones_done: int
    next_milestone: date | None
    updated: date | None
    linked: tuple[str, ...]
    reported: str | None = None
    budget: float | None = None
    notes: str = ""
    serves: tuple[str, ...] = ()
    roles: PostsInRoles = NO_ROLES
    home_key: str = ""
    home: str = ""
    attached: tuple[str, ...] = ()
    marking_id: str | None = None

    def late(self, today: date) -> bool:
        """Whether its date (forecast does not excuse the due date) has passed and it is not finished."""
        return self.due is not None and self.due < today and not self.finished


class MilestoneRow(NamedTuple):
    """A milestone of an activity.

    ``due`` and ``forecast`` are days, or the ``LastDay`` of periods. ``owner`` is the title of the post that answers
    for it, empty where the activity's owners do, and ``roles`` are the posts in roles. ``finished``:
    its status says that nothing is left to be done. ``attached`` are the names of the files attached to it.
    """

    key: str
    activity_key: str
    title: str
    due: date | None
    forecast: date | None
    done_on: date | None
    owner_key: str | None = None
    owner: str = ""
    status_key: str | None = None
    status: str = ""
    finished: bool = False
    percent: int | None = None
    roles: PostsInRoles = NO_ROLES
    attached: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing is left to be done: it was done, or has a status that says so."""
        return self.done_on is not None or self.finished


class Proposal(NamedTuple):
    """How an activity stands by the rule.

    Attributes:
        kind: which of the rule's own kinds of status.
        status_key: the status of the plan's list that this one is; ``None`` if the list has none.
        status: what that is called in the plan.
        sentence: why.
        differs: whether the activity has another status, that is no decision such as to defer it.
    """

    kind: "StatusKind"
    status_key: str | None
    status: str
    sentence: str
    differs: bool

    def unexplained(self, row: ActivityRow) -> str:
        """What is asked where a person's status differs and no reason is given; "" where nothing is."""
        if not self.differs or row.reason.strip():
            return ""
        return f"{quoted(row.status)} is not what the plan's rule proposes, and no reason is given. {self.sentence}"


class UpdateRow(NamedTuple):
    """What was reported of an activity on a day."""

    key: str
    activity_key: str
    reported_on: date
    post: str
    status: str
    done: str
    next: str


class TargetRow(NamedTuple):
    """A target as it was stated: see ``plan.performance.Target``."""

    key: str
    indicator_key: str
    year: int | None
    kind: "TargetKind"
    stated: str
    value: float | None
    explanation: str = ""
    upper: float | None = None
    strict: bool = False
    every: "Every" = "year"
    base_year: int | None = None
    due: date | None = None
    since: date | None = None
    over_first: int | None = None
    over_years: int | None = None


class EarlierTargetRow(NamedTuple):
    """What a target was until a day: see ``plan.performance.TargetVersion``; ``target`` has the key of that row."""

    target: TargetRow
    until: date
    reason: str
    author: str
    agreed_by: str = ""


class ResultRow(NamedTuple):
    """What was measured over a period: see ``plan.results.Result``. ``area_key`` is ``None`` for the force."""

    key: str
    indicator_key: str
    area_key: str | None
    population: str
    period_from: date
    period_to: date
    value: float | None
    numerator: float | None
    denominator: float | None
    sample_size: float | None
    design_effect: float
    state: str


class RestatementRow(NamedTuple):
    """A final figure that was changed: see ``plan.results.Restatement``.

    ``area`` is "" for the force. An indicator or area that was removed has no key, and is called as it was.
    """

    key: str
    indicator_key: str | None
    ref: str
    title: str
    area_key: str | None
    area: str
    population: str
    period_from: date
    period_to: date
    before: str
    after: str
    made_on: date
    author: str
    reason: str


class NoteRow(NamedTuple):
    """A note, with the number printed at the place it was asked for."""

    key: str
    use_key: str
    number: int | None
    text: str
    printed_in: str


class Node(NamedTuple):
    """A priority, theme or commitment in the tree; ``text`` is its title or its words.

    ``last_year`` is the last year in which a priority stands, ``None`` as long as it goes on.
    """

    key: str
    kind: str
    text: str
    narrative: str
    parent_key: str | None
    children: tuple["Node", ...]
    last_year: int | None = None
