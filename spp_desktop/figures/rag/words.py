"""A judgement in one sentence, and as rows for an export: the rule and its version, the inputs, the arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from spp_desktop.figures.exact import GivenNumber, even, exact, per_cent, shown
from spp_desktop.figures.peers import ordinal
from spp_desktop.figures.rag.colours import LOOKS, ColourRule, Facts, Judgement, Reason, Tolerance
from spp_desktop.figures.scale import Scale
from spp_desktop.plan.kinds.days import MONTHS, short_day
from spp_desktop.plan.periods import month_end, month_start, remembered, year_end, year_name, year_of, year_start

RANK = "rank"
_SHARES = ("%", "percentage points")
_PLACES = 2
"""The most decimals of a figure that are shown."""
_THOUSANDS = 1000
"""Figures from which decimals say nothing."""
_MOST_PLACES = 7
"""The most that tell a difference from a tolerance."""

_MISSING: Mapping[Reason, str] = {
    "no result": "there is no result{period}.",
    "no target": "there is nothing to judge{period} against.",
    "no direction": "neither higher nor lower is better, so there is nothing to judge{period} against.",
    "benchmark": "the year sets a benchmark and has no target.",
}
_DECIDED: Mapping[Reason, str] = {
    "met": "which meets it",
    "inside the tolerance": "inside the {0.tolerance}",
    "outside the tolerance": "outside the {0.tolerance}",
    "better than last year": "but better than {0.last_year} at the same time last year",
    "worse than last year": "and worse than {0.last_year} at the same time last year",
    "same as last year": "and the same as last year, which the rule leaves open and is taken as red",
    "nothing of last year": "and the rule needs the same period of last year, which has no result",
    "interval met": "and all of the interval {0.interval} meets it",
    "interval reaches both sides": "and the interval {0.interval} reaches both sides of it",
    "too few months": "but the rule judges from {0.first_month} months of results",
    "not due yet": "which holds from {0.due} on",
    "below the step": "which misses it",
}


def sentence(judgement: Judgement) -> str:
    """Why a result has its colour, in one sentence; an override stands before what the rule says.

    Such as "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target
    4,704); 0.8% over, inside the 5% tolerance."
    """
    clause = f"{LOOKS[judgement.by_rule].word}: {_by_rule(judgement)}"
    if judgement.override is None:
        return clause
    over = judgement.override
    reason = over.reason.strip().rstrip(".")
    return f"{judgement.look.word} by override of {over.author}, {short_day(over.on)}: {reason}. By the rule {clause}"


def rows(judgement: Judgement) -> list[tuple[str, str]]:
    """The same as rows for an export: (name, text), those without a text left out."""
    facts, over = judgement.facts, judgement.override
    form = _form(facts)
    told = [
        ("Judgement", judgement.look.word),
        ("Rule", rule_words(judgement.rule)),
        ("Rule version", judgement.rule.version),
        ("Period", facts.period),
        ("Result", form.with_unit(facts.actual)),
        ("State of the result", "" if facts.actual is None else facts.state),
        ("Interval of the result", _interval(facts)),
        ("Trajectory to date", _to_date(facts, form)),
        ("Method of the trajectory", facts.method),
        ("Target", _target(facts, form)),
        ("Same period last year", form.figure(facts.last_year)),
        ("Arithmetic", _difference(judgement)),
        ("Remark", facts.remark),
        ("By the rule", "" if over is None else LOOKS[judgement.by_rule].word),
        ("Override", "" if over is None else f"{over.reason} ({over.author}, {short_day(over.on)})"),
    ]
    return [(name, text) for name, text in told if text]


def figure(facts: Facts, value: GivenNumber | None, *, stated: bool = False) -> str:
    """A number as a column has it: as the sentence of these facts, without its unit but for %; "" for none.

    Shares have one decimal, or as many as tell the result from its aim. A number that was ``stated``, such as a target,
    keeps its own decimals.
    """
    form = _form(facts, in_column=True)
    return form.stated(value) if stated else form.figure(value)


@remembered(1024)
def period_words(first: date, last: date) -> str:
    """A period as sentences name it: "April 2008", "April to September 2008", "2008-2009", else both its days."""
    if first != month_start(first) or last != month_end(last):
        return f"{short_day(first)} to {short_day(last)}"
    if (first, last) == (year_start(year_of(first)), year_end(year_of(first))):
        return year_name(first.year)
    begin, end = (MONTHS[day.month - 1] for day in (first, last))
    if first.year != last.year:
        return f"{begin} {first.year} to {end} {last.year}"
    return f"{end} {last.year}" if begin == end else f"{begin} to {end} {last.year}"


def rule_words(rule: ColourRule) -> str:
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
    remark = f" {facts.remark}" if facts.remark else ""
    if because in _MISSING:
        return _MISSING[because].format(period=f" for {facts.period}" if facts.period else "") + remark
    if because == "not judged":
        return facts.unjudged + remark
    form, version = _form(facts), judgement.rule.version
    decided = _DECIDED[because].format(_Details(judgement))
    difference = f"{distance}, " if (distance := _difference(judgement)) else ""
    rule = f" ({version})" if version else ""
    part = "," if not difference and decided.startswith("which") else ";"
    return f"{_result(facts, form)} against {_aim(facts, form)}{part} {difference}{decided}{rule}.{remark}"


class _Details:
    """What decided a judgement names, put into words only where it does."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.first_month = judgement.rule.first_month

    @property
    def tolerance(self) -> str:
        """How far a figure may be from its aim and be amber."""
        return _tolerance(self.judgement)

    @property
    def last_year(self) -> str:
        """The figure of the same period of last year."""
        return _form(self.judgement.facts).figure(self.judgement.facts.last_year)

    @property
    def interval(self) -> str:
        """The interval of the figure, where it has one."""
        return _interval(self.judgement.facts)

    @property
    def due(self) -> str:
        """The day by which it is to be so, where one is waited for."""
        waits = self.judgement.facts.waits
        return "" if waits is None else short_day(waits)


def _result(facts: Facts, form: "_Form") -> str:
    period = f" {facts.period}" if facts.period else ""
    state = f" ({facts.state})" if facts.state != "final" else ""
    return f"{form.with_unit(facts.actual)}{period}{state}"


def _aim(facts: Facts, form: "_Form") -> str:
    if facts.limit in {"last year", "as last year"}:
        return f"{_bound(facts)}{form.figure(facts.aim)} at the same time last year"
    if not facts.method:
        return f"a target of {_bound(facts)}{_ends(facts.band, form) or form.stated(facts.aim)}"
    whole = _ends(facts.whole_band, form) or form.stated(facts.target)
    target = f", target {_bound(facts)}{whole}" if facts.target is not None else ""
    return f"a trajectory of {_to_date(facts, form)} ({facts.method}{target})"


def _to_date(facts: Facts, form: "_Form") -> str:
    """Where the result should stand now, as a row has it."""
    if not facts.method:
        return ""
    return form.figure(facts.aim) if facts.band is None else " to ".join(form.figure(end) for end in facts.band)


def _target(facts: Facts, form: "_Form") -> str:
    """The target at the year's end, as a row has it."""
    if facts.limit in {"last year", "as last year"}:
        return f"{_bound(facts)}{form.figure(facts.aim)}" if facts.aim is not None else ""
    bound = _bound(facts) if facts.aim is not None or facts.target is not None else ""
    if facts.whole_band is not None:
        return _ends(facts.whole_band, form)
    return bound + form.stated(facts.target if facts.method else facts.aim)


def _bound(facts: Facts) -> str:
    """How the target bounds the result, before its number; "" where it is the number itself."""
    lower = facts.better == "lower"
    if facts.limit == "as last year":
        return "no more than " if lower else "no less than "
    if facts.limit == "last year" or (facts.limit and facts.strict):
        return "less than " if lower else "more than "
    return {"ceiling": "no more than ", "floor": "at least "}.get(facts.limit, "")


def _ends(band: tuple[GivenNumber, GivenNumber] | None, form: "_Form") -> str:
    """A range's two ends as they were stated; "" for none."""
    return "" if band is None else " to ".join(form.stated(end) for end in band)


def _difference(judgement: Judgement) -> str:
    """How far the result is from the aim: "0.8% over", "1 point under", "exactly on it".

    Shares are told apart in points: a fall from 40% to 30% is not one of 25 to whoever reads it.
    """
    facts, rule, off = judgement.facts, judgement.rule, judgement.off
    if off is None or facts.scale is not None or facts.waits is not None:
        return ""
    if facts.band is not None and off.numerator <= 0:
        return "within it"
    if not off:
        return "exactly on it"
    aim, by = exact(facts.aim or 0), abs(off)
    over, under = ("behind", "ahead") if facts.unit == RANK else ("over", "under")
    way = over if (off.numerator > 0) == (facts.better == "lower") else under
    edge = exact(rule.size) if isinstance(rule, Tolerance) else None
    relative = isinstance(rule, Tolerance) and rule.kind == "relative"
    of_aim = f"{_told_apart(abs(per_cent(by, aim)), edge)}%" if aim else ""
    in_points = facts.unit == RANK or not aim or (edge is not None and not relative)
    if not in_points and facts.unit not in _SHARES:
        return f"{of_aim} {way}"
    size = _told_apart(by, None if relative else edge)
    points = f"{size}{_unit_of_points(facts, size)} {way}"
    decides = relative and judgement.because in {"inside the tolerance", "outside the tolerance"}
    return f"{points}, {of_aim} of it" if decides and not in_points else points


def _told_apart(size: Fraction, edge: Fraction | None) -> str:
    """A difference with one decimal, or with as many as tell it from the tolerance: 5.04 is outside 5."""
    text = shown(size, 1)
    if text == "0":
        return "less than 0.1"
    for places in range(2, _MOST_PLACES):
        if edge is None or size == edge or text != shown(edge, places - 1):
            break
        text = shown(size, places)
    return text


def _tolerance(judgement: Judgement) -> str:
    rule = judgement.rule
    if not isinstance(rule, Tolerance):
        return ""
    size = exact(rule.size)
    if rule.kind == "relative":
        return f"{shown(size, _PLACES)}% tolerance"
    text = shown(size, _PLACES)
    return f"tolerance of {text}{_unit_of_points(judgement.facts, text)}"


def _unit_of_points(facts: Facts, size: str) -> str:
    """The unit of a difference in the unit of the results, as it stands behind a number."""
    if facts.unit == RANK:
        return " place" if size == "1" else " places"
    if facts.unit in _SHARES:
        return " point" if size == "1" else " points"
    return f" {facts.unit}".rstrip()


def _interval(facts: Facts) -> str:
    if facts.interval is None:
        return ""
    form = _form(facts)
    return f"from {form.figure(facts.interval.low)} to {form.figure(facts.interval.high)}"


@dataclass(frozen=True, slots=True)
class _Form:
    """How the numbers of one judgement are written: like its result, whole or with a place or two; "" for none.

    ``idle`` are decimals shown also where they are 0.
    """

    unit: str
    places: int
    idle: bool = False
    scale: Scale | None = None

    def figure(self, value: GivenNumber | None, places: int | None = None) -> str:
        """A number so written, with these places if they are said; nothing is an empty text."""
        if value is None:
            return ""
        number = exact(value)
        if self.unit == RANK:
            return ordinal(int(number))
        if self.scale is not None:
            return self.scale.name(number)
        text = (even if self.idle else shown)(number, self.places if places is None else places)
        return f"{text}%" if self.unit == "%" else text

    def with_unit(self, value: GivenNumber | None) -> str:
        """A figure with its unit, where that is a word."""
        text = self.figure(value)
        return text if not text or self.scale or self.unit in {"", "%", RANK} else f"{text} {self.unit}"

    def stated(self, target: GivenNumber | None) -> str:
        """A target as it was stated, with its own decimals."""
        return "" if target is None else self.figure(target, max(self.places, _decimals(exact(target))))


def _form(facts: Facts, *, in_column: bool = False) -> _Form:
    if facts.scale is not None:
        return _Form(facts.unit, 0, scale=facts.scale)
    share = facts.unit in _SHARES
    idle = share and in_column
    places = 1 if idle else max(_decimals(exact(facts.actual or 0)), 1 if share else 0)
    if facts.actual is not None and facts.aim is not None and abs(float(facts.actual) - float(facts.aim)) < 1:
        places = _places_apart(exact(facts.actual), exact(facts.aim), places)
    return _Form(facts.unit, places, idle)


def _places_apart(actual: Fraction, aim: Fraction, places: int) -> int:
    """As many decimals as tell two numbers apart that are not the same: 22.44 and 22.35, not 22.4 twice."""
    enough = (more for more in range(places, _MOST_PLACES) if shown(actual, more) != shown(aim, more))
    return next(enough, places)


def _decimals(number: Fraction) -> int:
    """The decimals that show a number whole; 1 where two would not be enough, none for thousands."""
    if number.denominator == 1 or abs(number.numerator) >= _THOUSANDS * number.denominator:
        return 0
    return next((places for places in range(1, _PLACES + 1) if 10**places % number.denominator == 0), 1)
