"""What becomes of a result that is given other figures: the rules, which every way of entering results keeps."""

from collections.abc import Mapping
from typing import Any

from spp_desktop.plan.results import FIGURES, NO_FIGURE, ResultState

SETTLED: frozenset[str] = frozenset({"final", "revised"})
"""The states of a figure that has been given out, and does not change without a word."""

_PARTS = ("numerator", "denominator")


def renewed(stored: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The figures, design effect and state of a result that takes what is given.

    A figure that is not given stays, but for those it replaces: a value what it was made of, and the other way round.
    ``None`` empties a figure. A figure that had been given out and becomes another is "revised"; one that stays the
    same stays in its state, unless the state alone is given.

    Args:
        stored: The columns of the result as the plan holds it; ``None`` if it holds none.
        given: Columns to be set, each checked by itself.

    Returns:
        The columns; ``None`` where nothing is left of the result.
    """
    before = stored or {}
    figures = {name: given[name] for name in FIGURES if name in given}
    new = _figures(before, figures, given.get("state"))
    if figures and given.get("state") not in NO_FIGURE and all(value is None for value in new.values()):
        return None
    state = _state(before, new, given.get("state"), alone=not figures)
    effect = given.get("design_effect", before.get("design_effect", 1.0))
    return {**new, "design_effect": effect, "state": state}


def restates(before: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    """Whether a figure that had been given out would become another, go, or not be final any more."""
    if before is None or before["state"] not in SETTLED or all(before[name] is None for name in FIGURES):
        return False
    return new is None or new["state"] not in SETTLED or _disturbed(before, new)


def _figures(before: Mapping[str, Any], figures: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    if asked in NO_FIGURE:
        return {name: figures.get(name) for name in FIGURES}
    new = {**{name: before.get(name) for name in FIGURES}, **figures}
    if figures.get("value") is not None:
        new |= {name: figures.get(name) for name in _PARTS}
    elif any(figures.get(name) is not None for name in _PARTS):
        new["value"] = None
    return new


def _state(before: Mapping[str, Any], new: Mapping[str, Any], asked: str | None, *, alone: bool) -> ResultState:
    """The state of a result; ``alone`` where it was asked for without a figure."""
    was: ResultState | None = before.get("state")
    wanted: ResultState | None = asked  # type: ignore[assignment]  # checked as a column of its own
    if was is None or was in NO_FIGURE or wanted in NO_FIGURE:
        return wanted or "final"
    if was not in SETTLED:
        return wanted or was
    if _disturbed(before, new):
        return "revised"
    return was if wanted is None or wanted == "final" or not alone else wanted


def _disturbed(before: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a figure becomes another; filling in one that was missing alters none."""
    return any(before[name] is not None and before[name] != new[name] for name in FIGURES)
