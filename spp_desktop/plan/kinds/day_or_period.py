"""A day, or a month, quarter or year by whose end something is to be: "31/12/2009", "Q3 2009-10". The one reader.

A period is kept as its last day, which stands for it: by that it is sorted and judged late.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from spp_desktop.plan.kinds.days import MONTHS, Day, in_words, month_number, read_day, read_year, whole_year
from spp_desktop.plan.kinds.kind import AsCell, Doubt
from spp_desktop.plan.kinds.spelling import plain, quoted
from spp_desktop.plan.periods import (
    FIRST_YEAR_OF_ALL,
    LAST_YEAR_OF_ALL,
    month_end,
    months,
    quarter_end,
    quarter_name,
    quarter_of,
    quarter_start,
    short_year_name,
    year_end,
    year_of,
    year_start,
)

MONTH, QUARTER, YEAR = "month", "quarter", "year"
"""What a last day may be the last day of, as the columns that say it keep it."""

_LONGEST = 30
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_Q = r"(?:q|qtr|quarter) ?(?P<quarter>[1-4])"
_YEAR_TEXT = r"(?:fy ?)?(?:[0-9]{4}|[0-9]{2})(?: ?[-/] ?(?:[0-9]{4}|[0-9]{2}))?"
_QUARTERS = (
    re.compile(rf"{_Q}(?:,? ?(?:of )?(?P<year>{_YEAR_TEXT}))?", re.IGNORECASE),
    re.compile(rf"(?P<year>{_YEAR_TEXT}),? ?{_Q}", re.IGNORECASE),
)
_MONTH = re.compile(
    r"(?:(?P<name>[A-Za-z]{3,9})\.?(?:,? ?[-/ ]? ?(?P<year>[0-9]{4}|[0-9]{2}))?"
    r"|(?P<number>0?[1-9]|1[0-2]) ?/ ?(?P<numbered>[0-9]{4}))"
)


class LastDay(date):
    """The last day of a period, standing for the whole of it; a date in all else, and unlike the same day alone."""

    within: str

    def __new__(cls, year: int, month: int, day: int, within: str = "") -> Self:
        """Make one of a day and of what it ends: "month", "quarter" or "year"."""
        made = super().__new__(cls, year, month, day)
        made.within = within
        return made

    @classmethod
    def of(cls, day: date | None, within: str | None) -> date | None:
        """A day as the plan keeps it, with what it is the last day of; alone where it is a day and no more."""
        return day if day is None or not within else cls(day.year, day.month, day.day, within)

    @property
    def day_alone(self) -> date:
        """The day itself."""
        return date(self.year, self.month, self.day)

    def __eq__(self, other: object) -> bool:
        """Whether both are the last day of the same period, or both the same day alone."""
        within = other.within if isinstance(other, LastDay) else ""
        return isinstance(other, date) and self.toordinal() == other.toordinal() and within == self.within

    def __ne__(self, other: object) -> bool:
        """Whether they are not."""
        return not self == other

    def __hash__(self) -> int:
        """By its day and its period."""
        return hash((self.toordinal(), self.within)) if self.within else hash(self.day_alone)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is copied, with what it ends."""
        return LastDay, (self.year, self.month, self.day, self.within)


def apart(value: date | None) -> tuple[date | None, str | None]:
    """A day, or the last day of a period, as two columns keep it: the day, and what it is the last day of."""
    return (value.day_alone, value.within or None) if isinstance(value, LastDay) else (value, None)


def first_day(value: date) -> date:
    """The first day of what a day stands for; of a day alone, the day."""
    return _FIRST[value.within](value) if isinstance(value, LastDay) and value.within else value


_FIRST: Mapping[str, Any] = {
    MONTH: lambda day: date(day.year, day.month, 1),
    QUARTER: lambda day: quarter_start(year_of(day), quarter_of(day)),
    YEAR: lambda day: year_start(year_of(day)),
}
_SHOWN: Mapping[str, Any] = {
    MONTH: lambda day: f"{MONTHS[day.month - 1]} {day.year}",
    QUARTER: lambda day: f"{quarter_name(quarter_of(day))} {short_year_name(year_of(day))}",
    YEAR: lambda day: short_year_name(year_of(day)),
}
"""How a period is written, by what its last day is the last day of: "October 2009", "Q3 2009-10", "2009-10"."""


def period_text(value: date) -> str:
    """A period as it was meant, of its last day: "Q3 2009-10"; empty for a day alone."""
    return str(_SHOWN[value.within](value)) if isinstance(value, LastDay) and value.within else ""


def day_text(value: date) -> str:
    """A day in words, or the period that it ends: "31 December 2009", "Q3 2009-10"."""
    return period_text(value) or in_words(value)


def read_day_or_period(text: str, year: int | None = None) -> date | Doubt:
    """The day or the period that a text says: 31/12/2009, Q3 2009-10, 2009-10 Q3, Oct 2009, 2009-10.

    What can be read as a day is one: 9/10 is 9 October. A single year with a plan of financial years is asked about.

    Args:
        text: what was written.
        year: the first calendar year of the year in view, of which Q3 or October alone is.
    """
    bare = _DASHES.sub("-", plain(text))
    if len(bare) <= _LONGEST:
        for reader in (_quarter, _month):
            value = reader(text, bare, year)
            if value is not None:
                return value
    day = read_day(text, year)
    if not isinstance(day, Doubt) or day.meant is not None or len(bare) > _LONGEST:
        return day
    whole = _year(text, bare)
    if isinstance(whole, int):
        return _last(year_end(whole), YEAR)
    if whole.meant is not None:
        return Doubt(whole.sentence, _last(year_end(whole.meant), YEAR))
    return (
        day
        if "its year is missing" in day.sentence
        else Doubt(
            f"{quoted(text)} is neither a date nor a period; write it as 31/03/2009, Q3 2009-10, October 2009 or "
            "2009-10."
        )
    )


def _quarter(text: str, bare: str, year: int | None) -> date | Doubt | None:
    match = next(filter(None, (form.fullmatch(bare) for form in _QUARTERS)), None)
    if match is None:
        return None
    quarter = int(match["quarter"])
    of = _year(text, match["year"]) if match["year"] else year
    if of is None:
        return Doubt(f"{quoted(text)} is not a quarter alone: its year is missing. Write it as Q3 2009-10.")
    if isinstance(of, Doubt):
        meant = None if of.meant is None else _last(quarter_end(of.meant, quarter), QUARTER)
        return Doubt(of.sentence, meant)
    return _last(quarter_end(of, quarter), QUARTER)


def _month(text: str, bare: str, year: int | None) -> date | Doubt | None:
    match = _MONTH.fullmatch(bare)
    number = 0 if match is None else int(match["number"]) if match["number"] else month_number(match["name"])
    if match is None or not number:
        return None
    written = match["year"] or match["numbered"]
    if written:
        of = whole_year(written)
        if not FIRST_YEAR_OF_ALL <= of <= LAST_YEAR_OF_ALL:
            return _beyond(text)
        return _last(month_end(date(of, number, 1)), MONTH)
    if year is None:
        return Doubt(f"{quoted(text)} is not a month alone: its year is missing. Write it as October 2009.")
    first = next(month for month in months(year_start(year), year_end(year)) if month.month == number)
    return _last(month_end(first), MONTH)


def _year(text: str, written: str) -> int | Doubt:
    """The year of a plan that a text says; one that may be a calendar year where the plan's are none is asked about."""
    of = read_year(written)
    if isinstance(of, Doubt):
        return of
    if not FIRST_YEAR_OF_ALL <= of <= LAST_YEAR_OF_ALL:
        return _beyond(text)
    name = short_year_name(of)
    if not re.search("[-/]", written) and "-" in name:
        return Doubt(f"{quoted(text)} may be of a calendar year. Is {name} meant? Write it so.", of)
    return of


def _beyond(text: str) -> Doubt:
    return Doubt(
        f"{quoted(text)} is not a time that a plan can have: years go from {FIRST_YEAR_OF_ALL} to {LAST_YEAR_OF_ALL}."
    )


def _last(day: date, within: str) -> LastDay:
    return LastDay(day.year, day.month, day.day, within)


class DayOrPeriod(Day):
    """A day, or a month, a quarter or a year by the end of which something is to be."""

    takes: ClassVar[str] = "a date, or a period such as Q3 2009-10, October 2009 or 2009-10"

    def understand(self, text: str) -> date | Doubt:
        """The day or period that a text says, or why it says none."""
        return read_day_or_period(text, self.year())

    def show(self, value: Any) -> str:
        """A day as 31 Mar 2009, a period as it was meant: Q3 2009-10."""
        return "" if value is None else period_text(value) or super().show(value)

    def typed(self, value: Any) -> str:
        """A day as 31/03/2009, a period as it was meant."""
        return "" if value is None else period_text(value) or super().typed(value)

    def to_cell(self, value: Any) -> AsCell:
        """A day as a day, a period as text; an empty cell keeps what is typed as text, so that it stays a period."""
        period = "" if value is None else period_text(value)
        return AsCell(period or None, "@") if value is None or period else super().to_cell(value)
