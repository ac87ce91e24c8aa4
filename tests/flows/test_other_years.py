"""Plans whose years begin in another month than April: made by keys or by a command, judged, returned, set right."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.edits import issuing, judging, receiving, registers, results, taking
from spp_desktop.edits.deciding import decided, undecided
from spp_desktop.plan import periods
from spp_desktop.plan.results import Result
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Return
from spp_desktop.store import exports, glimpse, queries
from spp_desktop.store.judged import Scope, judged
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window import plan_jobs
from spp_desktop.ui.window.new_plan import NewPlanDialog
from tests.command_line import spp
from tests.edits.filling import Filled
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key


def indicator(plan: Workspace) -> str:
    """The key of the one indicator of the small plan."""
    return plan.read(queries.indicators)[0].key


def by_quarters(plan: Workspace) -> str:
    """Calendar years: 100, 200, 300, 400 in the quarters of 2007, 90, 180 in 2008; 4% less is aimed at."""
    plan.edit("set", registers.set_plan, first_month=1, as_at=date(2008, 8, 15))
    plan.edit("measure", judging.set_measuring, indicator(plan), measure="count", trajectory="last year's profile")
    figures = {(2007, n): 100.0 * n for n in periods.QUARTERS} | {(2008, 1): 90.0, (2008, 2): 180.0}
    rows = [
        {
            "indicator_id": indicator(plan),
            "period_from": periods.quarter_start(*quarter),
            "period_to": periods.quarter_end(*quarter),
            "value": value,
        }
        for quarter, value in figures.items()
    ]
    plan.edit("enter", results.enter, rows)
    return indicator(plan)


def test_calendar_quarters_are_judged_as_by_hand(workspace: Workspace) -> None:
    of = by_quarters(workspace)
    (stands,) = workspace.read(judged, date(2008, 8, 15), Scope(of))
    assert (stands.year, stands.kind, stands.judgement.state) == (2008, "quarter", "green")
    facts = stands.judgement.facts
    assert facts.period == "January to June 2008"
    assert facts.actual == 90 + 180
    assert facts.aim == 288  # 4% less than 1,000 is 960, of which the first half of 2007 had 300 of 1,000
    workspace.undo()
    workspace.undo()
    workspace.undo()
    assert periods.first_month() == periods.APRIL


def test_a_plan_of_ten_calendar_years_by_keys(
    qtbot: QtBot, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_jobs, "home", lambda: tmp_path)
    window = opener(None)

    def steps(dialog: NewPlanDialog) -> None:
        type_text("Council plan")
        dialog.first_year.setFocus()
        dialog.first_year.selectAll()
        type_text("2009")
        key(Key.Key_Tab)
        assert dialog.first_month.hasFocus()
        type_text("jan")
        assert dialog.first_year.text() == "2009 (from 1 January)"
        key(Key.Key_Tab)
        type_text("10")
        assert dialog.place.text().endswith("Council plan 2009-2018.plan")
        key(Key.Key_Return)

    with in_dialog(qtbot, NewPlanDialog, steps):
        press(qtbot, window, Key.Key_N, CTRL)
    to_front(qtbot, window)
    view = view_of(window)
    assert (view.plan.first_month, view.plan.years) == (1, 10)
    assert [view.year.itemText(n) for n in range(view.year.count())] == [str(year) for year in range(2009, 2019)]
    assert periods.by_calendar_years()


def test_a_plan_from_july_by_command(tmp_path: Path) -> None:
    plan = tmp_path / "july.plan"
    made = spp("new", plan, "--first-year", "2009-10", "--first-month", "july", "--years", "5")
    assert made.status == 0
    with Workspace.open(plan) as opened:
        own = opened.read(queries.plan)
        assert (own.first_year, own.years, own.first_month) == (2009, 5, 7)
        assert periods.quarter_start(2009, 1) == date(2009, 7, 1)
    card = glimpse.card_of(plan)
    assert card is not None
    assert card.period == (2009, 2014)
    refused = spp("new", tmp_path / "x.plan", "--first-month", "smarch")
    assert refused.status != 0
    assert "“smarch” is no month; write it as January." in refused.err


def test_the_month_is_changed_in_lists_once_what_becomes_of_all_is_read(
    qtbot: QtBot, opener: Opener, workspace: Workspace
) -> None:
    path = workspace.path
    workspace.close()
    window = opener(path)
    view = view_of(window)
    view.show_page("performance")
    view.show_page("results")
    view.show_page("delivery")
    dialog = RegistersDialog(view.signals, window)
    qtbot.addWidget(dialog)
    dialog.show()
    texts: list[str] = []

    def reply(yes: str) -> None:
        def steps(box: QMessageBox) -> None:
            texts.append(box.informativeText())
            next(button for button in box.buttons() if button.text().replace("&", "").startswith(yes)).click()

        months = dialog.form.first_month
        months.setCurrentIndex(months.findText("January"))
        with in_dialog(qtbot, QMessageBox, steps):
            months.activated.emit(months.currentIndex())

    reply("Cancel")
    assert (periods.first_month(), dialog.form.first_month.currentText()) == (4, "April")
    reply("Begin in January")
    assert (
        texts
        == [
            "3 activities and 1 target keep the year that they were filed under, which then begins in January. "
            "Nothing is lost, and Undo brings the years back as they are."
        ]
        * 2
    )
    assert view.year.itemText(0) == "2008"
    headings = [column.title for column in view.page("performance").model.columns]  # type: ignore[attr-defined]
    assert "2008" in headings
    assert next(period.words for period in view.page("results").span) == "January 2010"  # type: ignore[attr-defined]
    view.signals.workspace.undo()
    assert (periods.first_month(), view.year.itemText(0)) == (4, "2008-2009")
    dialog.close()


@pytest.mark.parametrize(
    ("definition", "period", "ends"),
    [(STATUS_RETURN, "Q2", date(2008, 9, 30)), (MONTHLY_RESULTS, "M06", date(2008, 9, 30))],
)
def test_what_went_out_before_the_years_changed_is_read_as_it_was_meant(
    workspace: Workspace, tmp_path: Path, definition: Return, period: str, ends: date
) -> None:
    workspace.edit("set", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("measure", judging.set_measuring, indicator(workspace), measure="count")
    path = tmp_path / "out.xlsx"
    owner = "ACC Crime" if definition.by_owner else ""
    issuing.issue(workspace, definition, path, owner=owner, year=2008, period=period)
    workspace.edit("set", registers.set_plan, first_month=1)
    assert [export.begins for export in workspace.read_beside(exports.every)] == [4]
    with Filled(path, definition=definition) as book:
        if definition is STATUS_RETURN:
            book.put("1.01", status="On track", done="All is well")
        else:
            book.put("R1", definition.listings[0].title, value=12)
    review = receiving.review(workspace, path)
    review = decided(workspace, review, undecided(review), "accept")
    taking.apply(workspace, [review])
    if definition is STATUS_RETURN:
        assert [row.reported_on for row in workspace.read(queries.updates)] == [ends]
    else:
        (row,) = workspace.read(queries.register, Result)
        assert (row.period_from, row.period_to, row.value) == (date(2008, 9, 1), ends, 12)


def test_a_quarter_of_calendar_years_goes_out_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("set", registers.set_plan, first_month=1, as_at=date(2008, 4, 10))
    path = tmp_path / "q1.xlsx"
    content = issuing.issue(workspace, STATUS_RETURN, path, year=2008, period="Q1")
    assert content.identity.when == "2008 Q1"
    assert issuing.file_name(STATUS_RETURN, content.identity) == "2008 Q1 status return.xlsx"
    review = receiving.review(workspace, path)
    assert (review.identity.year, review.identity.period, review.identity.begins) == (2008, "Q1", 1)
