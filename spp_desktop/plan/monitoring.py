"""How delivery is monitored: periods that lock, what was said of each activity in each, dates that moved, the rule."""

from datetime import date
from typing import Literal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, String

from spp_desktop.plan.rows import Placed, Row
from spp_desktop.plan.rules import Rule
from spp_desktop.plan.words import Word

PeriodState = Literal["planned", "open", "closed", "locked"]
"""A period has not been asked about yet; is answered by owners; is only mended by the planning officer; stands."""

PERIOD_STATES: tuple[PeriodState, ...] = ("planned", "open", "closed", "locked")
"""The states in their order."""

MovedDate = Literal["due", "forecast"]
"""Which date of an activity or milestone was moved: the date agreed, or the date expected."""

PeriodsOf = Literal["quarters", "months", "own"]
"""In which periods a plan reports: quarters or months of its years, or those that it names itself."""

Dependencies = Literal["warn", "move"]
"""What becomes of what depends on a date that is moved: it is named, or moved by as many days."""

ReportState = Literal["not begun", "being written", "sent back", "submitted", "accepted"]
"""How far what is said of an activity for a period is on its way to being signed off."""


class ReportingPeriod(Row, table=True):
    """A time for which it is said how each activity stands: a quarter, a month, or one of the plan's own.

    ``state_on`` and ``state_by`` say since when it is in its state, and who saw to that. ``reason`` is why it was last
    reopened, and is empty while it is locked. While a period is locked, no row of it changes.
    """

    word = Word("reporting period", "reporting periods")
    called_by = ("title",)
    rules = (
        Rule("ends", "ends < starts", "it ends before it begins"),
        Rule(
            "starts",
            "EXISTS (SELECT 1 FROM reporting_period AS other WHERE other.id <> reporting_period.id "
            "AND other.starts <= reporting_period.ends AND other.ends >= reporting_period.starts)",
            "it overlaps another reporting period",
        ),
    )

    __tablename__ = "reporting_period"
    decided_together = (
        ("state", "state_on", "state_by", "reason"),
        ("starts", "ends"),
    )

    title: str = Field(title="period", min_length=1, max_length=60, unique=True)
    starts: date = Field(title="from")
    ends: date = Field(title="to")
    state: PeriodState = Field(default="planned", title="state", sa_type=String)
    state_on: date | None = Field(default=None, title="since")
    state_by: str = Field(default="", title="by", max_length=200)
    reason: str = Field(default="", title="why reopened", max_length=1000)


class ActivityReport(Row, table=True):
    """What was said of an activity for a reporting period, and who submitted, accepted or sent it back.

    ``status_id``, ``percent``, ``forecast`` and ``reason`` are the activity's own as they stood when it was submitted,
    or when the period was closed; until then the activity's cells stand for them. ``done`` and ``next`` are typed here.
    ``carried`` says that both are those of the period before, and nobody has changed them since they were carried
    forward. ``remark`` is what was said when it was last sent back.
    """

    word = Word("report", "reports")
    called_by = ("period_id",)
    part_of = "activity_id"
    rules = (
        Rule("accepted_on", "accepted_on IS NOT NULL AND submitted_on IS NULL", "it is accepted, and not submitted"),
        Rule("accepted_on", "accepted_on < submitted_on", "it is accepted before it is submitted"),
        Rule("remark", "returned_on IS NOT NULL AND remark = ''", "it is sent back, and nothing says why"),
    )

    __tablename__ = "activity_report"
    __table_args__ = (UniqueConstraint("activity_id", "period_id"),)
    decided_together = (("status_id", "percent", "forecast", "reason"),)

    activity_id: str = Field(title="activity", foreign_key="activity.id", ondelete="CASCADE", index=True)
    period_id: str = Field(title="period", foreign_key="reporting_period.id", ondelete="RESTRICT", index=True)
    status_id: str | None = Field(
        default=None, title="status", foreign_key="status.id", ondelete="RESTRICT", index=True
    )
    percent: int | None = Field(default=None, title="% complete", ge=0, le=100)
    forecast: date | None = Field(default=None, title="forecast")
    reason: str = Field(default="", title="reason", max_length=2000)
    done: str = Field(default="", title="what was done", max_length=4000)
    next: str = Field(default="", title="what is next", max_length=4000)
    carried: bool = Field(default=False, title="carried forward")
    submitted_on: date | None = Field(default=None, title="submitted on")
    submitted_by: str = Field(default="", title="submitted by", max_length=200)
    accepted_on: date | None = Field(default=None, title="accepted on")
    accepted_by: str = Field(default="", title="accepted by", max_length=200)
    returned_on: date | None = Field(default=None, title="sent back on")
    returned_by: str = Field(default="", title="sent back by", max_length=200)
    remark: str = Field(default="", title="remark", max_length=2000)


class DateMove(Placed, table=True):
    """A date of an activity or milestone that was moved: from which day to which, when, by whom and why.

    What is expected is the forecast, or the date agreed where there is none: ``was`` and ``now`` of a forecast are what
    was expected before and behind the move. ``now`` is empty where the date was taken away. The first of a row may go
    without a reason. ``approved_by`` is who approved it, where the plan asks for that.
    """

    word = Word("moved date", "moved dates")
    called_by = ("moved_on",)
    part_of = "row_id"
    names_any = ("row_id",)
    rules = (Rule("approved_on", "(approved_on IS NULL) <> (approved_by = '')", "it is half approved"),)

    __tablename__ = "date_move"
    __table_args__ = (Index("moves_of_a_row", "row_id", "which"),)

    row_id: str = Field(title="of", min_length=36, max_length=36)
    which: MovedDate = Field(default="due", title="date", sa_type=String)
    was: date = Field(title="was")
    now: date | None = Field(default=None, title="is now")
    moved_on: date = Field(title="moved on")
    moved_by: str = Field(title="moved by", min_length=1, max_length=200)
    reason: str = Field(default="", title="reason", max_length=1000)
    approved_on: date | None = Field(default=None, title="approved on")
    approved_by: str = Field(default="", title="approved by", max_length=200)


class DeliveryRule(Placed, table=True):
    """How the plan monitors its delivery. The first of the list is the plan's own.

    A status is proposed where the date expected lies so many days behind the date agreed, or an open date so many days
    back, and where so many points of % are missing of what the time gone since the start would have. The status that is
    meant where nothing is named is the shipped one of that name. ``moves_approved`` says that a second move of a date
    is to be approved.
    """

    word = Word("delivery rule", "delivery rules")
    called_by = ("title",)
    # No guidance of the time sets these figures: they are a usual choice of project offices, and no law.
    shipped = ({"title": "The plan's rule"},)
    rules = (
        Rule("off_track_days", "off_track_days < at_risk_days", "it is off track before it is at risk"),
        Rule("off_track_points", "off_track_points < at_risk_points", "it is off track before it is at risk"),
    )

    __tablename__ = "delivery_rule"

    title: str = Field(title="rule", min_length=1, max_length=100, unique=True)
    at_risk_days: int = Field(default=1, title="at risk from days late", ge=1, le=999)
    off_track_days: int = Field(default=32, title="off track from days late", ge=1, le=999)
    at_risk_points: int = Field(default=15, title="at risk from points behind", ge=1, le=100)
    off_track_points: int = Field(default=40, title="off track from points behind", ge=1, le=100)
    not_started_id: str | None = Field(
        default=None, title="not started is", foreign_key="status.id", ondelete="SET NULL"
    )
    on_track_id: str | None = Field(default=None, title="on track is", foreign_key="status.id", ondelete="SET NULL")
    at_risk_id: str | None = Field(default=None, title="at risk is", foreign_key="status.id", ondelete="SET NULL")
    off_track_id: str | None = Field(default=None, title="off track is", foreign_key="status.id", ondelete="SET NULL")
    complete_id: str | None = Field(default=None, title="complete is", foreign_key="status.id", ondelete="SET NULL")
    moves_approved: bool = Field(default=False, title="second moves approved")
    dependencies: Dependencies = Field(default="warn", title="what depends on a moved date", sa_type=String)
    periods: PeriodsOf = Field(default="quarters", title="reports in", sa_type=String)
