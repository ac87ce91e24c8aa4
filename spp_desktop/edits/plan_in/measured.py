"""Indicators that a plan's table says, with their targets: which way is better, and what is aimed at in each year."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spp_desktop.edits.plan_in.questions import PlanAsking, PlanQuestion
from spp_desktop.edits.plan_in.standing import StandingRow
from spp_desktop.edits.targets import TARGET, cell_name, subject_of
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Unclear
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.returns.headings import across
from spp_desktop.returns.plan_tables.cells import PlanCell
from spp_desktop.returns.plan_tables.entries import PlanEntry

OTHER_GROUP = "Indicators"
"""The group of indicators that stand under nothing."""

_WAYS = (("lower", "Lower is better"), ("higher", "Higher is better"), ("neutral", "Neither"))
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("lower", "low", "down", "decrease", "reduce", "lower is better", "-", "\u2193"), "lower"),
    **dict.fromkeys(("higher", "high", "up", "increase", "improve", "higher is better", "+", "\u2191"), "higher"),
    **dict.fromkeys(("neutral", "neither", "none", "monitor", "n/a"), "neutral"),
}
_DOWN = re.compile(r"\b(?:reduc\w+|decreas\w+|fewer|lower\w*|cut\w*|less)\b|^\s*[-\u2212]\s*[0-9]", re.IGNORECASE)
_UP = re.compile(r"\b(?:increas\w+|improv\w+|higher|more|rais\w+|satisf\w+|detect\w+)\b|^\s*\+\s*[0-9]", re.IGNORECASE)


def indicator_values(entry: PlanEntry, before: StandingRow | None, asking: PlanAsking) -> dict[str, Any]:
    """The columns of an indicator that its row fills; ``group`` is the title of its group."""
    cells = entry.cells
    values: dict[str, Any] = {"title": entry.words}
    if entry.ref:
        values["ref"] = entry.ref
    if "unit" in cells:
        values["unit"] = " ".join(cells["unit"].text.split())
    group = cells["group"].text if "group" in cells else entry.above.words if entry.above is not None else ""
    if group or before is None:
        values["group"] = " ".join(group.split()) or OTHER_GROUP
    stated = _WORDS.get(fold(cells["polarity"].text)) if "polarity" in cells else None
    if before is None:
        stated = stated or _way(entry, asking)
    if stated:
        values["polarity"] = stated
    return values


def _way(entry: PlanEntry, asking: PlanAsking) -> str | None:
    """Which way is better, as its words and targets seem to say; it is asked about."""
    texts = [entry.words, *(cell.text for cell in entry.targets.values())]
    down, up = (any(pattern.search(text) for text in texts) for pattern in (_DOWN, _UP))
    proposed = None if down == up else "lower" if down else "higher"
    return asking.ask(PlanQuestion(
        f"way {fold(entry.ref or entry.words)}", "way", entry.words, entry.place,
        "Which way is better? By that its targets and results are judged.", _WAYS, proposed,
    ))  # fmt: skip


def aims(entry: PlanEntry) -> Iterator[tuple[int | None, PlanCell]]:
    """The cells of a row that state a target, each with the year that it is for; ``None`` for the whole plan."""
    if "target" in entry.cells:
        yield None, entry.cells["target"]
    for heading, cell in entry.targets.items():
        period = across(heading, "year")
        yield (0 if period is None else year_of(period.period.first)), cell


def targets_of(
    entry: PlanEntry, values: Mapping[str, Any], before: StandingRow | None, years: Sequence[int]
) -> tuple[dict[str, str], list[str]]:
    """The targets of an indicator's row, as cells of ``edits.performance.set_cells``, and what is left out of them."""
    columns = {} if before is None else before._asdict()
    known = {**columns, **{name: value for name, value in values.items() if name != "group"}}
    known.setdefault("polarity", "neutral")
    indicator = Indicator(**{**known, "group_id": "-", "ref": known.get("ref", "-")})
    targets, left = dict[str, str](), list[str]()
    for year, cell in aims(entry):
        text = " ".join(cell.text.split())
        if year is not None and year not in years:
            left.append(f"{cell.place}: {year_name(year)} is no year of the plan, so “{text}” is left out.")
            continue
        try:
            read(text, subject_of(indicator, years, year, None), None)
        except Unclear as unclear:
            left.append(f"{cell.place}: {unclear} This target is left out.")
            continue
        targets[cell_name(TARGET, year)] = text
    return targets, left
