"""Periods as people head their columns and rows with them: months, quarters, years. What is vague is no period.

"2008-09" is September 2008 in a column of months and a financial year in a column of years, so a column is read by
what a person says it holds. A quarter is one of the financial year, which begins in April.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import month_number, read_day, read_year, whole_year
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import (
    month_end,
    next_month,
    period_kind,
    quarter_end,
    quarter_start,
    year_end,
    year_start,
)

PeriodColumn = Literal["month", "quarter", "year", "any"]
"""What a column of periods holds; "any" where nobody has said."""


class Period(NamedTuple):
    """A period by its first and last day, both included."""

    first: date
    last: date


class NoPeriod(Exception):
    """A text that is no period; the text says why, as a sentence."""


_LAST_MONTH, _LONGEST = 12, 60

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_GAP = "[ \\-/.,'\u2019]*"
_MONTH = "(?P<month>[a-z]{3,9})"
_YEAR = "(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
_LONG_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_FINANCIAL = f"(?:fy ?)?{_LONG_YEAR} ?[-/] ?(?P<end>(?:19|20)[0-9]{{2}}|[0-9]{{2}})"
_QUARTER = "(?:q|qtr ?|quarter ?)(?P<quarter>[1-4])"

_MONTHS_NAMED = (re.compile(f"{_MONTH}{_GAP}{_YEAR}"), re.compile(f"{_LONG_YEAR}{_GAP}{_MONTH}"))
_MONTHS_NUMBERED = (
    re.compile(f"{_LONG_YEAR}[-.]?(?P<number>[0-9]{{2}})"),
    re.compile(f"(?P<number>[0-9]{{1,2}})[-/.]{_LONG_YEAR}"),
)
_FINANCIAL_YEAR = re.compile(f"(?:year )?{_FINANCIAL}")
_CALENDAR_YEAR = re.compile(_LONG_YEAR)
_RUN_TOGETHER = re.compile("(?P<year>(?:19|20)[0-9]{2})(?P<end>[0-9]{2})")
_QUARTERS = (re.compile(f"{_QUARTER}[ ,:\\-]*{_FINANCIAL}"), re.compile(f"{_FINANCIAL}[ ,:\\-]*{_QUARTER}"))
_VAGUE_QUARTERS = (re.compile(f"{_QUARTER}{_GAP}{_YEAR}"), re.compile(f"{_LONG_YEAR}{_GAP}{_QUARTER}"))
_RANGE = re.compile(
    f"(?P<from>[a-z]{{3,9}})(?:{_GAP}(?P<from_year>(?:19|20)[0-9]{{2}}|[0-9]{{2}}))? ?(?:-|to) ?{_MONTH}{_GAP}{_YEAR}"
)
_TWELVE = re.compile(f"(?:rolling )?(?:year|12 months|twelve months) (?:to|ending|ended) {_MONTH}{_GAP}{_YEAR}")
_WHOLE_QUARTER = re.compile(f"{_QUARTER}|(?P<alone>[1-4])")


def period_of_text(typed: str, column: PeriodColumn = "any") -> Period:
    """The period that a text says, in a column of such periods.

    Raises:
        NoPeriod: with a sentence, if it says none, or one of several.
    """
    said = _plain(typed)
    if len(said) > _LONGEST:
        raise NoPeriod(f"“{typed[:_LONGEST]}…” is no period.")
    month, year = _month(said), _year(said)
    if month is not None and year is not None and column in ("any", "quarter"):
        raise NoPeriod(
            f"“{typed}” may be the month {month.first:%B %Y} or the year {year.first.year}-{year.last.year}. "
            "Say whether the column holds months or years."
        )
    found = (year if column == "year" else month) or month or year or _quarter(said) or _several(said) or _day(said)
    if found is None:
        raise NoPeriod(_unread(typed, said, column))
    return _fitting(found, typed, column)


def period_of_day(day: date, column: PeriodColumn = "any") -> Period:
    """The month that a day stands for: its first or its last.

    Raises:
        NoPeriod: with a sentence, if it is a day between, or the column holds no months.
    """
    if day not in (day.replace(day=1), month_end(day)):
        raise NoPeriod(f"{day:%d/%m/%Y} is a day within a month; a month is given by its first or its last day.")
    return _fitting(_month_of(day.year, day.month), f"{day:%d/%m/%Y}", column)


def period_of_parts(year: str, part: str, column: PeriodColumn) -> Period:
    """The period that two texts say together: a year, and a month or quarter of it.

    Raises:
        NoPeriod: with a sentence, if they say none, or one of several.
    """
    calendar = _CALENDAR_YEAR.fullmatch(_plain(year))
    financial = _year(_plain(year))
    if calendar is None and financial is None:
        raise NoPeriod(f"“{year}” is no year; write it as 2008-09.")
    said = _plain(part)
    if column == "quarter":
        match = _WHOLE_QUARTER.fullmatch(said)
        if match is None:
            raise NoPeriod(f"“{part}” is no quarter; write it as Q1.")
        if financial is None:
            raise NoPeriod(f"“{year}” may be a calendar or a financial year; write it as 2008-09.")
        quarter, first = int(match["quarter"] or match["alone"]), financial.first.year
        return Period(quarter_start(first, quarter), quarter_end(first, quarter))
    number = month_number(said)
    if number:
        first = int(calendar["year"]) if calendar else financial.first.year + (number < financial.first.month)  # type: ignore[union-attr] # one of both is there
        return _month_of(first, number)
    if calendar and said.isdigit() and 1 <= int(said) <= _LAST_MONTH:
        return _month_of(int(calendar["year"]), int(said))
    if said.isdigit():
        raise NoPeriod(f"“{part}” may count months from January or from April; write the month's name.")
    raise NoPeriod(f"“{part}” is no month.")


def column_of(texts: Iterable[str]) -> PeriodColumn | None:
    """What a column of these texts holds, by those that can be but one thing; ``None`` if most are no periods.

    Texts that may be months or years are taken for what the others are.
    """
    kinds: list[PeriodColumn] = []
    vague = none = 0
    for text in texts:
        said = _plain(text)
        if _month(said) is not None and _year(said) is not None:
            vague += 1
            continue
        try:
            found = period_kind(*period_of_text(text))
        except NoPeriod:
            none += 1
        else:
            kinds.append(_KINDS.get(found, "any"))
    if none >= len(kinds) + vague:
        return None
    if not kinds:
        return "year"
    return kinds[0] if len(set(kinds)) == 1 else "any"


_KINDS: dict[str, PeriodColumn] = {"month": "month", "quarter": "quarter", "year": "year", "rolling year": "year"}


def _plain(typed: str) -> str:
    return fold(_DASHES.sub("-", typed))


def _fitting(found: Period, typed: str, column: PeriodColumn) -> Period:
    """The same period, if it is one of those that the column holds.

    Raises:
        NoPeriod: if it is another.
    """
    if column != "any" and _KINDS.get(period_kind(*found)) != column:
        raise NoPeriod(f"“{typed}” is no {column}, as the rest of this column is.")
    return found


def _unread(typed: str, said: str, column: PeriodColumn) -> str:
    if any(pattern.fullmatch(said) for pattern in _VAGUE_QUARTERS):
        return f"“{typed}” may be a quarter of a calendar or of a financial year; write it as Q1 2008-09."
    if _CALENDAR_YEAR.fullmatch(said):
        return f"“{typed}” may be a calendar or a financial year; write it as 2008-09."
    asked = {"month": "a month such as Apr-08", "quarter": "a quarter such as Q1 2008-09", "year": "a year as 2008-09"}
    return f"“{typed}” is not {asked.get(column, 'a month, quarter or year, such as Apr-08, Q1 2008-09 or 2008-09')}."


def _month(said: str) -> Period | None:
    for pattern in _MONTHS_NAMED:
        if (match := pattern.fullmatch(said)) and (number := month_number(match["month"])):
            return _month_of(whole_year(match["year"]), number)
    for pattern in _MONTHS_NUMBERED:
        if (match := pattern.fullmatch(said)) and 1 <= int(match["number"]) <= _LAST_MONTH:
            return _month_of(int(match["year"]), int(match["number"]))
    return None


def _year(said: str) -> Period | None:
    match = _FINANCIAL_YEAR.fullmatch(said) or _RUN_TOGETHER.fullmatch(said)
    return _financial(match)


def _financial(match: re.Match[str] | None) -> Period | None:
    """The financial year that a match says, if its second year follows its first."""
    if match is None:
        return None
    year = read_year(f"{match['year']}-{match['end']}")
    return None if isinstance(year, Doubt) else Period(year_start(year), year_end(year))


def _quarter(said: str) -> Period | None:
    match = next(filter(None, (pattern.fullmatch(said) for pattern in _QUARTERS)), None)
    year = _financial(match)
    if match is None or year is None:
        return None
    quarter = int(match["quarter"])
    return Period(quarter_start(year.first.year, quarter), quarter_end(year.first.year, quarter))


def _several(said: str) -> Period | None:
    """Several months: "Apr-Jun 2008", "April 2008 to March 2009", "12 months to March 2009"."""
    if match := _TWELVE.fullmatch(said):
        number = month_number(match["month"])
        last = _month_of(whole_year(match["year"]), number).last if number else None
        return None if last is None else Period(next_month(last.replace(year=last.year - 1, day=1)), last)
    match = _RANGE.fullmatch(said)
    if match is None or not (begins := month_number(match["from"])) or not (ends := month_number(match["month"])):
        return None
    year = whole_year(match["year"])
    began = whole_year(match["from_year"]) if match["from_year"] else year - (begins > ends)
    first, last = _month_of(began, begins).first, _month_of(year, ends).last
    return Period(first, last) if first < last else None


def _day(said: str) -> Period | None:
    day = read_day(said)
    return None if isinstance(day, Doubt) else period_of_day(day)


def _month_of(year: int, number: int) -> Period:
    first = date(year, number, 1)
    return Period(first, month_end(first))
