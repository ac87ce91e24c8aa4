"""A control chart in the form of the published case files, so that it can be compared with the charts of other tools.

A case is ``{id, options, dates, values}``; options are improvement_direction ("increase", "decrease", "neutral"),
target, rebase (dates), fix_after_n_points and screen_outliers.
"""

import reprlib
from collections.abc import Mapping
from datetime import date
from math import isnan
from sys import float_info
from typing import Any

from spp_desktop.figures.control.chart import Assurance, Chart, ControlPoint, ControlRebase, Settings, chart
from spp_desktop.figures.control.rules import ControlRule
from spp_desktop.plan.performance import Polarity

_BETTER: Mapping[str, Polarity] = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}
_ASSURANCE_ICONS: Mapping[Assurance | None, str | None] = {
    "consistent_pass": "pass",
    "consistent_fail": "fail",
    "inconsistent": "inconsistent",
    None: None,
}
_CAUSES: Mapping[ControlRule, str] = {
    "none": "Common Cause",
    "beyond_upper": "Above UCL",
    "beyond_lower": "Below LCL",
    "trend_up": "7 Point Trend (Increasing)",
    "trend_down": "7 Point Trend (Decreasing)",
    "two_of_three_high": "2 in 3 Above CL",
    "two_of_three_low": "2 in 3 Below CL",
    "run_high": "7 Points Above CL",
    "run_low": "7 Points Below CL",
}


class NotACase(ValueError):
    """The input does not have the form of a case; the message says which part is missing or wrong."""


def outcome(case: Mapping[str, Any]) -> dict[str, Any]:
    """The control chart of a case as plain values for JSON: its summary and its points.

    A case that has no chart gives ``{"error": True, "message": ...}``; the message is the sentence that says why.
    """
    try:
        return outcome_of(chart_of(case))
    except ValueError as refused:
        return no_chart(refused)


def no_chart(why: ValueError) -> dict[str, Any]:
    """The outcome of a case that has no chart."""
    return {"error": True, "message": str(why)}


def outcome_of(control_chart: Chart) -> dict[str, Any]:
    """A chart as plain values for JSON: its summary and its points."""
    return {
        "error": False,
        "variation_type": control_chart.variation,
        # The case files have an icon for every chart; ours shows none where there are no limits.
        "variation_icon": control_chart.variation_icon or "common_cause",
        "assurance_type": control_chart.assurance,
        "assurance_icon": _ASSURANCE_ICONS[control_chart.assurance],
        "short_segment_warning": any(segment.short for segment in control_chart.segments),
        "points": points_of(control_chart),
    }


def chart_of(case: Any) -> Chart:
    """The control chart of a case.

    Raises:
        NotACase: if the input does not have the form of a case.
        ValueError: if the series has no chart; the message says why.
    """
    if not isinstance(case, Mapping):
        raise NotACase("A case is an object with dates and values.")
    days, values = _days(case.get("dates")), _listed(case.get("values"), "values")
    if len(days) != len(values):
        raise NotACase(f"A case has as many values as dates; here are {len(values)} and {len(days)}.")
    for number, value in enumerate(values, 1):
        if value is not None:
            _number(value, f"value {number}")
    try:
        return chart(days, values, settings_of(case))
    except OverflowError:
        raise ValueError("The values lie too far apart for a chart.") from None


def settings_of(case: Mapping[str, Any]) -> Settings:
    """The options of a case as settings; an option that is absent or null keeps its default.

    Raises:
        NotACase: if an option has a value that it cannot have.
    """
    options = case.get("options") or {}
    if not isinstance(options, Mapping):
        raise NotACase("The options of a case are an object.")
    given = {name: option for name, option in options.items() if option is not None}
    direction = given.get("improvement_direction", "increase")
    if not isinstance(direction, str) or direction not in _BETTER:
        raise NotACase(f"“{_quoted(direction)}” is no direction of improvement: write increase, decrease or neutral.")
    screened = given.get("screen_outliers", True)
    if not isinstance(screened, bool):
        raise NotACase(f"“{_quoted(screened)}” does not say whether to screen outliers: write true or false.")
    target, fix_after = (
        _number(given[name], name) if name in given else None for name in ("target", "fix_after_n_points")
    )
    return Settings(
        better=_BETTER[direction],
        target=target,
        rebases=tuple(ControlRebase(day, "as the case says", "") for day in _days(given.get("rebase", []))),
        fix_after=fix_after,
        screened=screened,
    )


def points_of(control_chart: Chart) -> list[dict[str, Any]]:
    """The points of a chart in the case files' form."""
    return [_point(point) for point in control_chart.points()]


def _days(texts: Any) -> list[date]:
    written = _listed(texts, "dates")
    try:
        return [date.fromisoformat(text[:10]) for text in written]
    except (TypeError, ValueError):
        raise NotACase("The dates of a case are texts such as 2008-04-01.") from None


def _listed(values: Any, name: str) -> list[Any]:
    if not isinstance(values, list):
        raise NotACase(f"A case has a list of {name}.")
    return values


def _number(value: Any, name: str) -> float:
    """The value, if it is a finite number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) > float_info.max:
            raise NotACase(f"“{_quoted(value)}” is too large a number ({name}).")
        if not isnan(value):
            return value
    raise NotACase(f"“{_quoted(value)}” is not a number ({name}).")


def _quoted(value: Any) -> str:
    """A value of a case as a sentence quotes it, shortened if it is long."""
    return reprlib.repr(value).strip("'")


def _point(point: ControlPoint) -> dict[str, Any]:
    segment, limits = point.segment, point.segment.limits
    return {
        "date": point.day.isoformat(),
        "value": point.value,
        "segment": segment.number,
        "mean": segment.mean,
        "lcl": limits.lower if limits else None,
        "ucl": limits.upper if limits else None,
        "lower_warning": limits.lower_warning if limits else None,
        "upper_warning": limits.upper_warning if limits else None,
        "outside_limits": point.outside,
        "relative_to_mean": point.side,
        "close_to_limits": point.close,
        "special_cause_type": _CAUSES[point.rule],
        "special_cause": point.rule != "none",
        "point_type": point.kind,
        "short_segment": segment.short,
        "rule": point.rule,
    }
