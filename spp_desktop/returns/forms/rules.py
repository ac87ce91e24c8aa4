"""What a form lets a cell be given: its lists and its limits. What breaks one is told, and filled in all the same."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.entry import CellEntry
from spp_desktop.returns.forms.form import CellRule, FormBook, FormSheet, where

_COMPARED: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "equal": (operator.eq, "equal to"),
    "notEqual": (operator.ne, "other than"),
    "greaterThan": (operator.gt, "above"),
    "lessThan": (operator.lt, "below"),
    "greaterThanOrEqual": (operator.ge, "at least"),
    "lessThanOrEqual": (operator.le, "at most"),
}
_SHOWN = 6


def broken_rule(form: FormBook, sheet: FormSheet, place: CellPlace, entry: CellEntry) -> str:
    """Which rule of the form a value breaks, in a sentence; "" if none does that can be looked at."""
    for rule in sheet.rules_at(place):
        sentence = _broken(form, sheet, rule, entry)
        if sentence:
            return f"{where(sheet, place)}: {sentence}"
    return ""


def _broken(form: FormBook, sheet: FormSheet, rule: CellRule, entry: CellEntry) -> str:
    if rule.kind == "list":
        listed = form.listed(sheet, rule)
        if not listed or fold(entry.shown) in {fold(each) for each in listed}:
            return ""
        named = ", ".join(listed[:_SHOWN]) + (" and others" if len(listed) > _SHOWN else "")
        return f"{quoted(entry.shown)} is not on the form's own list ({named})."
    if rule.kind == "textLength":
        outside = _outside(rule, len(entry.shown))
        return f"{quoted(entry.shown)} has {len(entry.shown)} letters; the form asks for {outside}." if outside else ""
    return _broken_number(rule, entry) if rule.kind in ("whole", "decimal") else ""


def _broken_number(rule: CellRule, entry: CellEntry) -> str:
    """Why something is not the number that a form asks for; "" if it is."""
    value = entry.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"{quoted(entry.shown)} is no number, and the form takes numbers there."
    if rule.kind == "whole" and value != int(value):
        return f"{entry.shown} is not a whole number, and the form takes only those there."
    outside = _outside(rule, value)
    return f"{entry.shown} is not {outside}, as the form asks for." if outside else ""


def _outside(rule: CellRule, value: float) -> str:
    """What a number should be and is not, as the end of a sentence; "" if it is, or that cannot be said."""
    first, second = _number(rule.first), _number(rule.second)
    if rule.comparing in ("between", "notBetween"):
        within = first is None or second is None or first <= value <= second
        if rule.comparing == "between":
            return "" if within else f"from {rule.first} to {rule.second}"
        return f"below {rule.first} or above {rule.second}" if within and first is not None else ""
    compare, words = _COMPARED.get(rule.comparing, (operator.eq, ""))
    return "" if not words or first is None or compare(value, first) else f"{words} {rule.first}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
