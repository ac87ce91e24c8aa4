"""Delivery monitored, as people do it: a post answers all its rows in one pass; a quarter goes on to sign-off."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from spp_desktop.edits import delivery, reporting_periods, reports
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.moved_dates import DateMovesDialog
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.delivery.status_reasons import StatusReasonsDialog
from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog
from spp_desktop.ui.monitoring.sign_off import SignOffDialog
from spp_desktop.ui.overview.portfolio_page import PortfolioPage
from spp_desktop.ui.performance.reason import ReasonDialog
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.portfolio_choice import PortfolioDialog
from tests.depth import depth
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, SHIFT, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key
ROWS = depth(5, 40)
"""So many rows a staff officer answers."""
KEYS_A_ROW = 8
"""So many keys a row may cost at most: status, per cent and a copied sentence; what is typed is counted apart."""


def many_rows(session: Session) -> None:
    """A verb: ACC Crime owns activities of 2008-2009; of each something was said for the first quarter."""
    post = session.exec(select(Post.id).where(Post.title == "ACC Crime")).one()
    priority = session.exec(select(Priority.id)).first()
    status = session.exec(select(Status.id).where(Status.title == "Not started")).one()
    own = [row.key for row in queries.activities(session.connection()) if "ACC Crime" in row.owners]
    add = partial(delivery.add_activity, session, 2008, str(priority), owners=[post])
    keys = [*own, *(add(f"Do part {number}") for number in range(ROWS - len(own)))]
    delivery.set_cells(session, [(each, "status_id", status) for each in keys])
    first, second, *_ = reporting_periods.make_periods(session, "quarters")
    reporting_periods.open_period(session, first)
    reports.set_texts(session, first, [(each, "done", f"Work on {n} went on.") for n, each in enumerate(keys)])
    reporting_periods.lock_period(session, first)
    reporting_periods.open_period(session, second)


def prepared(path: Path, small_plan: Path, verb: object) -> Path:
    """A plan in which something was done before."""
    path.write_bytes(small_plan.read_bytes())
    with Workspace.open(path) as plan:
        plan.edit("prepare it", verb, as_kind="built")  # type: ignore[arg-type]  # a verb of this module
    return path


def answers(window: MainWindow) -> PortfolioPage:
    page = view_of(window).page("portfolio")
    assert isinstance(page, PortfolioPage)
    return page


def choose_post(qtbot: QtBot, window: MainWindow, letters: str) -> None:
    """Confine the window to the post that begins with these letters."""

    def steps(dialog: PortfolioDialog) -> None:
        QTest.keyClicks(dialog.list, letters)
        QTest.keyClick(dialog.list, Key.Key_Return)

    with in_dialog(qtbot, PortfolioDialog, steps):
        press(qtbot, window, Key.Key_M, CTRL)
    to_front(qtbot, window)


def test_all_rows_are_answered_in_one_pass(qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path) -> None:
    window = opener(prepared(plan_path, small_plan, many_rows))
    choose_post(qtbot, window, "ACC C")
    window.show_page("portfolio")
    page = answers(window)
    assert len(page.model.own_rows) == ROWS
    assert f"{ROWS} unanswered" in window.kept.text()
    pressed = 0

    def tap(code: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal pressed
        pressed += 1
        key(code, modifiers)

    for _ in range(ROWS):
        tap(Key.Key_F7)
        type_text("on")
        tap(Key.Key_Tab)
        type_text("60")
        tap(Key.Key_Tab)
        tap(Key.Key_V, CTRL | SHIFT)
    assert pressed / ROWS <= KEYS_A_ROW
    assert pressed == 4 * ROWS
    lines = page.model.own_rows
    assert {(line.row.status, line.row.percent, line.state) for line in lines} == {("On track", 60, "carried")}
    assert all(line.done.startswith("Work on") for line in lines)
    tap(Key.Key_F7)
    assert "answered" in page.sentence.text()
    # A text that is changed is no longer only carried forward.
    page.grid.select(lines[0].key, "done")
    type_text("It is done.")
    key(Key.Key_Return)
    assert page.model.own_rows[0].state == "written"


def three_activities(session: Session) -> None:
    """A verb: all activities of the small plan are not started, and the plan has no period yet."""
    status = session.exec(select(Status.id).where(Status.title == "Not started")).one()
    keys = [row.key for row in queries.activities(session.connection())]
    delivery.set_cells(session, [(each, "status_id", status) for each in keys])


def click(dialog: QWidget, name: str) -> None:
    """Press a button of a dialog by what it says, as its Alt key does."""
    buttons = [each for each in dialog.findChildren(QPushButton) if each.text().replace("&", "") == name]
    QTest.keyClick(buttons[0], Key.Key_Space)


def open_first(dialog: PeriodsDialog) -> None:
    """Make the quarters of the plan, and open the first."""
    click(dialog, "Make the quarters of the plan")
    dialog.grid.select(dialog.model.rows[0].key, "state")
    click(dialog, "Open it")
    assert dialog.model.rows[0].period.state == "open"
    QTest.keyClick(dialog.grid, Key.Key_Escape)


def answer_first(qtbot: QtBot, window: MainWindow) -> None:
    """Answer the first activity, and submit what is answered."""
    page = answers(window)
    page.grid.setFocus()
    key(Key.Key_F7)
    type_text("on")
    key(Key.Key_Tab)
    type_text("40")
    key(Key.Key_Tab)
    type_text("The strategy is agreed.")
    key(Key.Key_Return)

    def say_why(dialog: SignOffDialog) -> None:
        assert dialog.heading.text().startswith("Submit activity 1.01 for ")
        assert "no reason" in dialog.table.item(0, 2).text()  # type: ignore[union-attr]
        QTest.keyClicks(dialog.reason, "The board has moved the date")
        QTest.keyClick(dialog.reason, Key.Key_Return)

    with in_dialog(qtbot, SignOffDialog, say_why):
        QTest.keyClick(page.submit, Key.Key_Space)
    to_front(qtbot, window)


def send_back(qtbot: QtBot, window: MainWindow, remark: str) -> None:
    """Send the activity that one is in back with a remark."""

    def say(dialog: ReasonDialog) -> None:
        QTest.keyClicks(dialog.words, remark)
        click(dialog, "Send it back")

    with in_dialog(qtbot, ReasonDialog, say):
        QTest.keyClick(answers(window).panel.pane.back, Key.Key_Space)
    to_front(qtbot, window)


def test_a_quarter_from_its_opening_to_sign_off(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    window = opener(prepared(plan_path, small_plan, three_activities))
    window.show_page("portfolio")
    page = answers(window)
    assert "No reporting period" in page.empty_text.text()
    with in_dialog(qtbot, PeriodsDialog, open_first):
        QTest.keyClick(page.empty_button, Key.Key_Return)
    to_front(qtbot, window)
    assert "1 Apr 2008 to 30 Jun 2008: open" in page.reporting.words()

    answer_first(qtbot, window)
    first = page.model.rows[0]
    assert first.state == "submitted", page.sentence.text()
    assert [first.report.percent for _ in "1" if first.report] == [40]
    assert page.model.rows[1].state == "unanswered"

    page.select(first.key)
    send_back(qtbot, window, "Say by when.")
    pane = page.panel.pane
    assert page.model.rows[0].state == "sent back"
    assert "Say by when." in pane.signed.text()
    pane.done.setFocus()
    pane.done.selectAll()
    type_text("It is agreed, from 1 July.")
    QTest.keyClick(pane.submit, Key.Key_Space)
    assert page.model.rows[0].done == "It is agreed, from 1 July."
    QTest.keyClick(pane.accept, Key.Key_Space)
    assert page.model.rows[0].state == "accepted"


def accepted(session: Session) -> None:
    """A verb: what is said of 1.01 for the first quarter is accepted, and the period is open."""
    first = reporting_periods.make_periods(session, "quarters")[0]
    reporting_periods.open_period(session, first)
    one = queries.activities(session.connection())[0].key
    reports.set_texts(session, first, [(one, "done", "It is agreed.")])
    reports.submit(session, first, [one])
    reports.accept(session, first, [one])


def test_a_locked_period_is_changed_only_once_it_is_reopened_with_a_reason(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    window = opener(prepared(plan_path, small_plan, accepted))
    window.show_page("portfolio")
    page = answers(window)

    def lock(dialog: PeriodsDialog) -> None:
        with in_dialog(qtbot, QMessageBox, lambda box: click(box, "Lock")):
            click(dialog, "Lock it…")
        assert dialog.model.rows[0].period.state == "locked"
        dialog.reject()

    with in_dialog(qtbot, PeriodsDialog, lock):
        window.actions_by_name["show_periods"].trigger()
    to_front(qtbot, window)
    page.grid.select(page.model.rows[0].key, "done")
    page.grid.setFocus()
    type_text("x")
    assert "locked" in page.sentence.text()
    assert page.model.rows[0].done == "It is agreed."

    def why(asked: ReasonDialog) -> None:
        QTest.keyClicks(asked.words, "A date was wrong.")
        click(asked, "Reopen")

    def reopen(dialog: PeriodsDialog) -> None:
        with in_dialog(qtbot, ReasonDialog, why):
            click(dialog, "Reopen it…")
        period = dialog.model.rows[0].period
        assert (period.state, period.reason) == ("closed", "A date was wrong.")
        dialog.reject()

    with in_dialog(qtbot, PeriodsDialog, reopen):
        window.actions_by_name["show_periods"].trigger()
    to_front(qtbot, window)
    kept = view_of(window).signals.read(monitored.reports)
    assert len(kept) == len(page.model.rows)  # closing keeps how all stand
    page.grid.setFocus()
    type_text("Mended.")
    key(Key.Key_Return)
    assert page.model.rows[0].done == "Mended."


def test_a_milestone_slips_twice_and_the_second_time_is_asked_why(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    window = opener(prepared(plan_path, small_plan, three_activities))
    window.show_page("delivery")
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    assert page.select(page.model.rows[0].key)
    steps = page.panel.milestones

    def move(day: str) -> None:
        steps.grid.select(steps.model.rows[0].key, "due")
        steps.grid.setFocus()
        type_text(day)
        key(Key.Key_Return)

    def because(dialog: DateMovesDialog) -> None:
        type_text("The supplier is late.")
        dialog.accept()

    move("31/07/2008")
    assert "due 1 Jul 2008 → 31 Jul 2008" in page.panel.slips.words.text()
    assert "no reason given" in page.panel.slips.words.text()
    with in_dialog(qtbot, DateMovesDialog, because):
        move("30/09/2008")
    to_front(qtbot, window)
    told = page.panel.slips.words.text()
    assert "31 Jul 2008 → 30 Sep 2008" in told
    assert "The supplier is late." in told
    assert "slipped twice, by 91 days" in told
    key_of_step = steps.model.rows[0].key
    assert len(view_of(window).signals.read(monitored.moves, [key_of_step])[key_of_step]) == 2
    # Whoever gives no reason leaves the day where it was.
    with in_dialog(qtbot, DateMovesDialog, lambda dialog: dialog.reject()):
        move("31/10/2008")
    to_front(qtbot, window)
    assert steps.model.rows[0].due == date(2008, 9, 30)


def test_a_proposed_status_is_taken_by_one_key_and_another_says_that_a_person_set_it(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    window = opener(prepared(plan_path, small_plan, three_activities))
    window.show_page("delivery")
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    first = page.model.rows[0].key
    assert page.grid.select(first, "status_id")
    page.grid.setFocus()
    assert page.panel.report.proposed.text().startswith("Set by a person: Not started. Proposed: Off track:")
    mark = page.model.mark_at(page.grid.currentIndex())
    assert mark is not None
    assert "no reason is given" in mark.sentence
    key(Key.Key_Y, CTRL | SHIFT)
    assert page.model.rows[0].status == "Off track"
    assert page.panel.report.proposed.text().startswith("Proposed: Off track:")
    key(Key.Key_Y, CTRL | SHIFT)
    assert "Nothing else is proposed" in page.sentence.text()


def test_statuses_other_than_the_rules_ask_once_for_a_reason_and_may_be_left_without(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path, asked_why: None
) -> None:
    window = opener(prepared(plan_path, small_plan, three_activities))
    window.show_page("delivery")
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    keys = [row.key for row in page.model.rows]
    assert page.grid.select(keys[0], "status_id")
    page.grid.setFocus()

    def give_up(dialog: StatusReasonsDialog) -> None:
        QTest.keyClicks(dialog.reason, "60%")
        QTest.keyClick(dialog.reason, Key.Key_Return)
        assert dialog.isVisible(), "a figure that was typed on is no reason"
        key(Key.Key_Escape)

    def leave(dialog: StatusReasonsDialog) -> None:
        assert "“On track” is not what the plan's rule proposes" in dialog.heading.text()
        QTest.keyClick(dialog, Key.Key_O, ALT)

    def say_why(dialog: StatusReasonsDialog) -> None:
        assert [dialog.table.item(n, 0).text() for n in range(2)] == ["1.02", "2.01"]  # type: ignore[union-attr]
        type_text("The funder has agreed")
        key(Key.Key_Return)

    for steps, status in ((give_up, "Not started"), (leave, "On track")):
        assert page.grid.select(keys[0], "status_id")
        page.grid.setFocus()
        with in_dialog(qtbot, StatusReasonsDialog, steps):
            type_text("on")
            key(Key.Key_Return)
        to_front(qtbot, window)
        qtbot.waitUntil(lambda wanted=status: page.model.rows[0].status == wanted)  # type: ignore[misc]
    assert "no reason is given" in page.panel.marks.text()
    status_key = page.model.rows[0].status_key
    with in_dialog(qtbot, StatusReasonsDialog, say_why):
        page.model.put([(each, "status_id", status_key) for each in keys[1:]])
    assert [(row.status, row.reason) for row in page.model.rows[1:]] == [("On track", "The funder has agreed")] * 2


def test_who_undoes_a_lock_is_asked_why_as_who_reopens_it(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    window = opener(prepared(plan_path, small_plan, accepted))
    signals = view_of(window).signals
    first = signals.read(monitored.periods)[0].key
    signals.edit("lock", reporting_periods.lock_period, first)
    key(Key.Key_Z, CTRL)
    assert "which is locked, so it stays as it is" in view_of(window).banner.sentence()

    def why(asked: ReasonDialog) -> None:
        QTest.keyClicks(asked.words, "A date was wrong.")
        click(asked, "Reopen")

    (offered,) = [each for each in view_of(window).banner.findChildren(QPushButton) if each.text() == "Reopen it…"]
    with in_dialog(qtbot, ReasonDialog, why):
        offered.click()
    period = signals.read(monitored.periods)[0]
    assert (period.state, period.reason) == ("closed", "A date was wrong.")
