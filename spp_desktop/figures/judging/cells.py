"""A judged series in the words of single cells, the same in the window's tables as in documents."""

from collections.abc import Mapping, Sequence
from datetime import date

from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Assurance
from spp_desktop.figures.exact import GivenNumber, even, exact, shown
from spp_desktop.figures.judging.judged import Judged, month_unit_of, scale_in
from spp_desktop.figures.judging.series import Reading, made_of
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.targets.kinds import CHANGES
from spp_desktop.figures.targets.stated import StatedTarget, show
from spp_desktop.plan.kinds.days import short_month
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.periods import period_kind, quarter_name, quarter_of, short_year_name, year_of

SHORT_STATES = {"provisional": "p", "revised": "r"}
"""What is printed beside a figure that is not final."""
PASSES: dict[Assurance, str] = {"consistent_pass": "pass", "consistent_fail": "fail", "inconsistent": "hit or miss"}
"""Short words by which assurance can be found."""
_PLACES = 2


def period(first: date, last: date) -> str:
    """A period as short as it is clear: "Sep 2008", "Q2 2008-09", "2007-08", "Apr to Sep 2008"."""
    kind = period_kind(first, last)
    if kind == "month":
        return short_month(first)
    if kind == "quarter":
        return f"{quarter_name(quarter_of(first))} {short_year_name(year_of(first))}"
    if kind == "year":
        return short_year_name(first.year)
    if kind == "rolling year":
        return f"year to {short_month(last)}"
    return f"{short_month(first).removesuffix(f' {last.year}')} to {short_month(last)}"


def number(value: GivenNumber | None, unit: str, scale: Scale | None = None) -> str:
    """A figure of an indicator: "2,336", "23.0%", "Good"."""
    if value is None:
        return ""
    if scale is not None:
        return scale.name(value)
    return f"{even(exact(value))}%" if unit == "%" else shown(exact(value), _PLACES)


def latest(judged: Judged) -> str:
    """The latest figure."""
    reading = judged.latest
    if reading is not None and reading.population:
        return to_date(judged)  # a gap's two populations have a figure only between them
    return number(None if reading is None else reading.value, judged.series.indicator.unit, scale_in(judged))


def latest_period(judged: Judged) -> str:
    """The period of the latest figure."""
    reading = judged.latest
    return period(reading.first, reading.last) if reading else ""


def to_date(judged: Judged) -> str:
    """The figure of the year so far."""
    facts = judged.judgement.facts
    return rag_words.figure(facts, facts.actual)


def counted_of(measure: Measure, readings: Sequence[Reading]) -> str:
    """What a share, rate or survey is made of: "719 of 6,238", "1,204 asked"; "" where that is not known."""
    counted, of = made_of(measure, readings)
    if of is None:
        return ""
    return f"{shown(of)} asked" if counted is None else f"{shown(counted, _PLACES)} of {shown(of)}"


def stated(targets: Mapping[int | None, StatedTarget], year: int | None, *, starred: bool) -> str:
    """A target as it is printed: behind that of the first year stands the star of an indicator that has one."""
    target = targets.get(year)
    if target is None:
        return ""
    first = min((at for at in targets if at is not None), default=None)
    return show(target.stated, starred and year == first)


def aim(judged: Judged, words: str) -> str:
    """The target of the year judged, and what it comes to where it is a change: "4% = 4,704", "85%".

    Args:
        judged: the series.
        words: the target as it is printed.
    """
    target = judged.series.indicator.targets.get(judged.year)
    if target is None or target.kind == "benchmark":
        return "" if target is None else "Benchmark"
    if (target.kind in CHANGES or target.every != "year") and judged.aim.target is not None:
        facts = judged.judgement.facts
        return f"{words} = {rag_words.figure(facts, judged.aim.target, stated=facts.unit != '%')}"
    return words


def direction(judged: Judged) -> str:
    """Which way it went, and whether that is better: "Up, worse"."""
    change = judged.change
    if change is None:
        return ""
    return change.arrow.capitalize() + ("" if change.meaning == "neither" else f", {change.meaning}")


def variation(judged: Judged) -> str:
    """The variation icon in words."""
    return "" if judged.chart is None else control_words.variation(judged.chart)


def assurance(judged: Judged) -> str:
    """The assurance icon in words."""
    return "" if judged.chart is None else control_words.assurance(judged.chart, month_unit_of(judged))


def trend(judged: Judged) -> str:
    """The sparkline in words: "18 months to Sep 2008: 360 to 470, latest 401"."""
    chart = judged.chart
    if chart is None or chart.latest is None:
        return ""
    known = [value for value in chart.values if value is not None]
    unit = judged.series.indicator.unit
    ends = [number(value, unit) for value in (min(known), max(known), chart.values[chart.latest])]
    months = f"{len(known)} month{'' if len(known) == 1 else 's'}"
    return f"{months} to {short_month(chart.days[chart.latest])}: {ends[0]} to {ends[1]}, latest {ends[2]}"
