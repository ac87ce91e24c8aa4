"""Red, amber or green against the plan, by the plan's own rule; and the states in which no colour can be given.

A colour says how this period stands against the plan. Whether the process has changed, and whether it can do the job,
is for the control chart to say: the two are shown together and never merged. All comparisons are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from spp_desktop.figures.exact import GivenNumber, exact, share_of
from spp_desktop.figures.scale import Scale
from spp_desktop.figures.survey import Interval, SurveyVerdict, against
from spp_desktop.plan.performance import Polarity

Colour = Literal["green", "amber", "red"]
State = Literal[
    "green",
    "amber",
    "red",
    "too close to call",
    "too early",
    "no data",
    "no target",
    "benchmark year",
    "not judged",
]
Limit = Literal["", "ceiling", "floor", "last year", "as last year"]
"""How a target bounds what is held against it: "no more than", "at least", better than last year's, as good as it."""
Reason = Literal[
    "met",
    "inside the tolerance",
    "outside the tolerance",
    "better than last year",
    "worse than last year",
    "same as last year",
    "nothing of last year",
    "interval met",
    "interval reaches both sides",
    "no result",
    "no target",
    "no direction",
    "benchmark",
    "too few months",
    "not judged",
    "not due yet",
    "below the step",
]
"""What decided: the rule's own step, or what is missing."""


class Look(NamedTuple):
    """How a state is told and drawn: a word, a shape, and a colour for a white page and for a dark one."""

    word: str
    shape: str
    colours: tuple[str, str]


_GREY = ("#5b6470", "#aab2bd")
LOOKS: Mapping[State, Look] = {
    "green": Look("Green", "tick", ("#1a7f37", "#56d364")),
    "amber": Look("Amber", "triangle", ("#9a5b00", "#e3b341")),
    "red": Look("Red", "cross", ("#b42318", "#ff7b72")),
    "too close to call": Look("Too close to call", "diamond", ("#0b5cad", "#6cb6ff")),
    "too early": Look("Too early", "bars", _GREY),
    "no data": Look("No data", "ring", _GREY),
    "no target": Look("No target", "square", _GREY),
    "benchmark year": Look("Benchmark year", "plus", _GREY),
    "not judged": Look("Not judged", "disc", _GREY),
}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Green at or better than the aim, amber up to and with the tolerance, red beyond it.

    Attributes:
        size: the tolerance: per cent of the aim, or in the unit of the results (points).
        kind: which of the two.
        version: what the plan calls this rule and since when, such as "rule 2, 1 April 2009"; may be empty.
        first_month: the months of results from which it judges.
    """

    size: GivenNumber = 5
    kind: Literal["relative", "points"] = "relative"
    version: str = ""
    first_month: int = 1


@dataclass(frozen=True, slots=True)
class LastYear:
    """Green at or better than the aim, amber off it but better than the same time last year, red off it and worse.

    As the Metropolitan Police reported in 2011 (to the Metropolitan Police Authority, 13 October 2011). It does not say
    what the same as last year is: red is chosen here, and said. ``version`` and ``first_month`` as for ``Tolerance``.
    """

    version: str = ""
    first_month: int = 1


ColourRule = Tolerance | LastYear


@dataclass(frozen=True, slots=True)
class Facts:
    """What is judged, and by what; all numbers are in the unit of the results.

    Attributes:
        actual: the result of the period, pooled where it is a rate; ``None`` if there is none.
        aim: where it should stand: the trajectory to date, or the target itself; ``None`` if there is none.
        better: which way is better.
        unit: what is counted, such as "robberies"; "%" for shares, "rank" for a place among peers, where 1 is best.
        period: in words, such as "April to September 2008".
        target: at the year's end, where the aim is on the way to it.
        method: how the way goes, such as "last year's profile"; "" where the aim is the target.
        last_year: the same period's result a year before.
        interval: of a survey's result, or a gap's.
        months: how many months have a result; ``None`` where that is not how it is measured.
        benchmark: whether the year is only to set a benchmark.
        state: "provisional", "final" or "revised".
        remark: a sentence on how the aim was come by, such as why a trajectory is straight.
        stated: whether a target is stated, though it may come to nothing: a change of a year that has no figure.
        limit: how the target bounds the result.
        strict: whether the aim itself misses it, as 8 does "under 8".
        band: a range's two ends as they are now, ``aim`` being the nearer one and ``better`` the way into the range;
            ``whole_band`` those at the year's end.
        scale: the steps that results are of, where they are no numbers.
        unjudged: why nothing is judged, in words behind "Not judged: "; "" where something is.
        waits: the day from which the target holds, where that is still to come.
    """

    actual: GivenNumber | None
    aim: GivenNumber | None
    better: Polarity
    unit: str = ""
    period: str = ""
    target: GivenNumber | None = None
    method: str = ""
    last_year: GivenNumber | None = None
    interval: Interval | None = None
    months: int | None = None
    benchmark: bool = False
    state: str = "final"
    remark: str = ""
    stated: bool = False
    limit: Limit = ""
    strict: bool = False
    band: tuple[GivenNumber, GivenNumber] | None = None
    whole_band: tuple[GivenNumber, GivenNumber] | None = None
    scale: Scale | None = None
    unjudged: str = ""
    waits: date | None = None


@dataclass(frozen=True, slots=True)
class ColourOverride:
    """A colour that a person gives instead of the rule's, shown as that.

    Raises:
        ValueError: with a sentence, where no reason or no name is given.
    """

    colour: Colour
    reason: str
    author: str
    on: date

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.author.strip():
            raise ValueError("A colour is only changed by a named person, for a reason.")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement with all that it rests on.

    Attributes:
        by_rule: the state that the rule gives.
        because: what decided it.
        off: how far on the worse side of the aim the result is, below nought on the better; ``None`` where not known.
        allowed: the tolerance in the unit of the results; ``None`` where the rule has none.
        facts: what was judged.
        rule: by what.
        override: what a person made of it, or ``None``.
    """

    by_rule: State
    because: Reason
    off: Fraction | None
    allowed: Fraction | None
    facts: Facts
    rule: ColourRule
    override: ColourOverride | None = None

    @property
    def state(self) -> State:
        """What is shown: the override, if there is one."""
        return self.by_rule if self.override is None else self.override.colour

    @property
    def look(self) -> Look:
        """How it is shown."""
        return LOOKS[self.state]


def judge(facts: Facts, rule: ColourRule, override: ColourOverride | None = None) -> Judgement:
    """A result against the plan by a rule."""
    off = allowed = None
    missing = _missing(facts, rule)
    if missing is None and facts.actual is not None and facts.aim is not None:
        actual, aim = exact(facts.actual), exact(facts.aim)
        off = actual - aim if facts.better == "lower" else aim - actual
        if isinstance(rule, Tolerance) and facts.scale is None:
            size = exact(rule.size)
            allowed = abs(share_of(aim, size)) if rule.kind == "relative" else size
        verdict = _by_interval(facts) or _by_rule(facts, rule, off, allowed)
    else:
        verdict = missing or ("no data", "no result")
    state, because = verdict
    return Judgement(state, because, off, allowed, facts, rule, override)


def _missing(facts: Facts, rule: ColourRule) -> tuple[State, Reason] | None:
    """Why no colour can be given, if so: the first of these that holds."""
    early = facts.months is not None and facts.months < rule.first_month
    known: tuple[tuple[bool, State, Reason], ...] = (
        (facts.benchmark, "benchmark year", "benchmark"),
        (bool(facts.unjudged), "not judged", "not judged"),
        (facts.aim is None and facts.stated and facts.actual is None, "no data", "no result"),
        (facts.aim is None, "no target", "no target"),
        (facts.better == "neutral", "no target", "no direction"),
        (facts.actual is None, "no data", "no result"),
        (facts.waits is not None, "too early", "not due yet"),
        (early, "too early", "too few months"),
    )
    return next(((state, because) for holds, state, because in known if holds), None)


def _by_interval(facts: Facts) -> tuple[State, Reason] | None:
    """Of a survey: green or too close to call; ``None`` where all of it misses the aim, and the rule says how badly."""
    if facts.interval is None or facts.aim is None:
        return None
    verdict: SurveyVerdict = _within(facts) if facts.band else against(facts.interval, facts.aim, facts.better)
    if verdict == "met":
        return "green", "interval met"
    return ("too close to call", "interval reaches both sides") if verdict == "too close to call" else None


def _within(facts: Facts) -> SurveyVerdict:
    """A survey's interval against a range: all of it inside, all of it outside on one side, or neither."""
    assert facts.interval is not None
    assert facts.band is not None
    low, high = map(exact, facts.band)
    if exact(facts.interval.low) >= low and exact(facts.interval.high) <= high:
        return "met"
    missed = exact(facts.interval.high) < low or exact(facts.interval.low) > high
    return "missed" if missed else "too close to call"


def _by_rule(facts: Facts, rule: ColourRule, off: Fraction, allowed: Fraction | None) -> tuple[State, Reason]:
    if off.numerator < 0 or (not off and not facts.strict):
        return "green", "met"
    if allowed is None and isinstance(rule, Tolerance):
        return "red", "below the step"
    if allowed is not None:
        return ("amber", "inside the tolerance") if off <= allowed else ("red", "outside the tolerance")
    if facts.last_year is None or facts.actual is None:
        return "no data", "nothing of last year"
    worse = exact(facts.actual) - exact(facts.last_year)
    if facts.better == "higher":
        worse = -worse
    if worse == 0:
        return "red", "same as last year"
    return ("red", "worse than last year") if worse > 0 else ("amber", "better than last year")
