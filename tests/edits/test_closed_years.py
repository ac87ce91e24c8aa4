"""A year that is closed: nothing that belongs to it changes through any door, until it is reopened for a reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from spp_desktop.edits import closed_years as closing
from spp_desktop.edits import (
    delivery,
    issuing,
    performance,
    receiving,
    registers,
    reporting_periods,
    restoring,
    results,
    returns_calendar,
    rows,
)
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.performance import Target
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import ClosedYear
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.store import as_at, closed_years, moments, monitored, queries
from spp_desktop.store.as_at import PastWorkspace
from spp_desktop.store.checks.every import check
from spp_desktop.store.overview.dates import overdue
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import OverviewAsk
from spp_desktop.store.problems import UndoOfClosed, UndoRefused
from spp_desktop.store.workspace import Workspace
from tests.turned import turn


@pytest.fixture
def closed(workspace: Workspace) -> Workspace:
    """The small plan turned to 2009, and 2008 closed."""
    workspace.edit("turn", turn, as_kind="built")
    workspace.edit("change 1.01 back and forth", _retitle, "Do it otherwise")
    workspace.edit("close 2008-2009", closing.close_year, 2008, "K Rowe", without_periods=True)
    return workspace


def _first(session: Session, year: int = 2008) -> str:
    return next(row.key for row in queries.activities(session.connection(), year))


def _retitle(session: Session, text: str) -> None:
    delivery.set_cells(session, [(_first(session), "text", text)])


def _result(session: Session, month: date, value: float) -> None:
    key = queries.indicators(session.connection())[0].key
    entry = {"indicator_id": key, "period_from": month, "period_to": month.replace(day=30), "value": value}
    results.enter(session, [entry], "a late correction")


def _post(session: Session) -> str:
    return str(queries.register(session.connection(), Post)[1].id)


def _step(session: Session) -> str:
    return queries.milestones(session.connection(), 2008)[0].key


def _target(session: Session) -> str:
    return next(row.key for row in queries.targets(session.connection()) if row.year == 2008)


DOORS: dict[str, Callable[[Session], object]] = {
    "an activity's words": lambda session: _retitle(session, "Do nothing"),
    "a new activity": lambda session: delivery.add_activity(
        session, 2008, queries.register(session.connection(), Priority)[0].id, "Do more"
    ),
    "an activity taken away": lambda session: delivery.remove_activities(session, [_first(session)]),
    "an activity moved into the year": lambda session: rows.change(
        session, Activity, _first(session, 2009), year=2008, ref="9.99"
    ),
    "an activity moved out of the year": lambda session: rows.change(
        session, Activity, _first(session), year=2009, ref="9.99"
    ),
    "its owner": lambda session: delivery.set_owners(session, _first(session), [_post(session)]),
    "its milestone": lambda session: rows.change(session, Milestone, _step(session), title="Another step"),
    "an update of it": lambda session: delivery.add_update(session, _first(session), date(2009, 4, 2), done="Much"),
    "a target": lambda session: rows.change(session, Target, _target(session), stated="5%"),
    "a target taken away": lambda session: rows.remove(session, Target, _target(session)),
    "a result": lambda session: _result(session, date(2008, 6, 1), 400.0),
    "its indicator, with its results": lambda session: performance.remove_indicators(
        session, [queries.indicators(session.connection())[0].key], "it is counted no more"
    ),
    "its priority, with its activities": lambda session: rows.remove(
        session, Priority, queries.register(session.connection(), Priority)[0].id
    ),
    "the year itself": lambda session: rows.remove(
        session, ClosedYear, queries.register(session.connection(), ClosedYear)[0].id
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_closed_year_changes(closed: Workspace, door: str) -> None:
    """Whichever verb it is; the plan stays as it was, and a sentence says what to do."""
    before = closed.revision()
    with pytest.raises(RuleBroken, match=r"Reopen the year first and say why"):
        closed.edit("try", DOORS[door])
    assert closed.revision() == before


def test_what_is_of_no_closed_year_stays_free(closed: Workspace) -> None:
    """Priorities, the plan's own years and links; and the year that was closed says so."""
    with_priority = closed.read(queries.register, Priority)[0].id
    closed.edit("name it", rows.change, Priority, with_priority, title="Harm")
    closed.edit("do it", rows.change, Activity, closed.read(queries.activities, 2009)[0].key, text="Do this")
    closed.edit("count", _result, date(2009, 6, 1), 370.0)
    known = closed.read(closed_years.every)[2008]
    assert closed_years.in_words(known) == "closed since 10 Jul 2009 by K Rowe"


def test_nothing_of_a_closed_year_is_asked_about(closed: Workspace) -> None:
    """Neither by the checks, nor as overdue on the overview, nor as a return that is to be sent."""
    old = {row.key for row in closed.read(queries.activities, 2008)} | {
        row.key for row in closed.read(queries.milestones, 2008)
    }
    asked = OverviewPlan(closed, OverviewAsk(2009))
    assert not old & {row.key for row in overdue(asked).named}
    assert not old & {row.key for each in closed.read(check) for row in each.finding.rows}
    assert 2008 not in {each.about.year for each in returns_calendar.rounds(closed)}
    closed.edit("reopen", closing.reopen_year, 2008, "A figure was sent in late.")
    assert 2008 in {each.about.year for each in returns_calendar.rounds(closed)}
    assert old & {row.key for row in overdue(OverviewPlan(closed, OverviewAsk(2009))).named}
    assert old & {row.key for each in closed.read(check) for row in each.finding.rows}


def test_undo_redo_and_restore_stop_at_a_closed_year(closed: Workspace) -> None:
    """Undo says which year is in the way; with the year reopened it goes on."""
    step = closed.revision()
    with pytest.raises(UndoOfClosed, match="a year that was closed is opened again only for a reason") as refused:
        closed.undo()
    assert refused.value.year == 2008
    assert closed.revision() == step
    closed.edit("reopen", closing.reopen_year, 2008, "The figure of June was wrong.", "K Rowe")
    assert closed.read(closed_years.every)[2008].reason == "The figure of June was wrong."
    closed.edit("otherwise", _retitle, "Do it at last")
    closed.undo()
    closed.edit("close again", closing.close_year, 2008, without_periods=True)
    with pytest.raises(UndoRefused):
        closed.undo()


def test_the_guard_lies_again_behind_an_undo(closed: Workspace) -> None:
    """It is laid aside while no year is closed, and not where a step makes one of the years themselves again."""
    laid = "SELECT name FROM sqlite_temp_schema WHERE type = 'trigger' ORDER BY name"
    told: list[str] = []
    before = closed._raw.execute(laid).fetchall()

    def turned(turn: Callable[[], object]) -> bool:
        """Whether the guard of activities was laid aside meanwhile; it lies there again."""
        told.clear()
        closed._raw.set_trace_callback(told.append)
        turn()
        closed._raw.set_trace_callback(None)
        assert closed._raw.execute(laid).fetchall() == before
        return any("DROP TRIGGER" in each and "closed_activity_" in each for each in told)

    closed.edit("go on", rows.change, Activity, closed.read(queries.activities, 2009)[0].key, text="Go on")
    assert not turned(closed.undo)
    assert not turned(closed.redo)
    closed.edit("reopen", closing.reopen_year, 2008, "The figure of June was wrong.", "K Rowe")
    closed.edit("otherwise", _retitle, "Do it at last")
    assert turned(closed.undo)
    assert turned(closed.redo)
    closed.edit("close again", closing.close_year, 2008, without_periods=True)
    with pytest.raises(RuleBroken, match="Reopen the year first"):
        closed.edit("otherwise", _retitle, "Do nothing")


def test_an_answer_to_a_closed_year_waits_until_it_is_reopened(workspace: Workspace, tmp_path: Path) -> None:
    """A return that went out before still comes back; what it says of the closed year is asked about."""
    path = tmp_path / "plan.xlsx"
    issuing.issue(workspace, PERFORMANCE_PLAN, path)
    book = load_workbook(path)
    sheet = book["Performance plan"]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "2008-2009")
    sheet.cell(heading.row + 1, heading.column).value = "5%"
    book.save(path)
    workspace.edit("turn", registers.set_plan, first_year=2009, kept_from=2008)
    workspace.edit("close", closing.close_year, 2008, without_periods=True)
    (answer,) = [each for each in receiving.review(workspace, path).differences if each.field == "target:2008"]
    assert answer.returned == "5%"
    assert "2008-2009 is closed" in answer.remark


def test_a_row_of_a_closed_year_is_not_restored(workspace: Workspace) -> None:
    """As it was before the year was closed."""
    moment = workspace.read_beside(moments.now)
    workspace.edit("otherwise", _retitle, "Do it otherwise")
    workspace.edit("turn", turn)
    workspace.edit("close", closing.close_year, 2008, without_periods=True)
    key = workspace.read(queries.activities, 2008)[0].key
    with as_at.opened(workspace, moment) as then:
        assert isinstance(then, PastWorkspace)
        back = restoring.proposed(workspace, then, key)
    with pytest.raises(UndoRefused, match="Reopen the year first"):
        workspace.edit(back.label, restoring.restore, back)


def test_the_whole_plan_is_not_restored_to_before_a_year_was_closed(closed: Workspace) -> None:
    """For that would open the year, and nobody would have said why."""
    before = [step for step in closed.history() if step.label == "change 1.01 back and forth"]
    with as_at.opened(closed, moments.of_step(before[0])) as then:
        assert isinstance(then, PastWorkspace)
        back = restoring.proposed(closed, then)
    with pytest.raises(UndoOfClosed, match="This changes 2008-2009, which is closed"):
        closed.edit(back.label, restoring.restore, back)


def test_a_year_is_closed_once_its_last_period_is_locked(workspace: Workspace) -> None:
    """Not before it is over, nor while a period of it is open; without any period a person is asked."""
    workspace.edit("turn", turn, as_kind="built")
    for year, why in ((2009, "is not over"), (2004, "no year of the plan"), (2008, "no reporting period")):
        with pytest.raises(RuleBroken, match=why):
            workspace.edit("close", closing.close_year, year)
    workspace.edit("make", reporting_periods.make_periods)
    with pytest.raises(RuleBroken, match="are not locked"):
        workspace.edit("close", closing.close_year, 2008)
    for period in workspace.read(monitored.periods)[:4]:
        workspace.edit("lock", reporting_periods.lock_period, period.key)
    workspace.edit("close", closing.close_year, 2008)
    with pytest.raises(RuleBroken, match="closed already"):
        workspace.edit("close", closing.close_year, 2008)
    with pytest.raises(RuleBroken, match="Say why"):
        workspace.edit("reopen", closing.reopen_year, 2008, " ")
    with pytest.raises(RuleBroken, match="nothing to reopen"):
        workspace.edit("reopen", closing.reopen_year, 2009, "why not")
    assert workspace.edit("make", reporting_periods.make_periods) == []
