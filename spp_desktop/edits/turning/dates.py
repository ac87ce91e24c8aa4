"""Dates of what is carried into the next year: what was to be done in the year that is left is due a year later."""

from datetime import date

from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import month_end, year_end

_LEAP_DAY = (2, 29)


def carried(due: date | None, forecast: date | None, year: int) -> tuple[date | None, str]:
    """The due date of what is carried out of a year, and why it is that, in a sentence; ``None`` where none is known.

    A date agreed beyond the year stays. Else it is the one that is expected, where that lies beyond the year, and
    else a year after the one agreed (or expected, where nothing was agreed).

    Args:
        due: The date agreed.
        forecast: The date expected.
        year: The first calendar year of the year that is left.
    """
    last = year_end(year)
    if due is not None and due > last:
        return due, f"It is due on {in_words(due)}, which lies beyond the year."
    if forecast is not None and forecast > last:
        return forecast, f"It is expected on {in_words(forecast)}."
    known = due or forecast
    if known is None:
        return None, ""
    later = _a_year_on(known)
    return later, f"It was due on {in_words(known)}; {in_words(later)} is proposed, a year later."


def _a_year_on(day: date) -> date:
    """The same day of the next calendar year: 28 February for 29 February; of a period, the same of the next year."""
    if isinstance(day, LastDay):
        last = month_end(date(day.year + 1, day.month, 1))
        return LastDay(last.year, last.month, last.day, day.within)
    month, in_month = (day.month, day.day) if (day.month, day.day) != _LEAP_DAY else (2, 28)
    return date(day.year + 1, month, in_month)
