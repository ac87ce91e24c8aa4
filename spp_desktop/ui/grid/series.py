"""How a series of values goes on, as a spreadsheet continues it when its corner is dragged. Plain values, no Qt."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

MONTHS = 12


def continued(values: Sequence[Any], count: int, *, back: bool = False) -> list[Any]:
    """The next values of a series.

    Days go on by the day; two or more, by their distance: in whole months where they fall on the same day of the month
    or on the last. Numbers go on by their distance where there are two or more. All else is repeated.

    Args:
        values: what there is, in its order; at least one value.
        count: how many more are wanted.
        back: whether the series goes on before its first value; the values nearest to it come first.
    """
    known = list(values)[::-1] if back else list(values)
    if all(isinstance(value, date) for value in known):
        return _days(known, count, -1 if back else 1)
    steps = {after - before for before, after in pairwise(known)} if _numbers(known) else set()
    if len(steps) == 1:
        step = steps.pop()
        return [known[-1] + step * n for n in range(1, count + 1)]
    return [known[n % len(known)] for n in range(count)]


def _numbers(values: Sequence[Any]) -> bool:
    return len(values) > 1 and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _days(days: Sequence[date], count: int, way: int) -> list[Any]:
    """The next days, as far as the calendar goes."""
    months = {_months(after) - _months(before) for before, after in pairwise(days)}
    last = all(day.day == monthrange(day.year, day.month)[1] for day in days)
    try:
        if len(months) == 1 and 0 not in months and (last or len({day.day for day in days}) == 1):
            step = months.pop()
            return [_by_months(days[-1], step * n, last=last) for n in range(1, count + 1)]
        steps = {after - before for before, after in pairwise(days)} or {timedelta(days=way)}
        if len(steps) == 1:
            (apart,) = steps
            return [days[-1] + apart * n for n in range(1, count + 1)]
    except (OverflowError, ValueError):
        pass
    return [days[n % len(days)] for n in range(count)]


def _months(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _by_months(day: date, months: int, *, last: bool) -> date:
    """The day so many months on; of a last day of the month, the last day of that month."""
    year, month = divmod(_months(day) + months, MONTHS)
    most = monthrange(year, month + 1)[1]
    return date(year, month + 1, most if last else min(day.day, most))
