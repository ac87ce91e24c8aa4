"""What a person does to the performance plan: groups, indicators and targets."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.figures.targets import stated as targets
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target, TargetKind
from spp_desktop.plan.rules import RuleBroken

TARGET = "target:"
"""A cell that holds a target is called this and its year, such as "target:2008", or "target:plan"."""

WHOLE_PLAN = "plan"


def add_group(session: Session, title: str, *, parent_id: str | None = None, after: str | None = None) -> str:
    """Add a heading of the performance plan, or one under another, and give its key."""
    siblings = col(IndicatorGroup.parent_id).is_not_distinct_from(parent_id)
    return rows.add_placed(session, IndicatorGroup, siblings, after, title=title, parent_id=parent_id)


def add_indicator(
    session: Session, group_id: str, title: str, *, ref: str | None = None, after: str | None = None, **values: Any
) -> str:
    """Add an indicator to a group, behind another or last, and give its key.

    Where there is no reference it gets the next free one, such as "PI23".

    Raises:
        RuleBroken: if the reference is taken, or a value breaks a rule.
    """
    ref = ref or _next_ref(session)
    return rows.add_placed(
        session, Indicator, _group(group_id), after, group_id=group_id, title=title, ref=ref, **values
    )


def set_indicator(session: Session, key: str, **values: Any) -> None:
    """Set columns of an indicator."""
    rows.change(session, Indicator, key, **values)


def move_indicator(session: Session, key: str, group_id: str, after: str | None) -> None:
    """Put an indicator behind another of a group, or first there where ``after`` is ``None``."""
    rows.move(session, Indicator, key, _group(group_id), after, group_id=group_id)


def remove_indicator(session: Session, key: str) -> None:
    """Remove an indicator, with its targets and results."""
    rows.remove(session, Indicator, key)


def remove_indicators(session: Session, keys: Iterable[str]) -> None:
    """Remove indicators, with their targets and results."""
    for key in dict.fromkeys(keys):
        rows.remove(session, Indicator, key)


def duplicate_indicator(session: Session, key: str) -> str:
    """Copy an indicator to the place behind it, under the next free reference, and give the copy's key.

    Its targets are copied as they were stated. Results are not: they belong to the first one.
    """
    first = rows.get(session, Indicator, key)
    copy = add_indicator(session, **first.model_dump(exclude={"id", "ref", "position"}), after=key)
    for target in session.exec(select(Target).where(Target.indicator_id == key)).all():
        rows.add(session, Target, **{**target.model_dump(exclude={"id"}), "indicator_id": copy})
    return copy


def set_cells(session: Session, cells: rows.CellValues) -> None:
    """Set any cells of any indicators: what typing, pasting and filling down all do.

    A cell is (indicator key, column, value). The columns "target:2008" and "target:plan" take a target as a
    person types it; nothing removes it.

    Raises:
        RuleBroken: at the first cell that breaks a rule; nothing is then changed.
    """
    for key, values in rows.by_row(cells).items():
        columns = {name: value for name, value in values.items() if not name.startswith(TARGET)}
        rows.change(session, Indicator, key, **columns)
        for name in values.keys() - columns.keys():
            year = name.removeprefix(TARGET)
            set_target(session, key, None if year == WHOLE_PLAN else int(year), values[name])


def set_target(
    session: Session, indicator_id: str, year: int | None, text: str | None, kind: TargetKind | None = None
) -> None:
    """Set, or with an empty text remove, what an indicator aims at.

    A star behind the text makes the indicator a local priority; typing the same target again without its star
    ends that.

    Args:
        session: The session of the revision.
        indicator_id: The indicator.
        year: The first calendar year of the financial year; ``None`` for the whole plan.
        text: What was typed, such as "4% *".
        kind: How it is expressed; where nothing is said, the kind the text shows or the indicator usually has.

    Raises:
        RuleBroken: if the text is no target.
    """
    indicator = rows.get(session, Indicator, indicator_id)
    kept = session.exec(select(Target).where(_target(indicator_id, year))).first()
    if not text or not text.strip():
        if kept:
            rows.remove(session, Target, kept.id)
        return
    usual = kind or _usual(session, indicator_id, year)
    try:
        read = targets.read(text, usual=usual, polarity=indicator.polarity)
    except ValueError as problem:
        raise RuleBroken("stated", str(problem)) from None
    values = {"kind": kind or read.kind, "stated": read.stated, "value": read.value}
    if kept is None:
        rows.add(session, Target, indicator_id=indicator_id, year=year, **values)
    elif read.stated == kept.stated and kind is None and not read.star:
        _end_star(session, indicator, year)
    else:
        rows.change(session, Target, kept.id, **values)
    if read.star:
        rows.change(session, Indicator, indicator_id, local_priority=True)


def _group(group_id: str) -> ColumnElement[bool]:
    return col(Indicator.group_id) == group_id


def _target(indicator_id: str, year: int | None) -> ColumnElement[bool]:
    return (col(Target.indicator_id) == indicator_id) & col(Target.year).is_not_distinct_from(year)


def _usual(session: Session, indicator_id: str, year: int | None) -> TargetKind | None:
    """The kind of target that stands there, or in a neighbouring year; benchmark years say nothing of the others."""
    query = select(Target).where(Target.indicator_id == indicator_id, Target.kind != "benchmark")
    kinds = {target.year: target.kind for target in session.exec(query)}
    if year in kinds:
        return kinds[year]
    yearly = next((kind for at, kind in kinds.items() if at is not None), None)
    if year is None and yearly == "change on previous year":
        return "change over plan"
    return yearly or ("change on previous year" if kinds.get(None) == "change over plan" else kinds.get(None))


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
