"""What is overdue, and what is due soon: activities, milestones and rows of registers of every year."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Connection

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.words import capital
from spp_desktop.store import registered
from spp_desktop.store.overview.plan import OverviewPlan, behind, behind_milestone, due_words
from spp_desktop.store.overview.tallies import ONE, RowBehind, RowsBehind, TallyTable, listed_lines
from spp_desktop.store.registered import RegisterRow

Falls = Callable[[date], bool]
"""Whether a day is one of those that are counted."""


def overdue(plan: OverviewPlan) -> TallyTable:
    """What should have been done before today and is not, what has waited longest first."""
    return _table(plan, lambda day: day < plan.today, f"Before {short_day(plan.today)}, of every year.")


def due_soon(plan: OverviewPlan) -> TallyTable:
    """What is due from today on within so many days, the next first."""
    end = plan.today + timedelta(days=plan.asked.within)
    return _table(plan, lambda day: plan.today <= day <= end, f"From today to {short_day(end)}.")


def _table(plan: OverviewPlan, falls: Falls, note: str) -> TallyTable:
    activities = _in_order(
        behind(row, due_words(row.due, row.forecast, plan.today))
        for row in plan.activities
        if row.due is not None and not row.finished and row.year not in plan.closed and falls(row.due)
    )
    ended = {row.key for row in plan.activities if row.finished or row.year in plan.closed}
    milestones = _in_order(
        behind_milestone(plan, row, due_words(row.due, row.forecast, plan.today))
        for row in plan.milestones
        if row.due is not None and not row.over and row.activity_key not in ended and falls(row.due)
    )
    lines = [("Activities", activities), ("Milestones", milestones)]
    for register in REGISTERS:
        if register.due and register.page is not None:
            rows = plan.reader.read(_of_register, register, falls, plan.today)
            if rows:
                lines.append((register.title, rows))
    named = _in_order(row for _, rows in lines for row in rows)
    return TallyTable(ONE, listed_lines(*lines), note, named)


def _of_register(connection: Connection, register: Register, falls: Falls, today: date) -> RowsBehind:
    """The rows of a register that are waited for on these days."""
    rows = registered.register_rows(connection, register)
    called = partial(_register_row, register, today)
    days = [(row, row.values[register.due]) for row in rows if _waits(register, row)]
    return _in_order(called(row, day) for row, day in days if isinstance(day, date) and falls(day))


def _waits(register: Register, row: RegisterRow) -> bool:
    """Whether a row has not ended, by what its register says of ends."""
    return registered.late(register, row, date.max)


def _register_row(register: Register, today: date, row: RegisterRow, day: date) -> RowBehind:
    words = due_words(day, None, today)
    return RowBehind(
        register.name, row.key,
        str(row.values.get(register.ref) or ""),
        f"{capital(register.model.word.singular)}: {row.values.get(register.text) or ''}",
        row.titles.get(register.owner, ""),
        row.titles.get(register.finished[0]) or str(row.values.get(register.finished[0]) or ""),
        day, words,
    )  # fmt: skip


def _in_order(rows: Iterable[RowBehind]) -> RowsBehind:
    """Rows by their days."""
    return tuple(sorted(rows, key=lambda row: row.day or date.max))
