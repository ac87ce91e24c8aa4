"""Reporting periods, the page My portfolio and what the panel says of an activity, by real keys."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from spp_desktop.edits import delivery, reporting_periods, reports
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog
from spp_desktop.ui.monitoring.reporting import NONE_OPEN, Reporting
from spp_desktop.ui.monitoring.slippage_pane import SlippagePane
from spp_desktop.ui.overview.portfolio_page import PortfolioPage
from spp_desktop.ui.priorities.row_lists import ActivityList
from tests.turned import turn

Key = Qt.Key


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


def two_quarters(session: Session) -> None:
    """A verb: something was said of 1.01 for the first quarter, which is locked, and the second is open."""
    first, second, *_ = reporting_periods.make_periods(session, "quarters")
    reporting_periods.open_period(session, first)
    one = queries.activities(session.connection())[0].key
    status = session.exec(select(Status.id).where(Status.title == "At risk")).one()
    delivery.set_cells(session, [(one, "status_id", status), (one, "reason", "A partner left.")])
    reports.set_texts(session, first, [(one, "done", "A draft is out."), (one, "next", "Agree it.")])
    reports.submit(session, first, [one])
    reports.accept(session, first, [one])
    reporting_periods.lock_period(session, first)
    reporting_periods.open_period(session, second)


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> PortfolioPage:
    signals.edit("open the second quarter", two_quarters)
    made = PortfolioPage(signals)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    return made


def type_in(grid: GridView, text: str) -> None:
    """Type into the cell that one is in, and Enter: the first letter opens the editor."""
    QTest.keyClicks(grid, text[0])
    editor = grid.delegate.editor()
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Key.Key_Return)


def words(page: PortfolioPage) -> list[str]:
    """What the box offers to narrow the lines to, with how many there are of each."""
    return [page.which.itemText(n) for n in range(page.which.count())]


def test_carried_text_is_said_to_be_carried_until_it_is_changed(qtbot: QtBot, page: PortfolioPage) -> None:
    first = page.model.rows[0]
    assert page.select(first.key)
    page.grid.setFocus()
    pane = page.panel.pane
    assert "Q1" in pane.earlier.text()
    assert "At risk" in pane.earlier.text()
    QTest.keyClick(page.grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.model.rows[0].state == "carried"
    assert pane.carried.isVisible()
    done = page.model.index(page.model.line_of(first.key), page.model.column_of("done"))
    assert page.model.data(done) == "A draft is out. (carried forward)"
    pane.done.setFocus()
    pane.done.selectAll()
    QTest.keyClicks(pane.done, "It is agreed.")
    QTest.keyClick(pane.done, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pane.carried.isVisible()
    assert (page.model.rows[0].state, page.model.rows[0].next) == ("written", "Agree it.")
    QTest.keyClick(page.grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "Nothing was carried forward" in page.sentence.text()


def test_the_lines_are_narrowed_to_what_is_asked(page: PortfolioPage, signals: PlanSignals) -> None:
    assert words(page)[:2] == ["All 3", "Unanswered: 3"]
    page.which.setCurrentIndex(1)
    page.which.activated.emit(1)
    assert page.filter.text() == "asked:unanswered"
    assert page.model.matching() == 3
    first = page.model.rows[0]
    page.grid.select(first.key, "done")
    page.grid.setFocus()
    type_in(page.grid, "x")
    assert page.model.matching() == 3  # a row does not go away while somebody edits it
    assert "Unanswered: 2" in words(page)
    page.model.arrange()
    assert page.model.matching() == 2
    assert signals.workspace.undo_label is not None


def test_what_changes_after_sign_off_is_found_and_told_with_who_changed_it(page: PortfolioPage) -> None:
    assert page.reporting.period is not None
    first = page.model.rows[0]
    page.period.setCurrentIndex(0)
    page.period.activated.emit(0)
    assert "locked" in page.reporting.words()
    assert "Changed after sign-off: 0" in words(page)
    page.signals.edit("report progress", delivery.set_cells, [(first.key, "percent", 70)])
    assert page.model.rows[0].changed
    assert "Changed after sign-off: 1" in words(page)
    page.select(first.key)
    told = page.panel.pane.changed.text()
    assert told.startswith("After sign-off: % done none → 70, by ")
    assert not page.panel.pane.submit.isVisible()  # the period is locked


def test_periods_of_a_plans_own_are_added_named_and_taken_away(qtbot: QtBot, signals: PlanSignals) -> None:
    dialog = PeriodsDialog(signals)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.add, Key.Key_Space)
    assert [line.period.title for line in dialog.model.rows] == ["Period 1"]
    type_in(dialog.grid, "Spring")
    QTest.keyClick(dialog.add, Key.Key_Space)
    first, second = (line.period for line in dialog.model.rows)
    assert (first.title, second.title) == ("Spring", "Period 1")
    assert (second.starts - first.ends).days == 1
    dialog.grid.select(second.key, "ends")
    assert dialog.model.put([(second.key, "ends", date(2001, 1, 1))]) is False
    assert "ends before it begins" in dialog.sentence.text()
    dialog.model.give_up(list(dialog.model.pending))
    QTest.keyClick(dialog.remove, Key.Key_Space)
    assert [line.period.title for line in dialog.model.rows] == ["Spring"]
    assert signals.read(monitored.delivery_rule).periods == "quarters"
    rule = signals.read(queries.register, DeliveryRule)[0].id
    signals.edit("report in own periods", _own_periods, rule)
    assert not dialog.make.isVisible()
    dialog.reject()


def _own_periods(session: Session, rule: str) -> None:
    """A verb: the plan names its periods itself."""
    row = session.get(DeliveryRule, rule)
    assert row is not None
    row.periods = "own"
    session.add(row)


def moved_twice(session: Session) -> None:
    """A verb: the date of 1.01 moved twice, and the plan has second moves approved."""
    one = queries.activities(session.connection())[0].key
    for day in (1, 15, 30):
        delivery.set_cells(session, [(one, "due", date(2008, 9, day))], reason="The supplier is late.")
    for rule in session.exec(select(DeliveryRule)):
        rule.moves_approved = True
        session.add(rule)


def test_a_second_move_is_said_not_to_be_approved_until_somebody_approves_it(
    qtbot: QtBot, signals: PlanSignals
) -> None:
    signals.edit("move it twice", moved_twice)
    pane = SlippagePane(signals)
    qtbot.addWidget(pane)
    pane.show()
    row = signals.read(queries.activities)[0]
    pane.show_row(row, ())
    assert "slipped twice, by 29 days" in pane.words.text()
    assert pane.words.text().count("Not approved yet") == 1  # the first move needs nobody
    QTest.keyClick(pane.approve, Key.Key_Space)
    pane.show_row(row, ())
    assert "Approved by" in pane.words.text()
    assert not pane.approve.isVisible()
    pane.show_row(signals.read(queries.activities)[1], ())
    assert not pane.isVisible()


def test_the_period_in_view_is_one_of_the_years_own(signals: PlanSignals) -> None:
    """Beside an activity of a year in which no period was opened yet, no period of another year is offered."""
    signals.edit("open the second quarter", two_quarters)
    reporting = Reporting(signals)
    assert reporting.title() == "2008-09 Q2"
    reporting.look_at_year(2009)
    assert (reporting.period, reporting.locked) == (None, NONE_OPEN)


def test_activities_of_passed_years_stand_last_below_a_priority_and_name_their_year(
    qtbot: QtBot, signals: PlanSignals
) -> None:
    signals.edit("turn", turn)
    priority = signals.read(queries.activities)[0].priority_key
    below = ActivityList(signals)
    qtbot.addWidget(below)
    below.show_under(frozenset({priority}))
    refs = [cell.text() for row in range(below.count()) if (cell := below.item(row, 0))]
    assert refs == ["1.01 (2009-2010)", "1.01 (2008-2009)", "1.02 (2008-2009)"]
