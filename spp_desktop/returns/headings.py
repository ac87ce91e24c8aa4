"""What a heading says: its name without marks, and, where figures stand across, the period and what else it says.

Where a table has several rows of headings, those of one column are joined by ``BETWEEN``, the upper one first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import remembered
from spp_desktop.plan.results import ResultState
from spp_desktop.plan.shorthand import FORECASTS, STATES, Unmarked, unmarked
from spp_desktop.returns.known_terms import HeadingSort, bare, heading_sort
from spp_desktop.returns.period_text import NoPeriod, Period, PeriodColumn, period_of_parts, period_of_text

BETWEEN = ": "
"""What stands between the rows of a heading."""

NO_RESULTS: frozenset[HeadingSort | None] = frozenset({"change", "target", "rank", "interval"})
"""What stands under a period and is no result of it."""

_MOST_WORDS, _LONGEST = 24, 160
_STATES: Mapping[str, ResultState] = {**STATES, "final": "final"}
"""Words beside a period that say the state of its figures: "Apr-08 provisional"."""
_DAY = re.compile(
    r"(?<!ending )(?<!ended )(?<!to )(?<!- )\b\d{1,2}(?:st|nd|rd|th)? "
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}\b(?! ?(?:to|-|\u2013))"
    r"|(?<!to )(?<!- )\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b(?! ?(?:to|-|\u2013))",
    re.IGNORECASE,
)
"""A single day, such as the one on which a table was made: it is no period."""
_TRIMMED = " ,;:-\u2013()[]"


class Across(NamedTuple):
    """A heading with a period in it.

    Attributes:
        period: the period.
        label: what else the heading says, as a name; "" where it says nothing else.
        text: the same as it stands.
        state: the state that a mark behind it gives to its figures; ``None`` for none.
    """

    period: Period
    label: str = ""
    text: str = ""
    state: ResultState | None = None


def joined(parts: Sequence[str]) -> str:
    """A heading of several rows as one text; what is said twice is said once."""
    kept: list[str] = []
    for part in (" ".join(text.split()) for text in parts):
        if part and part not in kept:
            kept.append(part)
    return BETWEEN.join(kept)


def named(headings: Sequence[str]) -> list[str]:
    """Headings as names of columns, no two alike: what stands twice is counted, what is empty goes by its place."""
    names: list[str] = []
    times: dict[str, int] = {}
    for place, heading in enumerate(headings, 1):
        name = bare(heading) or f"column {place}"
        again = times[name] = times.get(name, 0) + 1
        while again > 1 and f"{name} ({again})" in times:
            again += 1
        unique = f"{name} ({again})" if again > 1 else name
        times.setdefault(unique, 1)
        names.append(unique)
    return names


@remembered(8192)
def across(heading: str, column: PeriodColumn, year: str = "") -> Across | None:
    """The period in a heading, if there is one of these, and what else it says.

    A heading that says a change, a forecast or two periods is of none. ``year`` is the year of which months and
    quarters are that do not say it themselves.
    """
    parts = [unmarked(part) for part in heading.split(BETWEEN)]
    whole = Unmarked(BETWEEN.join(part.text for part in parts), tuple(mark for part in parts for mark in part.marks))
    if not whole.text or len(whole.text) > _LONGEST or FORECASTS & set(whole.marks):
        return None
    for period, rest in _readings(whole.text, column, year):
        if fold(rest) in _STATES:
            return Across(period, state=_STATES[fold(rest)])
        if heading_sort(rest) in NO_RESULTS or _holds_period(rest) or _is_part_of_year(rest):
            return None
        return Across(period, bare(rest), rest, whole.state)
    return None


def periods_within(text: str) -> list[Period]:
    """The periods that a text such as a title names, the longest reading of each part: "Crime, 2007/08 and 2008/09"."""
    without_days = _DAY.sub(" ", text)
    if (period := _period(without_days.strip(), "any")) is not None:
        return [period]
    within = next(_within(without_days, "any"), None)
    return [] if within is None else [within[0], *periods_within(f"{within[1]} .")]


def _readings(text: str, column: PeriodColumn, year: str) -> Iterator[tuple[Period, str]]:
    """Ways to find a period in a heading, the surest first, each with the rest of its text."""
    parts = text.split(BETWEEN)
    if (period := _period(text, column)) is not None:
        yield period, ""
    for place, part in enumerate(parts):
        others = [*parts[:place], *parts[place + 1 :]]
        for n, other in enumerate(others):
            if (period := _of_parts(part, other, column)) is not None:
                yield period, BETWEEN.join([*others[:n], *others[n + 1 :]])
    for place, part in enumerate(parts):
        rest = BETWEEN.join([*parts[:place], *parts[place + 1 :]])
        if (period := _period(part, column) or (_of_parts(year, part, column) if year else None)) is not None:
            yield period, rest
    for place, part in enumerate(parts):
        for period, rest in _within(part, column):
            yield period, BETWEEN.join(filter(None, [*parts[:place], rest, *parts[place + 1 :]]))


def _within(text: str, column: PeriodColumn) -> Iterator[tuple[Period, str]]:
    """Periods among the words of a text, the longest first."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or not any(character.isdigit() for character in text):
        return
    for length in range(len(words) - 1, 0, -1):
        for begin in range(len(words) - length + 1):
            span = " ".join(words[begin : begin + length]).strip(_TRIMMED)
            if (period := _period(span, column)) is not None:
                rest = [*words[:begin], *words[begin + length :]]
                yield period, " ".join(rest).strip(_TRIMMED)


def _is_part_of_year(text: str) -> bool:
    """Whether a text that is left names a month or quarter, so that the figure is not of the whole year."""
    return _of_parts("2000-01", text, "any") is not None if text else False


def _holds_period(text: str) -> bool:
    """Whether a text that is left holds another period."""
    return any(True for _ in _within(f"{text} .", "any")) if text else False


def _period(text: str, column: PeriodColumn) -> Period | None:
    if not any(character.isdigit() for character in text):
        return None
    try:
        return period_of_text(text, column)
    except NoPeriod:
        return None


def _of_parts(year: str, part: str, column: PeriodColumn) -> Period | None:
    if not any(character.isdigit() for character in year) or column in ("year", "calendar year"):
        return None
    try:
        return period_of_parts(year, part, column)
    except NoPeriod:
        return None
