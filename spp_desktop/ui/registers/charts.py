"""The charts that registers have above the panel: by the register's name, what gives the chart of its rows."""

from collections.abc import Callable, Mapping, Sequence

from spp_desktop.figures.charts.gains_chart import CashableGain, GainsTarget, gains_chart
from spp_desktop.figures.charts.target_chart import TargetsChart
from spp_desktop.plan.appendices.efficiency import EFFICIENCY_TARGETS
from spp_desktop.plan.register import of_year
from spp_desktop.store import queries
from spp_desktop.store.registered import RegisterRow, register_rows
from spp_desktop.ui.common.signals import PlanSignals

ChartOfRows = Callable[[PlanSignals, Sequence[RegisterRow], Sequence[int]], TargetsChart]
"""Gives the chart of a register's rows over some years, by their first calendar years."""


def _gains(signals: PlanSignals, rows: Sequence[RegisterRow], years: Sequence[int]) -> TargetsChart:
    """What the cashable gains of the efficiency plan come to, beside what was to be gained."""
    plan = signals.read(queries.plan)
    targets = [row.values for row in signals.read(register_rows, EFFICIENCY_TARGETS)]
    return gains_chart(
        [_gain(row) for row in rows if row.values["kind"] == "Cashable"],
        [GainsTarget(t["year"], t["expenditure"], t["share"], t["base_year"]) for t in targets],
        years,
        plan.illustrative,
    )


def _gain(row: RegisterRow) -> CashableGain:
    amounts: dict[str, dict[int, float]] = {"planned": {}, "actual": {}}
    for name, value in row.values.items():
        of = of_year(name)
        if of is not None and of[0] in amounts and value is not None:
            amounts[of[0]][of[1]] = value
    carried, cost = (row.values[name] or 0.0 for name in ("carried", "cost"))
    return CashableGain(amounts["planned"], amounts["actual"], bool(row.values["recurring"]), carried, cost)


CHARTS: Mapping[str, ChartOfRows] = {"efficiency_gain": _gains}
"""The charts of registers that have one. The tables that a chart reads besides are in ``READ_BESIDE``."""

READ_BESIDE: Mapping[str, frozenset[str]] = {"efficiency_gain": frozenset({EFFICIENCY_TARGETS.name, "plan"})}
