"""Days as people write them: day before month, or year first. What is vague is no day."""

import re
from datetime import date, timedelta

_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[/.\- ]"
    r"(?P<month>[0-9]{1,2}|[A-Za-z]{3,9})[/.\-, ]{1,2}"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ]00:00(?::00)?)?")
_MONTHS = (
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
_LAST_MONTH, _LONGEST = 12, 20
_CENTURY = 2000
_SHORT_YEAR = 2
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_000_000


class NoDay(Exception):
    """A text that is no day. ``meant`` is the day it may have been, if it can be only one."""

    def __init__(self, said: str, meant: date | None = None) -> None:
        super().__init__(said)
        self.meant = meant


def in_words(day: date) -> str:
    """A day that cannot be taken for another: 3 April 2009."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_of_number(serial: float, *, from_1904: bool) -> date | None:
    """The day that a workbook's number stands for, if it is a whole number of days."""
    if serial != int(serial) or not 0 < serial < _LAST_SERIAL:
        return None
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(serial))


def is_month_first(text: str) -> bool:
    """Whether a text is a day only if the month is read first, as programs set to American English write it."""
    match = _DAY_FIRST.fullmatch(text) if len(text) <= _LONGEST and text[:1].isdigit() else None
    return match is not None and match["month"].isdigit() and int(match["day"]) <= _LAST_MONTH < int(match["month"])


def day_of_text(typed: str, plain: str, *, month_first: bool = False) -> date:
    """The day that a text says; ``plain`` is the text with odd spaces and forms of characters taken out.

    ``month_first``: other days beside it are surely written so, and this one may be.

    Raises:
        NoDay: with a sentence.
    """
    match = _ISO.fullmatch(plain) or _DAY_FIRST.fullmatch(plain)
    if match is None:
        raise NoDay(f"“{typed}” is not a date; write it as 31/03/2009.")
    day, month = int(match["day"]), _month(match["month"])
    year = int(match["year"]) + (_CENTURY if len(match["year"]) == _SHORT_YEAR else 0)
    found = _day(year, month, day)
    turned = _day(year, day, month) if match["month"].isdigit() and match.re is _DAY_FIRST else None
    if found is not None and month_first and turned is not None and turned != found:
        raise NoDay(
            f"“{typed}” stands beside days that are written month before day. Is {in_words(turned)} meant, and not "
            f"{in_words(found)}?",
            turned,
        )
    if found is not None:
        return found
    if turned is not None:
        raise NoDay(f"“{typed}” has no such month, read day before month. Is {in_words(turned)} meant?", turned)
    raise NoDay(f"“{typed}” is not a day of the calendar.")


def _month(said: str) -> int:
    """The number of a month; 0 if there is none of that name."""
    if said.isdigit():
        return int(said)
    short = "sep" if said.lower() == "sept" else said.lower()
    return next((number for number, name in enumerate(_MONTHS, 1) if name.lower().startswith(short)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
