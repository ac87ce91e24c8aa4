"""A control chart in the form of the published case files, so that any other tool's charts can be held against ours.

A case is ``{id, options, dates, values}``; options are improvement_direction ("increase", "decrease", "neutral"),
target, rebase (dates), fix_after_n_points and screen_outliers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from spp_desktop.figures.control import Assurance, Chart, Point, Rebase, Settings, chart
from spp_desktop.figures.control_rules import Rule
from spp_desktop.figures.exact import exact
from spp_desktop.plan.performance import Polarity

_BETTER: Mapping[str, Polarity] = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}
_ASSURANCE_ICONS: Mapping[Assurance | None, str | None] = {
    "consistent_pass": "pass",
    "consistent_fail": "fail",
    "inconsistent": "inconsistent",
    None: None,
}
_CAUSES: Mapping[Rule, str] = {
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


def outcome(case: Mapping[str, Any]) -> dict[str, Any]:
    """What a case comes to, as plain values for JSON: its points and its summary.

    A case that has no chart gives ``{"error": True, "message": ...}`` with the sentence.
    """
    try:
        made = chart(_days(case.get("dates")), _listed(case.get("values"), "values"), settings_of(case))
    except ValueError as refused:
        return {"error": True, "message": str(refused)}
    return {
        "error": False,
        "variation_type": made.variation,
        # The case files have an icon for every chart; ours shows none where there are no limits.
        "variation_icon": made.variation_icon or "common_cause",
        "assurance_type": made.assurance,
        "assurance_icon": _ASSURANCE_ICONS[made.assurance],
        "short_segment_warning": any(segment.short for segment in made.segments),
        "points": points_of(made),
    }


def settings_of(case: Mapping[str, Any]) -> Settings:
    """The options of a case as settings; what it leaves out is as usual.

    Raises:
        ValueError: with a sentence, where an option is not what it should be.
    """
    options = case.get("options") or {}
    for name in ("target", "fix_after_n_points"):
        if options.get(name) is not None:
            exact(options[name])
    way = options.get("improvement_direction", "increase")
    if way not in _BETTER:
        raise ValueError(f"“{way}” is no direction of improvement: write increase, decrease or neutral.")
    return Settings(
        better=_BETTER[way],
        target=options.get("target"),
        rebases=tuple(Rebase(day, "", "") for day in _days(options.get("rebase") or [])),
        fix_after=options.get("fix_after_n_points"),
        screened=options.get("screen_outliers", True),
    )


def points_of(made: Chart) -> list[dict[str, Any]]:
    """The points of a chart in the case files' form."""
    return [_point(point) for point in made.points()]


def _days(texts: Any) -> list[date]:
    written = _listed(texts, "dates")
    try:
        return [date.fromisoformat(text[:10]) for text in written]
    except (TypeError, ValueError):
        raise ValueError("The dates of a case are texts such as 2008-04-01.") from None


def _listed(values: Any, name: str) -> list[Any]:
    if not isinstance(values, list):
        raise ValueError(f"A case has a list of {name}.")  # noqa: TRY004 - a sentence for whoever wrote the file
    return values


def _point(point: Point) -> dict[str, Any]:
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
