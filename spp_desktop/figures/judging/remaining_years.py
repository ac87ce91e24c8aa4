"""What each remaining year must be for the target over the plan to be met: worked out, and never written by itself.

It sets out from the figure of the last whole year. A change over the plan asks for the same change in each year that is
left; anything else goes there in equal steps, as a trajectory does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from spp_desktop.figures.exact import exact, shown
from spp_desktop.figures.judging.aims import whole_year
from spp_desktop.figures.judging.judged import Judged, unit_of
from spp_desktop.figures.judging.series import PARTS, SUMMED
from spp_desktop.figures.targets.kinds import CHANGES, LEVELS, PER_CENT_CHANGES
from spp_desktop.figures.targets.stated import JudgedTarget
from spp_desktop.figures.trajectory import resolved
from spp_desktop.plan.periods import year_end, year_name
from spp_desktop.plan.words import listed

_PLACES = 2
_FROM_WHOLE = 100
"""Counts from here on are shown without decimals."""


@dataclass(frozen=True, slots=True)
class RemainingYears:
    """What the years that are left have to come to.

    Attributes:
        aim: what the target over the plan comes to, in the unit of the results; ``None`` if that cannot be said.
        levels: by the first calendar year of each year that is left, what its figure has to be.
        change: the change in per cent that each of them has to make on the one before, a fall being below 0; ``None``
            where there are equal steps.
        sentence: all of it in words, or why it cannot be said.
    """

    aim: Fraction | None
    levels: dict[int, Fraction]
    change: float | None
    sentence: str


def remaining_years(judged: Judged) -> RemainingYears | None:
    """What each year that is left has to be.

    Args:
        judged: The indicator as it is judged, with its results and the years that its target over the plan is over.

    Returns:
        What was worked out; ``None`` where no target over the plan has a number that a year can be held against.
    """
    target, years = judged.series.indicator.targets.get(None), sorted(judged.series.indicator.over)
    if target is None or target.value is None or target.kind not in CHANGES | LEVELS or not years:
        return None
    base_year = years[0] - 1 if target.base_year is None else target.base_year
    base = whole_year(judged.series.indicator, judged.history, base_year)
    aim = _aim(judged, target, base)
    if aim is None:
        why = f"{target.stated} is a change of {year_name(base_year)}, which has no whole year of results."
        return RemainingYears(None, {}, None, why)
    behind = [year for year in (years[0] - 1, *years) if year_end(year) <= judged.as_at]
    figures = {year: whole_year(judged.series.indicator, judged.history, year) for year in behind}
    last = max((year for year, figure in figures.items() if figure is not None), default=None)
    if last is None:
        return RemainingYears(aim, {}, None, f"{_comes_to(judged, target, aim)} No whole year has results yet.")
    figure = figures[last]
    assert figure is not None
    missing = [year for year in behind if year > last]
    way = _Way(judged, target, aim, last, figure, [year for year in years if year > max(behind)])
    return way.remaining(missing)


def _aim(judged: Judged, target: JudgedTarget, base: Fraction | None) -> Fraction | None:
    indicator = judged.series.indicator
    aim = resolved(target.kind, target.value, indicator.better, base)
    if aim is None:
        return None
    parts = PARTS[target.every] if target.every != "year" and indicator.measure in SUMMED else 1
    return aim * parts


@dataclass(frozen=True, slots=True)
class _Way:
    """What is left of the way from the last whole year, ``last``, whose figure is ``figure``, in the years ``left``."""

    judged: Judged
    target: JudgedTarget
    aim: Fraction
    last: int
    figure: Fraction
    left: list[int]

    def remaining(self, missing: Sequence[int]) -> RemainingYears:
        """What each of those years has to be; ``missing`` are the years behind that have no whole year of results."""
        begins = f"{_comes_to(self.judged, self.target, self.aim)} {year_name(self.last)} came to "
        begins += f"{_number(self.judged, self.figure)}."
        if missing:
            have = "has" if len(missing) == 1 else "have"
            begins += f" {listed(map(year_name, missing))} {have} no whole year of results."
        if not self.left:
            return RemainingYears(self.aim, {}, None, f"{begins} No year is left.")
        change, levels = self._levels()
        if self._is_reached():
            return RemainingYears(self.aim, levels, change, f"{begins} It is reached already, and has to be kept.")
        told = listed([f"{_plain(self.judged, level)} in {year_name(at)}" for at, level in levels.items()])
        by = "" if change is None else f", {abs(change):.2f}% {'less' if change < 0 else 'more'} each year"
        return RemainingYears(self.aim, levels, change, f"{begins} To reach it takes {told}{by}.")

    def _levels(self) -> tuple[float | None, dict[int, Fraction]]:
        """The change of each year in per cent, if it is one, and what each comes to."""
        count = len(self.left)
        change = _yearly_change(self.figure, self.aim, count) if self.target.kind in PER_CENT_CHANGES else None
        if change is None:
            step = (self.aim - self.figure) / count
            return None, {at: self.figure + step * n for n, at in enumerate(self.left, 1)}
        levels = {at: self.figure * exact(1 + change / 100) ** n for n, at in enumerate(self.left, 1)}
        return change, levels | {self.left[-1]: self.aim}

    def _is_reached(self) -> bool:
        """Whether the last whole year was as good as the plan aims at."""
        better = self.judged.series.indicator.better
        return (better == "lower" and self.figure <= self.aim) or (better == "higher" and self.figure >= self.aim)


def _yearly_change(figure: Fraction, aim: Fraction, years: int) -> float | None:
    """The change in per cent that so many years have to make, each on the one before; ``None`` where none does."""
    if figure <= 0 or aim < 0:
        return None
    factor: float = float(aim / figure) ** (1 / years)
    return 100 * (factor - 1)


def _comes_to(judged: Judged, target: JudgedTarget, aim: Fraction) -> str:
    if target.kind in LEVELS:
        return f"The target over the plan is {target.stated}."
    return f"The target over the plan, {target.stated}, comes to {_number(judged, aim)}."


def _number(judged: Judged, value: Fraction) -> str:
    """A figure with its unit."""
    unit = unit_of(judged)
    return _plain(judged, value) if unit == "%" else f"{_plain(judged, value)} {unit}".rstrip()


def _plain(judged: Judged, value: Fraction) -> str:
    """A figure, counts as whole numbers; with its sign where it is a share."""
    places = 0 if judged.series.indicator.measure == "count" and value >= _FROM_WHOLE else _PLACES
    return shown(value, places) + ("%" if unit_of(judged) == "%" else "")
