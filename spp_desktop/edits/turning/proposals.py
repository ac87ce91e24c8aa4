"""What is proposed for each row of the year that is left: every activity, every indicator, and what else is decided.

A proposal is only worked out. What a person decides stands in its place, and is kept as ``deciding`` says.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection

from spp_desktop.edits.turning import dates, fates, last_results
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.identity import goes_on
from spp_desktop.plan.links import LEVELS
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.plan.words import Word, capital
from spp_desktop.store import link_faults, queries, threads
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import ActivityRow, MilestoneRow, StatusRow
from spp_desktop.store.turned import FromToRow

ACTIVITY, INDICATOR = str(Activity.__tablename__), str(Indicator.__tablename__)

ALL = 100

_STEP = Word("milestone", "milestones")


@dataclass(frozen=True)
class RowProposal:
    """What is to become of a row of the year that is left: as it is proposed, or as a person decided.

    Attributes:
        table, key: the row.
        ref, title: its reference ("" where it has none) and its words.
        group: what it stands under: its priority, or its heading in the performance plan.
        year: the first calendar year of the year that is left.
        fate: what becomes of it.
        why: why that is proposed, in a sentence.
        reason: the reason that is kept: a person's, or that of the row itself, or ``why``.
        texts: what it becomes, where its words change: one of a changed row, several of one that is split.
        refs: the references of those; empty for its own, or the next free ones.
        due: the due date of what follows.
        into: the key of the row that it is merged with.
        target: of an indicator, the next year's target as it is stated; "" for none.
        baseline: of an indicator, last year's result in words.
        over_plan: of an indicator, the target over the plan, which stays as it is; "" for none.
        warnings: what speaks against it, or is lacking, in sentences.
        decision: the key of the entry in which it was decided; "" where nobody has decided yet.
        decided_by, decided_on: who decided it, and when.
        proposed: the fate that was proposed, whatever was decided.
    """

    table: str
    key: str
    ref: str
    title: str
    group: str
    year: int
    fate: WhatBecomes
    why: str
    reason: str = ""
    texts: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    due: date | None = None
    into: str | None = None
    target: str = ""
    baseline: str = ""
    over_plan: str = ""
    warnings: tuple[str, ...] = ()
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    proposed: WhatBecomes = "kept"

    @property
    def called(self) -> str:
        """What it is called in a sentence: its reference, or its words where it has none."""
        return self.ref or self.title


def proposals(connection: Connection, year: int | None = None) -> list[RowProposal]:
    """What is to become of each row of the year that is left, with what was decided in the place of what is proposed.

    Rows of the plan's levels and of registers stand in it where something is decided of them, before the others; then
    the activities of the year and the indicators, each in their printed order. Rows that have left the plan within the
    year, since it was replaced, are left out.

    Args:
        connection: Of the plan.
        year: The year that is left; the first year of the plan where none is given.
    """
    year = queries.plan(connection).first_year if year is None else year
    decided, gone = fates.open_fates(connection, year), fates.gone_within(connection, year)
    proposed = [*of_activities(connection, year), *of_indicators(connection, year)]
    known = {row.key for row in proposed}
    others = _others(connection, {key: fate for key, fate in decided.items() if key not in known})
    left = [row for row in (*others, *proposed) if row.key in decided or row.key not in gone]
    return [with_decision(row, decided.get(row.key)) for row in left]


def replaced(connection: Connection, year: int) -> list[RowProposal]:
    """Every row of which it can be said what becomes of it where the plan is replaced within a year.

    They are the rows of the plan's levels, the activities of the year and the indicators. Each is kept as long as
    nothing else is decided. Rows that have left the plan within the year already are left out.
    """
    decided, gone = fates.open_fates(connection, year), fates.gone_within(connection, year)
    levels = [_kept(row, year) for row in threads.rows(connection, tables=LEVELS).values()]
    others_too = (*of_activities(connection, year), *of_indicators(connection, year))
    known = [*levels, *(replace(row, **_AS_IT_STANDS) for row in others_too)]
    others = _others(connection, {key: fate for key, fate in decided.items() if key not in {row.key for row in known}})
    left = [row for row in (*known, *others) if row.key in decided or row.key not in gone]
    return [with_decision(row, decided.get(row.key)) for row in left]


_STAYS = "Nothing is decided of it, so it stays as it is."
_AS_IT_STANDS: dict[str, Any] = {
    "fate": "kept",
    "proposed": "kept",
    "why": _STAYS,
    "reason": "",
    "due": None,
    "target": "",
    "baseline": "",
    "warnings": (),
}
"""What is proposed of a row where a plan is replaced within a year."""


def with_decision(row: RowProposal, fate: FromToRow | None) -> RowProposal:
    """A proposal with what a person decided in its place."""
    if fate is None:
        return row
    return replace(
        row,
        fate=fate.fate,
        reason=fate.reason,
        texts=fate.texts,
        refs=fate.refs,
        due=fate.due,
        into=None if fate.into is None else fate.into.key,
        target=fate.target or row.target,
        warnings=row.warnings if fate.fate == row.proposed else (),
        decision=fate.key,
        decided_by=fate.decided_by,
        decided_on=fate.decided_on,
    )


# Activities


def of_activities(connection: Connection, year: int) -> list[RowProposal]:
    """What is proposed for the activities of a year, whatever was decided."""
    statuses = {row.key: row for row in queries.statuses(connection)}
    already = fates.followed(connection, year)
    steps: dict[str, list[MilestoneRow]] = defaultdict(list)
    for step in queries.milestones(connection, year):
        if not step.over:
            steps[step.activity_key].append(step)
    return [
        _of_activity(row, statuses.get(row.status_key or ""), steps[row.key], followed=row.key in already)
        for row in queries.activities(connection, year, counted=False)
    ]


def fate_by_status(status: StatusRow | None) -> WhatBecomes:
    """What is proposed for an activity of a status: what is complete is closed, what is withdrawn is dropped."""
    if status is None or not status.finished:
        return "kept"
    return "dropped" if status.needs_reason else "closed"


def _of_activity(
    row: ActivityRow, status: StatusRow | None, steps: Sequence[MilestoneRow], *, followed: bool
) -> RowProposal:
    fate = fate_by_status(status)
    due, dated = dates.carried(row.due, row.forecast, row.year) if fate == "kept" else (None, "")
    stands = _standing(row, status) if fate == "kept" else f"It is “{row.status}”."
    why = " ".join(filter(None, (stands, dated)))
    more = [f"{year_name(row.year + 1)} has what follows it already, so nothing more is made there."] * followed
    return RowProposal(
        ACTIVITY, row.key, row.ref, row.text, row.priority, row.year, fate, why, reason=row.reason.strip() or stands,
        due=due, warnings=(*_warnings(row, fate, steps), *more), proposed=fate,
    )  # fmt: skip


def _standing(row: ActivityRow, status: StatusRow | None) -> str:
    """How an activity that goes on stands, in a sentence."""
    told = "Nothing says how it stands" if status is None else f"It is “{status.title}”"
    percent = "" if row.percent is None else f", {row.percent}% complete"
    return f"{told}{percent}{'' if status is None else ', so it is not finished'}."


def _warnings(row: ActivityRow, fate: WhatBecomes, steps: Sequence[MilestoneRow]) -> Iterator[str]:
    if fate == "kept" and row.percent == ALL:
        yield f"It is {ALL}% complete, but its status does not say so."
    if fate == "kept" and row.due is None and row.forecast is None:
        yield "It has no due date, so none is proposed."
    if fate == "dropped" and not row.reason.strip():
        yield "Nothing says why."
    if fate != "kept" and steps:
        yield f"{capital(_STEP.counted(len(steps)))} of it {'is' if len(steps) == 1 else 'are'} not done."
    if fate == "kept" and not row.owner_keys:
        yield "No post owns it."


# Indicators


def of_indicators(connection: Connection, year: int) -> list[RowProposal]:
    """What is proposed for the indicators that were reported in a year, whatever was decided."""
    results = last_results.last_results(connection, year)
    breaks = last_results.breaks_from(connection, year)
    return [
        _of_indicator(row, year, results.get(row.key), breaks.get(row.key, ()))
        for row in queries.indicators(connection)
        if goes_on(row.last_year, year)
    ]


def _of_indicator(
    row: IndicatorRow, year: int, result: last_results.LastResult | None, breaks: Sequence[str]
) -> RowProposal:
    following, over_plan = row.targets.get(year + 1), row.targets.get(None)
    target = "" if following is None else following.stated
    known = result or last_results.LastResult()
    named = year_name(year + 1)
    why = f"Its target for {named} is stated: {target}." if target else f"No target is stated for {named}."
    lacking = () if target else (f"No target is stated for {named}.",)
    return RowProposal(
        INDICATOR, row.key, row.ref, row.title, " · ".join(filter(None, (row.group, row.subgroup))), year, "kept", why,
        target=target, baseline=known.words or f"No result of {year_name(year)}.",
        over_plan="" if over_plan is None else over_plan.stated, warnings=(*lacking, *known.warnings, *breaks),
    )  # fmt: skip


# What else is decided


def _others(connection: Connection, decided: Mapping[str, FromToRow]) -> list[RowProposal]:
    """Rows of other kinds of which something is decided."""
    known = threads.rows(connection, decided)
    there = link_faults.tables_of(cast("sqlite3.Connection", connection.connection.driver_connection), decided)
    return [
        _kept(known[key], fate.year)
        if key in known
        else RowProposal(fate.table, key, "", fate.text, "", fate.year, "kept", _STAYS)
        for key, fate in decided.items()
        if key in there
    ]


def _kept(row: threads.LinkedRow, year: int) -> RowProposal:
    return RowProposal(row.table, row.key, row.ref, row.text, "", year, "kept", _STAYS)
