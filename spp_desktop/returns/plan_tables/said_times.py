"""Times as the cells of a plan's table say them: "by end of Dec 2008"; and of which year its activities are."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.day_or_period import read_day_or_period
from spp_desktop.plan.periods import year_of
from spp_desktop.returns.plan_tables.entries import PlanEntry

_BEFORE = re.compile(
    r"\s*(?:(?:(?:by|from|due)\s+)?(?:(?:the\s+)?end(?:\s+of)?|w/e|week ending)|by|from|due)\s*:?\s+(?P<when>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before a time and changes nothing of it: a period stands for its end, or its beginning, as it is."""


def read_when(text: str, year: int | None) -> date | Doubt:
    """The day or period that a cell says, such as "31/3/2009", "Q3", "by end of Dec 2008"; or the doubt about it.

    Args:
        text: What stands in the cell.
        year: The first calendar year of the year of which "Q3" alone is; ``None`` where it is not known.
    """
    before = _BEFORE.fullmatch(text)
    if before is not None:
        value = read_day_or_period(before["when"], year)
        if not isinstance(value, Doubt):
            return value
    return read_day_or_period(text, year)


def year_said(entries: Iterable[PlanEntry], years: Collection[int]) -> int | None:
    """The year of the plan in which most activities of a table are due, or begin; ``None`` where none says one.

    Args:
        entries: What the table says.
        years: The first calendar years of the plan's years.
    """
    counts = Counter[int]()
    for entry in entries:
        if entry.kind == "activity":
            cell = entry.cells.get("due") or entry.cells.get("start")
            value = read_when(cell.text, None) if cell is not None else None
            if isinstance(value, date) and year_of(value) in years:
                counts[year_of(value)] += 1
    return max(counts, key=lambda year: (counts[year], -year), default=None)
