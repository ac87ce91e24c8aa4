"""Results that came back in a return, looked over: figures that can hardly be meant, and finals that would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spp_desktop.edits.differences import Difference
from spp_desktop.plan.results import FIGURES, PERCENT
from spp_desktop.plan.revising import renewed, restates
from spp_desktop.returns.definition import Line, Value

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


def looked_over(found: Sequence[Difference], rows: Mapping[str, Line]) -> list[Difference]:
    """The differences of a table of results, each with what is to be asked about it.

    Where a final figure would change and no reason came with it, the reason is asked for: a difference of its own.
    ``rows`` are the results as the plan holds them now.
    """
    by_row: dict[str, list[Difference]] = {}
    for one in found:
        by_row.setdefault(one.key, []).append(one)
    kept: list[Difference] = []
    for key, of_row in by_row.items():
        line = rows.get(key)
        kept += of_row if line is None or not key else _row(of_row, line.values)
    return kept


def _row(of_row: Sequence[Difference], now: Mapping[str, Value]) -> Iterator[Difference]:
    given = {one.field: one.returned for one in of_row if one.field in _SET and (one.usable or one.kind == "change")}
    final = _restates(now, given)
    reasoned = any(one.field == "reason" and one.returned for one in of_row)
    for one in of_row:
        said = "" if one.field not in given else _odd(one, given, now)
        if said:
            yield replace(one, kind="question" if one.kind == "change" else one.kind, remark=_joined(one.remark, said))
        elif final and reasoned and one.field in given:
            yield replace(one, remark=_joined(one.remark, _REASON))
        else:
            yield one
    if final and not reasoned:
        first = next(one for one in of_row if one.field in given)
        yield Difference(
            "question",
            first.source,
            first.key,
            first.ref,
            first.text,
            "reason",
            "Reason for a change",
            remark=_NO_REASON,
            place=first.place,
            waits=first.waits,
        )


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))


def _restates(now: Mapping[str, Value], given: Mapping[str, Value]) -> bool:
    """Whether a final figure would become another."""
    if not given or now.get("state") is None:
        return False
    held = {**{name: now.get(name) for name in _SET}, "design_effect": now.get("design_effect") or 1.0}
    return restates(held, renewed(held, {name: value for name, value in given.items() if value or name != "state"}))


def _odd(one: Difference, given: Mapping[str, Value], now: Mapping[str, Value]) -> str:
    """Why a figure or state can hardly be meant so; empty if it can."""
    figures = [name for name in FIGURES if given.get(name) is not None]
    if one.field == "state":
        return _NEITHER if one.returned == "not available" and figures else ""
    if one.field == "value" and any(name in figures for name in _PARTS):
        return _BOTH
    return _odd_figure(one.field, one.returned, given, now) if isinstance(one.returned, int | float) else ""


def _odd_figure(field: str, value: float, given: Mapping[str, Value], now: Mapping[str, Value]) -> str:
    share = str(now.get("unit") or "").startswith("%")
    above, below = (_number(given.get(name, now.get(name))) for name in _PARTS)
    if value < 0:
        return "It is below 0."
    if field == "value":
        return "It is more than 100%." if share and value > PERCENT else _unlike(value, now)
    more = share and field in _PARTS and above is not None and below is not None and above > below
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
