"""What is accepted of returned workbooks, gathered from all of them into what the verbs of the plan take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spp_desktop.edits.differences import Difference
from spp_desktop.edits.receiving import Review
from spp_desktop.edits.return_rows import REPORTED, Scope, stored
from spp_desktop.edits.taking import NewRow, Report, Taken
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import RESULTS, Source, Value


@dataclass(frozen=True)
class Chosen:
    """One difference that is accepted, and the value that is to stand in the plan; of a new row, where it belongs."""

    review: Review
    one: Difference
    value: Value


_Reported = tuple[str, date, str | None]
"""An activity, a day and a post, by their keys: which report it is."""


def gathered(known: Mapping[str, Any], chosen: Sequence[Chosen]) -> Taken:
    """All that is accepted, as the verbs of the plan take it. ``known`` is what ``return_rows.references`` gives.

    Raises:
        RuleBroken: if two answers would put different values into one place, or one names what the plan has no more.
    """
    cells: dict[tuple[Source, str, str], Chosen] = {}
    reports: dict[_Reported, dict[str, Chosen]] = {}
    rows = []
    for held in chosen:
        one = held.one
        if one.kind == "new row":
            rows.append(_new_row(held, known))
            continue
        report = _report(held, known)
        said = {} if report is None else reports.setdefault(report, {})
        if report is not None and one.field in REPORTED:
            _demand_same(said.setdefault(one.field, held), held)
        else:
            _demand_same(cells.setdefault((one.source, one.key, one.field), held), held)
    by_source: dict[Source, list[tuple[str, str, Any]]] = {}
    results: dict[date, dict[str, dict[str, Value]]] = {}
    for (source, key, field), held in cells.items():
        month = Scope.of(held.review.identity).month
        if source in RESULTS and month is not None:
            results.setdefault(month, {}).setdefault(key, {})[field] = held.value
            continue
        by_source.setdefault(source, []).append((key, *stored(known, field, held.value)))
    return Taken(
        by_source,
        tuple(
            Report(*report, {name: held.value or "" for name, held in said.items()}) for report, said in reports.items()
        ),
        tuple(rows),
        results,
    )


def _demand_same(first: Chosen, second: Chosen) -> None:
    if first.value == second.value:
        return
    one, other = first.one, second.one
    raise RuleBroken(
        other.field,
        f"Two different answers are accepted for the {other.column.lower()} of {other.ref}: "
        f"“{one.returned_text}” in {first.review.file} and “{other.returned_text}” in {second.review.file}. "
        "Refuse one of them; nothing was taken in.",
    )


_STAMPED = ("status", *REPORTED)
"""What makes a report: how the activity stood at the end of the period is kept with what was said of it."""


def _report(held: Chosen, known: Mapping[str, Any]) -> _Reported | None:
    """Of which activity, day and post an answer is a report; ``None`` if it is none."""
    one, ends = held.one, Scope.of(held.review.identity).ends
    if one.source != "activities" or one.field not in _STAMPED or ends is None:
        return None
    return one.key, ends, _post(held, known)


def _post(held: Chosen, known: Mapping[str, Any]) -> str | None:
    """The key of the post that answers: the one the return went to, or else the row's lead."""
    title = held.review.identity.owner or held.one.lead
    post: str | None = known["owners"][1].get(title)
    return post


def _new_row(held: Chosen, known: Mapping[str, Any]) -> NewRow:
    """A proposed row with its columns as the verbs take them."""
    one, identity, values = held.one, held.review.identity, dict(held.one.row)
    if one.source == "milestones":
        said_of = {name: values[name] for name in ("title", "due", "forecast", "done_on") if values.get(name)}
        return NewRow(one.source, {"activity_id": held.value, **said_of})
    said = {name: values.pop(name) for name in REPORTED if values.get(name)}
    owners = values.pop("owners", None) or (identity.owner,) * (identity.owner in known["owners"][1])
    columns: dict[str, Any] = dict(
        stored(known, name, value) for name, value in values.items() if name in _NEW_ACTIVITY and value is not None
    )
    columns |= dict((stored(known, "priority", held.value), stored(known, "owners", owners)))
    columns["year"] = identity.year
    ends = Scope.of(identity).ends
    report = Report("", ends, _post(held, known), said) if ends and said else None
    return NewRow(one.source, columns, report)


_NEW_ACTIVITY = ("text", "status", "percent", "start", "due", "forecast", "reason")
