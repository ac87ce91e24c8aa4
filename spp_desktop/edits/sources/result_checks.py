"""Results that came back in a return, looked over: figures that can hardly be meant, and finals that would change.

What cannot be, and what is hardly meant, is said by ``edits.result_checks``, as of figures that come in any other way.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from spp_desktop.edits.result_checks import GivenFigure, MeasuredAs, far, half, impossible, unlikely
from spp_desktop.edits.sources.source import Remark
from spp_desktop.plan.performance import Measure
from spp_desktop.plan.results import FIGURES, NO_FIGURE
from spp_desktop.plan.revising import renewed, restates
from spp_desktop.returns.definition import Value
from spp_desktop.returns.period_text import NoPeriod, Period, period_of_text

_PARTS = ("numerator", "denominator")
_SET = (*FIGURES, "design_effect", "state")
_NO_REASON = "The figure was given out as final. Say why it changes; what it was is kept beside what it becomes."
_REASON = "It was final: what it was is kept, with the reason."
_BOTH = "What it is made of is given too: take one of the two, and refuse the other."
_NEITHER = "A figure is given too: take one of the two, and refuse the other."


def remarks(
    returned: Mapping[str, Value], now: Mapping[str, Value], measures: tuple[Measure, ...], today: date | None
) -> Iterator[Remark]:
    """What is to be asked or said about the cells of a result that came back, by field.

    Where a final figure would change and no reason came with it, the reason is asked for.

    Args:
        returned: What came back.
        now: The result as the plan holds it, with what stands beside it.
        measures: How results of the listing may be made.
        today: The day at which the plan stands, where that is known.
    """
    given = {name: value for name, value in returned.items() if name in _SET}
    row = _ReturnedResult(given, now, measures, today or date.max)
    final, reasoned = _restates(now, given), bool(returned.get("reason"))
    for name, value in given.items():
        odd = row.clash(name, value) or row.odd(name, value)
        if odd:
            yield Remark(name, odd)
        elif final and reasoned:
            yield Remark(name, _REASON, asks=False)
    if final and not reasoned:
        yield Remark("reason", _NO_REASON)


def _restates(now: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """Whether a final figure would become another."""
    if not given or now.get("state") is None:
        return False
    before = {**{name: now.get(name) for name in _SET}, "design_effect": now.get("design_effect") or 1.0}
    return restates(before, renewed(before, {name: value for name, value in given.items() if value or name != "state"}))


class _ReturnedResult:
    """A result that came back, beside what the plan holds of it.

    Args:
        given: What came back of its figures and its state.
        now: What the plan holds, and what stands beside it in the return.
        measures: How results of the listing may be made.
        today: The day at which the plan stands.
    """

    def __init__(
        self, given: Mapping[str, Value], now: Mapping[str, Value], measures: tuple[Measure, ...], today: date
    ) -> None:
        self._given, self._now, self._today = given, now, today
        unit = str(now.get("unit") or "")
        self._measured = MeasuredAs(_measure(measures, unit), unit)
        self._period = _period(now)

    def clash(self, name: str, value: Value) -> str:
        """Why a figure or state does not go with the others of its row; empty if it does."""
        figures = [figure for figure in FIGURES if self._given.get(figure) is not None]
        if name == "state":
            return _NEITHER if value in NO_FIGURE and figures else ""
        return _BOTH if name == "value" and any(part in figures for part in _PARTS) else ""

    def odd(self, name: str, value: Value) -> str:
        """Why a figure cannot be, or is hardly meant; empty if it may well be."""
        if name not in ("value", *_PARTS) or not isinstance(value, int | float):
            return ""
        result = self._as_given(name, float(value))
        known = [number for before in ("before", "last_year") if (number := _number(self._now.get(before)))]
        # That its month is not over is told of the whole file.
        ended = max(self._today, self._period.last)
        odd = impossible(self._measured, result, self._today) or unlikely(self._measured, result, (), ended)
        return odd or half(self._measured, result) or far(result.value, known, self._measured.unit)

    def _as_given(self, name: str, value: float) -> GivenFigure:
        """The result with this figure, and what belongs to it."""
        first, last = self._period
        if name == "value":
            return GivenFigure(first, last, value)
        if value < 0:
            return GivenFigure(first, last, numerator=value)
        above, below = (_number(self._given.get(part, self._now.get(part))) for part in _PARTS)
        return GivenFigure(first, last, None, above, below)


def _measure(measures: tuple[Measure, ...], unit: str) -> Measure:
    """How results of a listing are made, as far as it can be told: in per cent they are no count, else no share."""
    share = unit.startswith("%")
    if "level" in measures:
        return "level" if share or not unit else "count"
    return "rate" if "rate" in measures and not share else measures[0]


def _period(now: Mapping[str, Value]) -> Period:
    """The period that a row is asked for; the oldest of all where it does not say it."""
    try:
        return period_of_text(str(now.get("period") or ""))
    except NoPeriod:
        return Period(date.min, date.min)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
