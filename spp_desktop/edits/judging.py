"""What a person says of results and how they are judged: colours, rebases, annotations, rules, explanations, peers.

Each is of one indicator in one area, by the area's key; ``None`` (or "") stands for the force as a whole.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import Session, col, select

from spp_desktop.edits import performance, rows
from spp_desktop.plan.judging import Annotation, JudgementRule, Override, PeerForce, PeerRate, Rebase
from spp_desktop.plan.kinds.days import short_day, short_month
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.periods import month_end, month_start, year_name
from spp_desktop.plan.results import Area, Result
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.locks import author

Given = TypeVar("Given", Override, Rebase)

MEASURING = frozenset({
    "measure", "numerator", "denominator", "per", "rated_by", "trajectory", "profile_years", "cut_from", "screened",
    "fix_after", "beyond_counts", "grades",
})  # fmt: skip
"""The columns of an indicator that say how it is measured and charted."""


def set_override(  # noqa: PLR0917 - the place, and what is said of it
    session: Session, indicator: str, area: str | None, period_to: date, colour: str, reason: str
) -> None:
    """Give another colour than the rule's to the period that ends on a day, in place of one given before.

    Raises:
        RuleBroken: without a reason, for a colour that is none, or where no result ends on that day.
    """
    values = _checked(session, Override, indicator, area, period_to=period_to, colour=colour, reason=reason)
    ends = (col(Result.period_to) == values["period_to"]) & _figured()
    if session.exec(select(Result.id).where(_place(Result, indicator, area), ends)).first() is None:
        raise RuleBroken("period_to", f"No result ends on {short_day(values['period_to'])}, so there is no colour.")
    _put(session, Override, values, "period_to", made_on=date.today())


def remove_override(session: Session, indicator: str, area: str | None, period_to: date) -> None:
    """Let the rule's own colour be shown again.

    Raises:
        RuleBroken: if no colour was given to that period.
    """
    _take_back(session, Override, _place(Override, indicator, area), "period_to", period_to)


def rebase(session: Session, indicator: str, area: str | None, starts_on: date, reason: str) -> None:
    """Begin the control chart anew from a month, or give another reason where it begins anew already.

    Raises:
        RuleBroken: without a reason, or where that month has no result.
    """
    values = _checked(session, Rebase, indicator, area, starts_on=starts_on, reason=reason)
    values["starts_on"] = first = month_start(values["starts_on"])
    month = (col(Result.period_from) == first) & (col(Result.period_to) == month_end(first)) & _figured()
    own = _place(Result, indicator, area) & (col(Result.population) == "")
    if session.exec(select(Result.id).where(own, month)).first() is None:
        raise RuleBroken("starts_on", f"{short_month(first)} has no monthly result, so the chart cannot begin there.")
    _put(session, Rebase, values, "starts_on")


def remove_rebase(session: Session, indicator: str, area: str | None, starts_on: date) -> None:
    """Let the control chart go on through a month.

    Raises:
        RuleBroken: if it does not begin anew there.
    """
    _take_back(session, Rebase, _place(Rebase, indicator, area), "starts_on", month_start(starts_on))


def annotate(session: Session, indicator: str, area: str | None, on_day: date, text: str) -> str:
    """Write something beside a day of the chart, and give its key.

    Raises:
        RuleBroken: for no text, or one that is too long.
    """
    values = _checked(session, Annotation, indicator, area, on_day=on_day, text=text)
    return rows.add(session, Annotation, **values, author=author())


def change_annotation(session: Session, key: str, **values: Any) -> None:
    """Change the day or the text of an annotation; it is then signed by who changed it."""
    rows.change(session, Annotation, key, **values, author=author())


def remove_annotation(session: Session, key: str) -> None:
    """Remove an annotation."""
    rows.remove(session, Annotation, key)


def set_rule(session: Session, indicator: str, rule: str | None) -> None:
    """Judge an indicator by a rule of its own, or with ``None`` by the plan's."""
    if rule:
        rows.get(session, JudgementRule, rule)
    rows.change(session, Indicator, indicator, rule_id=rule or None)


def explain_target(session: Session, indicator: str, text: str) -> None:
    """Write down why the target over the plan is not what its years come to; nothing removes the explanation.

    Raises:
        RuleBroken: if there is no target over the plan.
    """
    target = session.exec(select(Target).where(Target.indicator_id == indicator, col(Target.year).is_(None))).first()
    if target is None:
        raise RuleBroken("explanation", "There is no target over the plan to explain.")
    rows.change(session, Target, target.id, explanation=text)


def set_measuring(session: Session, indicator: str, **values: Any) -> None:
    """Set how an indicator is measured, how its targets are read and how its control chart is made.

    Raises:
        RuleBroken: for a column that says none of this, or a value that breaks a rule.
    """
    other = values.keys() - MEASURING
    if other:
        raise RuleBroken(min(other), f"{min(other)} says nothing of how an indicator is measured.")
    performance.set_indicator(session, indicator, **values)


def set_peer_rate(session: Session, indicator: str, peer: str | None, year: int, value: Any) -> None:
    """Set what an indicator came to in a year in a force of that year's group; nothing (``None`` or "") removes it.

    Args:
        session: The session of the revision.
        indicator: The indicator.
        peer: The key of the other force; ``None`` for this force itself.
        year: The first calendar year of the financial year.
        value: The figure, a number or as it is typed.

    Raises:
        RuleBroken: for what is no number, or a force of another year's group.
    """
    rows.get(session, Indicator, indicator)
    if peer is not None and (force := rows.get(session, PeerForce, peer)).year != year:
        raise RuleBroken("year", f"{force.force} is in the group of {year_name(force.year)}, not of {year_name(year)}.")
    own = (col(PeerRate.indicator_id) == indicator) & (col(PeerRate.year) == year)
    kept = session.exec(select(PeerRate).where(own, col(PeerRate.peer_id).is_not_distinct_from(peer))).first()
    typed = value.strip().replace(",", "").removesuffix("%") if isinstance(value, str) else value
    if typed in (None, ""):
        if kept is not None:
            rows.remove(session, PeerRate, kept.id)
    elif kept is not None:
        rows.change(session, PeerRate, kept.id, value=typed)
    else:
        rows.add(session, PeerRate, indicator_id=indicator, peer_id=peer, year=year, value=typed)


def _checked(
    session: Session, model: type[Override | Rebase | Annotation], indicator: str, area: str | None, **values: Any
) -> dict[str, Any]:
    """The values of a row of this indicator and area, both of which there are."""
    rows.get(session, Indicator, indicator)
    if area:
        rows.get(session, Area, area)
    return {**check(model, values), "indicator_id": indicator, "area_id": area or None}


def _put(session: Session, model: type[Given], values: Mapping[str, Any], day: str, **more: Any) -> None:
    """Write a row that a place and a day have only one of, signed by who is at work."""
    signed = {**values, **more, "author": author()}
    place = _place(model, values["indicator_id"], values["area_id"])
    kept = session.exec(select(model).where(place, getattr(model, day) == values[day])).first()
    if kept is None:
        rows.add(session, model, **signed)
    else:
        rows.change(session, model, kept.id, **signed)


def _take_back(session: Session, model: type[Given], place: ColumnElement[bool], day: str, on: date) -> None:
    kept = session.exec(select(model).where(place, getattr(model, day) == on)).first()
    if kept is None:
        raise RuleBroken(day, f"There is nothing of {short_day(on)} to take back; somebody has done so already.")
    rows.remove(session, model, kept.id)


def _place(model: type[Result | Override | Rebase], indicator: str, area: str | None) -> ColumnElement[bool]:
    """In the words of the index that serves it."""
    return (col(model.indicator_id) == indicator) & (func.ifnull(model.area_id, literal_column("''")) == (area or ""))


def _figured() -> ColumnElement[bool]:
    """That a result has a figure, and not only one half of it."""
    both = col(Result.numerator).is_not(None) & col(Result.denominator).is_not(None)
    return col(Result.value).is_not(None) | both
