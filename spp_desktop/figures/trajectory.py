"""Where a figure should stand on its way to a target: straight, or by the profile of the years before.

On real figures the two disagree, even about being on track, so a trajectory carries its method and what it rests on.
All arithmetic is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import prod
from typing import Literal

from spp_desktop.figures.exact import GivenNumber, exact, in_one_unit, share_of
from spp_desktop.figures.targets.kinds import CHANGES, PER_CENT_CHANGES, UNJUDGED
from spp_desktop.plan.performance import Polarity, TargetKind
from spp_desktop.plan.periods import QUARTERS, months_in_words, quarter_name

Method = Literal["straight", "last year's profile"]

_MONTHS = 12
MOST_YEARS = 3
"""Past years whose shares may be averaged, for counts so small that one year's profile is chance."""
_NOUGHT = Fraction()


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The way to one year's target.

    Attributes:
        method: what it follows; "straight" also where the profile was asked for and there is none.
        start: what it sets out from: nought where months add up, else the level at the last year's end.
        target: at the year's end, in the unit of the results.
        way: how much of it is behind at the end of each month (or quarter), in the year's order: parts of ``whole``.
        whole: the parts that the whole way has.
        summed: whether results of months add up, as counts do, or stand for themselves, as rates and shares do.
        years: past years averaged for the profile; 0 if straight.
        remark: "" or a sentence on why the profile was not followed.
    """

    method: Method
    start: Fraction
    target: Fraction
    way: tuple[int, ...]
    whole: int
    summed: bool
    years: int = 0
    remark: str = ""

    @property
    def points(self) -> tuple[Fraction, ...]:
        """Where it should stand at the end of each month: summed since the year began, or a level."""
        return tuple([self._at(part) for part in self.way])

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """What each month adds."""
        return tuple([after - before for before, after in pairwise((self.start, *self.points))])

    def _at(self, part: int) -> Fraction:
        if self.summed:  # sets out from nought: the same in one step
            return Fraction(self.target.numerator * part, self.target.denominator * self.whole)
        return self.start + (self.target - self.start) * part / self.whole

    def to_date(self, months: Iterable[int]) -> Fraction | None:
        """Where the months with a result should stand: their sum, or the level at the last of them.

        Months are counted from 0, the first of the year. One without a result leaves both sides. ``None`` without any.
        """
        there = set(months)
        if not there:
            return None
        if not self.summed:
            return self._at(self.way[max(there)])
        if max(there) < len(there):  # all of them from the first on
            return self._at(self.way[len(there) - 1])
        behind = (0, *self.way)
        return self._at(sum([behind[month + 1] - behind[month] for month in there]))

    @property
    def words(self) -> str:
        """The method as sentences name it: "straight", "last year's profile", "profile of 3 years"."""
        return f"profile of {self.years} years" if self.years > 1 else self.method


def of_sum(target: GivenNumber, profiles: Sequence[Sequence[GivenNumber | None]] = (), months: int = 12) -> Trajectory:
    """The way of a figure that adds up over the year.

    Args:
        target: For the whole year.
        profiles: Up to three past years by month, the last first; their shares are averaged. None for a straight line.
        months: Into how many equal parts the straight line is cut: 12, or 4 for quarters.

    Raises:
        ValueError: with a sentence, where a profile has another number of months, or there are more than three.
    """
    aim = exact(target)
    if len(profiles) > MOST_YEARS or any(len(profile) != months for profile in profiles):
        raise ValueError(f"A profile is made of up to {MOST_YEARS} years, each of {months} figures.")
    why = next((why for profile in profiles if (why := _unfit(profile))), "")
    if why or not profiles:
        remark = f"{why}, so the trajectory is straight." if why else ""
        return Trajectory("straight", _NOUGHT, aim, tuple(range(1, months + 1)), months, summed=True, remark=remark)
    way, whole = _shares(profiles)
    return Trajectory("last year's profile", _NOUGHT, aim, tuple(way), whole, summed=True, years=len(profiles))


def of_level(baseline: GivenNumber, target: GivenNumber, months: int = 12) -> Trajectory:
    """The straight way of a rate or share from where it stood at the last year's end to this year's target."""
    way = tuple(range(1, months + 1))
    return Trajectory("straight", exact(baseline), exact(target), way, months, summed=False)


def _unfit(profile: Sequence[GivenNumber | None]) -> str:
    """Why a year's figures make no profile, or ""."""
    known = [value for value in profile if value is not None]
    if len(known) == len(profile) and min(known) > 0:
        return ""
    if not known:
        return f"A year before has no results by {'month' if len(profile) == _MONTHS else 'part of the year'}"
    if len(known) < len(profile):
        missing = [period_name(at, len(profile)) for at, value in enumerate(profile) if value is None]
        return f"A year before has no figure for {' and '.join(missing)}"
    if min(known) < 0:
        return "A year before has figures below 0"
    return "" if any(known) else "The figures of a year before are 0"


def _shares(profiles: Sequence[Sequence[GivenNumber | None]]) -> tuple[list[int], int]:
    """How much of a year is behind at the end of each month, on average of the years: in parts of a whole."""
    sums = [list(accumulate(in_one_unit([value or 0 for value in profile])[0])) for profile in profiles]
    if len(sums) == 1:
        return sums[0], sums[0][-1]
    whole = prod([year[-1] for year in sums])
    # Each year's share counts as much as another's, whatever its total.
    weighed = [[part * (whole // year[-1]) for part in year] for year in sums]
    return [sum(parts) for parts in zip(*weighed, strict=True)], whole * len(sums)


def period_name(at: int, of: int) -> str:
    """A part of the year by its place: of years from April 0 of 12 is "April", 1 of 4 is "Q2"."""
    if of == _MONTHS:
        return months_in_words(range(at, at + 1))
    return quarter_name(at + 1) if of == len(QUARTERS) else f"part {at + 1} of {of}"


def resolved(
    kind: TargetKind, value: GivenNumber | None, better: Polarity, baseline: GivenNumber | None
) -> Fraction | None:
    """What a stated target comes to in the unit of the results; ``None`` where it has no number or lacks a baseline.

    Args:
        kind: How it is expressed: a level, a limit, a gap and a rank are themselves; a change is of the baseline.
        value: The number stated, such as 4 for "4%": a fall where less is better, else a rise. Points and numbers of a
            change have a sign.
        better: Which way is better.
        baseline: The figure that a change is of: of the year before, or of the year that it names.
    """
    if value is None or kind in UNJUDGED or kind == "benchmark":
        return None
    stated = exact(value)
    if kind not in CHANGES:
        return stated
    if baseline is None:
        return None
    base = exact(baseline)
    return _changed(base, stated, better) if kind in PER_CENT_CHANGES else base + stated


def _changed(base: Fraction, change: Fraction, better: Polarity) -> Fraction:
    """What a change in per cent makes of a number: less where less is better."""
    step = -change.numerator if better == "lower" else change.numerator
    return share_of(base, Fraction(100 * change.denominator + step, change.denominator))


def levels(baseline: GivenNumber, changes: Iterable[GivenNumber], better: Polarity) -> list[Fraction]:
    """The level at the end of each year where each year's % change is cut from the target of the year before.

    Cut from the year's result instead, they differ: a plan has to say which.
    """
    year_levels = [exact(baseline)]
    for change in changes:
        year_levels.append(_changed(year_levels[-1], exact(change), better))
    return year_levels[1:]
