"""Whether the target over the plan agrees with the plan's own yearly targets: said and explained, never corrected.

Changes compound: three years of 4% less leave 0.96 x 0.96 x 0.96, which is 11.53% less. Levels do not add up at all:
the plan's is that of its last year.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal

from spp_desktop.figures.exact import exact, shown
from spp_desktop.figures.targets.kinds import LEVELS
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.plan.performance import Polarity

Finding = Literal[
    "consistent",
    "matches only if cut off",
    "matches only if added up",
    "easier than its years",
    "harder than its years",
    "level consistent",
    "level differs",
]

AGREED: frozenset[Finding] = frozenset({"consistent", "level consistent"})
"""Findings that ask for no explanation."""
NOTED_FROM = Fraction(1, 2)
"""Percentage points between stated and compounded beyond which the difference is noted."""
_MOST_PLACES = 15


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """The level over the plan against that of its last year, in their unit and in the words they were stated in."""

    finding: Finding
    stated: Fraction
    last: Fraction
    stated_words: str
    last_words: str

    @property
    def sentence(self) -> str:
        """What was found, and why."""
        if self.finding == "level consistent":
            return f"Consistent: the plan's {self.stated_words} is the level of its last year."
        return (
            f"Differs: the plan's {self.stated_words} is not the level of its last year, {self.last_words}. "
            "A level is reached, not added up."
        )


@dataclass(frozen=True, slots=True)
class ChangeCheck:
    """The change over the plan against its yearly changes; everything is in per cent.

    Attributes:
        finding: how the two agree.
        stated: the change over the plan.
        yearly: the change of each year.
        compounded: what the years come to, each on the one before.
        summed: the years added up, as off one fixed baseline.
        required: the same change in each year that comes to what is stated; ``None`` where none does.
        remaining: after one year on its target, after two …, the change that each year left needs to come to it.
        hidden: the yearly changes, first and last, that would be printed as these years and this plan are printed, had
            their decimals been dropped; ``None`` where there are none, or the years are not alike.
    """

    finding: Finding
    stated: Fraction
    yearly: tuple[Fraction, ...]
    compounded: Fraction
    summed: Fraction
    required: float | None
    remaining: tuple[float | None, ...]
    hidden: tuple[float, float] | None

    @property
    def difference(self) -> Fraction:
        """Compounded less stated, in percentage points."""
        return self.compounded - self.stated

    @property
    def noted(self) -> bool:
        """Whether they lie more than half a point apart."""
        return abs(self.difference) > NOTED_FROM

    @property
    def sentence(self) -> str:
        """What was found, and why: the arithmetic with its figures."""
        years = _listed([f"{_number(year)}%" for year in self.yearly])
        verdict = _VERDICTS[self.finding].format(stated=_number(self.stated))
        words = f"{verdict}: {years} compound to {_number(self.compounded)}%, and add up to {_number(self.summed)}%."
        if self.finding == "consistent":
            return words
        if self.required is not None:
            words += f" {_number(self.stated)}% needs {self.required:.2f}% a year."
        if self.remaining and self.remaining[-1] is not None:
            words += f" With every year before on its target, the last needs {self.remaining[-1]:.2f}%."
        return words

    @property
    def hidden_sentence(self) -> str:
        """Whether dropped decimals could explain the difference."""
        if self.hidden is None:
            return "No one yearly change would be printed both ways."
        low, high = self.hidden
        return f"Only a yearly change from {low:.2f}% to {high:.2f}% would be printed both ways."


_VERDICTS: Mapping[Finding, str] = {
    "consistent": "Consistent with the plan's {stated}%",
    "matches only if cut off": "The plan's {stated}% matches its years only if cut off, not rounded",
    "matches only if added up": "The plan's {stated}% matches its years only if they are added up",
    "easier than its years": "The plan's {stated}% is easier than its own years",
    "harder than its years": "The plan's {stated}% is harder than its own years",
}


def check(
    targets: Mapping[int | None, JudgedTarget], better: Polarity, over: Collection[int] = ()
) -> ChangeCheck | LevelCheck | None:
    """An indicator's target over the plan against its yearly targets.

    Args:
        targets: By the first calendar year of each year, under ``None`` the one over the plan; as they were stated.
        better: Which way is better: where less is, a change is a fall.
        over: The years that the one over the plan is over, by their first calendar years; none for all that there are.

    Returns:
        What was found; ``None`` where there is nothing to hold against each other: no target over the plan, a year
        without a number, or kinds that do not belong together.
    """
    over_plan = targets.get(None)
    years = sorted(year for year in targets if year is not None and (not over or year in over))
    if over_plan is None or over_plan.value is None or not years or years[-1] - years[0] >= len(years):
        return None
    stated = exact(over_plan.value)
    yearly = [exact(value) for year in years if (value := targets[year].value) is not None]
    kinds = {targets[year].kind for year in years}
    if len(yearly) < len(years):
        return None
    alike = len({target.every for target in (over_plan, targets[years[-1]])}) == 1
    if kinds <= LEVELS and over_plan.kind in LEVELS and alike:
        finding: Finding = "level consistent" if stated == yearly[-1] else "level differs"
        return LevelCheck(finding, stated, yearly[-1], over_plan.stated, targets[years[-1]].stated)
    if kinds == {"change on previous year"} and over_plan.kind == "change over plan":
        return changes(stated, yearly, -1 if better == "lower" else 1)
    return None


def changes(stated: Fraction, yearly: Sequence[Fraction], sign: int) -> ChangeCheck:
    """A change over several years against the changes of each, all in per cent; ``sign`` is -1 where they are falls."""
    factors = [1 + sign * year / 100 for year in yearly]
    compounded, summed = sign * 100 * (prod(factors, start=Fraction(1)) - 1), sum(yearly, Fraction())
    aim = 1 + sign * stated / 100
    return ChangeCheck(
        finding=_finding(stated, compounded, summed),
        stated=stated,
        yearly=tuple(yearly),
        compounded=compounded,
        summed=summed,
        required=_each_year(aim, len(yearly), sign),
        remaining=tuple(
            _each_year(aim / on_target, len(yearly) - done, sign) if (on_target := prod(factors[:done])) else None
            for done in range(1, len(yearly))
        ),
        hidden=_hidden(stated, yearly, sign),
    )


def _finding(stated: Fraction, compounded: Fraction, summed: Fraction) -> Finding:
    """How the two agree, at the decimals in which the plan's is stated."""
    unit = 10 ** _places(stated)
    wanted = stated * unit
    if _rounded(compounded * unit) == wanted:
        return "consistent"
    if int(compounded * unit) == wanted:
        return "matches only if cut off"
    if _rounded(summed * unit) == wanted:
        return "matches only if added up"
    return "easier than its years" if stated < compounded else "harder than its years"


def _rounded(value: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _places(value: Fraction) -> int:
    """The decimals that a number was written with."""
    return next((places for places in range(_MOST_PLACES) if (value * 10**places).denominator == 1), _MOST_PLACES)


def _each_year(factor: Fraction, years: int, sign: int) -> float | None:
    """The yearly change in per cent that comes to a factor over so many years; ``None`` for a factor below nought."""
    return sign * 100 * (float(factor) ** (1 / years) - 1) if factor >= 0 else None


def _hidden(stated: Fraction, yearly: Sequence[Fraction], sign: int) -> tuple[float, float] | None:
    """The yearly changes that round to each year and come to what rounds to the stated change."""
    if len(set(yearly)) > 1:
        return None
    about_year, about_stated = (Fraction(1, 2 * 10 ** _places(value)) for value in (yearly[0], stated))
    ends = [
        _each_year(1 + sign * end / 100, len(yearly), sign) for end in (stated - about_stated, stated + about_stated)
    ]
    low, high = ends
    if low is None or high is None:
        return None
    limits = max(low, float(yearly[0] - about_year)), min(high, float(yearly[0] + about_year))
    return limits if limits[0] < limits[1] else None


def _number(value: Fraction) -> str:
    return shown(value, 2)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
