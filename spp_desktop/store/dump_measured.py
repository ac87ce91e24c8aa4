"""What a plan says of results and of how they are judged, as plain values; areas and forces by their titles."""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from spp_desktop.plan.judging import Annotation, JudgementRule, Override, PeerForce, PeerRate, Rebase
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Area, AreaPopulation, DefinitionVersion, Restatement, ResultMapping
from spp_desktop.store import measured, queries

Content = dict[str, Any]

SETTINGS = (
    "measure", "numerator", "denominator", "per", "rated_by", "trajectory", "profile_years", "cut_from", "screened",
    "fix_after", "beyond_counts",
)  # fmt: skip
"""What an indicator says of how its results are made and judged, but for its rule."""

_ABOUT_INDICATORS: dict[str, type[SQLModel]] = {
    "definitions": DefinitionVersion,
    "restatements": Restatement,
    "overrides": Override,
    "rebases": Rebase,
    "annotations": Annotation,
    "peer_rates": PeerRate,
}
_NAMED: dict[str, tuple[str, type[SQLModel], str]] = {
    "area_id": ("area", Area, "title"),
    "peer_id": ("force", PeerForce, "force"),
}
_UNSAID = {"id", "position", "indicator_id"}

_Names = dict[str | None, str]


def lists(connection: Connection) -> dict[str, list[Content]]:
    """The plan's lists that have to do with results: those in an order of their own as they stand, others sorted."""
    return {
        "areas": _rows(connection, Area),
        "populations": sorted(_rows(connection, AreaPopulation), key=json.dumps),
        "rules": _rows(connection, JudgementRule),
        "similar_forces": _rows(connection, PeerForce),
        "result_mappings": _rows(connection, ResultMapping),
    }


def of_indicators(connection: Connection) -> dict[str, Content]:
    """By an indicator's key: its settings, its results, and all that is said about these."""
    rules = _names(connection, JudgementRule, "title")
    found: dict[str, Content] = {
        row.id: {**{name: getattr(row, name) for name in SETTINGS}, "rule": rules.get(row.rule_id), "results": []}
        for row in queries.register(connection, Indicator)
    }
    areas = _names(connection, Area, "title")
    places: dict[str | None, int] = {None: 0, **{key: place for place, key in enumerate(areas, 1)}}
    results = measured.results(connection)
    results.sort(key=lambda one: (places[one.area_key], one.population, one.period_from, one.period_to))
    for one in results:
        said = {name: _value(getattr(one, name)) for name in one.__slots__ if not name.endswith("key")}
        found[one.indicator_key]["results"].append({"area": areas.get(one.area_key), **said})
    for name, model in _ABOUT_INDICATORS.items():
        held = _by_indicator(connection, model)
        for key, content in found.items():
            content[name] = sorted(held.get(key, []), key=json.dumps)
    return found


def _by_indicator(connection: Connection, model: type[SQLModel]) -> dict[str, list[Content]]:
    held = defaultdict(list)
    keys = [row.indicator_id for row in queries.register(connection, model)]
    for key, said in zip(keys, _rows(connection, model), strict=True):
        held[key].append(said)
    return held


def _rows(connection: Connection, model: type[SQLModel]) -> list[Content]:
    """A table's rows without keys and places; what they refer to by its name, which comes last."""
    names = {
        column: (called, _names(connection, other, title))
        for column, (called, other, title) in _NAMED.items()
        if column in model.model_fields
    }
    return [
        {name: _value(value) for name, value in row._asdict().items() if name not in {*_UNSAID, *names}}
        | {called: known.get(getattr(row, column)) for column, (called, known) in names.items()}
        for row in queries.register(connection, model)
    ]


def _names(connection: Connection, model: type[SQLModel], column: str) -> _Names:
    """What the rows of a list are called, by key, in the list's order."""
    return {row.id: str(getattr(row, column)) for row in queries.register(connection, model)}


def _value(value: Any) -> Any:
    """A date as its ISO text; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
