"""Statutory indicators filled from the plan's own results, and carried on into another scheme."""

from calendar import monthrange
from datetime import date

import pytest
from sqlmodel import Session

from spp_desktop.edits import issuing, registers, rows, statutory, strengths
from spp_desktop.edits.return_checks import before_sending
from spp_desktop.edits.statutory import FilledFigures
from spp_desktop.plan.appendices.people import Strength, WorkforceGroup
from spp_desktop.plan.appendices.statutory import StatutoryIndicator
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.workforce import WORKFORCE
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace


def months(session: Session, indicator: str, year: int, first: int, last: int) -> None:
    """Results of 10 for months of a financial year, counted from April."""
    for month in range(first - 1, last):
        begins = date(year + (month + 3) // 12, (month + 3) % 12 + 1, 1)
        ends = begins.replace(day=monthrange(begins.year, begins.month)[1])
        rows.add(session, Result, indicator_id=indicator, period_from=begins, period_to=ends, value=10.0)


def set_up(session: Session) -> tuple[str, str]:
    """A row of one scheme, and one of it that has its like in another; both of the plan's first indicator."""
    indicator = queries.indicators(session.connection())[0].key
    rows.change(session, Indicator, indicator, measure="count")
    months(session, indicator, 2006, 1, 12)
    months(session, indicator, 2007, 1, 12)
    months(session, indicator, 2008, 1, 7)
    old, new = (rows.add(session, Framework, title=title) for title in ("Order of 2005", "Order of 2008"))
    item = rows.add(session, FrameworkItem, framework_id=new, code="5.1", title="Violence", verified=True)
    columns = {"framework_id": old, "number": "6", "text": "Violent crime", "unit": "crimes", "better": "Lower"}
    first = {**columns, "year": 2008, "indicator_id": indicator, "before": 119.0, "like_id": item}
    return (
        registers.add(session, StatutoryIndicator, first),
        registers.add(session, StatutoryIndicator, {**columns, "number": "7", "year": 2007}),
    )


def cells(workspace: Workspace, number: str) -> tuple[float | None, ...]:
    row = next(row for row in workspace.read(queries.register, StatutoryIndicator) if row.number == number)
    return row.two_before, row.before, row.actual


def test_empty_figures_of_whole_years_are_filled_and_typed_ones_left(workspace: Workspace) -> None:
    mapped, unmapped = workspace.edit("set up", set_up)
    done = workspace.edit("fill", statutory.fill, [mapped, unmapped])
    assert done == FilledFigures(1, ("6, 2007-2008: 119 stands there; the results say 120.",), ("6, 2008-2009",))
    assert cells(workspace, "6") == (120.0, 119.0, None)
    assert cells(workspace, "7") == (None, None, None)
    head = workspace.revision()
    assert workspace.edit("fill", statutory.fill, [mapped]).filled == 0
    assert workspace.revision() == head
    workspace.undo()
    assert cells(workspace, "6") == (None, 119.0, None)


def test_a_row_that_names_no_indicator_or_no_like_says_what_to_choose(workspace: Workspace) -> None:
    _, unmapped = workspace.edit("set up", set_up)
    with pytest.raises(RuleBroken, match="names an indicator of the plan"):
        workspace.edit("fill", statutory.fill, [unmapped])
    with pytest.raises(RuleBroken, match="names its like in another scheme"):
        workspace.edit("carry on", statutory.carry_on, [unmapped])


def test_a_row_goes_on_in_the_scheme_of_its_like_with_its_figures_a_year_back(workspace: Workspace) -> None:
    mapped, unmapped = workspace.edit("set up", set_up)
    workspace.edit("enter", registers.set_cells, StatutoryIndicator, [(mapped, "actual", 130.0)])
    (added,) = workspace.edit("carry on", statutory.carry_on, [mapped, unmapped])
    row = next(row for row in workspace.read(queries.register, StatutoryIndicator) if row.id == added)
    assert (row.number, row.text, row.year, row.two_before, row.before, row.actual, row.verified) == (
        "5.1", "Violence", 2009, 119.0, 130.0, None, True,
    )  # fmt: skip
    assert row.note == "Carried on from 6, 2008-2009."
    assert workspace.edit("carry on", statutory.carry_on, [mapped]) == []


def test_strengths_are_carried_on_to_the_next_count(workspace: Workspace) -> None:
    group = workspace.read(queries.register, WorkforceGroup)[0].id
    given = {"group_id": group, "counted_on": date(2008, 9, 30), "budgeted": 8000.0, "actual": 7990.0}
    key = workspace.edit("add", registers.add, Strength, given)
    empty = issuing.prepare(workspace, WORKFORCE, year=2008, period="H2")
    assert before_sending(workspace, WORKFORCE, empty) == [
        "“Strength” has no row of this time yet; its blank lines are there to be filled in."
    ]
    (added,) = workspace.edit("carry on", strengths.carry_on, [key])
    (row,) = [row for row in workspace.read(queries.register, Strength) if row.id == added]
    assert (row.group_id, row.counted_on, row.budgeted, row.actual) == (group, date(2009, 3, 31), 8000.0, None)
    assert workspace.edit("carry on", strengths.carry_on, [key]) == []
    content = issuing.prepare(workspace, WORKFORCE, year=2008, period="H2")
    assert [line.values["budgeted"] for line in content.tables[0]] == [8000.0]
