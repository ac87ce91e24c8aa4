"""Periods as people head their columns and rows with them: months, quarters, years. What is vague is no period.

"2008-09" is September 2008 in a column of months and a financial year in a column of years, so a column is read by
what a person says it holds. A year and its quarters are those of the plan that is open; where these are calendar years,
a year of two names is a financial year of the public service, from April.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import month_number, read_day, whole_year
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import (
    by_calendar_years,
    first_month,
    month_end,
    next_month,
    period_end,
    period_from_april,
    period_kind,
    period_start,
    quarter_name,
    remembered,
    year_end,
    year_of,
    year_start,
    years_begin,
)

PeriodColumn = Literal["month", "quarter", "year", "calendar year", "year ending", "year to date", "any"]
"""What a column of periods holds; "any" where nobody has said.

A "year" is one of the plan. Months (or days) of a "year ending" column end twelve months each, those of a "year to
date" column what has passed since the year began.
"""


class Period(NamedTuple):
    """A period by its first and last day, both included."""

    first: date
    last: date


class NoPeriod(Exception):
    """A text that is no period; the text says why, as a sentence."""


_LAST_MONTH, _LONGEST, _DECEMBER, _LONG = 12, 60, 12, 4
_NINETIES = range(90, 100)

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_GAP = "[ \\-/.,'\u2019]*"
_MONTH = "(?P<month>[a-z]{3,9})"
_YEAR = "(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
_LONG_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_FINANCIAL = f"(?:fy ?)?{_LONG_YEAR} ?[-/] ?(?P<end>(?:19|20)[0-9]{{2}}|[0-9]{{2}})"
_ANY_FINANCIAL = "(?:fy ?)?(?P<year>(?:(?:19|20))?[0-9]{2}) ?[-/] ?(?P<end>(?:19|20)?[0-9]{2})"
_QUARTER = "(?:q|qtr ?|quarter ?)(?P<quarter>[1-4])"
_MONTHS_OF_QUARTER = r"(?: ?[(:,\-] ?(?P<begins>[a-z]{3,9}) ?(?:-|to) ?(?P<ends>[a-z]{3,9})\)?)?"
_DAY = r"(?:[0-9]{1,2}(?:st|nd|rd|th)? )?"
_TO = "(?: ?- ?| to )"

_MONTHS_NAMED = (re.compile(f"{_MONTH}{_GAP}{_YEAR}"), re.compile(f"{_LONG_YEAR}{_GAP}{_MONTH}"))
_MONTHS_OF_YEARS = (re.compile(f"{_MONTH}[ ,:\\-]*{_FINANCIAL}"), re.compile(f"{_FINANCIAL}[ ,:\\-]*{_MONTH}"))
_MONTHS_NUMBERED = (
    re.compile(f"{_LONG_YEAR}[-. ]?(?P<number>[0-9]{{2}})"),
    re.compile(f"(?P<number>[0-9]{{1,2}})[-/.]{_LONG_YEAR}"),
)
_COUNTED_MONTHS = re.compile(f"{_LONG_YEAR}[ \\-/]?m[0-9]{{1,2}}")
_FINANCIAL_YEAR = re.compile(f"(?:(?:financial )?year )?{_FINANCIAL}")
_SHORT_FINANCIAL_YEAR = re.compile("(?:fy ?)?(?P<year>[0-9]{2}) ?[-/] ?(?P<end>[0-9]{2})")
_CALENDAR_YEAR = re.compile(f"(?:calendar year |cy ?)?{_LONG_YEAR}")
_RUN_TOGETHER = re.compile("(?P<year>(?:19|20)[0-9]{2})(?P<end>[0-9]{2})")
_QUARTERS = (
    re.compile(f"{_QUARTER}{_MONTHS_OF_QUARTER}[ ,:\\-]*{_ANY_FINANCIAL}"),
    re.compile(f"{_ANY_FINANCIAL}[ ,:\\-]*{_QUARTER}{_MONTHS_OF_QUARTER}"),
)
_VAGUE_QUARTERS = (re.compile(f"{_QUARTER}{_GAP}{_YEAR}"), re.compile(f"{_LONG_YEAR}{_GAP}{_QUARTER}"))
_RANGE = re.compile(
    f"{_DAY}(?P<from>[a-z]{{3,9}})(?:{_GAP}(?P<from_year>(?:19|20)[0-9]{{2}}|[0-9]{{2}}))?{_TO}{_DAY}{_MONTH}{_GAP}{_YEAR}"
)
_DAYS = re.compile(r"(?P<first>[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}) ?(?:-|to) ?(?P<last>[0-9/.]{6,10})")
_TWELVE = re.compile(
    f"(?:rolling )?(?:year|yr|12 ?months|12 ?m|twelve months|y/?e)"
    f" ?(?:to|ending|ended|end)?:? {_DAY}{_MONTH}{_GAP}{_YEAR}"
)
_TO_DATE = re.compile(
    "(?:ytd|year to date|cumulative)(?: to)?:? "
    f"\\(?(?:{_DAY}(?P<since>[a-z]{{3,9}}){_TO})?{_DAY}{_MONTH}{_GAP}{_YEAR}\\)?"
)
_ORDINAL_QUARTER = re.compile(r"\b([1-4])(?:st|nd|rd|th) (?:quarter|qtr)\b")
_WHOLE_QUARTER = re.compile(f"{_QUARTER}{_MONTHS_OF_QUARTER}|(?P<alone>[1-4])(?:st|nd|rd|th)?(?: quarter| qtr)?")
_MONTHS_ALONE = re.compile(f"(?P<from>[a-z]{{3,9}}){_TO}{_MONTH}")


def two_meanings(typed: str) -> str:
    """Why a text may be two periods, as a sentence; "" if it is one, or none."""
    text = _plain(typed)
    patterns = (_COUNTED_MONTHS,) if by_calendar_years() else (*_VAGUE_QUARTERS, _COUNTED_MONTHS)
    return _unread(typed, text, "any") if any(pattern.fullmatch(text) for pattern in patterns) else ""


@remembered(8192)
def _read(typed: str, column: PeriodColumn) -> Period | str:
    """The period that a text says, or why it says none."""
    try:
        return _period_of(typed, column)
    except NoPeriod as problem:
        return str(problem)


def period_of_text(typed: str, column: PeriodColumn = "any") -> Period:
    """The period that a text says, in a column of such periods.

    Raises:
        NoPeriod: with a sentence, if it says none, or one of several.
    """
    read = _read(typed, column)
    if isinstance(read, str):
        raise NoPeriod(read)
    return read


def _period_of(typed: str, column: PeriodColumn) -> Period:
    text = _plain(typed)
    if len(text) > _LONGEST:
        raise NoPeriod(f"“{typed[:_LONGEST]}…” is no period.")
    month, year = _month(text), _year(text, short=column in ("year", "any"))
    if month is not None and year is not None and column in ("any", "quarter"):
        raise NoPeriod(
            f"“{typed}” may be the month {month.first:%B %Y} or the year {year.first.year}-{year.last.year}. "
            f"Say whether the column holds months or years, or write {month.first:%B %Y} or "
            f"{year.first.year}/{year.last:%y}."
        )
    if column == "calendar year" and (match := _CALENDAR_YEAR.fullmatch(text)):
        return _calendar(int(match["year"]))
    period = (
        (year if column == "year" else month)
        or month or year or _own_calendar_year(text) or _quarter(text) or _several(text) or _day(text, column)
    )  # fmt: skip
    if period is None:
        raise NoPeriod(_unread(typed, text, column))
    return _fitting(_reaching(period, column), typed, column)


def period_of_day(day: date, column: PeriodColumn = "any") -> Period:
    """The period that a day stands for: the month whose first or last it is; of years, the one that it begins or ends.

    Raises:
        NoPeriod: with a sentence, if it is a day between, or the column holds no months.
    """
    if column == "year" and day in (year_start(year_of(day)), year_end(year_of(day))):
        return Period(year_start(year_of(day)), year_end(year_of(day)))
    if day not in (day.replace(day=1), month_end(day)):
        raise NoPeriod(f"{day:%d/%m/%Y} is a day within a month; a month is given by its first or its last day.")
    return _fitting(_reaching(_month_of(day.year, day.month), column), f"{day:%d/%m/%Y}", column)


def period_of_parts(year: str, part: str, column: PeriodColumn) -> Period:
    """The period that two texts say together: a year, and a month or quarter of it.

    Raises:
        NoPeriod: with a sentence, if they say none, or one of several.
    """
    calendar = _CALENDAR_YEAR.fullmatch(_plain(year))
    financial = _year(_plain(year), short=True) or _own_calendar_year(_plain(year))
    if calendar is None and financial is None:
        raise NoPeriod(f"“{year}” is no year; write it as 2008-09.")
    text = _plain(part)
    if (quarter := _WHOLE_QUARTER.fullmatch(text)) and column != "month":
        if financial is None:
            raise NoPeriod(f"“{year}” may be a calendar or a financial year; write it as 2008-09.")
        number = int(quarter["quarter"] or quarter["alone"])
        return _reaching(_quarter_of(financial, number, quarter, f"{part} {year}"), column)
    between = _MONTHS_ALONE.fullmatch(text)
    ends = [month_number(name) for name in ((between["from"], between["month"]) if between else (text, text))]
    if all(ends):
        first, last = (_month_of(_calendar_year(calendar, financial, number), number) for number in ends)
        return _fitting(_reaching(Period(first.first, last.last), column), f"{part} {year}", column)
    if column == "quarter":
        raise NoPeriod(f"“{part}” is no quarter; write it as Q1.")
    if calendar and text.isdigit() and 1 <= int(text) <= _LAST_MONTH:
        return _reaching(_month_of(int(calendar["year"]), int(text)), column)
    if text.isdigit():
        raise NoPeriod(f"“{part}” may count months from January or from April; write the month's name.")
    raise NoPeriod(f"“{part}” is no month.")


def _calendar_year(calendar: re.Match[str] | None, financial: Period | None, month: int) -> int:
    """The calendar year of a month of a year that is said as either."""
    if calendar is not None or financial is None:
        return int(calendar["year"]) if calendar else 0
    return financial.first.year + (month < financial.first.month)


class SeenPeriods(NamedTuple):
    """What texts of one column are: those that can be but one kind of period, by kind, and the others.

    Attributes:
        kinds: how many are surely of each kind.
        vague: those that may be a month or a year, such as "2008-09".
        bare: those that may be a calendar or a financial year, such as "2008".
        unread: those that are no period.
    """

    kinds: dict[PeriodColumn, int]
    vague: list[str]
    bare: list[str]
    unread: list[str]

    @property
    def days(self) -> list[str]:
        """Those that are days within a month: what stands beside them is of days, or of what happened on them."""
        return [text for text in self.unread if not isinstance(read_day(text), Doubt)]

    @property
    def kind(self) -> PeriodColumn | None:
        """What all that is sure is, "any" if it is several things; ``None`` if nothing is sure."""
        return None if not self.kinds else next(iter(self.kinds)) if len(self.kinds) == 1 else "any"


def seen(texts: Iterable[str]) -> SeenPeriods:
    """What the texts of a column are, each looked at by itself."""
    counted = SeenPeriods({}, [], [], [])
    for text in texts:
        wording = _plain(text)
        if _month(wording) is not None and _year(wording) is not None:
            counted.vague.append(text)
        elif _CALENDAR_YEAR.fullmatch(wording) and not by_calendar_years():
            counted.bare.append(text)
        elif isinstance(period := _read(text, "any"), str):
            counted.unread.append(text)
        else:
            kind = _KINDS.get(period_kind(*period), "any")
            counted.kinds[kind] = counted.kinds.get(kind, 0) + 1
    return counted


def part_of_year(texts: Sequence[str]) -> PeriodColumn | None:
    """What texts are that name months or quarters without their year; ``None`` where one is neither."""
    kinds = set()
    for text in texts:
        try:
            kinds.add(period_kind(*period_of_parts("2000-01", text, "any")))
        except NoPeriod:
            return None
    return _KINDS.get(kinds.pop()) if len(kinds) == 1 else None


def column_of(texts: Iterable[str]) -> PeriodColumn | None:
    """What a column of these texts holds, by those that can be but one thing; ``None`` if most are no periods.

    Texts that may be months or years are taken for what the others are.
    """
    told = seen(texts)
    if len(told.unread) + len(told.bare) >= sum(told.kinds.values()) + len(told.vague):
        return None
    return told.kind or "year"


_KINDS: dict[str, PeriodColumn] = {"month": "month", "quarter": "quarter", "year": "year", "rolling year": "year"}


def _plain(typed: str) -> str:
    return _ORDINAL_QUARTER.sub(r"q\1", fold(_DASHES.sub("-", typed.replace("_", " "))))


def _reaching(period: Period, column: PeriodColumn) -> Period:
    """What a month or quarter stands for in a column of years that end with it, or of its year so far."""
    short = period_kind(*period) in ("month", "quarter")
    if column == "year ending" and short:
        return Period(next_month(period.last.replace(year=period.last.year - 1, day=1)), period.last)
    if column == "year to date" and short:
        return Period(year_start(year_of(period.last)), period.last)
    return period


_FITS: dict[PeriodColumn, Callable[[Period], bool]] = {
    "month": lambda period: period_kind(*period) == "month",
    "quarter": lambda period: period_kind(*period) == "quarter",
    "year": lambda period: period_kind(*period) in ("year", "rolling year"),
    "year ending": lambda period: period_kind(*period) in ("year", "rolling year"),
    "calendar year": lambda period: period == _calendar(period.first.year),
    "year to date": lambda period: period.first == year_start(year_of(period.last)),
}


def _fitting(period: Period, typed: str, column: PeriodColumn) -> Period:
    """The same period, if it is one of those that the column holds.

    Raises:
        NoPeriod: if it is another.
    """
    if column != "any" and not _FITS[column](period):
        raise NoPeriod(f"“{typed}” is no {column}, as the rest of this column is.")
    return period


def _unread(typed: str, text: str, column: PeriodColumn) -> str:
    if any(pattern.fullmatch(text) for pattern in _VAGUE_QUARTERS):
        return f"“{typed}” may be a quarter of a calendar or of a financial year; write it as Q1 2008-09."
    if _CALENDAR_YEAR.fullmatch(text):
        return f"“{typed}” may be a calendar or a financial year; write it as 2008-09."
    if _COUNTED_MONTHS.fullmatch(text):
        return f"“{typed}” may count months from January or from April; write the month's name."
    asked = {
        "month": "a month such as Apr-08", "quarter": "a quarter such as Q1 2008-09", "year": "a year as 2008-09",
        "calendar year": "a calendar year such as 2008", "year ending": "a year's end such as March 2009",
        "year to date": "a month such as Apr-08",
    }  # fmt: skip
    return f"“{typed}” is not {asked.get(column, 'a month, quarter or year, such as Apr-08, Q1 2008-09 or 2008-09')}."


def _month(text: str) -> Period | None:
    for pattern in _MONTHS_NAMED:
        if (match := pattern.fullmatch(text)) and (number := month_number(match["month"])):
            return _month_of(whole_year(match["year"]), number)
    for pattern in _MONTHS_OF_YEARS:
        if (match := pattern.fullmatch(text)) and (number := month_number(match["month"])):
            year = _financial(match)
            return year and _month_of(year.first.year + (number < year.first.month), number)
    for pattern in _MONTHS_NUMBERED:
        if (match := pattern.fullmatch(text)) and 1 <= int(match["number"]) <= _LAST_MONTH:
            return _month_of(int(match["year"]), int(match["number"]))
    return None


def _year(text: str, *, short: bool = False) -> Period | None:
    """The financial year that a text says; ``short``: also in two digits twice, as 04/05."""
    match = _FINANCIAL_YEAR.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if match is None and short and (match := _SHORT_FINANCIAL_YEAR.fullmatch(text)):
        begins = int(match["year"])
        if int(match["end"]) != (begins + 1) % 100:
            return None
        return _of_two_names(begins + (1900 if begins in _NINETIES else 2000))
    return _financial(match)


def _financial(match: re.Match[str] | None) -> Period | None:
    """The financial year that a match says, if its second year follows its first."""
    if match is None:
        return None
    begins, ends = whole_year(match["year"]), int(match["end"])
    return _of_two_names(begins) if ends in (begins + 1, (begins + 1) % 100) else None


def _of_two_names(year: int) -> Period:
    """The year that is called by those in which it begins and ends, as 2008-09: the plan's, if it may be."""
    return Period(*period_from_april(year)) if by_calendar_years() else Period(year_start(year), year_end(year))


def _own_calendar_year(text: str) -> Period | None:
    """The year of the plan that a text names as a calendar year, where that is what its years are."""
    match = _CALENDAR_YEAR.fullmatch(text) if by_calendar_years() else None
    return match and _calendar(int(match["year"]))


def _quarter(text: str) -> Period | None:
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _QUARTERS)), None)
    if (year := _financial(match)) is None and by_calendar_years():
        match = next(filter(None, (pattern.fullmatch(text) for pattern in _VAGUE_QUARTERS)), None)
        year = None if match is None else _calendar(whole_year(match["year"]))
    if match is None or year is None:
        return None
    return _quarter_of(year, int(match["quarter"]), match, text)


def _quarter_of(year: Period, number: int, match: re.Match[str], typed: str) -> Period:
    """A quarter of a year.

    Raises:
        NoPeriod: where its months are named too, and are others.
    """
    part, of = quarter_name(number), year.first.year
    own = year.first.month == first_month()
    period = Period(period_start(of, part), period_end(of, part)) if own else Period(*period_from_april(of, part))
    months = match.groupdict()
    named = tuple(map(month_number, (months.get("begins") or "", months.get("ends") or "")))
    if any(named) and named != (period.first.month, period.last.month):
        raise NoPeriod(
            f"“{typed}” names months that are not those of the quarter: a quarter is one of a year from "
            f"{years_begin(year.first.month)}."
        )
    return period


def _several(text: str) -> Period | None:
    """Several months: "Apr-Jun 2008", "April 2008 to March 2009", "12 months to March 2009", "YTD Sep 2008"."""
    for pattern, column in _REACHING:
        if (match := pattern.fullmatch(text)) and (number := month_number(match["month"])):
            if month_number(match.groupdict().get("since") or "") not in (0, first_month()):
                return None
            return _reaching(_month_of(whole_year(match["year"]), number), column)
    if match := _DAYS.fullmatch(text):
        first, last = read_day(match["first"]), read_day(match["last"])
        return None if isinstance(first, Doubt) or isinstance(last, Doubt) or last < first else Period(first, last)
    match = _RANGE.fullmatch(text)
    if match is None or not (begins := month_number(match["from"])) or not (ends := month_number(match["month"])):
        return None
    year = whole_year(match["year"])
    began = whole_year(match["from_year"]) if match["from_year"] else year - (begins > ends)
    first, last = _month_of(began, begins).first, _month_of(year, ends).last
    return Period(first, last) if first < last else None


_REACHING: tuple[tuple[re.Pattern[str], PeriodColumn], ...] = ((_TWELVE, "year ending"), (_TO_DATE, "year to date"))


def _day(text: str, column: PeriodColumn) -> Period | None:
    day = read_day(text)
    return None if isinstance(day, Doubt) else period_of_day(day, column)


def _month_of(year: int, number: int) -> Period:
    first = date(year, number, 1)
    return Period(first, month_end(first))


def _calendar(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, _DECEMBER, 31))
