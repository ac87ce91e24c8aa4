"""Targets in less usual words: each read as it is meant, or asked about in a sentence, word for word."""

# ruff: noqa: E501 - a phrase and all that is said of it stand on one line each

from datetime import date
from typing import Any

import pytest

from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Subject, Unclear
from spp_desktop.plan.performance import TargetKind
from tests.figures.test_target_phrases import ARRESTS, CALLS, CRIMES, OVER_PLAN, SATISFACTION, SICKNESS

THOUSANDS = Subject("lower", "£000", "level", year=2008)
INDEX = Subject("higher", "", "level", year=2008)
GAP = Subject("lower", "percentage points", "level", usual="gap", year=2008)
BESIDE_POINTS = Subject("higher", "%", "percentage", usual="point change", year=2009)
BESIDE_BASE = Subject("lower", "crimes", "count", usual="change on base year", year=2009)
BESIDE_AMOUNTS = Subject("lower", "crimes", "count", usual="amount change", year=2009)
BESIDE_CHANGES = Subject("lower", "%", "percentage", usual="change on previous year", year=2009)
NO_TARGET = "is not a target."

READ: list[tuple[str, Subject, TargetKind, float | None, dict[str, Any]]] = [
    ("20 by September 2008", CRIMES, "by a date", 20, {"due": date(2008, 9, 30)}),
    ("30% by September 2008", SATISFACTION, "by a date", 30, {"due": date(2008, 9, 30)}),
    ("reduce to 1,200", CRIMES, "level", 1200, {}),
    ("reduce to no more than 1,200", CRIMES, "ceiling", 1200, {}),
    ("reduce to 300", CALLS, "ceiling", 300, {}),
    ("increase to 300", CALLS, "floor", 300, {}),
    ("maintain at or above 85%", SATISFACTION, "floor", 85, {}),
    ("maintain 85%", SATISFACTION, "level", 85, {}),
    ("increase by 2%", BESIDE_POINTS, "point change", 2, {}),
    ("2 points", SATISFACTION, "point change", 2, {}),
    ("at least a 5% reduction", CRIMES, "change on previous year", 5, {}),
    ("no more than 5% increase", CRIMES, "change on previous year", -5, {}),
    ("10% on 2007-08", OVER_PLAN, "change over plan", 10, {}),
    ("12%", BESIDE_CHANGES, "change on previous year", 12, {}),
    ("12%", GAP, "gap", 12, {}),
    ("12", GAP, "gap", 12, {}),
    ("+2%", ARRESTS, "change on previous year", 2, {}),
    ("-2%", CRIMES, "change on previous year", 2, {}),
    ("1,200 in 2008-09", CRIMES, "level", 1200, {}),
    ("£300", THOUSANDS, "level", 0.3, {}),
    ("£300k", THOUSANDS, "level", 300, {}),
    ("£1.2m", THOUSANDS, "level", 1200, {}),
    ("20 by end of Q2", CRIMES, "by a date", 20, {"due": date(2008, 9, 30)}),
    ("20 by quarter 2 2008-09", CRIMES, "by a date", 20, {"due": date(2008, 9, 30)}),
    ("by the end of the year", CRIMES, "by a date", None, {"due": date(2009, 3, 31)}),
    ("twenty-five", CRIMES, "level", 25, {}),
    ("two hundred and five", CRIMES, "level", 205, {}),
    ("one hundred thousand", CRIMES, "level", 100000, {}),
    ("hundred two thousand", CRIMES, "level", 102000, {}),
    ("a dozen", CRIMES, "level", 12, {}),
    ("two dozen", CRIMES, "level", 24, {}),
    ("3rd", CRIMES, "peer rank", 3, {}),
    ("first", CRIMES, "peer rank", 1, {}),
    ("top half", CRIMES, "peer rank", None, {}),
    ("reduce 0", CRIMES, "amount change", 0, {}),
    ("monitor (benchmark 5%)", CRIMES, "monitor", None, {}),
    ("5 or better", CRIMES, "ceiling", 5, {}),
    ("no target", CRIMES, "monitor", None, {}),
    ("zero", CRIMES, "level", 0, {}),
    ("reduce each month", CRIMES, "reduce", None, {}),
    ("100 a quarter", CRIMES, "level", 100, {"every": "quarter"}),
    ("from 50 to 40", CRIMES, "level", 40, {}),
    ("at least 85% (currently 80%)", SATISFACTION, "floor", 85, {}),
    ("4 %", CRIMES, "change on previous year", 4, {}),
    ("4percent", CRIMES, "change on previous year", 4, {}),
    ("80%+", SATISFACTION, "floor", 80, {}),
    ("<10 days", SICKNESS, "ceiling", 10, {"strict": True}),
    ("> 85%", SATISFACTION, "floor", 85, {"strict": True}),
    ("≤ 9.2", SICKNESS, "ceiling", 9.2, {}),
    ("85% - 90%", SATISFACTION, "range", 85, {"upper": 90}),
    ("halve", CRIMES, "change on previous year", 50, {}),
    ("keep below 100", CRIMES, "ceiling", 100, {"strict": True}),
    ("no increase", CRIMES, "maintain", None, {}),
    ("no reduction", ARRESTS, "maintain", None, {}),
    ("not to exceed 40", CRIMES, "ceiling", 40, {}),
    ("exceed 85%", SATISFACTION, "floor", 85, {"strict": True}),
    ("upper quartile", CRIMES, "peer rank", None, {}),
]  # fmt: skip

ASKED: list[tuple[str, Subject, str, tuple[TargetKind, ...]]] = [
    ("reduce by 20 by September 2008", CRIMES, "is for a day within the year. Write only the figure that is aimed at by then.", ()),
    ("5% by 30 September 2008", CRIMES, "is for a day within the year. Write only the figure that is aimed at by then.", ()),
    ("between 4% and 5%", CRIMES, "is in per cent, and results are not. Write only the one that is aimed at.", ()),
    ("between 4% and 5% reduction", CRIMES, "is a change between two numbers. Write only the one that is aimed at.", ()),
    ("maintain or improve to 85%", SATISFACTION, "says more than one thing. Write only the number that is aimed at.", ()),
    ("reduce or increase to 85%", SATISFACTION, "says more than one thing. Write only the number that is aimed at.", ()),
    ("increase to 1,200", CRIMES, "says that more is aimed at, and less is better for this indicator. Say what is meant.", ("floor",)),
    ("maintain at 85% on last year", SATISFACTION, "may be kept as it is, or a change. Write only the figure that is aimed at.", ()),
    ("no more than +2", CRIMES, "may be a change by that number or the most that the figure may be. Say which is meant.", ("amount change", "ceiling")),
    ("no more than +2%", CRIMES, "may be a change in per cent of the year before or something else. Say which is meant.", ("change on previous year",)),
    ("at least 80%", CRIMES, "may be a change in per cent of the year before or something else. Say which is meant.", ("change on previous year",)),
    ("at most 80%", CRIMES, "may be a change in per cent of the year before or something else. Say which is meant.", ("change on previous year",)),
    ("within 5%", CRIMES, "may be a change in per cent of the year before or something else. Say which is meant.", ("change on previous year",)),
    ("+2%", BESIDE_POINTS, "may be a change in percentage points or the figure itself. Say which is meant.", ("point change", "level")),
    ("2%", BESIDE_POINTS, "may be a change in percentage points or the figure itself. Say which is meant.", ("point change", "level")),
    ("2", BESIDE_AMOUNTS, "may be a change by that number or the figure itself. Say which is meant.", ("amount change", "level")),
    ("reduce by 2 to increase by 3", CRIMES, "has more than one number. Write only the one that is aimed at.", ()),
    ("-5% increase", CRIMES, "says two directions. Write only the one that is aimed at.", ()),
    ("no more than a 5% reduction", CRIMES, "says more than one thing. Write only the number that is aimed at.", ()),
    ("no less than 5% increase", CRIMES, "may be a limit or an aim. Write how much is aimed at.", ("change on previous year",)),
    ("10% on the previous year", OVER_PLAN, "is a change on the year before. Write it under its year.", ()),
    ("reduce by 200 on 2005-06", CRIMES, "is a change of 2005-2006. Write it in per cent, or as the figure that is aimed at.", ()),
    ("10% on 2009-10", CRIMES, "is a change of 2009-2010, which is not before the year that it is for.", ()),
    ("10% on 2008-09", CRIMES, "is a change of 2008-2009, which is not before the year that it is for.", ()),
    ("10%", BESIDE_BASE, "does not say which year it is a change of. Write it as 10% on 2005-06.", ("change on previous year",)),
    ("+2%", SATISFACTION, "may be a change in percentage points or a change in per cent of the year before. Say which is meant.", ("point change", "change on previous year")),
    ("+2%", INDEX, "may be a change in per cent of the year before or a change in percentage points. Say which is meant.", ("change on previous year", "point change")),
    ("by 10%", CRIMES, "may be a change in per cent of the year before or something else. Say which is meant.", ("change on previous year",)),
    ("by 200", CRIMES, "may be a change by that number or something else. Say which is meant.", ("amount change",)),
    ("¼ fewer", CRIMES, NO_TARGET, ()),
    ("half of them", CRIMES, NO_TARGET, ()),
    ("20 in 2008/10", CRIMES, "names two years that do not follow each other. Write a year as 2008-09.", ()),
    ("11% for 2009-10", OVER_PLAN, "has more than one number. Write only the one that is aimed at.", ()),
    ("1,200 in 2009-10", CRIMES, "is for 2009-2010. Write it under that year.", ()),
    ("40 per officer", CRIMES, "is for each of something. Write what is aimed at for all of them.", ()),
    ("40 per 1,000 people", CRIMES, "is a rate per 1,000, and results are in recorded crimes.", ()),
    ("5% or £300", THOUSANDS, "has more than one number. Write only the one that is aimed at.", ()),
    ("8 minutes", SATISFACTION, "is in minutes, and results of this indicator are in per cent.", ()),
    ("by 31 February 2009", CRIMES, "has more than one number. Write only the one that is aimed at.", ()),
    ("by Christmas", CRIMES, NO_TARGET, ()),
    ("two thousand million", CRIMES, NO_TARGET, ()),
    ("in the top three", CRIMES, "says more than one thing. Write only the number that is aimed at.", ()),
    ("best in group", CRIMES, NO_TARGET, ()),
    ("to be agreed 5", CRIMES, "has a number, and says that there is none. Write only what holds.", ("to be confirmed",)),
    ("better than peers by 5%", CRIMES, "names other forces and a percentage. Write the place aimed at, or the figure.", ()),
    ("below 2005-06", CRIMES, NO_TARGET, ()),
    ("improve", CALLS, "says that it should be better, and not which way that is.", ()),
    ("improve by 5%", CALLS, "says that it should be better, and not which way that is.", ()),
    ("3 or better", CALLS, "says that it should be better, and not which way that is.", ()),
    ("n/a", CRIMES, NO_TARGET, ()),
    ("none", CRIMES, NO_TARGET, ()),
    ("no complaints", CRIMES, NO_TARGET, ()),
    ("5% unless funding falls", CRIMES, "says more than one thing. Write only the number that is aimed at.", ()),
    ("1.200", CRIMES, "may be 1.2 or 1,200. Write it as one of them.", ()),
    ("1,20", CRIMES, "has more than one number. Write only the one that is aimed at.", ()),
    ("double", CRIMES, "says that more is aimed at, and less is better for this indicator. Say what is meant.", ("change on previous year",)),
    ("1 in 5", CRIMES, "has more than one number. Write only the one that is aimed at.", ()),
    ("9 out of 10", SATISFACTION, "has more than one number. Write only the one that is aimed at.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "kind", "value", "more"), READ)
def test_it_is_read_as_it_is_meant(
    text: str, subject: Subject, kind: TargetKind, value: float | None, more: dict[str, Any]
) -> None:
    assert read(text, subject) == Stated(text, value, kind, star=False, **more)


@pytest.mark.parametrize(("text", "subject", "sentence", "kinds"), ASKED)
def test_it_is_asked_about(text: str, subject: Subject, sentence: str, kinds: tuple[TargetKind, ...]) -> None:
    with pytest.raises(Unclear) as asked:
        read(text, subject)
    assert str(asked.value).startswith(f"“{text}” {sentence}")
    assert sentence == NO_TARGET or str(asked.value) == f"“{text}” {sentence}"
    assert asked.value.kinds == kinds
    for kind in kinds:
        assert read(text, subject, kind).kind == kind
