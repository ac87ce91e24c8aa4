"""Days and years as people write them: the one reader of both. Day before month, or year first; vague is no day."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from spp_desktop.plan.kinds.kind import AsCell, Doubt, Kind, Option
from spp_desktop.plan.kinds.spelling import plain, quoted
from spp_desktop.plan.periods import (
    APRIL,
    FIRST_YEAR_OF_ALL,
    LAST_YEAR_OF_ALL,
    by_calendar_years,
    calendar_year,
    year_name,
)

DATE_FORMAT = "dd/mm/yyyy"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_FROM_APRIL = tuple(range(APRIL, len(MONTHS) + 1)) + tuple(range(1, APRIL))
"""The months by number, as they are offered where years may begin in one: April, in which most do, first."""


def months_from_april() -> Sequence[Option]:
    """The months as they are chosen from."""
    return [Option(number, MONTHS[number - 1]) for number in MONTHS_FROM_APRIL]


_CENTURY, _LONG_YEAR, _SHORT_YEAR, _LAST_MONTH, _SHORTEST = 2000, 4, 2, 12, 3
_LONGEST = 30

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?"
_MONTH = r"(?P<month>[0-9]{1,2}|[A-Za-z]{3,9}\.?)"
_DAY_FIRST = re.compile(rf"{_DAY} ?[/.\- ] ?{_MONTH} ?[/.\-, ] ?(?P<year>[0-9]+)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[Tt ]00:00(?::00)?)?")
_NO_YEAR = re.compile(rf"{_DAY}(?: ?/ ?(?P<month>[0-9]{{1,2}})| ?[/.\- ] ?(?P<name>[A-Za-z]{{3,9}})\.?)", re.IGNORECASE)
_YEARS = re.compile(r"(?:fy ?)?(?P<year>[0-9]{4}|[0-9]{2})(?: ?[-/] ?(?P<end>[0-9]{4}|[0-9]{2}))?", re.IGNORECASE)


def in_words(day: date) -> str:
    """A day that cannot be taken for another: 3 April 2009."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day as the tables write it: "1 Mar 2009"."""
    return f"{day.day} {MONTHS[day.month - 1][:_SHORTEST]} {day.year}"


def short_month(day: date) -> str:
    """A day's month as the tables write it: "Apr 2008"."""
    return f"{MONTHS[day.month - 1][:_SHORTEST]} {day.year}"


def month_number(name: str) -> int:
    """The number of a month by its name, or by three letters of it and more; 0 if there is none."""
    bare = name.rstrip(".").lower()
    bare = "sep" if bare == "sept" else bare
    return next((n for n, full in enumerate(MONTHS, 1) if len(bare) >= _SHORTEST and full.lower().startswith(bare)), 0)


def whole_year(digits: str) -> int:
    """The year that four digits say, or two, which are this century's: 2009 for "2009" and "09"."""
    return int(digits) + (_CENTURY if len(digits) == _SHORT_YEAR else 0)


def read_day(text: str, year: int | None = None, *, month_first: bool = False) -> date | Doubt:
    """The day that a text says: 31/03/2009, 31.3.09, 31 Mar 09, 1st March 2009, 2009-03-31.

    Args:
        text: what was written.
        year: the first calendar year of the year of the plan that a day without a year is of, such as 31/3.
        month_first: days beside it are surely written month before day, and this one may be.
    """
    bare = _DASHES.sub("-", plain(text))
    match = (_YEAR_FIRST.fullmatch(bare) or _DAY_FIRST.fullmatch(bare)) if len(bare) <= _LONGEST else None
    if match is None:
        return _read_without_year(text, bare, year)
    if len(match["year"]) not in (_SHORT_YEAR, _LONG_YEAR):
        return Doubt(
            f"{quoted(text)} is not a date: a year has four digits, or the last two of 20xx. Write it as 31/03/2009."
        )
    month = int(match["month"]) if match["month"].isdigit() else month_number(match["month"])
    written = _Written(text, int(match["day"]), month, match["month"].isdigit() and match.re is _DAY_FIRST)
    return written.day_of(whole_year(match["year"]), month_first=month_first)


def _read_without_year(text: str, bare: str, year: int | None) -> date | Doubt:
    """The day of a year of the plan that a text says without naming the year."""
    match = _NO_YEAR.fullmatch(bare) if len(bare) <= _LONGEST else None
    month = 0 if match is None else int(match["month"] or month_number(match["name"]))
    if match is None or not (month or match["month"]):
        return Doubt(f"{quoted(text)} is not a date; write it as 31/03/2009.")
    if year is None:
        return Doubt(f"{quoted(text)} is not a date alone: its year is missing. Write it as 31/03/2009.")
    return _Written(text, int(match["day"]), month, bool(match["month"])).day_of(calendar_year(year, month), of=year)


class _Written(NamedTuple):
    """A day of a year as it was written; ``turns``: its month and day may have been written the other way round."""

    text: str
    day: int
    month: int
    turns: bool

    def day_of(self, year: int, *, of: int | None = None, month_first: bool = False) -> date | Doubt:
        """The day in a year; ``of`` is the year of the plan that the year was taken from, if it was."""
        if not FIRST_YEAR_OF_ALL <= year <= LAST_YEAR_OF_ALL:
            return Doubt(
                f"{quoted(self.text)} is not a date that a plan can have: years go from {FIRST_YEAR_OF_ALL} to "
                f"{LAST_YEAR_OF_ALL}."
            )
        read = _day(year, self.month, self.day)
        turned = _day(year if of is None else calendar_year(of, self.day), self.day, self.month) if self.turns else None
        if read is not None and month_first and turned is not None and turned != read:
            return Doubt(
                f"{quoted(self.text)} stands beside days that are written month before day. Is {in_words(turned)} "
                f"meant, and not {in_words(read)}?",
                turned,
            )
        if read is not None:
            return read
        if turned is not None:
            return Doubt(
                f"{quoted(self.text)} has no such month, read day before month. Is {in_words(turned)} meant?", turned
            )
        return Doubt(f"{quoted(self.text)} is not a day of the calendar.")


def is_month_first(text: str) -> bool:
    """Whether a text is a day only if the month is read first, as programs set to American English write it."""
    match = _DAY_FIRST.fullmatch(text) if len(text) <= _LONGEST and text[:1].isdigit() else None
    return match is not None and match["month"].isdigit() and int(match["day"]) <= _LAST_MONTH < int(match["month"])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_year(text: str) -> int | Doubt:
    """The first calendar year of the year that a text says: 2008-2009, 2008-09, 2008/09, 08-09, 2008.

    Where years are calendar years, it is said by one of them alone.
    """
    year = read_any_year(text)
    if by_calendar_years() and isinstance(year, int) and len(_DASHES.sub("-", text).replace("/", "-").split("-")) > 1:
        return Doubt(f"{quoted(text)} is two calendar years, and a year of this plan is one; write it as {year}.")
    return year


def read_any_year(text: str) -> int | Doubt:
    """The same, whenever years begin."""
    match = _YEARS.fullmatch(_DASHES.sub("-", plain(text))) if len(text) <= _LONGEST else None
    year = whole_year(match["year"]) if match else 0
    if match is None or (match["end"] and int(match["end"]) not in (year + 1, (year + 1) % 100)):
        return Doubt(f"{quoted(text)} is not a {_called()}; write it as {year_name(_SHOWN_YEAR)}.")
    return year


_SHOWN_YEAR = 2008
"""The year by which a sentence shows how years are written."""


def _called() -> str:
    return "calendar year" if by_calendar_years() else "financial year"


def no_year() -> int | None:
    """No year of the plan in view: a day without a year is in doubt."""
    return None


@dataclass(frozen=True)
class Day(Kind):
    """A day. ``year`` gives the year of the plan in view, from which a day written without its year takes it."""

    takes: ClassVar[str] = "a date"
    side: ClassVar[str] = "center"

    year: Callable[[], int | None] = no_year

    def understand(self, text: str) -> date | Doubt:
        """The day that a text says, or why it says none."""
        return read_day(text, self.year())

    def show(self, value: Any) -> str:
        """A day as 31 Mar 2009."""
        return "" if value is None else short_day(value)

    def typed(self, value: Any) -> str:
        """A day as 31/03/2009."""
        return "" if value is None else f"{value.day:02}/{value.month:02}/{value.year:04}"

    def to_cell(self, value: Any) -> AsCell:
        """A day as a day."""
        return AsCell(value, DATE_FORMAT)

    def today(self) -> date:
        """The real one."""
        return date.today()


class Year(Kind):
    """A year of the plan, kept as the calendar year in which it begins."""

    takes: ClassVar[str] = "a year, called as the plan calls its years"

    def understand(self, text: str) -> int | Doubt:
        """The year that a text says, or why it says none."""
        return read_year(text)

    def beyond(self, value: Any, title: str) -> str:
        """Why it is none that a plan can be of."""
        if value < FIRST_YEAR_OF_ALL:
            return f"{title} may not be below {FIRST_YEAR_OF_ALL}."
        return f"{title} may not be above {LAST_YEAR_OF_ALL}." if value > LAST_YEAR_OF_ALL else ""

    def show(self, value: Any) -> str:
        """A year as 2008-2009."""
        return "" if value is None else year_name(value)
