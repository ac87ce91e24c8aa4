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
    return _from(judged, target, aim, (last, figure), [year for year in years if year > last])


def _aim(judged: Judged, target: JudgedTarget, base: Fraction | None) -> Fraction | None:
    indicator = judged.series.indicator
    aim = resolved(target.kind, target.value, indicator.better, base)
    if aim is None:
        return None
    parts = PARTS[target.every] if target.every != "year" and indicator.measure in SUMMED else 1
    return aim * parts


def _from(
    judged: Judged, target: JudgedTarget, aim: Fraction, latest: tuple[int, Fraction], left: list[int]
) -> RemainingYears:
    """What is left of the way from the last whole year."""
    year, figure = latest
    begins = f"{_comes_to(judged, target, aim)} {year_name(year)} came to {_number(judged, figure)}."
    if not left:
        return RemainingYears(aim, {}, None, f"{begins} No year is left.")
    change = _yearly_change(figure, aim, len(left)) if target.kind in PER_CENT_CHANGES else None
    if change is None:
        levels = {at: figure + (aim - figure) * n / len(left) for n, at in enumerate(left, 1)}
    else:
        levels = {at: figure * exact(1 + change / 100) ** n for n, at in enumerate(left, 1)} | {left[-1]: aim}
    told = listed([f"{_number(judged, level)} in {year_name(at)}" for at, level in levels.items()])
    reached = judged.series.indicator.better in ("lower", "higher") and (
        figure <= aim if judged.series.indicator.better == "lower" else figure >= aim
    )
    if reached:
        return RemainingYears(aim, levels, change, f"{begins} It is reached already, and has to be kept.")
    by = "" if change is None else f", {abs(change):.2f}% {'less' if change < 0 else 'more'} each year"
    return RemainingYears(aim, levels, change, f"{begins} To reach it takes {told}{by}.")


def _yearly_change(figure: Fraction, aim: Fraction, years: int) -> float | None:
    """The change in per cent that so many years have to make, each on the one before; ``None`` where none does."""
    if figure <= 0 or aim < 0:
        return None
    factor: float = float(aim / figure) ** (1 / years)
    return 100 * (factor - 1)


def _comes_to(judged: Judged, target: JudgedTarget, aim: Fraction) -> str:
    return f"The target over the plan, {target.stated}, comes to {_number(judged, aim)}."


def _number(judged: Judged, value: Fraction) -> str:
    unit = unit_of(judged)
    return f"{shown(value, _PLACES)}%" if unit == "%" else f"{shown(value, _PLACES)} {unit}".rstrip()
