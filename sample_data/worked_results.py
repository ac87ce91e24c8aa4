"""Made-up results for the published plan, of the force and for some indicators of its operational command units.

The force's figures are the sums of its units', as they would be.
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
    """An operational command unit: its share of the force's figures."""

    key: str
    share: float


def work(workspace: Workspace, rules: Rules, chance: Random) -> None:
    """Add made-up areas and results, with what is said about them."""
    keys = {indicator.ref: indicator.key for indicator in workspace.read(queries.indicators)}
    titles = [rules["areas"]["title"].format(n=n) for n in range(1, rules["areas"]["number"] + 1)]
    made = workspace.edit("enter illustrative areas", _add_areas, titles, as_kind="built")
    units = _units(made, rules["areas"], chance)
    entered = [one for said in rules["results"]["indicators"] for one in _results(said, rules, keys, units, chance)]
    workspace.edit("enter illustrative results", results.enter, entered, as_kind="built")
    workspace.edit("say how the figures are to be read", _add_remarks, rules, keys, as_kind="built")


def _add_areas(session: Session, titles: Sequence[str]) -> list[str]:
    return [registers.add(session, Area, title=title) for title in titles]


def _add_remarks(session: Session, rules: Rules, keys: Mapping[str, str]) -> None:
    counted = dict(rules["break"])
    rows.add(session, DefinitionVersion, indicator_id=keys[counted.pop("ref")], **counted)
    for said in rules["annotation"]:
        note = dict(said)
        rows.add(session, Annotation, indicator_id=keys[note.pop("ref")], author=AUTHOR, **note)


def _units(keys: Sequence[str], said: Rules, chance: Random) -> list[Unit]:
    sizes = [chance.uniform(said["smallest"], said["largest"]) for _ in keys]
    return [Unit(key, size / sum(sizes)) for key, size in zip(keys, sizes, strict=True)]


def _results(
    said: Rules, rules: Rules, keys: Mapping[str, str], units: Sequence[Unit], chance: Random
) -> Iterator[dict[str, Any]]:
    """An indicator's results from the first month to the last, by month or by quarter."""
    span, length = rules["results"], said.get("months", 1)
    every = months(span["first"], span["last"])
    for n in range(0, len(every), length):
        last = month_end(every[n + length - 1])
        common = {
            "indicator_id": keys[said["ref"]],
            "period_from": every[n],
            "period_to": last,
            "state": "provisional" if last >= span["provisional_from"] else "final",
        }
        value = _value(said, n, every[n], chance)
        if "answers" in said:
            asked = {"sample_size": said["answers"], "design_effect": span["design_effect"]}
            yield {**common, **asked, "value": round(value, said["places"])}
        elif said.get("areas"):
            yield from _by_area((said, common, rules["areas"]), value, units, chance)
        else:
            yield {**common, **_figures(said, value, 1.0, chance)}


def _value(said: Rules, n: int, first: date, chance: Random) -> float:
    season = said.get("season", 0) * math.cos(2 * math.pi * (first.month - 7) / 12)
    return float(said["level"] * (1 + said["yearly"] * n / 12 + season + chance.gauss(0, said["noise"])))


def _figures(said: Rules, value: float, share: float, chance: Random) -> dict[str, float]:
    """A count, or detections of so many crimes."""
    if "of" not in said:
        return {"value": round(value * share)}
    of = max(1, round(said["of"] * share * (1 + chance.gauss(0, said["noise"]))))
    return {"numerator": min(of, round(of * value / _PERCENT)), "denominator": of}


def _by_area(
    told: tuple[Rules, Rules, Rules], value: float, units: Sequence[Unit], chance: Random
) -> Iterator[dict[str, Any]]:
    """Every unit's figures, and before them the force's, which is their sum."""
    said, common, areas = told
    own = [_figures(said, value, unit.share * (1 + chance.gauss(0, areas["scatter"])), chance) for unit in units]
    yield {**common, **{name: sum(one[name] for one in own) for name in own[0]}}
    for unit, figures in zip(units, own, strict=True):
        yield {**common, "area_id": unit.key, **figures}
