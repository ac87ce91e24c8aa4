"""A plan rolled over into its next year, or replaced within a year: all that was decided and proposed, as one step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import reporting_periods, rows
from spp_desktop.edits.turning import carrying, proposals, standing
from spp_desktop.edits.turning.deciding import already, why_not_into
from spp_desktop.edits.turning.fates import GOES_ON
from spp_desktop.edits.turning.proposals import ACTIVITY, INDICATOR, RowProposal
from spp_desktop.plan.identity import Plan, period_name, years_of
from spp_desktop.plan.periods import year_name, year_of, years_name
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import FromTo, WhatBecomes
from spp_desktop.store import monitored
from spp_desktop.store.locks import author


@dataclass(frozen=True)
class TurnedYear:
    """What was done as a year was turned.

    Attributes:
        year: the first calendar year of the year that was left.
        fates: how many activities and indicators became what.
        activities: how many activities were made in the next year.
        periods: how many reporting periods were made.
        title: what the plan is called now, where its title named its years; "" where it is called what it was.
    """

    year: int
    fates: Mapping[WhatBecomes, int]
    activities: int
    periods: int
    title: str = ""


def roll_over(session: Session, year: int | None = None) -> TurnedYear:
    """Roll the plan over: its years move on by one, and each row of its first year becomes what was decided of it.

    Where nothing was decided, it is what is proposed. The rows of the year that is left stay as they are, and can be
    reported on until its last period is locked. Targets over the plan stay what they are, over the years they were for.

    Args:
        session: The session of the revision.
        year: The year that is meant to be left, by its first calendar year; the plan's first where it is not given.

    Raises:
        RuleBroken: if that year was rolled over already, or a decision cannot be done, saying which; nothing is then
            changed.
    """
    plan = session.exec(select(Plan)).one()
    first, years, today = plan.first_year, plan.years, plan.today()
    year = first if year is None else year
    if year != first:
        why = already(year) if year < first else f"{year_name(first)} is to be rolled over before {year_name(year)}."
        raise RuleBroken("year", why)
    decided = proposals.proposals(session.connection(), year)
    demand_doable(session, decided)
    was, title = plan.title, _title_of_next(plan)
    kept_from = min(plan.kept_from or first, first)
    rows.change(session, Plan, plan.id, first_year=first + 1, kept_from=kept_from, title=title)
    standing.keep_over_plan(session, first, years)
    activities, indicators, others = _by_kind(decided)
    carried = carrying.carry_on(session, activities, year, {row.key: row.into for row in others if row.into})
    standing.turn_indicators(session, indicators, year)
    standing.leave(session, others, year)
    record(session, decided, today)
    made = _periods(session)
    new = {key for row in activities for key in carried.became[row.key]}
    return TurnedYear(year, Counter(row.fate for row in decided), len(new), made, title if title != was else "")


def _title_of_next(plan: Plan) -> str:
    """The plan's title with the years of the plan that follows, where it names those of this one."""
    following = years_name(plan.first_year + 1, plan.years, plan.first_month)
    return plan.title.replace(period_name(plan), following)


def replace(session: Session, on: date) -> TurnedYear:
    """Say what becomes of each row of a plan that is replaced within a year, against the rows that stand in it.

    Nothing is carried into another year. Rows of which nothing was decided are kept. What takes the place of a row is
    linked to it; priorities and indicators that leave the plan have that year as their last.

    Args:
        session: The session of the revision.
        on: The day on which the new plan takes the place of the old one.

    Raises:
        RuleBroken: if the day is of no year of the plan, or a decision cannot be done; nothing is then changed.
    """
    plan = session.exec(select(Plan)).one()
    year = year_of(on)
    if year not in years_of(plan):
        raise RuleBroken("applied_on", f"{year_name(year)} is no year of the plan. Nothing was changed.")
    decided = proposals.replaced(session.connection(), year)
    demand_doable(session, decided)
    split = next((row for row in decided if row.fate == "split"), None)
    if split is not None:
        raise RuleBroken(
            "fate", f"“{split.called}” is to be split, which is done as the year is turned. Where a plan is replaced "
            "within it, say in the from-to table which rows come of it.",
        )  # fmt: skip
    standing.leave(session, decided, year)
    record(session, decided, on)
    return TurnedYear(year, Counter(row.fate for row in decided), 0, 0)


def demand_doable(session: Session, decided: Sequence[RowProposal]) -> None:
    """See that what was decided can be done as the plan is now.

    Raises:
        RuleBroken: if something cannot: says which row and what to do.
    """
    goes_on = {row.key for row in decided if row.fate in GOES_ON}
    listed = {row.key for row in decided}
    for row in decided:
        if row.fate == "merged":
            why = why_not_into(session, row.table, row.year, row.into or "")
            if not why and row.into not in goes_on and (row.into in listed or row.table in {ACTIVITY, INDICATOR}):
                why = "what it is to be merged with does not go on."
            if why:
                raise RuleBroken("into_id", f"“{row.called}” cannot be merged: {why} Decide of it again.")
    for ref, count in Counter(ref for row in decided for ref in row.refs if row.table == ACTIVITY).items():
        if count > 1:
            raise RuleBroken("refs", f"{count} activities would have the reference {ref}. Give each another.")


def record(session: Session, decided: Sequence[RowProposal], on: date) -> None:
    """Keep what became of each row as a line of the from-to table that is done."""
    told = {(row.key, row.year) for row in decided}
    for earlier in session.exec(select(FromTo).where(FromTo.applied_on == on)).all():
        if (earlier.row_id, earlier.year) in told:
            rows.remove(session, FromTo, earlier.id)
    known, new = {}, []
    for row in decided:
        reason = row.reason or (row.why if row.fate == row.proposed else "")
        cells = {"target": row.target, "baseline": row.baseline, "reason": reason, "applied_on": on}
        if row.decision:
            known[row.decision] = check(FromTo, cells)
            continue
        title = f"{row.ref} {row.title}".strip()
        values = {"row_table": row.table, "row_id": row.key, "title": title, "year": row.year, "fate": row.fate,
                  "due": row.due, "decided_by": author(), "decided_on": on, **cells}  # fmt: skip
        new.append(FromTo(**check(FromTo, values)).model_dump())
    rows.change_all(session, FromTo, known)
    if new:  # at once: a whole year has many rows
        session.connection().execute(insert(SQLModel.metadata.tables[str(FromTo.__tablename__)]), new)


def _by_kind(decided: Sequence[RowProposal]) -> tuple[list[RowProposal], list[RowProposal], list[RowProposal]]:
    """Activities, indicators, and the others."""
    activities = [row for row in decided if row.table == ACTIVITY]
    indicators = [row for row in decided if row.table == INDICATOR]
    return activities, indicators, [row for row in decided if row.table not in {ACTIVITY, INDICATOR}]


def _periods(session: Session) -> int:
    """Make the reporting periods of the years that came, where the plan has any; how many."""
    return len(reporting_periods.make_periods(session)) if monitored.periods(session.connection()) else 0
