"""The day that a due rule comes to for a period."""

from datetime import date, timedelta

from spp_desktop.plan.periods import month_end
from spp_desktop.plan.working_days import working_days_from
from spp_desktop.returns.due_rules import DueRule

_MONTHS = 12


def due_day(rule: DueRule, first: date, last: date) -> date:
    """The day by which an answer is due about a period, given by its first and its last day.

    So many months end with the last day of a month: one month behind 30 June is 31 July, and one month before a period
    that begins on 1 April is the last day of February.
    """
    if rule.unit == "months":
        return _month_end_from(first - timedelta(days=1) if rule.begins else last, rule.count)
    day = first if rule.begins else last
    return working_days_from(day, rule.count) if rule.unit == "working days" else day + timedelta(days=rule.count)


def _month_end_from(day: date, count: int) -> date:
    """The last day of the month so many months behind that of a day."""
    at = day.year * _MONTHS + day.month - 1 + count
    return month_end(date(at // _MONTHS, at % _MONTHS + 1, 1))
