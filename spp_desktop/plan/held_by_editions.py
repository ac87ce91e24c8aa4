"""What an edition of a plan holds: which figures and texts of which rows are restated where they change later.

What changes by itself while the plan is carried out (how far an activity is, its status, what is expected) is nothing
that an edition promises, and is left out; so are colours of lists, links, and what is said of the plan's own states.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from spp_desktop.plan.appendices.beside import BudgetYear
from spp_desktop.plan.appendices.efficiency import EfficiencyYear
from spp_desktop.plan.appendices.every import APPENDICES
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.judging import JudgementRule, PeerRate
from spp_desktop.plan.levels import Level
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target
from spp_desktop.plan.posts import Body, Post
from spp_desktop.plan.priorities import Commitment, Note, Priority, Theme
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.results import NO_FIGURE, Area, AreaPopulation, DefinitionVersion, Result
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import Row
from spp_desktop.plan.surroundings import CoreValue, StatedFigure

RowCells = Mapping[str, Any]

GONE = ""
"""What stands for the column where a whole row came or went."""


@dataclass(frozen=True)
class HeldFigure:
    """Columns of a row that make one figure together: they are told as one.

    Attributes:
        column: the column by which it is called.
        of: gives what makes it: two that give the same are the same figure.
    """

    column: str
    of: Callable[[RowCells], tuple[Any, ...]]


@dataclass(frozen=True)
class HeldTable:
    """What an edition holds of the rows of a table.

    Attributes:
        model: the rows.
        columns: the columns that count, each a text or a figure by itself.
        grown: those of them that are filled in as time goes on: they count once an edition held something there.
        figure: the columns that make one figure together.
        with_new: whether a row that comes later changes the row which it is a part of, as a target does an indicator.
        joined: whether its rows are told together, as one cell of what they are a part of: the owners of an activity.
    """

    model: type[Row]
    columns: tuple[str, ...]
    grown: frozenset[str] = frozenset()
    figure: HeldFigure | None = None
    with_new: bool = False
    joined: bool = False

    @property
    def table(self) -> str:
        """The name of the table."""
        return str(self.model.__tablename__)


def _result(cells: RowCells) -> tuple[Any, ...]:
    """What makes the figure of a result. That it was provisional and is final now makes it no other."""
    state = cells["state"] if cells["state"] in NO_FIGURE else ""
    return (*(cells[name] for name in ("value", "numerator", "denominator", "sample_size")), state)


_STATED = ("stated", "kind", "value", "upper", "strict", "every", "base_year", "due")


def _target(cells: RowCells) -> tuple[Any, ...]:
    return tuple(cells[name] for name in _STATED)


_BY_THEMSELVES = frozenset({
    "id", "position", "marking_id", "status_id", "state", "percent", "progress", "done_on", "forecast", "review_on",
    "likelihood_id", "impact_id", "residual_likelihood_id", "residual_impact_id", "evidence", "note", "verified",
    "verified_on",
})  # fmt: skip
"""The columns of registers that say how far something is, or how it is shown."""
_GROWN = frozenset({
    "actual", "spent", "result", "two_before", "before", "peer_average", "measured_on", "answer", "done", "answered_in",
    "peer_rank", "long_term_sick", "female", "minority_ethnic", "joiners", "leavers",
})  # fmt: skip
"""The columns of registers that are filled in as time goes on."""


def _register(model: type[Row], *, with_new: bool = False) -> HeldTable:
    """All columns of a register, but for those above; what its rows are a part of does not change."""
    left = {*_BY_THEMSELVES, *((model.part_of,) if with_new else ())}
    columns = tuple(name for name in model.model_fields if name not in left)
    return HeldTable(model, columns, _GROWN.intersection(columns), with_new=with_new)


_REGISTERS: dict[type[Row], None] = dict.fromkeys((
    *(Framework, FrameworkItem, CoreValue, StatedFigure),
    *(register.model for register in REGISTERS if register.page is not None or register in APPENDICES),
))  # fmt: skip
"""The registers that have a page, the lists of the appendices, and those lists that the plan prints."""

_DECLARED: tuple[HeldTable, ...] = (
    HeldTable(Section, ("number", "title", "body")),
    HeldTable(Level, ("title", "plural")),
    HeldTable(Priority, ("title", "narrative")),
    HeldTable(Theme, ("title", "narrative", "priority_id", "parent_id")),
    HeldTable(Commitment, ("text", "theme_id", "priority_id")),
    HeldTable(Note, ("text",)),
    HeldTable(Activity, ("ref", "text", "priority_id", "theme_id", "commitment_id", "start", "due", "budget")),
    HeldTable(ActivityOwner, ("post_id", "role"), with_new=True, joined=True),
    HeldTable(PostInRole, ("post_id", "role_id"), with_new=True, joined=True),
    HeldTable(Milestone, ("title", "due", "owner_id")),
    HeldTable(Post, ("title", "body_id")),
    HeldTable(Body, ("title",)),
    HeldTable(IndicatorGroup, ("title", "parent_id")),
    HeldTable(
        Indicator,
        (
            *("ref", "group_id", "title", "unit", "polarity", "population", "source", "local_priority", "measure"),
            *("numerator", "denominator", "per", "rated_by", "grades"),
        ),
    ),
    HeldTable(Target, ("explanation",), figure=HeldFigure("stated", _target), with_new=True),
    HeldTable(Result, (), figure=HeldFigure("value", _result)),
    HeldTable(DefinitionVersion, ("starts_on", "definition", "breaks_series")),
    HeldTable(Area, ("title", "code", "parent_id")),
    HeldTable(AreaPopulation, ("number", "source")),
    HeldTable(PeerRate, ("value",)),
    HeldTable(JudgementRule, ("kind", "size")),
    *(_register(model) for model in _REGISTERS),
    _register(BudgetYear, with_new=True),
    _register(EfficiencyYear, with_new=True),
)

HELD: Mapping[str, HeldTable] = {each.table: each for each in _DECLARED}
"""What an edition holds, by the names of tables."""
