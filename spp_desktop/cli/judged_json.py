"""A judged series as JSON holds it: stable names, numbers as numbers, days as 2008-10-31, nothing that is no number."""

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
from spp_desktop.figures.judging.series import Reading
from spp_desktop.figures.peers import Standing
from spp_desktop.figures.projection import Projection
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import Override, Rule, Tolerance
from spp_desktop.figures.survey import Interval
from spp_desktop.figures.targets import checks
from spp_desktop.figures.targets.stated import StatedTarget
from spp_desktop.figures.trajectory import period_name
from spp_desktop.plan.periods import year_name
from spp_desktop.store.plain import TargetRow

Data = dict[str, Any]


def as_data(judged: Judged) -> Data:
    """Everything that is said of a series."""
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
        "projections": [_projection(future, one) for one in future.projections],
        "needed": _needed(future),
        "outlook": future.lines(),
        "comparisons": [_comparison(one) for one in outlook.compared(judged)],
        "target_check": target_check(judged),
        "standing": _standing(judged.standing),
    }


def number(value: GivenNumber | None) -> int | float | None:
    """A figure as JSON has it: whole where it is whole."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    held = exact(value)
    return held.numerator if held.denominator == 1 else float(held)


def _reading(one: Reading | None) -> Data | None:
    if one is None:
        return None
    return {
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "period": rag_words.period_words(one.first, one.last),
        "population": one.population,
        "value": number(one.value),
        "counted": number(one.counted),
        "of": number(one.of),
        "answers": number(one.size),
        "design_effect": number(one.effect),
        "state": one.state,
    }


def _to_date(judged: Judged) -> Data:
    facts, found = judged.judgement.facts, judged.found
    return {
        "value": number(found.actual),
        "unit": unit_of(judged),
        "period": facts.period,
        "periods": found.kind,
        "interval": _interval(found.interval),
        "last_year": number(found.last_year),
        "missing": found.missing,
        "state": facts.state if found.used else None,
        "results": [_reading(one) for one in judged.used],
    }


def _interval(found: Interval | None) -> Data | None:
    return None if found is None else {"low": number(found.low), "high": number(found.high)}


def _target(judged: Judged) -> Data | None:
    stated: StatedTarget | None = judged.series.indicator.targets.get(judged.year)
    if stated is None:
        return None
    return {
        "kind": stated.kind,
        "stated": stated.stated,
        "stated_value": number(stated.value),
        "value": number(judged.aim.target),
        "baseline": number(judged.aim.baseline),
        "cut_from": judged.series.indicator.cut_from,
    }


def _trajectory(judged: Judged) -> Data | None:
    """Where the figure should stand; its points are the ends of the year's months (or quarters)."""
    held = judged.aim
    if held.target is None:
        return None
    way = held.way
    points = () if way is None else way.points
    return {
        "to_date": number(held.to_date),
        "method": held.method or None,
        "asked_for": judged.series.indicator.trajectory,
        "remark": held.remark,
        "points": [{"period": period_name(at, len(points)), "value": number(one)} for at, one in enumerate(points)],
    }


def _rag(judged: Judged) -> Data:
    made = judged.judgement
    return {
        "state": made.state,
        "word": made.look.word,
        "shape": made.look.shape,
        "by_rule": made.by_rule,
        "because": made.because,
        "rule": rag_words.rule_words(made.rule),
        "rule_kind": _kind(made.rule),
        "tolerance": number(made.rule.size) if isinstance(made.rule, Tolerance) else None,
        "rule_version": made.rule.version,
        "first_month": made.rule.first_month,
        "off": number(made.off),
        "allowed": number(made.allowed),
        "override": _override(made.override),
    }


def _kind(rule: Rule) -> str:
    if not isinstance(rule, Tolerance):
        return "last year"
    return "tolerance in per cent" if rule.kind == "relative" else "tolerance in points"


def _override(over: Override | None) -> Data | None:
    if over is None:
        return None
    return {"colour": over.colour, "reason": over.reason, "author": over.author, "on": over.on.isoformat()}


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
    """In the form of the case files, with what is said of it."""
    said = control_case.outcome_of(chart)
    del said["error"]
    for point in said["points"]:
        point["value"] = number(point["value"])
    return {
        **said,
        "variation_icon": chart.variation_icon,
        "target": number(chart.settings.target),
        "variation": control_words.variation(chart),
        "assurance": control_words.assurance(chart, unit),
        "notes": control_words.notes(chart),
        "rebases": [
            {"from": one.first.isoformat(), "reason": one.reason, "author": one.author}
            for one in chart.settings.rebases
        ],
    }


def _projection(future: outlook.Outlook, one: Projection) -> Data:
    return {
        "method": one.method,
        "value": number(one.value),
        "low": number(one.low),
        "high": number(one.high),
        "meets": None if one.value is None else future.meets(one.value),
        "remark": one.remark,
    }


def _needed(future: outlook.Outlook) -> Data | None:
    """What is left: of a figure that adds up what each month must be, of a percentage how many more of how many."""
    if future.needed_rate is not None:
        return {"more": number(future.needed_rate.more), "rate": number(future.needed_rate.rate)}
    need = future.needed
    if need is None:
        return None
    return {
        "rest": number(need.rest),
        "each": number(need.each),
        "periods": _names(need.months, future.parts),
        "by_profile": [number(one) for one in need.by_month],
    }


def _names(places: Sequence[int], parts: int) -> list[str]:
    return [period_name(at, parts) for at in places]


def _comparison(one: outlook.Comparison) -> Data:
    return {
        "against": one.against,
        "period": one.period or None,
        "before": one.before or None,
        "change": _change(one.change, one.sentence),
        "left_out": one.left_out,
        "breaks": _breaks(one),
        "sentence": one.sentence,
    }


def _breaks(one: outlook.Comparison) -> list[Data]:
    return [{"on": each.on.isoformat(), "reason": each.reason} for each in one.breaks]


def target_check(judged: Judged) -> Data | None:
    """The target over the plan against its yearly targets; ``None`` where there is nothing to compare."""
    indicator = judged.series.indicator
    found = checks.check(indicator.targets, indicator.polarity)
    if found is None:
        return None
    stated = indicator.targets.get(None)
    explanation = stated.explanation if isinstance(stated, TargetRow) else ""
    said = {"finding": found.finding, "sentence": found.sentence, "explanation": explanation}
    if isinstance(found, checks.LevelCheck):
        return {**said, "stated": number(found.stated), "last": number(found.last)}
    return {
        **said,
        "hidden_sentence": found.hidden_sentence,
        "stated": number(found.stated),
        "yearly": _numbers(found.yearly),
        "compounded": number(found.compounded),
        "summed": number(found.summed),
        "required": number(found.required),
        "remaining": _numbers(found.remaining),
        "noted": found.noted,
    }


def _numbers(values: Iterable[GivenNumber | None]) -> list[int | float | None]:
    return [number(value) for value in values]


def _standing(found: Standing | None) -> Data | None:
    if found is None:
        return None
    return {
        "force": found.force,
        "rate": number(found.rate),
        "average": number(found.average),
        "gap_percent": number(found.gap_percent),
        "rank": found.rank,
        "shared": found.shared,
        "of": found.of,
        "words": found.words,
        "missing": list(found.missing),
    }
