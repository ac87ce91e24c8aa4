"""A judgement in one sentence, and as rows for an export: the rule and its version, the inputs, the arithmetic."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from spp_desktop.figures.charts import day_words
from spp_desktop.figures.exact import Number, exact, shown
from spp_desktop.figures.peers import ordinal
from spp_desktop.figures.rag import LOOKS, Facts, Judgement, Reason, Rule, Tolerance
from spp_desktop.figures.trajectory import MONTHS
from spp_desktop.plan.periods import month_end, month_start, year_end, year_name, year_of, year_start

RANK = "rank"
_SHARES = ("%", "percentage points")
_CALENDAR = (*MONTHS[-3:], *MONTHS[:-3])
_PLACES = 2
"""The most decimals that are shown."""

_MISSING: Mapping[Reason, str] = {
    "no result": "there is no result{period}.",
    "no target": "there is nothing to judge{period} against.",
    "no direction": "neither higher nor lower is better, so there is nothing to judge{period} against.",
    "benchmark": "the year sets a benchmark and has no target.",
}
_DECIDED: Mapping[Reason, str] = {
    "met": "which meets it",
    "inside the tolerance": "inside the {tolerance}",
    "outside the tolerance": "outside the {tolerance}",
    "better than last year": "but better than {last_year} at the same time last year",
    "worse than last year": "and worse than {last_year} at the same time last year",
    "same as last year": "and the same as last year, which the rule leaves open and is taken as red",
    "nothing of last year": "and the rule needs the same period of last year, which has no result",
    "interval met": "and all of the interval {interval} meets it",
    "interval reaches both sides": "and the interval {interval} reaches both sides of it",
    "too few months": "but the rule judges from {first_month} months of results",
}


def sentence(judgement: Judgement) -> str:
    """Why a result has its colour, in one sentence; an override stands before what the rule says.

    Such as "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target
    4,704); 0.8% over, inside the 5% tolerance."
    """
    said = f"{LOOKS[judgement.by_rule].word}: {_by_rule(judgement)}"
    if judgement.override is None:
        return said
    over = judgement.override
    reason = over.reason.strip().rstrip(".")
    return f"{judgement.look.word} by override of {over.author}, {day_words(over.on)}: {reason}. By the rule {said}"


def rows(judgement: Judgement) -> list[tuple[str, str]]:
    """The same as rows for an export: (name, text), those without a text left out."""
    facts, over = judgement.facts, judgement.override
    interval = "" if facts.interval is None else _interval(facts)
    told = [
        ("Judgement", judgement.look.word),
        ("Rule", rule_words(judgement.rule)),
        ("Rule version", judgement.rule.version),
        ("Period", facts.period),
        ("Result", "" if facts.actual is None else _figure(facts, facts.actual, with_unit=True)),
        ("State of the result", "" if facts.actual is None else facts.state),
        ("Interval of the result", interval),
        ("Trajectory to date", _or_none(facts, facts.aim) if facts.method else ""),
        ("Method of the trajectory", facts.method),
        ("Target", _stated(facts, facts.target if facts.method else facts.aim)),
        ("Same period last year", _or_none(facts, facts.last_year)),
        ("Arithmetic", "" if judgement.off is None else _difference(judgement)),
        ("Remark", facts.remark),
        ("By the rule", "" if over is None else LOOKS[judgement.by_rule].word),
        ("Override", "" if over is None else f"{over.reason} ({over.author}, {day_words(over.on)})"),
    ]
    return [(name, text) for name, text in told if text]


def period_words(first: date, last: date) -> str:
    """A period as sentences name it: "April 2008", "April to September 2008", "2008-2009", else both its days."""
    if first != month_start(first) or last != month_end(last):
        return f"{day_words(first)} to {day_words(last)}"
    if (first, last) == (year_start(year_of(first)), year_end(year_of(first))):
        return year_name(first.year)
    begin, end = (_CALENDAR[day.month - 1] for day in (first, last))
    if first.year != last.year:
        return f"{begin} {first.year} to {end} {last.year}"
    return f"{end} {last.year}" if begin == end else f"{begin} to {end} {last.year}"


def rule_words(rule: Rule) -> str:
    """A rule as it is printed under what it judges."""
    if isinstance(rule, Tolerance):
        size = exact(rule.size)
        unit = "%" if rule.kind == "relative" else " point" if size == 1 else " points"
        return f"Green at or better than the aim, amber within {shown(size, _PLACES)}{unit} of it, red beyond."
    return (
        "Green at or better than the aim; amber off it but better than the same time last year; red off it and not "
        "better (Metropolitan Police 2011)."
    )


def _by_rule(judgement: Judgement) -> str:
    facts, because = judgement.facts, judgement.because
    if because in _MISSING:
        return _MISSING[because].format(period=f" for {facts.period}" if facts.period else "")
    rule = judgement.rule
    decided = _DECIDED[because].format(
        tolerance=_tolerance(judgement),
        last_year=_or_none(facts, facts.last_year),
        interval="" if facts.interval is None else _interval(facts),
        first_month=rule.first_month,
    )
    difference = f"{_difference(judgement)}, " if judgement.off is not None else ""
    version = f" ({rule.version})" if rule.version else ""
    remark = f" {facts.remark}" if facts.remark else ""
    return f"{_result(facts)} against {_aim(facts)}; {difference}{decided}{version}.{remark}"


def _result(facts: Facts) -> str:
    said = _figure(facts, facts.actual or 0, with_unit=True)
    state = f" ({facts.state})" if facts.state != "final" else ""
    return f"{said}{f' {facts.period}' if facts.period else ''}{state}"


def _aim(facts: Facts) -> str:
    if not facts.method:
        return f"a target of {_stated(facts, facts.aim)}"
    target = f", target {_stated(facts, facts.target)}" if facts.target is not None else ""
    return f"a trajectory of {_or_none(facts, facts.aim)} ({facts.method}{target})"


def _difference(judgement: Judgement) -> str:
    """How far the result is from the aim: "0.8% over", "1 point under", "on it"."""
    facts = judgement.facts
    by = exact(facts.actual or 0) - exact(facts.aim or 0)
    if not by:
        return "exactly on it"
    aim = exact(facts.aim or 0)
    in_points = isinstance(judgement.rule, Tolerance) and judgement.rule.kind == "points"
    if facts.unit == RANK or in_points or not aim:
        size, unit = abs(by), _unit_of_points(facts, abs(by))
    else:
        size, unit = abs(100 * by / aim), "%"
    amount = shown(size, 1)
    over, under = ("behind", "ahead") if facts.unit == RANK else ("over", "under")
    return f"{'less than 0.1' if amount == '0' else amount}{unit} {over if by > 0 else under}"


def _tolerance(judgement: Judgement) -> str:
    rule = judgement.rule
    if not isinstance(rule, Tolerance):
        return ""
    size = exact(rule.size)
    if rule.kind == "relative":
        return f"{shown(size, _PLACES)}% tolerance"
    return f"tolerance of {shown(size, _PLACES)}{_unit_of_points(judgement.facts, size)}"


def _unit_of_points(facts: Facts, size: Fraction) -> str:
    """The unit of a difference in the unit of the results."""
    if facts.unit == RANK:
        return " place" if size == 1 else " places"
    if facts.unit in _SHARES:
        return " point" if size == 1 else " points"
    return f" {facts.unit}".rstrip()


def _interval(facts: Facts) -> str:
    assert facts.interval
    low, high = (_figure(facts, end) for end in (facts.interval.low, facts.interval.high))
    return f"from {low} to {high}"


def _or_none(facts: Facts, value: Number | None) -> str:
    return "" if value is None else _figure(facts, value)


def _stated(facts: Facts, target: Number | None) -> str:
    """A target as it was stated, with its own decimals."""
    if target is None:
        return ""
    return _figure(facts, target, places=max(_decimals(facts), _own_decimals(exact(target))))


def _figure(facts: Facts, value: Number, *, with_unit: bool = False, places: int | None = None) -> str:
    """A number in the form of the results: whole where they are whole, a place or two where they are not."""
    number = exact(value)
    if facts.unit == RANK:
        return ordinal(int(number))
    text = shown(number, _decimals(facts) if places is None else places)
    if facts.unit == "%":
        return f"{text}%"
    return f"{text} {facts.unit}" if with_unit and facts.unit else text


def _decimals(facts: Facts) -> int:
    return max(_own_decimals(exact(facts.actual or 0)), 1 if facts.unit in _SHARES else 0)


def _own_decimals(number: Fraction) -> int:
    """The decimals that show a number whole; 1 where two would not be enough."""
    if number.denominator == 1:
        return 0
    return next((places for places in range(1, _PLACES + 1) if (number * 10**places).denominator == 1), 1)
