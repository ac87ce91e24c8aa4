"""The lines of the calendar of returns: what is due when, and how far each is on its way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.edits.returns_calendar import Round
from spp_desktop.plan.kinds import Choice, Day, Option
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.submissions import SubmissionStep
from spp_desktop.ui.grid.columns import GridColumn

STATES: tuple[Option, ...] = (
    Option("overdue", "Overdue", "It should have been sent, and was not.", "diamond", "#b42318", "#ff7b72"),
    Option("to prepare", "To prepare", "Its period has ended; nothing was done yet.", "ring", "#9a5b00", "#e3b341"),
    Option("prepared", "Prepared", "Its figures are together.", "bars", "#0b5cad", "#6cb6ff"),
    Option("checked", "Checked", "Somebody has looked its figures over.", "disc", "#0b5cad", "#6cb6ff"),
    Option("signed", "Signed", "It may go.", "triangle", "#1a7f37", "#56d364"),
    Option("not yet", "Not yet", "Its period has not ended.", "ring", "#5b6470", "#aab2bd"),
    Option("sent", "Sent", "It is a numbered submission.", "tick", "#1a7f37", "#56d364"),
)
"""How far a return can be, with shapes and colours."""


@dataclass(frozen=True)
class RoundRow:
    """A line: a return of a period.

    Attributes:
        each: the return and its period, with what was done.
        state: how far it is: a value of ``STATES``.
        number: of its latest submission; ``None`` if nothing was sent.
        days: in how many days it is due, or since how many it has been, in words; "" once it is sent.
    """

    each: Round
    state: str
    days: str

    @property
    def key(self) -> str:
        """By which it is found again."""
        return self.each.key

    @property
    def title(self) -> str:
        """What the return is called."""
        return self.each.about.title

    @property
    def when(self) -> str:
        """What time it is about."""
        return self.each.when

    @property
    def often(self) -> str:
        """Which of its frequencies it is."""
        return self.each.about.often

    @property
    def due(self) -> date | None:
        """The day by which it is due."""
        return self.each.due

    @property
    def number(self) -> int | None:
        """The number of the latest submission."""
        sent = [row for row in (*self.each.earlier, self.each.standing) if row is not None and row.sent]
        return sent[-1].number if sent else None

    @property
    def file(self) -> str:
        """The file that was sent last."""
        return self.each.standing.file_name if self.each.standing else ""

    def step(self, step: SubmissionStep) -> str:
        """When a step was taken and by whom, in a few words; "" if it was not."""
        taken = self.each.done(step)
        return f"{short_day(taken[0])}, {taken[1]}" if taken else ""


def columns() -> list[GridColumn]:
    """The columns of the table."""
    return [
        GridColumn("title", "Return", 190, quiet=_quiet, frozen=True, about="What is to be sent"),
        GridColumn("when", "Of", 116, quiet=_quiet, name="of", about="The time it is about"),
        GridColumn("due", "Due", 96, Day(), align="right", quiet=_quiet, alert=_is_overdue, tip=_rule,
                   about="The day by which it is due, by its rule and the bank holidays"),
        GridColumn("days", "In", 96, quiet=_quiet, alert=_is_overdue, name="in", sort=lambda row: row.due,
                   about="How long there is until then"),
        GridColumn("state", "State", 96, Choice(lambda: STATES), quiet=_quiet, about="How far it is",
                   sort=lambda row: next(n for n, state in enumerate(STATES) if state.value == row.state)),
        *(_step(step) for step in _STEPS),
        GridColumn("number", "No.", 44, align="right", quiet=_quiet, name="number",
                   about="The number of its latest submission"),
        GridColumn("file", "File", 200, quiet=_quiet, shown=False, about="The file that was sent"),
        GridColumn("often", "How often", 90, quiet=_quiet, shown=False, about="How often it is asked for"),
    ]  # fmt: skip


_STEPS: tuple[SubmissionStep, ...] = ("prepared", "checked", "signed", "sent")


def _step(step: SubmissionStep) -> GridColumn:
    def sort(row: RoundRow) -> date | None:
        """By the day."""
        taken = row.each.done(step)
        return taken[0] if taken else None

    return GridColumn(
        step, step.capitalize(), 72, value=lambda row: row.step(step), sort=sort, quiet=_quiet,
        tip=lambda row: row.step(step),
        about=f"When it was {step}, and by whom",
    )  # fmt: skip


def _quiet(row: RoundRow) -> bool:
    return row.state in ("sent", "not yet")


def _is_overdue(row: RoundRow) -> bool:
    return row.state == "overdue" or row.days.endswith(" late")


def _rule(row: RoundRow) -> str:
    return f"Due {row.each.rule}" if row.each.rule else "No rule says when it is due"


def rows_of(rounds: Sequence[Round], today: date) -> list[RoundRow]:
    """The lines of a calendar on a day, in its order."""
    return [RoundRow(each, _state(each, today), _days(each, today)) for each in rounds]


def _state(each: Round, today: date) -> str:
    state = each.state(today)
    return "overdue" if state == "to prepare" and each.is_overdue(today) else state


def _days(each: Round, today: date) -> str:
    """How long there is until a return is due, or how late it is."""
    if not each.is_open:
        return "sent late" if each.was_late() else ""
    if each.due is None:
        return ""
    days = (each.due - today).days
    if not days:
        return "today"
    return f"{days} day{'s' * (days != 1)}" if days > 0 else f"{-days} day{'s' * (days != -1)} late"
