"""The overview by real keys: gone about, opened, come back from, arranged, confined, printed on one page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.edits.overview.parts import PARTS
from spp_desktop.store import queries
from spp_desktop.store.overview.tallies import ONE, RowBehind, TallyHead, TallyLine, TallyTable
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.overview import overview_page
from spp_desktop.ui.overview.arrange_dialog import ArrangeDialog
from spp_desktop.ui.overview.kept_checks import KeptChecks
from spp_desktop.ui.overview.overview_drawing import overview_drawing
from spp_desktop.ui.overview.overview_page import EMPTY, NUMBERS, ROWS, OverviewPage
from spp_desktop.ui.overview.overview_view import PAD
from spp_desktop.ui.overview.plot import OTHERS, OverviewPlot, PartShown
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.pages import Pages, PageWords, paper
from tests.flows.hands import in_dialog

Key, Mod = Qt.Key, Qt.KeyboardModifier
WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> Iterator[OverviewPage]:
    jobs = Jobs()
    made = OverviewPage(signals, jobs, KeptChecks(signals, jobs, signals), 2008)
    qtbot.addWidget(made)
    made.resize(1350, 640)
    made.restore_state({})
    made.show()
    made.view.setFocus()
    qtbot.waitUntil(lambda: made.kept.checked is not None)
    QApplication.processEvents()
    yield made
    jobs.stop()


def go(page: OverviewPage, *place: str) -> None:
    assert page.view.select(place)


def counts(page: OverviewPage, part: str) -> dict[tuple[str, str], int]:
    """The numbers of a part that are not nought."""
    assert page.view.plot is not None
    stops = [stop for stop in page.view.plot.stops if stop.part == part and stop.row is None]
    return {(stop.line, stop.column): len(stop.rows) for stop in stops if stop.rows}


def made_up(lines: int = 7) -> list[PartShown]:
    """Parts of many numbers, each with a row."""
    row = RowBehind("activity", "key", "1.01", "Do what is to be done", day=date(2009, 3, 31))
    heads = tuple(TallyHead(f"Status {n}") for n in range(8))
    wide = tuple(TallyLine(f"To protect what is number {n}", ((row,),) * 8) for n in range(lines))
    narrow = tuple(TallyLine(f"Kind {n}", ((row,) * n,)) for n in range(4))
    named = tuple(RowBehind("activity", str(n), f"1.0{n}", "Named") for n in range(5))
    return [
        PartShown(part, TallyTable(heads, wide) if part.wide else TallyTable(ONE, narrow, "A note.", named))
        for part in PARTS
    ]


@pytest.mark.parametrize("width", [420, 880, 1340])
def test_the_arrows_reach_every_number_and_named_row(qtbot: QtBot, width: int) -> None:
    del qtbot
    plot = OverviewPlot(made_up(), width, lettering.letters())
    reached, waiting = {0}, [0]
    while waiting:
        here = waiting.pop()
        for across, down in WAYS:
            there = plot.beside(here, across, down)
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(range(len(plot.stops)))
    for stop in plot.stops:
        assert stop.box.left() >= 0
        assert stop.box.right() <= width + 1
    boxes = [stop.box for stop in plot.stops]
    assert not [
        (one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :]
        if one.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))
    ]  # fmt: skip


def test_enter_opens_the_list_behind_a_number_and_escape_comes_back_to_it(
    page: OverviewPage, signals: PlanSignals, qtbot: QtBot
) -> None:
    QTest.keyClick(page.view, Key.Key_Home)
    while (stop := page.view.stop()) is not None and stop.column != "All":
        QTest.keyClick(page.view, Key.Key_Right)
    QTest.keyClick(page.view, Key.Key_Down)
    stop = page.view.stop()
    assert stop is not None
    assert stop.place == ("by priority", "Local policing", "All")
    assert page.summary() == "Activities by priority: Local policing, All: 1"
    QTest.keyClick(page.view, Key.Key_Return)
    assert page.stack.currentIndex() == ROWS
    assert page.rows.grid.hasFocus()
    assert page.rows.title.text() == "Activities by priority: Local policing, All (1)"
    assert [row.behind.ref for row in page.rows.model.rows] == ["2.01"]
    assert page.rows.panel.history.count() > 0
    with qtbot.waitSignal(page.went) as went:
        QTest.keyClick(page.rows.grid, Key.Key_Return)
    key = next(row.key for row in signals.read(queries.activities) if row.ref == "2.01")
    assert went.args == ["activity", key]
    QTest.keyClick(page.rows.grid, Key.Key_Escape)
    assert page.stack.currentIndex() == NUMBERS
    assert page.view.hasFocus()
    again = page.view.stop()
    assert again is not None
    assert again.place == stop.place
    assert list(page.row_keys()) == [key], "the only row behind the number"


def test_a_click_opens_and_alt_left_comes_back(page: OverviewPage) -> None:
    go(page, "by priority", "Serious harm", "All")
    stop = page.view.stop()
    assert stop is not None
    at = (stop.box.center() + QPointF(PAD, PAD)).toPoint()
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=at)
    assert [row.behind.ref for row in page.rows.model.rows] == ["1.01", "1.02"]
    QTest.keyClick(page.rows.grid, Key.Key_Left, Mod.AltModifier)
    assert page.stack.currentIndex() == NUMBERS


def test_a_number_and_the_list_that_is_open_follow_the_plan(page: OverviewPage, signals: PlanSignals) -> None:
    assert counts(page, "by priority")["All", "No status"] == 3
    go(page, "by priority", "All", "On track")
    QTest.keyClick(page.view, Key.Key_Return)
    assert page.rows.empty_text.text() == "Nothing is counted here."
    key = next(row.key for row in signals.read(queries.activities) if row.ref == "1.02")
    status = next(row.key for row in signals.read(queries.statuses) if row.title == "On track")
    signals.edit("go on", delivery.set_cells, [(key, "status_id", status)])
    QApplication.processEvents()
    assert [row.behind.ref for row in page.rows.model.rows] == ["1.02"]
    assert page.rows.title.text().endswith("On track (1)")
    signals.workspace.undo()
    QApplication.processEvents()
    QTest.keyClick(page.rows.empty_button, Key.Key_Escape)
    assert page.stack.currentIndex() == NUMBERS
    signals.workspace.redo()
    QApplication.processEvents()
    assert counts(page, "by priority")["All", "No status"] == 2
    assert counts(page, "changed")["Statuses of activities", ""] == 1


def test_rows_of_the_program_go_to_their_own_pages(page: OverviewPage, qtbot: QtBot) -> None:
    for part, line, name in (("checks", "Missing", "checks"), ("changed", "Steps in all", "history")):
        if (line, "") not in counts(page, part):
            continue
        go(page, part, line, "")
        QTest.keyClick(page.view, Key.Key_Return)
        with qtbot.waitSignal(page.turned) as turned:
            QTest.keyClick(page.rows.grid, Key.Key_Return)
        assert turned.args is not None
        assert turned.args[0] == name
        QTest.keyClick(page.rows.grid, Key.Key_Escape)
    row = RowBehind("milestone", "key", part_of="its activity")
    with qtbot.waitSignal(page.went) as went:
        page._go(row)
    assert went.args == ["activity", "its activity"]


def test_parts_are_chosen_and_moved_by_keys_and_stay_so(page: OverviewPage, qtbot: QtBot) -> None:
    def steps(dialog: ArrangeDialog) -> None:
        dialog.parts.setFocus()
        QTest.keyClick(dialog.parts, Key.Key_Down, Mod.AltModifier)
        QTest.keyClick(dialog.parts, Key.Key_Down)
        QTest.keyClick(dialog.parts, Key.Key_Space)
        QTest.keyClick(dialog, Key.Key_Return)

    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    with in_dialog(qtbot, ArrangeDialog, steps):
        QTest.keyClick(page.view, Key.Key_O, Mod.ControlModifier | Mod.ShiftModifier)
    names = [part.name for part in PARTS]
    assert [part.name for part in page.parts()] == ["by owner", "by priority", *names[3:]]
    left = page.save_state()
    page.restore_state({})
    page.restore_state({**left, "order": ["no part", *left["order"][:-1]], "since": "2008-04-01"})
    assert [part.name for part in page.parts()] == ["by owner", "by priority", *names[3:]]
    assert page.since.text() == "01/04/2008"
    dialog = ArrangeDialog(page._order, page._hidden)
    qtbot.addWidget(dialog)
    dialog.usual.click()
    assert (dialog.order(), dialog.hidden()) == (names, [])


def test_the_day_since_which_changes_count_is_typed(page: OverviewPage) -> None:
    page.focus_filter()
    assert page.since.hasFocus()
    QTest.keyClicks(page.since, "31/2/2009")
    QTest.keyClick(page.since, Key.Key_Return)
    assert page.refused.isVisible()
    assert "31/2/2009" in page.refused.text()
    page.since.selectAll()
    QTest.keyClicks(page.since, "1 Jun 2008")
    QTest.keyClick(page.since, Key.Key_Return)
    assert not page.refused.isVisible()
    notes = {shown.part.name: shown.table.note for shown in page.view.parts}
    assert notes["changed"] == "From 1 Jun 2008 to now."


def test_a_large_plan_is_counted_beside_the_window(
    page: OverviewPage, signals: PlanSignals, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(page, "by priority"), counts(page, "overdue")
    monkeypatch.setattr(overview_page, "LARGE", 1)
    page.view.set_parts("", (), ())
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.view.parts))
    assert (counts(page, "by priority"), counts(page, "overdue")) == before
    assert [shown.part for shown in page.view.parts] == list(PARTS)


def test_a_portfolio_confines_the_numbers(page: OverviewPage, signals: PlanSignals) -> None:
    post = next(key for row in signals.read(queries.activities) for key in row.owner_keys if row.ref == "1.02")
    signals.portfolio.choose(post)
    QApplication.processEvents()
    assert counts(page, "by priority")["Serious harm", "All"] == counts(page, "by priority")["All", "All"] == 1
    assert not any(line == "Local policing" for line, _ in counts(page, "by priority"))
    signals.portfolio.leave()
    QApplication.processEvents()
    assert counts(page, "by priority")["All", "All"] == 3


def test_a_plan_with_nothing_says_what_will_stand_here_and_where_to_begin(qtbot: QtBot, plan_path: Path) -> None:
    with Workspace.create(plan_path, "A new plan", 2026) as workspace:
        signals, jobs = PlanSignals(workspace), Jobs()
        page = OverviewPage(signals, jobs, KeptChecks(signals, jobs, signals), 2026)
        qtbot.addWidget(page)
        page.show()
        assert page.stack.currentIndex() == EMPTY
        page.setFocus()
        with qtbot.waitSignal(page.page_wanted) as wanted:
            QTest.keyClick(page.empty_button, Key.Key_Return)
        assert wanted.args == ["priorities"]
        signals.stop()
        jobs.stop()


@pytest.mark.parametrize("upright", [True, False])
def test_it_is_printed_on_one_page_whatever_it_holds_and_says_what_is_left_out(qtbot: QtBot, upright: bool) -> None:
    del qtbot
    layout = paper(QPageSize.PageSizeId.A4, upright=upright)
    drawing = overview_drawing("Overview", ["A note."], made_up(), list)
    assert "To protect what is number 6: Status 0 1" in drawing.words
    assert len(Pages(drawing, PageWords("A plan"), layout)) == 1
    large = overview_drawing("Overview", [], made_up(60), list)
    assert len(Pages(large, PageWords("A plan"), layout)) == 1
    plot = OverviewPlot(made_up(60), 700, lettering.letters(), 0, 10)
    put_together = [stop for stop in plot.stops if stop.part == "by owner" and stop.line.startswith(OTHERS)]
    (others,) = (stop for stop in put_together if stop.column == "Status 7")
    assert len(others.rows) == 51
    assert "51 lines of Activities by priority as others" in plot.left_out
