"""Rows that stand in the plan from year to year, as the year turns: indicators, priorities, what is of no year."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from spp_desktop.edits import links, performance, rows
from spp_desktop.edits.turning.carrying import link_all
from spp_desktop.edits.turning.fates import GOES_ON
from spp_desktop.edits.turning.proposals import RowProposal
from spp_desktop.plan.links import joins
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store.turned import CARRIED

_OWN = {"id", "ref", "position", "title", "last_year"}
"""The columns of an indicator that those which come of it have for themselves."""


def turn_indicators(session: Session, proposed: Sequence[RowProposal], year: int) -> None:
    """Say of indicators what becomes of them at the end of a year: their targets as decided, and which are reported on.

    Args:
        session: The session of the revision.
        proposed: What becomes of indicators.
        year: The first calendar year of the year that is left.

    Raises:
        RuleBroken: if a target that was decided is none, or a reference is taken.
    """
    for row in proposed:
        if row.fate in GOES_ON and row.decision:
            _aim(session, row, year + 1)
        elif row.fate == "split":
            link_all(session, [(CARRIED, new, row.key) for new in _split(session, row)])
    leave(session, proposed, year)


def leave(session: Session, proposed: Sequence[RowProposal], year: int) -> None:
    """Say of rows that are of no year what becomes of them: new words, what takes their place, their last year.

    Args:
        session: The session of the revision.
        proposed: What becomes of the rows; rows that stay as they are are passed over.
        year: The first calendar year of the last year of those that leave the plan.

    Raises:
        RuleBroken: if the words may not stand there.
    """
    link_all(session, _places(proposed))
    for row in proposed:
        model = kinds_of_row()[row.table]
        values: dict[str, Any] = {}
        if row.fate == "changed" and row.texts and row.into is None:
            values[model.called_by[-1]] = row.texts[0]
        if "last_year" in model.model_fields and (row.fate not in GOES_ON or row.into is not None):
            values["last_year"] = year
        if values:
            rows.change(session, model, row.key, **values)


def _places(proposed: Sequence[RowProposal]) -> Iterator[tuple[str, str, str]]:
    """The links from what took the place of rows, of those kinds that can be linked so."""
    for row in proposed:
        fitting = {kind.name for kind in joins().between(row.table, row.table)}
        if row.into is not None and CARRIED in fitting:
            yield CARRIED, row.into, row.key


def _aim(session: Session, row: RowProposal, year: int) -> None:
    """Set the target of the year that follows, where another was decided than stands there."""
    query = select(Target.stated).where(Target.indicator_id == row.key, Target.year == year)
    if row.target and row.target != (session.exec(query).first() or ""):
        performance.set_target(session, row.key, year, row.target, reason=row.reason or row.why)


def _split(session: Session, row: RowProposal) -> Iterator[str]:
    """The indicators that an indicator becomes, behind it and measured as it is; they have no targets yet."""
    old = rows.get(session, Indicator, row.key)
    columns = old.model_dump(exclude=_OWN)
    after = row.key
    for at, text in enumerate(row.texts):
        ref = row.refs[at] if at < len(row.refs) else None
        after = performance.add_indicator(session, **columns, title=text, ref=ref, after=after)
        links.copy_links(session, row.key, after)
        yield after


def keep_over_plan(session: Session, first_year: int, years: int) -> None:
    """Have targets over the plan stay what they are: over the years of the plan, where none were said."""
    of_plan = select(Target.id).where(col(Target.year).is_(None), col(Target.over_first).is_(None))
    over = {"over_first": first_year, "over_years": years}
    rows.change_all(session, Target, dict.fromkeys(session.exec(of_plan), over))
