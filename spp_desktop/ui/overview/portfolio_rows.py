"""The lines of the page My portfolio: an activity, what was said of it for a period, and what is asked of its post."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spp_desktop.plan.kinds import Choice, Long, Option
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import counted
from spp_desktop.store.monitored import ReportRow
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.grid.columns import GridColumn

SOON = 30
"""So many days ahead what is due is told of."""

ASKED: Mapping[str, str] = {
    "unanswered": "Unanswered",
    "sent-back": "Sent back",
    "overdue": "Overdue",
    "due-next": f"Due in the next {SOON} days",
    "joint": "Joint",
    "to-accept": "To be accepted",
    "changed": "Changed after sign-off",
}
"""What the lines can be narrowed to, by the word that the filter finds it by: "asked:overdue"."""

UNANSWERED, CARRIED, WRITTEN = "unanswered", "carried", "written"
BACK, SUBMITTED, ACCEPTED, NOT_ASKED = "sent back", "submitted", "accepted", "not asked"
STATES: tuple[Option, ...] = (
    Option(UNANSWERED, "Unanswered", "Nothing is said of it for this period yet.", "ring", "#5b6470", "#aab2bd"),
    Option(
        CARRIED,
        "Carried forward",
        "The text is that of the period before, unchanged.",
        "triangle",
        "#9a5b00",
        "#e3b341",
    ),
    Option(WRITTEN, "Written", "It is answered, and not submitted yet.", "disc", "#0b5cad", "#6cb6ff"),
    Option(BACK, "Sent back", "It was submitted and sent back, with a remark.", "diamond", "#b42318", "#ff7b72"),
    Option(SUBMITTED, "Submitted", "Its owner has submitted it; it is not accepted yet.", "bars", "#6f42c1", "#c297ff"),
    Option(ACCEPTED, "Accepted", "It was submitted and accepted.", "tick", "#1a7f37", "#56d364"),
    Option(NOT_ASKED, "Not asked", "It is not reported on in this period, or was finished before."),
)
"""How far what is said of an activity is on its way to being signed off."""


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """A line: an activity in a reporting period.

    Attributes:
        row: the activity as it stands now.
        report: what is said of it for the period; ``None`` if nothing is yet.
        before: what was said of it for the latest period before in which anything was.
        today: the plan's day.
        expected: whether it is reported on in the period.
    """

    row: ActivityRow
    report: ReportRow | None
    before: ReportRow | None
    today: date
    expected: bool = True

    @property
    def key(self) -> str:
        """The key of the activity."""
        return self.row.key

    @property
    def done(self) -> str:
        """What was done, in words."""
        return self.report.done if self.report else ""

    @property
    def next(self) -> str:
        """What is next, in words."""
        return self.report.next if self.report else ""

    @property
    def carried(self) -> bool:
        """Whether its text is only that of the period before."""
        return self.report is not None and self.report.carried

    @property
    def state(self) -> str:
        """How far it is: the value of one of ``STATES``."""
        if self.report is not None and self.report.state != "being written":
            return self.report.state
        if self.done or self.next:
            return CARRIED if self.carried else WRITTEN
        over = self.row.finished and self.before is not None and self.before.status_key == self.row.status_key
        return UNANSWERED if self.expected and not over else NOT_ASKED

    @property
    def waits(self) -> bool:
        """Whether its owner has still to answer."""
        return self.state in (UNANSWERED, BACK)

    @property
    def answered(self) -> bool:
        """Whether it is answered and can be submitted."""
        return self.state in (CARRIED, WRITTEN)

    @property
    def when(self) -> str:
        """What its date asks: "overdue by 31 days", "due in 12 days", or nothing."""
        if self.row.due is None or self.row.finished:
            return ""
        days = (self.row.due - self.today).days
        if days < 0:
            return f"overdue by {counted(-days, 'day')}"
        return f"due in {counted(days, 'day')}" if self.due_next else ""

    @property
    def due_next(self) -> bool:
        """Whether it is due soon."""
        due = self.row.due
        return due is not None and not self.row.finished and self.today <= due <= self.today + timedelta(days=SOON)

    @property
    def changed(self) -> bool:
        """Whether the activity stands otherwise now than was accepted."""
        report, row = self.report, self.row
        if report is None or report.accepted_on is None:
            return False
        was = report.status_key, report.percent, report.forecast, report.reason
        return was != (row.status_key, row.percent, row.forecast, row.reason)

    def asked(self) -> list[str]:
        """What is asked of it: words of ``ASKED``."""
        holds = {
            "unanswered": self.state == UNANSWERED,
            "sent-back": self.state == BACK,
            "overdue": self.row.late(self.today),
            "due-next": self.due_next,
            "joint": len(self.row.owners) > 1,
            "to-accept": self.state == SUBMITTED,
            "changed": self.changed,
        }
        return [word for word, does in holds.items() if does]

    def asked_words(self) -> str:
        """What its date asks, and with whom it is joint, as the line says it."""
        joint = f"joint: {' and '.join(self.row.owners)}" if len(self.row.owners) > 1 else ""
        changed = "changed after sign-off" if self.changed else ""
        return "; ".join(filter(None, (self.when, joint, changed)))


def of_activity(column: GridColumn) -> GridColumn:
    """A column of the delivery plan, for lines of this page: all that it says of an activity, said of the line's."""

    def told(of: Callable[[ActivityRow], object] | None) -> Callable[[PortfolioLine], object] | None:
        """The same of a line."""
        return None if of is None else lambda line: of(line.row)

    names = ("text", "sort", "words", "group", "alert", "quiet", "mark", "tip", "why")
    others = {name: told(getattr(column, name)) for name in names}
    return replace(column, value=lambda line: column.get(line.row), **others)  # type: ignore[arg-type]  # each is of the kind it was


def columns(of_delivery: Sequence[GridColumn], locked: Callable[[PortfolioLine], str]) -> list[GridColumn]:
    """The columns of the page.

    Args:
        of_delivery: those of the delivery plan.
        locked: why the text of a line cannot be typed; "" where it can.
    """
    known = {column.field: of_activity(column) for column in of_delivery}
    state = Choice(lambda: STATES)
    own = [
        GridColumn(
            "state", "Answer", 116, state, value=lambda r: r.state, text=lambda r: state.show(r.state),
            quiet=lambda r: r.state == NOT_ASKED, about="How far it is on its way to being signed off",
        ),
        GridColumn(
            "asked", "Asked", 110, value=lambda r: r.asked_words(), words=lambda r: " ".join(r.asked()),
            alert=lambda r: r.row.late(r.today) or r.changed, sort=lambda r: r.row.due if r.when else None,
            about="What its date asks, and who owns it too",
        ),
    ]  # fmt: skip
    texts = [
        GridColumn(
            "done", "What was done", 156, Long(), editable=True, quiet=lambda r: r.carried, why=locked,
            text=lambda r: f"{r.done} (carried forward)" if r.carried and r.done else r.done,
            about="In this period; Ctrl+Shift+V carries the text of the period before forward",
        ),
        GridColumn(
            "next", "What is next", 112, Long(), editable=True, quiet=lambda r: r.carried, why=locked,
            text=lambda r: f"{r.next} (carried forward)" if r.carried and r.next and not r.done else r.next,
        ),
    ]  # fmt: skip
    text = replace(known["text"], width=180, editable=False)
    reason = replace(known["reason"], shown=False)
    dates = [replace(known[name], shown=False) for name in ("due", "forecast")]
    ref = replace(known["ref"], editable=False)
    owners = replace(known["owners"], shown=False)
    return [ref, text, *own, known["status_id"], known["percent"], *texts, reason, *dates, owners]


def told_of(line: PortfolioLine) -> str:
    """What the panel says of the date of an activity: when it is due and expected, and what that asks."""
    row = line.row
    parts = [f"Due {short_day(row.due)}" if row.due else "No date due", line.when]
    parts.append(f"expected {short_day(row.forecast)}" if row.forecast else "")
    return ", ".join(filter(None, parts))
