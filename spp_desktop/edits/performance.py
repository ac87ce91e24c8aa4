"""What a person does to the performance plan: groups, indicators and targets."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from spp_desktop.edits import links, roles, rows
from spp_desktop.edits.grades import demand_fitting_results, demand_grades
from spp_desktop.edits.targets import (
    KIND,
    REASON,
    TARGET,
    WHOLE_PLAN,
    columns_of,
    keep_earlier,
    read_again,
    read_target,
    same_target,
    since,
    target_at,
)
from spp_desktop.figures.targets.kinds import kind_named
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Polarity, Target, TargetKind
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.plain import SERVES


def add_group(session: Session, title: str, *, parent_id: str | None = None, after: str | None = None) -> str:
    """Add a heading of the performance plan, or one under another, and give its key."""
    siblings = col(IndicatorGroup.parent_id).is_not_distinct_from(parent_id)
    return rows.add_placed(session, IndicatorGroup, siblings, after, title=title, parent_id=parent_id)


def add_indicator(
    session: Session,
    group_id: str,
    title: str,
    *,
    polarity: Polarity | None = None,
    ref: str | None = None,
    after: str | None = None,
    **values: Any,
) -> str:
    """Add an indicator to a group, behind another or last, and give its key.

    Where there is no reference it gets the next free one, such as "PI23".

    Raises:
        RuleBroken: if nobody said which way is better, the reference is taken, or a value breaks a rule.
    """
    if polarity is None:
        raise RuleBroken("polarity", WHICH_WAY)
    demand_grades(values.get("measure", "level"), values.get("grades", ""))
    columns = {**values, "group_id": group_id, "title": title, "ref": ref or _next_ref(session), "polarity": polarity}
    return rows.add_placed(session, Indicator, _group(group_id), after, **columns)


WHICH_WAY = "Say which way is better: lower, higher or neither. By that its targets and results are judged."


def set_indicator(session: Session, key: str, **values: Any) -> None:
    """Set columns of an indicator. Its targets are read again where a column says what they mean.

    Raises:
        RuleBroken: if a value breaks a rule, or a target of it would then say something else.
    """
    before = rows.get(session, Indicator, key).model_dump()
    rows.change(session, Indicator, key, **values)
    indicator = rows.get(session, Indicator, key)
    changed = {name for name in MEANING if getattr(indicator, name) != before[name]}
    if changed & {"measure", "grades"}:
        demand_grades(indicator.measure, indicator.grades)
        demand_fitting_results(session, indicator, before)
    if changed:
        read_again(session, indicator, min(changed))


MEANING = frozenset({"polarity", "unit", "measure", "per", "grades"})
"""The columns of an indicator that say what the words of a target mean."""


def move_indicator(session: Session, key: str, group_id: str, after: str | None) -> None:
    """Put an indicator behind another of a group, or first there where ``after`` is ``None``."""
    rows.move(session, Indicator, key, _group(group_id), after, group_id=group_id)


def remove_indicator(session: Session, key: str, reason: str = "") -> None:
    """Remove an indicator, with its targets and results; ``reason`` is needed where a final figure goes with it."""
    rows.remove(session, Indicator, key, reason)


def remove_indicators(session: Session, keys: Iterable[str], reason: str = "") -> None:
    """Remove indicators, with their targets and results; ``reason`` is needed where a final figure goes with them."""
    for key in dict.fromkeys(keys):
        rows.remove(session, Indicator, key, reason)


def duplicate_indicator(session: Session, key: str) -> str:
    """Copy an indicator to the place behind it, under the next free reference, and give the copy's key.

    Its targets are copied as they were stated, its posts in roles, and what it measures. Results are not: they
    belong to the first one.
    """
    first = rows.get(session, Indicator, key)
    copy = add_indicator(session, **first.model_dump(exclude={"id", "ref", "position"}), after=key)
    for target in session.exec(select(Target).where(Target.indicator_id == key)).all():
        columns = target.model_dump(exclude={"id", "since"})
        rows.add(session, Target, **{**columns, "indicator_id": copy})
    roles.copy_roles(session, key, copy)
    links.copy_links(session, key, copy)
    return copy


def set_cells(session: Session, cells: rows.CellValues, reason: str = "") -> None:
    """Set any cells of any indicators: what typing, pasting and filling down all do.

    A cell is (indicator key, column, value). The columns "target:2008" and "target:plan" take a target as a
    person types it, and nothing removes it; "kind:2008" takes what kind of target it is, and "reason:2008" why it
    changes, where that is to be said; "serves" takes the keys of what it measures or serves, and "role:KEY" the
    posts that stand in that role.

    Args:
        session: The session of the revision.
        cells: The cells.
        reason: Why targets change that say nothing of it themselves.

    Raises:
        RuleBroken: at the first cell that breaks a rule; nothing is then changed.
    """
    for key, given in rows.by_row(cells).items():
        values, in_roles = roles.apart(given)
        roles.set_in_roles(session, {key: in_roles})
        if SERVES in values:
            links.set_served(session, "indicator", {key: values.pop(SERVES) or ()})
        columns = {name: value for name, value in values.items() if not name.startswith((TARGET, KIND, REASON))}
        set_indicator(session, key, **columns)
        years = dict.fromkeys(name.partition(":")[2] for name in values if name.startswith((TARGET, KIND)))
        for named in years:
            year = None if named == WHOLE_PLAN else int(named)
            why = str(values.get(f"{REASON}{named}") or reason)
            kind = kind_named(str(values.get(f"{KIND}{named}") or ""))
            if f"{TARGET}{named}" in values:
                set_target(session, key, year, values[f"{TARGET}{named}"], kind, why)
            elif kind:
                set_kind(session, key, year, kind, why)


def set_target(  # noqa: PLR0917 - which target, and all that is said of it
    session: Session,
    indicator_id: str,
    year: int | None,
    text: str | None,
    kind: TargetKind | None = None,
    reason: str = "",
) -> None:
    """Set, or with an empty text remove, what an indicator aims at.

    A star behind the text makes the indicator a local priority; typing the same target again without its star
    ends that. A target by which results have been judged, or of a plan that is out, is kept as it was until today, with
    the reason; typed again on the day on which it was changed, it is only corrected.

    Args:
        session: The session of the revision.
        indicator_id: The indicator.
        year: The first calendar year of the financial year; ``None`` for the whole plan.
        text: What was typed, such as "4% *".
        kind: How it is meant, where somebody chose that.
        reason: Why a target changes by which results have been judged.

    Raises:
        RuleBroken: if the text is no target or may be several, or a reason is missing (then for the field "reason").
    """
    indicator = rows.get(session, Indicator, indicator_id)
    target = session.exec(select(Target).where(target_at(indicator_id, year))).first()
    if not text or not text.strip():
        if target:
            keep_earlier(session, indicator, target, reason)
            rows.remove(session, Target, target.id)
        return
    reading = read_target(session, indicator, year, text, kind)
    values = columns_of(reading)
    if target is None:
        rows.add(session, Target, indicator_id=indicator_id, year=year, since=since(session, indicator, year), **values)
    elif same_target(target, reading):
        if kind is None and not reading.star:
            _end_star(session, indicator, year)
    else:
        changed_on = keep_earlier(session, indicator, target, reason)
        over = {"over_first": None, "over_years": None}  # said anew, it is over the plan's own years
        rows.change(session, Target, target.id, **values, **over, since=changed_on)
    if reading.star:
        rows.change(session, Indicator, indicator_id, local_priority=True)


def set_kind(session: Session, indicator_id: str, year: int | None, kind: TargetKind, reason: str = "") -> None:
    """Say what kind of target one is that stands there; its words stay as they are.

    Raises:
        RuleBroken: if there is none, its words cannot be of that kind, or a reason is missing as for ``set_target``.
    """
    target = session.exec(select(Target).where(target_at(indicator_id, year))).first()
    if target is None:
        raise RuleBroken("kind", "There is no target yet. Write the target first, then choose its kind.")
    set_target(session, indicator_id, year, target.stated, kind, reason)


def _group(group_id: str) -> ColumnElement[bool]:
    return col(Indicator.group_id) == group_id


def _end_star(session: Session, indicator: Indicator, year: int | None) -> None:
    """The star stands behind the first year's target, so that is where it can be rubbed out."""
    first = session.exec(select(func.min(Target.year)).where(Target.indicator_id == indicator.id)).one()
    if indicator.local_priority and year == first:
        rows.change(session, Indicator, indicator.id, local_priority=False)


def _next_ref(session: Session) -> str:
    """The reference behind the last one, also of those that were removed: "PI23"."""
    there = session.exec(select(Indicator.ref).where(col(Indicator.ref).startswith("PI"))).all()
    refs = [*there, *(str(row["ref"]) for row in rows.removed(session, Indicator))]
    numbers = [int(ref[2:]) for ref in refs if ref.startswith("PI") and ref[2:].isdecimal()]
    return f"PI{max(numbers, default=0) + 1:02d}"
