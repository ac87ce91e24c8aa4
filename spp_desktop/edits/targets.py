"""Targets as the plan keeps them: read by what they are set for, and kept as they were when they change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlmodel import Session, SQLModel, col, select

from spp_desktop.edits import rows
from spp_desktop.figures.scale import scale_of
from spp_desktop.figures.targets.reading import read
from spp_desktop.figures.targets.stated import Stated, Subject, Unclear
from spp_desktop.plan.editions import Edition, PlanVersion, StateOfPlan
from spp_desktop.plan.identity import over_years, years_of
from spp_desktop.plan.performance import Indicator, Target, TargetKind, TargetVersion
from spp_desktop.plan.periods import year_end, year_name, year_of, year_start
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import locks, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import TargetRow

TARGET, KIND, REASON = "target:", "kind:", "reason:"
"""A cell of a target is called this and its year, such as "target:2008", or "target:plan": its words, what kind of
target it is, and why it changes."""

WHOLE_PLAN = "plan"

SAID = ("kind", "stated", "value", "upper", "strict", "every", "base_year", "due")
"""The columns that say what a target is."""


def cell_name(part: str, year: int | None) -> str:
    """The name of a cell of a target: ``part`` is ``TARGET``, ``KIND`` or ``REASON``."""
    return f"{part}{WHOLE_PLAN if year is None else year}"


def year_of_cell(name: str) -> int | None:
    """The year of a cell of a target, ``None`` for the whole plan."""
    named = name.partition(":")[2]
    return None if named == WHOLE_PLAN else int(named)


def subject_of(
    indicator: IndicatorRow | Indicator, years: Sequence[int], year: int | None, usual: TargetKind | None
) -> Subject:
    """What a target of an indicator is set for, for the reading of its words."""
    scale = scale_of(indicator.measure, indicator.grades)
    return Subject(
        indicator.polarity,
        indicator.unit,
        indicator.measure,
        indicator.per,
        scale.names if scale else (),
        usual,
        year,
        over_plan=year is None,
        years=tuple(years),
    )


def usual_kind(kinds: Mapping[int | None, TargetKind], year: int | None) -> TargetKind | None:
    """The kind of target that stands there, or in a neighbouring year; benchmark years say nothing of the others."""
    known = {at: kind for at, kind in kinds.items() if kind != "benchmark"}
    if year in known:
        return known[year]
    yearly = next((kind for at, kind in known.items() if at is not None), None)
    if year is None and yearly == "change on previous year":
        return "change over plan"
    return yearly or ("change on previous year" if known.get(None) == "change over plan" else known.get(None))


def read_target(  # noqa: PLR0917 - which target, and all that is said of it
    session: Session,
    indicator: Indicator,
    year: int | None,
    text: str,
    kind: TargetKind | None,
    over: Sequence[int] = (),
) -> Stated:
    """What a target says, by what it is set for; one over the plan is set for the plan's own years, or for ``over``.

    Raises:
        RuleBroken: for the field "stated", if it says nothing, or may say several things.
    """
    known = session.exec(select(Target).where(Target.indicator_id == indicator.id)).all()
    usual = usual_kind({target.year: target.kind for target in known}, year)
    years = over or years_of(queries.plan(session.connection()))
    try:
        return read(text, subject_of(indicator, years, year, usual), kind)
    except Unclear as unclear:
        raise RuleBroken("stated", str(unclear)) from None


def same_target(target: TargetRow | Target, reading: Stated) -> bool:
    """Whether a target that stands in the plan says the same."""
    return all(getattr(target, name) == value for name, value in columns_of(reading).items())


def columns_of(reading: Stated) -> dict[str, Any]:
    """A target as the columns that keep it."""
    return {name: getattr(reading, name) for name in SAID}


def read_again(session: Session, indicator: Indicator, changed: str) -> None:
    """Read every target of an indicator again, as it is meant now that a column of the indicator has changed.

    Raises:
        RuleBroken: for that column, where a target would be none, or of another kind.
    """
    plan = queries.plan(session.connection())
    for target in session.exec(select(Target).where(Target.indicator_id == indicator.id)).all():
        over = over_years(plan, target.over_first, target.over_years)
        try:
            reading = read_target(session, indicator, target.year, target.stated, target.kind, over)
        except RuleBroken as broken:
            of = "over the plan" if target.year is None else f"of {year_name(target.year)}"
            raise RuleBroken(changed, f"The target {of} does not fit then. {broken} Change the target first.") from None
        rows.change(session, Target, target.id, **columns_of(reading))


# What was, before a target was changed


def judged_by(session: Session, indicator_id: str, year: int | None) -> bool:
    """Whether there are results that a yearly target has judged: of that year, of the force or of any area."""
    if year is None:
        return False
    ends = col(Result.period_to).between(year_start(year), year_end(year))
    query = select(Result.id).where(Result.indicator_id == indicator_id, ends).limit(1)
    return session.exec(query).first() is not None


def is_issued(connection: Connection) -> bool:
    """Whether the plan is out: an edition of it was made, or it was moved to a state in which it is."""
    edition, version, state = (_table(model) for model in (Edition, PlanVersion, StateOfPlan))
    out = select(version.c.id).join(state, state.c.id == version.c.state_id).where(state.c.issues)
    return any(connection.execute(query.limit(1)).first() is not None for query in (select(edition.c.id), out))


def kept_years(connection: Connection) -> dict[str, frozenset[int | None]]:
    """By indicator the years whose targets change only for a reason: results were judged by them, or the plan is out.

    ``None`` stands for the target over the plan. Those that were changed today already are corrected without one.
    """
    today, issued = queries.plan(connection).today(), is_issued(connection)
    result, target = _table(Result), _table(Target)
    ends = connection.execute(select(result.c.indicator_id, result.c.period_to).distinct())
    measured = {(key, year_of(last)) for key, last in ends}
    kept: dict[str, set[int | None]] = defaultdict(set)
    for row in connection.execute(select(target.c.indicator_id, target.c.year, target.c.since)):
        if row.since != today and (issued or (row.indicator_id, row.year) in measured):
            kept[row.indicator_id].add(row.year)
    return {key: frozenset(years) for key, years in kept.items()}


def asks_reason(session: Session, target: Target) -> bool:
    """Whether a target is changed only for a reason: results were judged by it or the plan is out, and it is not new.

    One that was changed today is corrected without a reason.
    """
    if target.since == _today(session):
        return False
    return judged_by(session, target.indicator_id, target.year) or is_issued(session.connection())


def keep_earlier(session: Session, indicator: Indicator, target: Target, reason: str) -> date | None:
    """Keep a target as it was, if it changes only for a reason; the day since which the new one is.

    Raises:
        RuleBroken: for the field "reason", where one is missing.
    """
    if not asks_reason(session, target):
        return target.since
    if not reason.strip():
        raise RuleBroken("reason", why_asked(indicator.ref, target.stated, target.year))
    today = _today(session)
    was = {name: getattr(target, name) for name in ("indicator_id", "year", *SAID, "since", "over_first", "over_years")}
    rows.add(session, TargetVersion, **was, until=today, reason=reason.strip(), author=locks.author())
    return today


def why_asked(ref: str, stated: str, year: int | None) -> str:
    """Why a target is changed only for a reason, in a sentence."""
    of = "over the plan" if year is None else f"for {year_name(year)}"
    stays = "it stays in the register of targets" if year is None else "what ended before today stays judged by it"
    return f"The target of {ref} {of}, {stated}, is in force. Say why it changes: {stays}, and the reason is kept."


def since(session: Session, indicator: Indicator, year: int | None) -> date | None:
    """The day since which a new target is: from the beginning, where there are no results of its year yet."""
    return _today(session) if judged_by(session, indicator.id, year) else None


def agree(session: Session, agreed_by: Mapping[str, str]) -> None:
    """Say who agreed to changes of targets, by the keys of what they were before."""
    for key, name in agreed_by.items():
        rows.change(session, TargetVersion, key, agreed_by=name.strip())


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _today(session: Session) -> date:
    return queries.plan(session.connection()).today()


def target_at(indicator_id: str, year: int | None) -> ColumnElement[bool]:
    """That a target is an indicator's of a year, or over the plan."""
    return (col(Target.indicator_id) == indicator_id) & col(Target.year).is_not_distinct_from(year)
