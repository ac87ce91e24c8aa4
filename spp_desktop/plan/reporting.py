"""In which periods an activity is reported on, where that is not with each return that goes out."""

from collections.abc import Mapping

from spp_desktop.plan.periods import month_of_year, period_end

MONTHS_APART: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""How many months of its year lie between two reports."""


def is_reported(reported: str | None, year: int, period: str) -> bool:
    """Whether a row is reported on at the end of a quarter or month, "Q2" or "M06": half-yearly in Q2 and Q4.

    What has no such period of its own is reported with every return, and with a return of no part of a year all is.
    """
    if not reported or not period:
        return True
    return (month_of_year(period_end(year, period)) + 1) % MONTHS_APART.get(reported, 1) == 0
