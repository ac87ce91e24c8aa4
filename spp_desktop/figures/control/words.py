"""A control chart in words, for screen readers and for the notes printed under it; how its points and icons look.

The words and colours of icons are those of the NHS's "Making Data Count". The colours are blue and orange; green and
red are kept for the plan's targets.
"""

from collections.abc import Mapping

from spp_desktop.figures.control.chart import ENOUGH, Assurance, Chart, Icon, PointType, Segment, Settings
from spp_desktop.figures.control.rules import ControlRule
from spp_desktop.figures.exact import GivenNumber, exact, shown
from spp_desktop.figures.rag.colours import Look, State
from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.kinds.days import short_month

POINTS: Mapping[PointType, Look] = {
    "common_cause": Look("Common cause", "disc", ("#7a7a7a", "#a6a6a6")),
    "special_cause_improvement": Look("Improvement", "triangle", ("#0083b5", "#00b0f0")),
    "special_cause_concern": Look("Concern", "square", ("#c45a00", "#ff8f33")),
    "special_cause_neutral_high": Look("Special cause, high", "diamond", ("#490092", "#b98cff")),
    "special_cause_neutral_low": Look("Special cause, low", "diamond", ("#490092", "#b98cff")),
}
"""The colours of Making Data Count; on a white page darker, until each mark stands out from the page and from the band
between the limits by 3 to 1 (WCAG 2.2, 1.4.11)."""
TARGET_COLOURS = ("#de1b1b", "#ff7b72")

ICON_WORDS: Mapping[Icon, tuple[str, str]] = {
    "common_cause": ("", "Common cause: no significant change"),
    "improvement_high": ("H", "Special cause of improving nature: higher values"),
    "improvement_low": ("L", "Special cause of improving nature: lower values"),
    "concern_high": ("H", "Special cause of concerning nature: higher values"),
    "concern_low": ("L", "Special cause of concerning nature: lower values"),
    "neutral_high": ("H", "Special cause where neither way is better: higher values"),
    "neutral_low": ("L", "Special cause where neither way is better: lower values"),
}
"""The letter in each variation icon, and its meaning."""

ASSURANCE_WORDS: Mapping[Assurance, tuple[str, str]] = {
    "consistent_pass": ("P", "The process will consistently meet the target if nothing changes"),
    "consistent_fail": ("F", "The process will consistently fail the target if nothing changes"),
    "inconsistent": ("?", "Hit or miss: the process will meet the target in some months and not in others"),
}
"""The letter in each assurance icon, and its meaning."""

RULE_WORDS: Mapping[ControlRule, str] = {
    "none": "",
    "beyond_upper": "above the upper limit",
    "beyond_lower": "below the lower limit",
    "trend_up": "seven points or more rising",
    "trend_down": "seven points or more falling",
    "two_of_three_high": "two of three points near the upper limit",
    "two_of_three_low": "two of three points near the lower limit",
    "run_high": "seven points or more above the mean",
    "run_low": "seven points or more below the mean",
}


def variation(chart: Chart) -> str:
    """The variation icon in a sentence, with its month and the rule behind it."""
    if chart.latest is None:
        return "There is no result to chart."
    month = short_month(chart.days[chart.latest])
    if chart.variation_icon is None:
        return f"{month}: there are no limits to see a change by."
    rule = RULE_WORDS[chart.rules[chart.latest]]
    return f"{month}: {ICON_WORDS[chart.variation_icon][1]}{f' ({rule})' if rule else ''}."


def assurance(chart: Chart, unit: str = "") -> str:
    """The assurance icon in a sentence, or why there is none; ``unit`` is that of its target."""
    icon, latest = chart.assurance_icon, chart.segments[-1]
    if icon is not None:
        return f"Target {_in_unit(chart.settings.target or 0, unit)}: {ASSURANCE_WORDS[icon][1]}."
    if chart.settings.target is None:
        return f"No assurance: {chart.settings.no_target or 'there is no target'}."
    if chart.settings.better == "neutral":
        return "No assurance: neither higher nor lower is better."
    if latest.limits is None:
        return "No assurance: there are no limits to hold the target against."
    return f"No assurance: there are fewer than {ENOUGH} points."


def remark(state: State, chart: Chart) -> str:
    """A caution beside a green state that the process cannot be relied on to keep; "" where none is needed.

    The colour stays as it is: it answers another question.
    """
    if state == "green" and chart.assurance_icon == "inconsistent":
        return "Green now, but hit or miss: the process as it is will also miss this target."
    if state == "green" and chart.assurance_icon == "consistent_fail":
        return "Green now, but the process as it is cannot be relied on to meet this target."
    return ""


def notes(chart: Chart) -> list[str]:
    """The notes printed under a chart: how its limits were made, its rebases and their reasons, missing results."""
    sentences = [method(chart.settings)]
    for rebase in chart.settings.rebases:
        why = f"{rebase.reason} ({rebase.author})" if rebase.author else rebase.reason
        if rebase in chart.ignored:
            sentences.append(f"There is no point of {rebase.first.isoformat()} to begin anew from: {why}.")
        else:
            sentences.append(f"Begun anew from {short_month(rebase.first)}: {why}.")
    for segment in chart.segments:
        sentences += _lacks(segment, chart)
    missing = chart.zones.count(".")
    if missing:
        sentences.append(
            f"{missing} {'month has' if missing == 1 else 'months have'} no result; a gap ends runs and trends."
        )
    return sentences


def method(settings: Settings) -> str:
    """By which rule the mean and the limits of a chart are made."""
    method = "Mean and limits at 2.66 mean moving ranges"
    if settings.fix_after is not None:
        method += f", fixed from the first {int(settings.fix_after)} points"
    method += ", ranges of 3.267 times their mean or more left out once" if settings.screened else ", no range left out"
    if settings.beyond_counts:
        method += "; points beyond the limits count towards two of three"
    return f"{method}."


def _lacks(segment: Segment, chart: Chart) -> list[str]:
    start = short_month(chart.days[segment.start])
    if segment.flat:
        values = {value for value in chart.values[segment.start : segment.stop] if value is not None}
        steps = "" if len(values) == 1 else " but the steps that no limits are made of"
        return [f"From {start}: no variation{steps}."]
    if segment.limits is None:
        return [f"From {start}: too few neighbouring months for limits."]
    if segment.trial:
        points = "point" if segment.known == 1 else "points"
        return [f"From {start}: trial limits, from only {segment.known} {points}; {ENOUGH} are needed."]
    return []


def describe(chart: Chart, title: str, unit: str = "") -> str:
    """A chart in sentences, for screen readers; ``unit`` is that of its results."""
    first, last, ending = short_month(chart.days[0]), short_month(chart.days[-1]), chart.segments[-1]
    sentences = [f"Control chart of {title}, {first} to {last}: {len(chart.days) - chart.zones.count('.')} results."]
    if ending.mean is not None:
        ends = (ending.limits.lower, ending.limits.upper) if ending.limits else ()
        limits = f", limits {' to '.join(_figure(end, unit) for end in ends)}" if ends else ""
        sentences.append(f"Mean {_in_unit(ending.mean, unit)}{limits}.")
    signals = len(chart.rules) - chart.rules.count("none")
    sentences.append(f"{signals or 'No'} {'point signals' if signals == 1 else 'points signal'} a special cause.")
    return " ".join([*sentences, variation(chart), assurance(chart, unit), *notes(chart)])


HEADINGS = (
    "Month",
    "Result",
    "Mean",
    "Lower limit",
    "Lower warning",
    "Upper warning",
    "Upper limit",
    "Signal",
    "Meaning",
)


def table(chart: Chart) -> list[tuple[TableCell, ...]]:
    """The numbers behind a chart: a row of headings, then a row for each point. Numbers are not made into text."""
    rows: list[tuple[TableCell, ...]] = [HEADINGS]
    for point in chart.points():
        limits = point.segment.limits
        rows.append(
            (
                point.day,
                None if point.value is None else float(point.value),
                point.segment.mean,
                limits.lower if limits else None,
                limits.lower_warning if limits else None,
                limits.upper_warning if limits else None,
                limits.upper if limits else None,
                RULE_WORDS[point.rule],
                "" if point.value is None else POINTS[point.kind].word,
            )
        )
    return rows


def _in_unit(value: GivenNumber, unit: str) -> str:
    """A number and its unit: "14%", "242.9 recorded crimes a month"."""
    return f"{_figure(value, unit)} {'' if unit == '%' else unit}".rstrip()


def _figure(value: GivenNumber, unit: str) -> str:
    return shown(exact(value), 1) + ("%" if unit == "%" else "")
