"""The page of returns by real keys and clicks: who was sent what, who has answered, who is late."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.edits import issuing, keeping, receiving, registers, taking
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.returned import jobs
from spp_desktop.ui.returned import receipt as receipt_dialog
from spp_desktop.ui.returned.page import ReturnsPage
from spp_desktop.ui.window.plan_view import PlanView

DUE = date(2008, 10, 14)
HEAD = "Status return 2008-2009 Q2"
CRIME, SECURITY = "ACC Crime", "ACC Security"


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan as it is on 20 October 2008."""
    on(workspace, date(2008, 10, 20))
    return workspace


@pytest.fixture
def signals(plan: Workspace) -> Iterator[PlanSignals]:
    made = PlanSignals(plan)
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> ReturnsPage:
    return opened(qtbot, signals)


def opened(qtbot: QtBot, signals: PlanSignals) -> ReturnsPage:
    made = ReturnsPage(signals)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def on(workspace: Workspace, day: date) -> None:
    workspace.edit("set the day", registers.set_plan, as_at=day)


def send(workspace: Workspace, folder: Path, post: str, *, at: str = "2008-10-01T08:00:00+00:00") -> Path:
    """Issue the status return of Q2 to a post on some day."""
    path = folder / f"{post} {at[:10]}.xlsx"
    content: Content = issuing.issue(workspace, STATUS_RETURN, path, owner=post, year=2008, period="Q2", due=DUE)
    workspace.write_beside(
        lambda raw: raw.execute("UPDATE export SET at = ? WHERE id = ?", (at, content.identity.export))
    )
    return path


def fill(path: Path, *, drop: str = "", **answers: object) -> None:
    """Answer in the first activity of a return, by column; leave out the row of a reference."""
    book = load_workbook(path)
    sheet = book["Activities"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Status" for cell in row))
    columns = {str(cell.value): cell.column for cell in head if cell.column}
    first = int(head[0].row or 0) + 1
    for title, answer in answers.items():
        sheet.cell(first, columns[title.replace("_", " ")]).value = answer  # type: ignore[assignment]  # a plain value
    for row in range(sheet.max_row, first - 1, -1):
        if drop and sheet.cell(row, columns["Ref"]).value == drop:
            sheet.delete_rows(row)
    book.save(path)


def received(workspace: Workspace, path: Path) -> Review:
    return receiving.review(workspace, path)


def states(page: ReturnsPage) -> dict[str, str]:
    return {row.post: row.state for row in page.model.rows if not row.quiet}


def head_of(page: ReturnsPage) -> str:
    group = page.model.group_at(next(iter(page.model.heads())))
    assert group is not None
    return group.words


def button(page: ReturnsPage, text: str) -> QPushButton:
    return next(button for button in page.panel.buttons if button.text().replace("&", "") == text)


def click(widget: QPushButton) -> None:
    QApplication.processEvents()  # what a layout has just been given is shown with the next event
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_with_nothing_sent_it_says_what_to_do_and_offers_it(qtbot: QtBot, page: ReturnsPage) -> None:
    assert "one workbook for each post" in page.empty_text.text()
    assert not page.grid.isVisible()
    assert not page.panel.isVisible()
    with qtbot.waitSignal(page.asked) as asked:
        click(page.empty_button)
    assert asked.args == [jobs.issue_returns]
    assert page.summary() == "0 returns"
    assert not page.chase.isEnabled()


def test_who_was_sent_one_who_was_not_and_who_is_late(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    send(plan, tmp_path, CRIME)
    assert states(page) == {CRIME: "late", SECURITY: "not sent"}
    assert head_of(page) == f"{HEAD} · due 14 Oct 2008 · 1 sent · 1 Late, 1 Not sent"
    assert page.summary() == "2 returns, 1 late, 1 not sent"
    send(plan, tmp_path, SECURITY)
    on(plan, DUE)
    assert states(page) == {CRIME: "waiting", SECURITY: "waiting"}
    assert head_of(page) == f"{HEAD} · due 14 Oct 2008 · 2 sent · 2 Waiting"


def test_answered_undone_and_done_again(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    path = send(plan, tmp_path, CRIME)
    fill(path, Status="On track")
    taking.apply(plan, [received(plan, path)])
    assert states(page)[CRIME] == "answered"
    plan.undo()
    assert states(page)[CRIME] == "taken back"
    plan.redo()
    assert states(page)[CRIME] == "answered"


def test_what_is_in_review_is_gone_on_with(qtbot: QtBot, plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    path = send(plan, tmp_path, CRIME)
    fill(path, Status="Nearly", Activity="Do something else")
    review = keeping.keep(plan, received(plan, path))
    assert review.receipt is not None
    (row,) = [row for row in page.model.rows if row.state == "in review"]
    assert row.left == 2
    assert page.select(row.key)
    assert "2 answers are left to decide" in page.panel.facts.text()
    with qtbot.waitSignal(page.asked) as asked:
        click(button(page, "Go on with the review"))
    assert asked.args[0].keywords == {"receipt": review.receipt.id}
    place = page.grid.visualRect(page.model.index(page.model.line_of(row.key), 1)).center()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    with qtbot.waitSignal(page.asked) as asked:
        QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert asked.args[0].keywords == {"receipt": review.receipt.id}


def test_what_was_sent_again_is_shown_quietly_and_not_counted(
    plan: Workspace, page: ReturnsPage, tmp_path: Path
) -> None:
    send(plan, tmp_path, CRIME)
    send(plan, tmp_path, CRIME, at="2008-10-10T08:00:00+00:00")
    shown = [(row.post, row.state, row.quiet) for row in page.model.rows]
    assert shown == [(CRIME, "late", False), (CRIME, "replaced", True), (SECURITY, "not sent", False)]
    assert "1 sent" in head_of(page)


def test_a_quarter_that_nothing_went_out_for_is_told(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    assert not page.hint.text()
    send(plan, tmp_path, CRIME)
    assert not page.hint.text()
    on(plan, date(2009, 1, 2))
    assert page.hint.text() == "Nothing has gone out for Q3 of 2008-2009 yet."


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (DUE, "due 14 Oct 2008"),
        (date(2008, 10, 28), "due 14 to 28 Oct 2008"),
        (date(2008, 11, 14), "due 14 Oct to 14 Nov 2008"),
        (date(2009, 10, 14), "due 14 Oct 2008 to 14 Oct 2009"),
    ],
)
def test_when_returns_are_due(plan: Workspace, page: ReturnsPage, tmp_path: Path, due: date, words: str) -> None:
    send(plan, tmp_path, CRIME)
    later = tmp_path / "later.xlsx"
    issuing.issue(plan, STATUS_RETURN, later, owner=SECURITY, year=2008, period="Q2", due=due)
    assert head_of(page).startswith(f"{HEAD} · {words} · 2 sent")


def test_what_is_sent_whole_is_not_awaited(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    issuing.issue(plan, DELIVERY_PLAN, tmp_path / "plan.xlsx", year=2008)
    assert [(row.head, row.post, row.state) for row in page.model.rows] == [
        ("Annual delivery plan 2008-2009", "Whole plan", "sent")
    ]
    assert not page.chase.isEnabled()
    assert not page.panel.pages.isVisible()


def test_filtering_by_keys(qtbot: QtBot, plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    send(plan, tmp_path, CRIME)
    page.focus_filter()
    qtbot.waitUntil(page.filter.hasFocus)
    QTest.keyClicks(page.filter, "state:late")
    assert [row.post for row in page.model.rows if page.model.line_of(row.key) >= 0] == [CRIME]
    assert page.summary() == "2 returns, 1 shown, 1 late, 1 not sent"
    QTest.keyClicks(page.filter, "x")
    assert page.empty_text.text() == "No return matches the filter."
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.model.matching() == 2


def test_the_reminder_is_copied(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    send(plan, tmp_path, CRIME)
    assert page.select(page.model.rows[0].key)
    click(page.panel.mail.copy_button)
    text = QApplication.clipboard().text()
    assert text.startswith(f"Subject: Reminder: {HEAD}\n\nTo the office of ACC Crime\n")
    assert "was due on 14/10/2008" in text
    assert page.panel.mail.done.text() == "Copied the mail to ACC Crime."


def test_the_reminder_goes_to_the_email_that_the_post_has_by_now(
    plan: Workspace, page: ReturnsPage, tmp_path: Path
) -> None:
    send(plan, tmp_path, CRIME)
    assert page.select(page.model.rows[0].key)
    assert page.panel.mail.to.text() == ""
    assert page.panel.mail.to.placeholderText() == "No e-mail in the list of posts for ACC Crime"
    post = next(post for post in plan.read(queries.register, Post) if post.title == CRIME)
    plan.edit("type the e-mail", registers.change, Post, post.id, email="crime@x.police.uk")
    QApplication.processEvents()
    assert page.panel.mail.to.text() == "crime@x.police.uk"
    click(page.panel.mail.copy_button)
    assert QApplication.clipboard().text().startswith("To: crime@x.police.uk\nSubject: ")


def test_the_receipt_is_shown_and_saved(
    plan: Workspace, page: ReturnsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = send(plan, tmp_path, CRIME)
    fill(path, Status="On track")
    taking.apply(plan, [received(plan, path)])
    assert page.select(page.model.rows[0].key)
    assert "returned “On track”" in page.panel.receipt.text.toPlainText()
    target = tmp_path / "receipt.txt"
    monkeypatch.setattr(receipt_dialog, "ask_save", lambda *_: target)
    click(page.panel.receipt.save_button)
    assert "Accepted: 1" in target.read_text(encoding="utf-8")
    plan.undo()
    assert "undone since" in page.panel.receipt.text.toPlainText()
    monkeypatch.setattr(receipt_dialog, "ask_save", lambda *_: tmp_path / "nowhere" / "receipt.txt")
    click(page.panel.receipt.save_button)
    assert "could not be written" in page.panel.receipt.done.text()


def test_rows_that_were_left_out_are_asked_for(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    path = send(plan, tmp_path, CRIME)
    fill(path, drop="2.01", Status="On track")
    taking.apply(plan, [received(plan, path)])
    assert states(page)[CRIME] == "answered"
    assert page.select(page.model.rows[0].key)
    titles = [page.panel.pages.tabText(n) for n in range(page.panel.pages.count())]
    assert titles == ["Receipt", "Rows missing"]
    assert "2.01  Do what 2.01 says" in page.panel.mail.body.toPlainText()


def test_a_tab_that_is_not_seen_is_read_when_it_is_shown(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    page.hide()
    send(plan, tmp_path, CRIME)
    assert not page.model.rows
    page.show()
    assert states(page) == {CRIME: "late", SECURITY: "not sent"}


def test_nothing_can_be_typed_into_it(plan: Workspace, page: ReturnsPage, tmp_path: Path) -> None:
    send(plan, tmp_path, CRIME)
    page.grid.setFocus()
    assert page.grid.select(page.model.rows[0].key, "post")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_X, Qt.Key.Key_Delete):
        QTest.keyClick(page.grid, key)
    assert page.grid.delegate.editor() is None
    assert page.model.rows[0].post == CRIME


def test_it_is_found_as_it_was_left(qtbot: QtBot, plan: Workspace, signals: PlanSignals, tmp_path: Path) -> None:
    send(plan, tmp_path, CRIME)
    page = opened(qtbot, signals)
    page.grid.select(f"not sent {SECURITY}", "state")
    page.filter.setText("acc")
    again = opened(qtbot, signals)
    again.restore_state(page.save_state())
    assert again.filter.text() == "acc"
    assert again.panel.heading.text() == f"{SECURITY} · {HEAD}"
    assert [button.text() for button in again.panel.buttons] == ["&Issue status returns…"]


def test_it_is_a_tab_of_the_window(qtbot: QtBot, plan: Workspace, signals: PlanSignals, tmp_path: Path) -> None:
    view = PlanView(signals, Memory())
    qtbot.addWidget(view)
    view.show()
    view.show_page("returns")
    assert view.tabs.tabText(view.tabs.currentIndex()) == "Returns"
    with qtbot.waitSignal(view.shown):
        send(plan, tmp_path, CRIME)
    assert view.page("returns").summary().startswith("2 returns")
    with qtbot.waitSignal(view.asked) as asked:
        button_ = view.findChildren(QPushButton)
        click(next(button for button in button_ if button.text() == "Receive retur&ns…"))
    assert asked.args == [jobs.receive_returns]
