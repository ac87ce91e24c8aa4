"""Results that came back in a return, looked over: figures that can hardly be meant, and finals that would change."""

from collections.abc import Iterator, Mapping

from spp_desktop.edits.sources.source import Remark
from spp_desktop.plan.results import FIGURES, PERCENT
from spp_desktop.plan.revising import renewed, restates
from spp_desktop.returns.definition import Value

_ODD = 5
"""Times that a figure may be of those before it, or they of it, before it is asked about."""

_SMALL = 10
"""Below this, figures differ by many times without anything being wrong."""

_PARTS = ("numerator", "denominator")
_SET = (*FIGURES, "design_effect", "state")
_NO_REASON = "The figure was given out as final. Say why it changes; what it was is kept beside what it becomes."
_REASON = "It was final: what it was is kept, with the reason."
_BOTH = "What it is made of is given too: take one of the two, and refuse the other."
_NEITHER = "A figure is given too: take one of the two, and refuse the other."


def remarks(returned: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[Remark]:
    """What is to be asked or said about the cells of a result that came back, by field.

    Where a final figure would change and no reason came with it, the reason is asked for. ``now`` is the result as the
    plan holds it.
    """
    given = {name: value for name, value in returned.items() if name in _SET}
    final, reasoned = _restates(now, given), bool(returned.get("reason"))
    for name, value in given.items():
        odd = _odd(name, value, given, now)
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


def _odd(name: str, value: Value, given: Mapping[str, Value], now: Mapping[str, Value]) -> str:
    """Why a figure or state can hardly be meant so; empty if it can."""
    figures = [figure for figure in FIGURES if given.get(figure) is not None]
    if name == "state":
        return _NEITHER if value == "not available" and figures else ""
    if name == "value" and any(part in figures for part in _PARTS):
        return _BOTH
    return _odd_figure(name, value, given, now) if isinstance(value, int | float) else ""


def _odd_figure(name: str, value: float, given: Mapping[str, Value], now: Mapping[str, Value]) -> str:
    share = str(now.get("unit") or "").startswith("%")
    above, below = (_number(given.get(part, now.get(part))) for part in _PARTS)
    if value < 0:
        return "It is below 0."
    if name == "value":
        return "It is more than 100%." if share and value > PERCENT else _unlike(value, now)
    more = share and name in _PARTS and above is not None and below is not None and above > below
    return "More is counted than what it is counted of." if more else ""


def _unlike(value: float, now: Mapping[str, Value]) -> str:
    """What is said of a figure that is many times those before it, or a fraction: its unit may be another."""
    known = [number for name in ("before", "last_year") if (number := _number(now.get(name)))]
    if not known or max(value, *known) < _SMALL:
        return ""
    if any(other / _ODD <= value <= other * _ODD for other in known):
        return ""
    return f"It is far from what it was before ({known[0]:,g} {now.get('unit') or ''}".rstrip() + "). Is it meant?"


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
