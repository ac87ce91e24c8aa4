"""The chart of efficiency gains: what cashable gains come to by the end of each year, beside what was to be gained.

A gain that recurs is made again in each later year, so that new gains stand on those of the years before: this is what
"cumulative, compounded" means in the national target (see ``plan.appendices.efficiency``). One that does not recur
counts in its own year alone. What earlier years made beyond their target, and is carried forward, counts in every year.
One-off costs are told beside the chart and not taken off, since the plan does not say in which year they fall.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spp_desktop.figures.charts.target_chart import Column, DrawnTarget, Point, ResultSeries, TargetsChart
from spp_desktop.plan.kinds import Money
from spp_desktop.plan.periods import year_end, year_name, year_start

MILLION = 1_000_000
UNIT = "£ million"
TITLE = "Cashable gains, adding up"
EMPTY = "Type what cashable gains are worth in each year, and see here what they come to."
NO_TARGET = "No efficiency target covers these years: set one in Plan > Lists… > Efficiency targets."


@dataclass(frozen=True, slots=True)
class CashableGain:
    """A cashable gain.

    Attributes:
        planned, made: new gains of each year in pounds, by its first calendar year.
        recurring: whether it is made again in each later year.
        carried: what is carried forward from years before the plan, in pounds.
        cost: what it costs once, in pounds.
    """

    planned: Mapping[int, float]
    made: Mapping[int, float]
    recurring: bool = True
    carried: float = 0.0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class GainsTarget:
    """What is to be gained by a year's end: a share, in per cent, of what was spent in an earlier year, in pounds."""

    year: int
    expenditure: float
    share: float
    base_year: int

    @property
    def pounds(self) -> float:
        """The amount."""
        return self.expenditure * self.share / 100


def added_up(gains: Iterable[CashableGain], year: int, *, planned: bool) -> float | None:
    """What gains come to by the end of a year, in pounds; ``None`` where the year itself has no amount.

    Args:
        gains: The cashable gains.
        year: The first calendar year of the year.
        planned: Whether the amounts planned are taken, or those made.
    """
    total, known = 0.0, False
    for gain in gains:
        amounts = gain.planned if planned else gain.made
        known = known or year in amounts
        counted = [amount for of, amount in amounts.items() if of == year or (gain.recurring and of < year)]
        total += sum(counted) + gain.carried
    return total if known else None


def gains_chart(
    gains: Sequence[CashableGain], targets: Sequence[GainsTarget], years: Sequence[int], illustrative: str = ""
) -> TargetsChart:
    """The chart of cashable gains over the years of a plan, with the targets of those years.

    ``illustrative`` is the plan's own note of what in it is made up; the title then says so.
    """
    columns = {year: Column(year_name(year), year_start(year), year_end(year), is_plan=False) for year in years}
    made, planned = (_series(gains, years, name, planned=is_planned) for name, is_planned in _LINES)
    aims = [
        DrawnTarget(
            columns[target.year], "level", f"£{target.pounds / MILLION:,.1f}m", target.pounds / MILLION, UNIT,
            f"{target.share:g}% of the gross revenue expenditure of {year_name(target.base_year)}",
        )
        for target in targets if target.year in columns
    ]  # fmt: skip
    drawn = tuple(line for line in (planned, made) if line.points)
    return TargetsChart(
        title=TITLE + (" (illustrative)" if illustrative and drawn else ""),
        unit=UNIT,
        change_unit="",
        columns=tuple(columns.values()),
        series=drawn,
        aims=tuple(aims),
        notes=tuple(_notes(gains, drawn, aims)),
        empty="" if drawn else EMPTY,
    )


_LINES = (("made", False), ("planned", True))


def _series(gains: Sequence[CashableGain], years: Sequence[int], name: str, *, planned: bool) -> ResultSeries:
    sums = {year: added_up(gains, year, planned=planned) for year in years}
    state = "provisional" if planned else "final"
    known = {year: pounds / MILLION for year, pounds in sums.items() if pounds is not None}
    return ResultSeries(name, tuple(Point(year_start(y), year_end(y), value, state) for y, value in known.items()))


def _notes(gains: Sequence[CashableGain], drawn: Sequence[ResultSeries], aims: Sequence[DrawnTarget]) -> list[str]:
    if not drawn:
        return []
    notes = ["Open points: planned. Filled points: made so far."]
    notes += [f"By the end of {aim.column.label}: {aim.stated}, {aim.meaning}." for aim in aims]
    for aim in aims:
        year = aim.column.first.year
        planned = added_up(gains, year, planned=True)
        if planned is not None and aim.value is not None:
            gap = planned / MILLION - aim.value
            notes.append(f"What is planned is £{abs(gap):,.1f}m {'over' if gap >= 0 else 'short of'} that.")
    if not aims:
        notes.append(NO_TARGET)
    cost = sum(gain.cost for gain in gains)
    if cost:
        notes.append(f"One-off costs of {Money().show(cost)} are not taken off.")
    return notes
