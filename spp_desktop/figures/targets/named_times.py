"""Days and years that a target names: by when it is to be so, and of which year it is a change."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from spp_desktop.figures.targets.remaining import Remaining
from spp_desktop.plan.periods import by_calendar_years, calendar_year, month_end, quarter_end, year_end

PREVIOUS: Literal["previous year"] = "previous year"
Base = int | Literal["", "previous year"]
"""What a change is of: a first calendar year, the year before, or "" where it is not said."""

_YEAR = r"(?P<year>(?:19|20)[0-9]{2}) ?[-/] ?(?P<to>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
_ALONE = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9/-])"
"""A year that is named by itself, as calendar years are."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SOLAR = r"(?P<solar>(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9])"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_BY = (
    r"\b(?P<by>by|no later than|not later than|on or before|due(?: by| on)?) (?:the )?"
    r"(?:end (?:of )?(?:the )?)?"
)
_YEAR_WORDS = r"(?:financial )?(?:year )?"
_QUARTER = r"(?:q(?P<quarter>[1-4])|quarter (?P<quarter2>[1-4])) ?(?:of |in )?"


def _financial_year(match: re.Match[str]) -> int:
    """The first calendar year of a year of the plan; -1 where it is none, as two that do not follow each other."""
    first, second = int(match["year"]), match.groupdict().get("to")
    if second is None or by_calendar_years():
        return first if second is None and by_calendar_years() else -1
    return first if int(second) % 100 == (first + 1) % 100 else -1


def day_due(words: Remaining, year: int | None) -> date | None:
    """The day by which; taken out of the words. A day that cannot be is left in them."""
    for pattern, day_of in _DAYS:
        match = words.first_match(_BY + pattern)
        if match is None:
            continue
        try:
            day = day_of(match, year)
        except ValueError:
            continue
        if day is not None:
            words.take(_BY + pattern)
            return day
    return None


def _solar(text: str) -> int:
    number = int(text.lstrip("'"))
    return number if number >= 100 else 2000 + number  # noqa: PLR2004 - two digits are of this century


def _day(match: re.Match[str], _: int | None) -> date | None:
    return date(_solar(match["solar"]), _month(match["month"]), int(match["day"]))


def _day_in_digits(match: re.Match[str], _: int | None) -> date | None:
    return date(_solar(match["solar"]), int(match["month"]), int(match["day"]))


def _end_of_month(match: re.Match[str], year: int | None) -> date | None:
    month = _month(match["month"])
    named = match.groupdict().get("solar")
    if named:
        return month_end(date(_solar(named), month, 1))
    if year is None:
        return None
    return month_end(date(calendar_year(year, month), month, 1))


def _end_of_quarter(match: re.Match[str], year: int | None) -> date | None:
    quarter = int(match["quarter"] or match["quarter2"])
    of = _financial_year(match) if match.groupdict().get("year") else year
    return None if of is None or of < 0 else quarter_end(of, quarter)


def _end_of_year(match: re.Match[str], year: int | None) -> date | None:
    of = _financial_year(match) if match.groupdict().get("year") else year
    return None if of is None or of < 0 else year_end(of)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1


_DAYS: tuple[tuple[str, Callable[[re.Match[str], int | None], date | None]], ...] = (
    (rf"{_DAY} (?:of )?{_MONTH},? {_SOLAR}", _day),
    (rf"{_DAY}[/.](?P<month>[0-9]{{1,2}})[/.]{_SOLAR}", _day_in_digits),
    (r"(?P<solar>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b", _day_in_digits),
    (rf"{_MONTH},? {_SOLAR}", _end_of_month),
    (rf"{_QUARTER}{_YEAR_WORDS}{_YEAR}", _end_of_quarter),
    (rf"{_QUARTER}{_YEAR_WORDS}{_ALONE}", _end_of_quarter),
    (rf"{_QUARTER}\b", _end_of_quarter),
    (rf"{_YEAR_WORDS}{_YEAR}", _end_of_year),
    (rf"(?:(?<=end )|(?<=end of )|year ){_ALONE}", _end_of_year),
    (rf"{_MONTH}\b", _end_of_month),
    (r"(?:financial |this )?year(?:[ -]end)?\b", _end_of_year),
)
"""The ways in which a day is written, and what each comes to."""


LAST_YEAR = r"(?:the )?(?:previous|last|prior|preceding) (?:financial )?year(?:'s)?"
_FIGURES = r"(?: (?:baseline|base year|base|levels?|figures?|outturn|results?|performance|total|year))*"
_ON = r"(?P<on>on|from|against|compared (?:to|with)|versus|vs\.?|below|above|than|over|of|relative to|beneath)"
_OVER_PLAN = (
    r"\b(?:over|across|during|in|for) (?:the )?(?:life of the |next )?"
    r"(?:[1-9] years?|plan(?: period)?|whole plan|period)\b|\bby the end of the plan\b|\bover the plan\b"
)
_KEPT = {"below": "below", "beneath": "below", "above": "above"}
"""Words before a year that say which way, and so stay."""


_BASES = (
    rf"\b{_ON} (?:a |the |its |our )?{_YEAR}{_FIGURES}",
    rf"(?:, ?|\b){_YEAR} (?:baseline|base year|base|levels?|outturn)\b",
    rf"\b(?:on|against|compared (?:to|with)|versus|vs\.?|relative to) (?:the )?{_ALONE}{_FIGURES}",
    rf"(?:, ?|\b){_ALONE} (?:baseline|base year|base|levels?|outturn)\b",
)
"""What says the year that it is a change of. A year by itself may be a number, so fewer words say it."""


def years_named(words: Remaining) -> tuple[int, ...]:
    """The years that it says it is for, taken out of the words."""
    named = (_YEAR, _ALONE) if by_calendar_years() else (_YEAR,)
    matches = [match for year in named for match in words.take_all(rf"\b(?:in|for|during) (?:the )?{year}")]
    return tuple(map(_financial_year, matches))


def is_over_plan(words: Remaining) -> bool:
    """Whether it says that it is over the plan, or several years; taken out of the words."""
    return words.take(_OVER_PLAN) is not None


def base_of(words: Remaining) -> Base:
    """What it is a change of, taken out of the words or of what stood in brackets."""
    for pattern in _BASES:
        match = words.first_match(pattern)
        if match is not None and (year := _financial_year(match)) > 0:
            words.take(pattern)
            words.rest = f"{words.rest} {_KEPT.get(match.groupdict().get('on') or '', '')}".strip()
            return year
    match = words.take(rf"\b{_ON} {LAST_YEAR}{_FIGURES}")
    if match is not None:
        words.rest = f"{words.rest} {_KEPT.get(match['on'], '')}".strip()
        return PREVIOUS
    if words.take(r"\byear[ -]on[ -]year\b|\bon the year before\b|\b(?:previous|last) year(?:'s)?\b") is not None:
        return PREVIOUS
    for aside in words.asides:
        named = _ALONE if by_calendar_years() else _YEAR
        inside = re.search(rf"(?:{_ON} (?:a |the |its )?)?{named}(?: baseline| base year| levels?| outturn)?$", aside)
        if inside is not None and re.search(r"base|below|above|\bon\b|from|against|compared|level|outturn", aside):
            return max(_financial_year(inside), 0) or ""
    return ""
