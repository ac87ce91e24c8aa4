"""Makes up results for the published plan: of the force, and for some indicators of its operational command units.

The figures of the force are the sums of those of its units.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sqlmodel import Session

from spp_desktop.edits import registers, results, rows
from spp_desktop.plan.judging import Annotation
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.results import Area, DefinitionVersion
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

Rules = dict[str, Any]
_PERCENT = 100
AUTHOR = "Planning officer"


@dataclass(frozen=True)
class Unit:
    """An operational command unit: the key of its area, and its share (of 1) of the force's figures."""

    key: str
    share: float


def work(workspace: Workspace, rules: Rules, chance: Random) -> None:
    """Add made-up areas and results, with a break and annotations."""
    keys = {indicator.ref: indicator.key for indicator in workspace.read(queries.indicators)}
    titles = [rules["areas"]["title"].format(n=n) for n in range(1, rules["areas"]["number"] + 1)]
    area_keys = workspace.edit("enter illustrative areas", _add_areas, titles, as_kind="built")
    units = _units(area_keys, rules["areas"], chance)
    made_up = [
        result
        for indicator in rules["results"]["indicators"]
        for result in _results(indicator, rules, keys, units, chance)
    ]
    workspace.edit("enter illustrative results", results.enter, made_up, as_kind="built")
    workspace.edit("say how the figures are to be read", _add_remarks, rules, keys, as_kind="built")


def _add_areas(session: Session, titles: Sequence[str]) -> list[str]:
    return [registers.add(session, Area, {"title": title, "kind": "OCU"}) for title in titles]


def _add_remarks(session: Session, rules: Rules, keys: Mapping[str, str]) -> None:
    series_break = dict(rules["break"])
    rows.add(session, DefinitionVersion, indicator_id=keys[series_break.pop("ref")], **series_break)
    for annotation in rules["annotation"]:
        note = dict(annotation)
        rows.add(session, Annotation, indicator_id=keys[note.pop("ref")], author=AUTHOR, **note)


def _units(keys: Sequence[str], rules: Rules, chance: Random) -> list[Unit]:
    sizes = [chance.uniform(rules["smallest"], rules["largest"]) for _ in keys]
    return [Unit(key, size / sum(sizes)) for key, size in zip(keys, sizes, strict=True)]


def _results(
    indicator: Rules, rules: Rules, keys: Mapping[str, str], units: Sequence[Unit], chance: Random
) -> Iterator[dict[str, Any]]:
    """The results of an indicator from the first month to the last, by month or by quarter.

    Args:
        indicator: The rules of the indicator.
        rules: All rules of ``worked.toml``.
        keys: The keys of indicators by their references.
        units: The operational command units.
        chance: The source of chance.
    """
    span, length = rules["results"], indicator.get("months", 1)
    months_of_results = months(span["first"], span["last"])
    for n in range(0, len(months_of_results), length):
        last = month_end(months_of_results[n + length - 1])
        common = {
            "indicator_id": keys[indicator["ref"]],
            "period_from": months_of_results[n],
            "period_to": last,
            "state": "provisional" if last >= span["provisional_from"] else "final",
        }
        value = _value(indicator, n, months_of_results[n], chance)
        if "answers" in indicator:
            survey = {"sample_size": indicator["answers"], "design_effect": span["design_effect"]}
            yield {**common, **survey, "value": round(value, indicator["places"])}
        elif indicator.get("areas"):
            yield from _by_area((indicator, common, rules["areas"]), value, units, chance)
        else:
            yield {**common, **_figures(indicator, value, 1.0, chance)}


def _value(indicator: Rules, n: int, first: date, chance: Random) -> float:
    season = indicator.get("season", 0) * math.cos(2 * math.pi * (first.month - 7) / 12)
    return float(indicator["level"] * (1 + indicator["yearly"] * n / 12 + season + chance.gauss(0, indicator["noise"])))


def _figures(indicator: Rules, value: float, share: float, chance: Random) -> dict[str, float]:
    """The columns of a result: a count; or a numerator and a denominator, such as detections and crimes.

    Args:
        indicator: The rules of the indicator.
        value: The count, or the percentage.
        share: The part (of 1) of the force's figures.
        chance: The source of chance.
    """
    if "of" not in indicator:
        return {"value": round(value * share)}
    of = max(1, round(indicator["of"] * share * (1 + chance.gauss(0, indicator["noise"]))))
    return {"numerator": min(of, round(of * value / _PERCENT)), "denominator": of}


def _by_area(
    rules: tuple[Rules, Rules, Rules], value: float, units: Sequence[Unit], chance: Random
) -> Iterator[dict[str, Any]]:
    """The results of the force and then of every unit; those of the force are the sums.

    Args:
        rules: The rules of the indicator, the columns that all the results share, and the rules of areas.
        value: The count of the force, or its percentage.
        units: The operational command units.
        chance: The source of chance.
    """
    indicator, common, areas = rules
    by_unit = [
        _figures(indicator, value, unit.share * (1 + chance.gauss(0, areas["scatter"])), chance) for unit in units
    ]
    yield {**common, **{name: sum(figures[name] for figures in by_unit) for name in by_unit[0]}}
    for unit, figures in zip(units, by_unit, strict=True):
        yield {**common, "area_id": unit.key, **figures}
