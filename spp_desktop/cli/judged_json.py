"""A judged series as data for JSON: stable names, numbers as finite numbers, days as texts such as 2008-10-31."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from spp_desktop.figures import counts
from spp_desktop.figures.control import case as control_case
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart
from spp_desktop.figures.exact import GivenNumber, exact
from spp_desktop.figures.judging import outlook
from spp_desktop.figures.judging.judged import Judged, month_unit_of, unit_of
from spp_desktop.figures.judging.remaining_years import remaining_years
from spp_desktop.figures.judging.series import Reading
from spp_desktop.figures.peers import Standing
from spp_desktop.figures.projection import Projection
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import ColourOverride, ColourRule, Tolerance
from spp_desktop.figures.survey import Interval
from spp_desktop.figures.targets import checks
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.figures.trajectory import period_name
from spp_desktop.plan.periods import year_name
from spp_desktop.store.plain import TargetRow

Data = dict[str, Any]


def as_data(judged: Judged) -> Data:
    """Everything that the judgement of a series says."""
    indicator = judged.series.indicator
    future = outlook.outlook(judged)
    return {
        "ref": indicator.ref,
        "title": indicator.title,
        "group": indicator.group,
        "population": indicator.population,
        "area": judged.series.area or None,
        "measure": indicator.measure,
        "unit": indicator.unit,
        "steps": None if indicator.scale is None else list(indicator.scale.names),
        "better": indicator.polarity,
        "year": year_name(judged.year),
        "latest": _reading(judged.latest),
        "to_date": _to_date(judged),
        "target": _target(judged),
        "trajectory": _trajectory(judged),
        "rag": _rag(judged),
        "sentence": judged.sentence,
        "remark": judged.remark,
        "direction": _change(judged.change, judged.direction),
        "control_chart": None if judged.chart is None else _chart(judged.chart, month_unit_of(judged)),
        "no_control_chart": judged.no_chart,
        "projections": [_projection(future, projection) for projection in future.projections],
        "needed": _needed(future),
        "outlook": future.lines(),
        "comparisons": [_comparison(comparison) for comparison in outlook.compared(judged)],
        "target_check": target_check(judged),
        "remaining_years": _remaining(judged),
        "standing": _standing(judged.standing),
    }


def number(value: GivenNumber | None) -> int | float | None:
    """A figure as a number of JSON, an int if it is whole; ``None`` for infinity and NaN."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    fraction = exact(value)
    return fraction.numerator if fraction.denominator == 1 else float(fraction)


def _reading(reading: Reading | None) -> Data | None:
    if reading is None:
        return None
    return {
        "from": reading.first.isoformat(),
        "to": reading.last.isoformat(),
        "period": rag_words.period_words(reading.first, reading.last),
        "population": reading.population,
        "value": number(reading.value),
        "counted": number(reading.counted),
        "of": number(reading.of),
        "answers": number(reading.size),
        "design_effect": number(reading.effect),
        "state": reading.state,
    }


def _to_date(judged: Judged) -> Data:
    facts, finding = judged.judgement.facts, judged.finding
    return {
        "value": number(finding.actual),
        "unit": unit_of(judged),
        "period": facts.period,
        "periods": finding.kind,
        "interval": _interval(finding.interval),
        "last_year": number(finding.last_year),
        "missing": finding.missing,
        "state": facts.state if finding.used else None,
        "results": [_reading(reading) for reading in judged.used],
    }


def _interval(interval: Interval | None) -> Data | None:
    return None if interval is None else {"low": number(interval.low), "high": number(interval.high)}


def _target(judged: Judged) -> Data | None:
    stated: JudgedTarget | None = judged.series.indicator.targets.get(judged.year)
    if stated is None:
        return None
    return {
        "kind": stated.kind,
        "stated": stated.stated,
        "stated_value": number(stated.value),
        "value": number(judged.aim.target),
        "from": number(judged.aim.low),
        "itself_misses": stated.strict,
        "for_each": stated.every,
        "change_of": None if stated.base_year is None else year_name(stated.base_year),
        "by": None if stated.due is None else stated.due.isoformat(),
        "baseline": number(judged.aim.baseline),
        "cut_from": judged.series.indicator.cut_from,
    }


def _trajectory(judged: Judged) -> Data | None:
    """Where the figure should stand; its points are the ends of the year's months (or quarters)."""
    aim = judged.aim
    if aim.target is None:
        return None
    way = aim.way
    points = () if way is None else way.points
    return {
        "to_date": number(aim.to_date),
        "method": aim.method or None,
        "asked_for": judged.series.indicator.trajectory,
        "remark": aim.remark,
        "points": [{"period": period_name(at, len(points)), "value": number(point)} for at, point in enumerate(points)],
    }


def _rag(judged: Judged) -> Data:
    judgement = judged.judgement
    return {
        "state": judgement.state,
        "word": judgement.look.word,
        "shape": judgement.look.shape,
        "by_rule": judgement.by_rule,
        "because": judgement.because,
        "rule": rag_words.rule_words(judgement.rule),
        "rule_kind": _kind(judgement.rule),
        "tolerance": number(judgement.rule.size) if isinstance(judgement.rule, Tolerance) else None,
        "rule_version": judgement.rule.version,
        "first_month": judgement.rule.first_month,
        "off": number(judgement.off),
        "allowed": number(judgement.allowed),
        "override": _override(judgement.override),
    }


def _kind(rule: ColourRule) -> str:
    if not isinstance(rule, Tolerance):
        return "last year"
    return "tolerance in per cent" if rule.kind == "relative" else "tolerance in points"


def _override(override: ColourOverride | None) -> Data | None:
    if override is None:
        return None
    return {
        "colour": override.colour,
        "reason": override.reason,
        "author": override.author,
        "on": override.on.isoformat(),
    }


def _change(change: counts.Change | None, sentence: str) -> Data | None:
    if change is None:
        return None
    return {
        "arrow": change.arrow,
        "meaning": change.meaning,
        "now": number(change.now),
        "before": number(change.before),
        "change": number(change.change),
        "percent": number(change.percent),
        "chance": number(change.chance),
        "sentence": sentence,
    }


def _chart(chart: Chart, unit: str) -> Data:
    """A control chart in the form of the case files, with the sentences about it."""
    outcome = control_case.outcome_of(chart)
    del outcome["error"]
    for point in outcome["points"]:
        point["value"] = number(point["value"])
    return {
        **outcome,
        "variation_icon": chart.variation_icon,
        "target": number(chart.settings.target),
        "variation": control_words.variation(chart),
        "assurance": control_words.assurance(chart, unit),
        "notes": control_words.notes(chart),
        "rebases": [
            {"from": rebase.first.isoformat(), "reason": rebase.reason, "author": rebase.author}
            for rebase in chart.settings.rebases
        ],
    }


def _projection(future: outlook.Outlook, projection: Projection) -> Data:
    return {
        "method": projection.method,
        "value": number(projection.value),
        "low": number(projection.low),
        "high": number(projection.high),
        "meets": None if projection.value is None else future.meets(projection.value),
        "remark": projection.remark,
    }


def _needed(future: outlook.Outlook) -> Data | None:
    """What is needed: of a summed figure what each month must be, of a percentage how many more must be counted."""
    if future.needed_rate is not None:
        return {"more": number(future.needed_rate.more), "rate": number(future.needed_rate.rate)}
    needed = future.needed
    if needed is None:
        return None
    return {
        "rest": number(needed.rest),
        "each": number(needed.each),
        "periods": _names(needed.months, future.parts),
        "by_profile": [number(part) for part in needed.by_month],
    }


def _names(places: Sequence[int], parts: int) -> list[str]:
    return [period_name(at, parts) for at in places]


def _comparison(comparison: outlook.Comparison) -> Data:
    return {
        "against": comparison.against,
        "period": comparison.period or None,
        "before": comparison.before or None,
        "change": _change(comparison.change, comparison.sentence),
        "left_out": comparison.left_out,
        "breaks": _breaks(comparison),
        "sentence": comparison.sentence,
    }


def _breaks(comparison: outlook.Comparison) -> list[Data]:
    return [{"on": series_break.on.isoformat(), "reason": series_break.reason} for series_break in comparison.breaks]


def _remaining(judged: Judged) -> Data | None:
    """What each remaining year must be; ``None`` if no target over the plan asks for it."""
    remaining = remaining_years(judged)
    if remaining is None:
        return None
    levels = {year_name(year): number(level) for year, level in remaining.levels.items()}
    return {
        "aim": number(remaining.aim),
        "years": levels,
        "change": number(remaining.change),
        "sentence": remaining.sentence,
    }


def target_check(judged: Judged) -> Data | None:
    """The target over the plan compared with its yearly targets; ``None`` if there is nothing to compare."""
    indicator = judged.series.indicator
    check = checks.check(indicator.targets, indicator.polarity, indicator.over)
    if check is None:
        return None
    stated = indicator.targets.get(None)
    explanation = stated.explanation if isinstance(stated, TargetRow) else ""
    words = {"finding": check.finding, "sentence": check.sentence, "explanation": explanation}
    if isinstance(check, checks.LevelCheck):
        return {**words, "stated": number(check.stated), "last": number(check.last)}
    return {
        **words,
        "hidden_sentence": check.hidden_sentence,
        "stated": number(check.stated),
        "yearly": _numbers(check.yearly),
        "compounded": number(check.compounded),
        "summed": number(check.summed),
        "required": number(check.required),
        "remaining": _numbers(check.remaining),
        "noted": check.noted,
    }


def _numbers(values: Iterable[GivenNumber | None]) -> list[int | float | None]:
    return [number(value) for value in values]


def _standing(standing: Standing | None) -> Data | None:
    if standing is None:
        return None
    return {
        "force": standing.force,
        "rate": number(standing.rate),
        "average": number(standing.average),
        "gap_percent": number(standing.gap_percent),
        "rank": standing.rank,
        "shared": standing.shared,
        "of": standing.of,
        "words": standing.words,
        "missing": list(standing.missing),
    }
