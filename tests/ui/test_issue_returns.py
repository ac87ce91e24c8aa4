"""Returns issued, received and chased from the window, by real keys and clicks."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import declaring, issuing, keeping, receiving, registers, reviewing, rows, taking
from spp_desktop.edits.declaring import Declaration
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.results import Area
from spp_desktop.plan.roles import NamedRole
from spp_desktop.returns import intake
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.catalogue.workforce import WORKFORCE
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from spp_desktop.returns.workbook import NotWritten, write
from spp_desktop.store import exports, queries, receipts
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.returned import drafts as return_drafts
from spp_desktop.ui.returned import issue_returns
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.returned import writing as return_writing
from spp_desktop.ui.returned.files_not_read import FilesNotReadDialog
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.mail_text import MailDialog
from spp_desktop.ui.returned.password import PasswordDialog
from spp_desktop.ui.returned.receipt import ReceiptDialog
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView
from tests.edits.filling import set_owners
from tests.returns.mail.mails import ADDRESS, SIAN, eml, msg

CRIME, SECURITY = "ACC Crime", "ACC Security"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on the small plan as it is on 20 October 2008."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.close()
    made = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert made.open_plan(plan_path)
    yield made
    made.close()


class Person:
    """Somebody who reviews files, and takes in all that may be, or nothing."""

    def __init__(self) -> None:
        self.seen: list[Review] = []
        self.takes_in = True

    def __call__(self, signals: PlanSignals, reviews: Sequence[Review], _parent: object) -> "Person":
        self.signals, self.reviews = signals, reviews
        self.applied: Applied | None = None
        return self

    def exec(self) -> None:
        self.seen += self.reviews
        if self.takes_in:
            self.applied = taking.apply(self.signals.workspace, self.reviews)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    made = Person()
    monkeypatch.setattr(return_jobs, "ReviewDialog", made)
    return made


@pytest.fixture
def sentences(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told in front of the window."""
    shown: list[str] = []
    monkeypatch.setattr(return_jobs, "tell", lambda _, sentence, detail="": shown.append(f"{sentence}\n{detail}"))
    return shown


def view_of(window: MainWindow) -> PlanView:
    assert window.plan_view is not None
    return window.plan_view


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def banner(window: MainWindow) -> str:
    return view_of(window).banner.sentence()


def dialog_on(qtbot: QtBot, window: MainWindow) -> IssueReturnsDialog:
    view = view_of(window)
    dialog = IssueReturnsDialog(view.signals, view.jobs, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def cell(dialog: IssueReturnsDialog, row: int, column: int) -> str:
    item = dialog.posts.item(row, column)
    assert item is not None
    return item.text()


def click(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def written(qtbot: QtBot, dialog: IssueReturnsDialog) -> None:
    """Write, and wait until that has ended."""
    click(dialog.write_button)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1 or dialog.writing is None)


def issued(window: MainWindow) -> list[str]:
    issues = workspace_of(window).read_beside(exports.issued, STATUS_RETURN.id, 2008, "Q2")
    return sorted(issue.owner for issue in issues)


def send(window: MainWindow, folder: Path, post: str) -> Path:
    """A status return of Q2 that went out."""
    path = folder / f"{post}.xlsx"
    workspace = workspace_of(window)
    due = issuing.usual_due(STATUS_RETURN, 2008, "Q2")
    issuing.issue(workspace, STATUS_RETURN, path, owner=post, year=2008, period="Q2", due=due)
    return path


def answer(path: Path, status: str) -> Path:
    """Put a status in the first activity of a return."""
    book = load_workbook(path)
    sheet = book["Activities"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Status" for cell in row))
    place = next(cell for cell in head if cell.value == "Status")
    sheet.cell(int(place.row or 0) + 1, int(place.column or 0)).value = status
    book.save(path)
    return path


def status(window: MainWindow, ref: str) -> str:
    rows = workspace_of(window).read(queries.activities, 2008)
    return next(row.status for row in rows if row.ref == ref)


# Issuing


def test_the_results_of_a_month_are_asked_for_of_all_at_once(qtbot: QtBot, window: MainWindow) -> None:
    view = window.plan_view
    assert view is not None
    dialog = IssueReturnsDialog(view.signals, view.jobs, window, MONTHLY_RESULTS)
    qtbot.addWidget(dialog)
    assert (dialog.windowTitle(), dialog.period()) == ("Issue monthly results", (2008, "M06"))
    assert (cell(dialog, 0, 0), dialog.chosen()) == ("Whole plan", [""])
    assert dialog.place.text().endswith("September 2008 monthly results")
    dialog.year.setCurrentIndex(0)
    dialog.part.setCurrentIndex(11)
    dialog.part.activated.emit(11)
    assert (dialog.period(), dialog.due.text()) == ((2007, "M12"), "14/04/2008")
    (order,) = dialog.orders()
    assert (order.whom, order.path.name) == ("Monthly results", "March 2008 monthly results.xlsx")


def test_another_return_goes_to_each_area_with_its_own_rows(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    workspace = workspace_of(window)
    workspace.edit("areas", _two_areas)
    dialog = dialog_on(qtbot, window)
    assert dialog.layout_note.isHidden()
    dialog.which.setFocus()
    QTest.keyClick(dialog.which, Qt.Key.Key_R)
    assert dialog.windowTitle() == "Issue recorded crime"
    assert dialog.layout_note.text().startswith("Illustrative layout. It stands for recorded crime")
    assert (dialog.chosen(), dialog.part.currentText(), dialog.due.text()) == ([""], "September", "14/10/2008")
    assert dialog.checks.text() == "3 of 3 rows of “Recorded crime” still lack “Result”: C1, C1 North and C1 South."
    dialog.role.setFocus()
    QTest.keyClick(dialog.role, Qt.Key.Key_Down)
    assert dialog.chosen() == ["North", "South"]
    assert (cell(dialog, 1, 0), cell(dialog, 1, 1)) == ("South", "1 count")
    dialog.place.setText(str(tmp_path / "out"))
    dialog.write_button.click()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "September 2008 recorded crime by area - North.xlsx",
        "September 2008 recorded crime by area - South.xlsx",
    ]
    assert [export.owner for export in workspace.read_beside(exports.every)] == ["South", "North"]


def _two_areas(session: Session) -> None:
    group = next(row.id for row in queries.register(session.connection(), IndicatorGroup))
    given = {"title": "Robbery", "unit": "recorded crimes", "measure": "count", "polarity": "lower"}
    rows.add(session, Indicator, ref="C1", group_id=group, position=9.0, **given)
    for n, title in enumerate(("North", "South")):
        rows.add(session, Area, title=title, position=float(n))


def test_a_return_may_be_of_a_half_or_of_all_of_a_year(qtbot: QtBot, window: MainWindow) -> None:
    view = view_of(window)
    dialog = IssueReturnsDialog(view.signals, view.jobs, window, WORKFORCE)
    qtbot.addWidget(dialog)
    assert (dialog.part.currentText(), dialog.period()) == ("April to September", (2008, "H1"))
    assert dialog.due.text() == "28/10/2008", "20 working days"
    dialog.which.setCurrentText("Efficiency plan monitoring")
    dialog.choice.which.activated.emit(0)
    assert (dialog.chosen(), "Nobody owns a row of it" in dialog.notice.text()) == ([], True)
    dialog.role.setCurrentIndex(dialog.role.count() - 1)
    dialog.part.setCurrentIndex(dialog.part.findText("Whole year"))
    dialog.part.activated.emit(0)
    (order,) = dialog.orders()
    assert (order.path.name, dialog.period()) == ("2008-09 efficiency plan monitoring.xlsx", (2008, ""))
    dialog.which.setCurrentText("Quality of service")
    dialog.which.activated.emit(0)
    dialog.role.setCurrentIndex(dialog.role.count() - 1)
    dialog.year.setCurrentIndex(1)
    dialog.year.activated.emit(1)
    assert dialog.part.isHidden()
    assert "is asked for to 2008-2009, and not for 2009-2010. It can be sent all the same." in dialog.notice.text()


def test_the_day_by_which_an_answer_is_wanted_is_typed_as_days_are(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_on(qtbot, window)
    dialog.due.setFocus()
    dialog.due.selectAll()
    QTest.keyClicks(dialog.due, "20 Nov")
    QTest.keyClick(dialog.due, Qt.Key.Key_Tab)
    assert dialog.due.text() == "20/11/2008"
    assert {order.due for order in dialog.orders()} == {date(2008, 11, 20)}
    dialog.due.setText("soon")
    dialog.write_button.click()
    assert dialog.notice.text() == "Due: “soon” is not a date; write it as 31/03/2009."
    assert dialog.writing is None


def test_one_workbook_for_each_post_and_the_mails(qtbot: QtBot, window: MainWindow, plan_path: Path) -> None:
    dialog = dialog_on(qtbot, window)
    assert dialog.period() == (2008, "Q2")
    assert dialog.due.text() == "14/10/2008"
    assert dialog.chosen() == [CRIME, SECURITY]
    assert [cell(dialog, row, 1) for row in (0, 1)] == [
        "2 activities, 2 milestones",
        "1 activity, 1 milestone",
    ]
    assert dialog.write_button.text() == "&Write 2 workbooks"
    folder = plan_path.parent / "2008-09 Q2 status returns"
    assert dialog.place.text() == str(folder)
    assert not folder.exists()
    written(qtbot, dialog)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2008-09 Q2 status return - ACC Crime.xlsx",
        "2008-09 Q2 status return - ACC Security.xlsx",
    ]
    assert issued(window) == [CRIME, SECURITY]
    assert dialog.outcome.text().startswith(f"All 2 workbooks were written to {folder}.")
    assert [dialog.mails.names.item(row).text() for row in (0, 1)] == [CRIME, SECURITY]
    QTest.keyClick(dialog.mails.names, Qt.Key.Key_Down)
    click(dialog.mails.copy_button)
    assert "2008-09 Q2 status return - ACC Security.xlsx" in QApplication.clipboard().text()
    click(dialog.mails.copy_all_button)
    assert QApplication.clipboard().text().count("Subject: ") == 2
    assert not list(folder.glob("*.eml"))
    assert dialog.mails.drafts_button.text() == "Save as 2 mail &drafts"
    click(dialog.mails.drafts_button)
    assert dialog.mails.done.text().startswith(
        f"Saved 2 mail drafts in {folder}. Each opens in Outlook and Thunderbird"
    )
    assert "They name nobody to send it to: type whom" in dialog.mails.done.text()
    assert sorted(path.name for path in folder.glob("*.eml")) == [
        "2008-09 Q2 status return - ACC Crime.eml",
        "2008-09 Q2 status return - ACC Security.eml",
    ]
    click(dialog.close_button)
    assert not dialog.isVisible()


def test_activities_without_an_owner_are_named_before_and_after(qtbot: QtBot, window: MainWindow) -> None:
    assert not dialog_on(qtbot, window).unowned.isVisible()
    set_owners(workspace_of(window), ref="2.01")
    dialog = dialog_on(qtbot, window)
    named = "1 activity has no owner and goes to nobody: 2.01."
    assert dialog.unowned.isVisible()
    assert dialog.unowned.text() == named
    written(qtbot, dialog)
    assert named in dialog.outcome.text()


def test_who_was_sent_one_already_is_not_ticked(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    send(window, tmp_path, CRIME)
    dialog = dialog_on(qtbot, window)
    assert dialog.chosen() == [SECURITY]
    assert cell(dialog, 0, 2) == f"sent {date.today():%d/%m/%Y}"
    dialog.posts.setFocus()
    QTest.keyClick(dialog.posts, Qt.Key.Key_Space)
    assert dialog.chosen() == [CRIME, SECURITY]
    click(dialog.whom.none_button)
    assert not dialog.chosen()
    assert not dialog.write_button.isEnabled()
    click(dialog.whom.all_button)
    assert dialog.write_button.text() == "&Write 2 workbooks"
    dialog.part.setCurrentIndex(2)
    dialog.part.activated.emit(2)
    assert dialog.chosen() == [CRIME, SECURITY]
    assert dialog.due.text() == "14/01/2009"
    assert dialog.place.text().endswith("2008-09 Q3 status returns")


def test_files_that_are_there_are_asked_about_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter([False, True])
    dialog = dialog_on(qtbot, window)
    orders = dialog.orders()
    orders[0].path.parent.mkdir()
    for order in orders:
        order.path.write_text("old")

    def ask(_parent: object, sentence: str, verb: str, detail: str) -> bool:
        asked.append(f"{sentence} {verb}: {detail.count('xlsx')}")
        return next(answers)

    monkeypatch.setattr(issue_returns, "ask", ask)
    click(dialog.write_button)
    assert asked == [f"Replace 2 files in {orders[0].path.parent}? Replace: 2"]
    assert orders[0].path.read_text() == "old"
    assert not issued(window)
    written(qtbot, dialog)
    assert issued(window) == [CRIME, SECURITY]


def test_one_that_is_open_in_excel_does_not_stop_the_others(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_one(definition: Return, content: Content, path: Path, progress: Any, _apart: Any) -> None:
        if content.identity.owner == CRIME:
            raise NotWritten(f"{path.name} cannot be written: it may be open in Excel.")
        write(definition, content, path, progress)

    monkeypatch.setattr(return_writing, "write", refuse_one)
    dialog = dialog_on(qtbot, window)
    written(qtbot, dialog)
    outcome = dialog.outcome.text()
    assert "1 of 2 were written" in outcome
    assert f"{CRIME}: 2008-09 Q2 status return - ACC Crime.xlsx cannot be written" in outcome
    assert issued(window) == [SECURITY]


def test_what_was_written_before_a_cancel_is_recorded_and_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_until_cancelled(definition: Return, content: Content, path: Path, progress: Any, _apart: Any) -> None:
        if content.identity.owner == CRIME:
            write(definition, content, path, progress)
        while content.identity.owner != CRIME:
            progress(1, 10)

    monkeypatch.setattr(return_writing, "write", write_until_cancelled)
    dialog = dialog_on(qtbot, window)
    click(dialog.write_button)
    cancel = next(button for button in dialog.progress.findChildren(QPushButton) if button.text() == "Cancel")
    qtbot.waitUntil(lambda: issued(window) == [CRIME] and cancel.isVisible())
    assert not dialog.write_button.isEnabled()
    click(cancel)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
    assert dialog.outcome.text().startswith("1 of 2 were written before you stopped;")
    assert issued(window) == [CRIME]


def test_escape_stops_the_writing_before_it_closes(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_for_ever(_definition: Return, _content: Content, _path: Path, progress: Any, _apart: Any) -> None:
        while True:
            progress(1, 10)

    monkeypatch.setattr(return_writing, "write", write_for_ever)
    dialog = dialog_on(qtbot, window)
    click(dialog.write_button)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.writing is None)
    assert dialog.isVisible()
    assert dialog.notice.text() == "You stopped before anything was written."
    assert dialog.write_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_folder_that_cannot_be_made_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    dialog = dialog_on(qtbot, window)
    dialog.place.selectAll()
    QTest.keyClicks(dialog.place, str(tmp_path / "a file" / "below"))
    click(dialog.write_button)
    assert "cannot be made" in dialog.notice.text()
    assert dialog.write_button.isEnabled()


def test_a_plan_for_reading_issues_and_records_nothing(qtbot: QtBot, window: MainWindow, plan_path: Path) -> None:
    other = MainWindow(Memory(QSettings(str(plan_path.with_suffix(".ini")), QSettings.Format.IniFormat)))
    qtbot.addWidget(other)
    other.show()
    assert other.open_plan(plan_path)
    assert workspace_of(other).read_only
    dialog = dialog_on(qtbot, other)
    assert "reading only" in dialog.notice.text()
    written(qtbot, dialog)
    assert len(list((plan_path.parent / "2008-09 Q2 status returns").iterdir())) == 2
    assert issued(window) == []
    assert "not recorded" in dialog.outcome.text()
    other.close()


def test_the_key_opens_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(IssueReturnsDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    QTest.keyClick(window, Qt.Key.Key_I, CTRL | SHIFT)
    assert opened == ["Issue status returns"]


# Receiving


def test_several_files_are_reviewed_together_and_undone_in_one_step(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [answer(send(window, tmp_path, post), "On track") for post in (CRIME, SECURITY)]
    monkeypatch.setattr(return_jobs, "ask_open_several", lambda *_: paths)
    QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    qtbot.waitUntil(lambda: bool(banner(window)))
    assert [review.identity.owner for review in person.seen] == [CRIME, SECURITY]
    assert banner(window) == "Took in 2 changes from 2 files. Undo takes them back in one step."
    assert (status(window, "1.01"), status(window, "1.02")) == ("On track", "On track")
    window.undo()
    assert (status(window, "1.01"), status(window, "1.02")) == ("", "")


def test_files_are_dropped_on_the_window(qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path) -> None:
    paths = [answer(send(window, tmp_path, post), "On track") for post in (CRIME, SECURITY)]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, copy = QPointF(10, 10), Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(at, copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: len(person.seen) == 2)


def test_a_mail_gives_all_its_workbooks_to_the_review_and_names_those_refused(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look(dialog: FilesNotReadDialog) -> bool:
        item = dialog.table.item(0, 0)
        assert item is not None
        seen.append(item.text())
        return True

    monkeypatch.setattr(FilesNotReadDialog, "exec", look)
    files = [answer(send(window, tmp_path, post), "On track") for post in (CRIME, SECURITY)]
    mail = msg(tmp_path / "Fw.msg", *((path.name, path.read_bytes()) for path in files), ("cut.xlsx", b"PK\3\4"))
    return_jobs.receive_returns(window, [mail])
    qtbot.waitUntil(lambda: len(person.seen) == 2)
    assert seen == ["cut.xlsx (in Fw.msg)"]
    assert [review.file for review in person.seen] == [path.name for path in files]
    kept = workspace_of(window).read_beside(receipts.every)
    assert {receipt.sender for receipt in kept} == {f"{SIAN} <{ADDRESS}>"}
    person.seen.clear()
    return_jobs.receive_returns(window, [eml(tmp_path / "Cut.eml", ("cut.xlsx", b"PK\3\4"))])
    qtbot.waitUntil(lambda: "cut.xlsx (in Cut.eml) is incomplete" in banner(window))
    assert not any("Import results" in button.text() for button in view_of(window).banner.findChildren(QPushButton))


def test_the_same_return_in_three_mails_is_reviewed_once(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    file = (path.name, path.read_bytes())
    mails = [eml(tmp_path / f"{n}.eml", file, sender=f"{n} <{n}@b.example>") for n in ("one", "two", "three")]
    person.takes_in = False
    return_jobs.receive_returns(window, mails)
    qtbot.waitUntil(lambda: bool(person.seen))
    (review,) = reviewing.together(person.seen)
    assert review.received.mail is not None
    assert review.received.mail.from_whom == "one <one@b.example>"
    assert review.notices[-2:] == (
        "The same file came in two.eml too, from two <two@b.example>.",
        "The same file came in three.eml too, from three <three@b.example>.",
    )


@pytest.mark.parametrize("goes_on", [True, False])
def test_what_is_refused_is_listed_and_does_not_stop_the_others(  # noqa: PLR0917 - fixtures, and what each case is
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_on: bool
) -> None:
    seen: list[list[str]] = []

    def look(dialog: FilesNotReadDialog) -> bool:
        assert dialog.review_button.text() == "&Review the other one"
        items = [dialog.table.item(row, column) for row in range(dialog.table.rowCount()) for column in (0, 1)]
        seen.append([item.text() for item in items if item is not None])
        return goes_on

    monkeypatch.setattr(FilesNotReadDialog, "exec", look)
    junk, gone = tmp_path / "junk.xlsx", tmp_path / "gone.xlsx"
    junk.write_bytes(b"PK\x03\x04 nothing")
    good = answer(send(window, tmp_path, CRIME), "On track")
    return_jobs.receive_returns(window, [junk, gone, good])
    qtbot.waitUntil(lambda: bool(seen) and not view_of(window).jobs.busy)
    assert seen[0][::2] == ["junk.xlsx", "gone.xlsx"]
    assert all(name in sentence for name, sentence in zip(seen[0][::2], seen[0][1::2], strict=True))
    assert [review.file for review in person.seen] == [good.name] * goes_on


def test_the_list_of_files_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    dialog = FilesNotReadDialog([("a.xlsx", "a.xlsx is empty.")], 2, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    only = FilesNotReadDialog([("a.xlsx", "a.xlsx is empty.")], 0, window)
    with qtbot.waitExposed(only):
        only.show()
    assert not only.review_button.isVisible()
    with qtbot.waitSignal(only.rejected):
        QTest.keyClick(only, Qt.Key.Key_Escape)


def test_one_file_that_is_refused_is_told_where_the_person_looks(
    qtbot: QtBot, window: MainWindow, person: Person, sentences: list[str], tmp_path: Path
) -> None:
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"PK\x03\x04 nothing")
    return_jobs.receive_returns(window, [junk])
    qtbot.waitUntil(lambda: "junk.xlsx" in banner(window))
    assert not person.seen
    assert not sentences


def test_a_return_without_changes_is_recorded_as_received(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path
) -> None:
    return_jobs.receive_returns(window, [send(window, tmp_path, CRIME)])
    qtbot.waitUntil(lambda: banner(window) == "ACC Crime.xlsx is recorded as received, and changed nothing.")


def test_a_review_that_is_left_changes_nothing(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path
) -> None:
    person.takes_in = False
    before = workspace_of(window).revision()
    return_jobs.receive_returns(window, [answer(send(window, tmp_path, CRIME), "On track")])
    qtbot.waitUntil(lambda: bool(person.seen))
    assert not banner(window)
    assert workspace_of(window).revision() == before


def test_a_plan_for_reading_shows_what_came_back(
    qtbot: QtBot, window: MainWindow, person: Person, plan_path: Path, tmp_path: Path
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    other = MainWindow(Memory(QSettings(str(plan_path.with_suffix(".ini")), QSettings.Format.IniFormat)))
    qtbot.addWidget(other)
    other.show()
    assert other.open_plan(plan_path)
    person.takes_in = False
    return_jobs.receive_returns(other, [path])
    qtbot.waitUntil(lambda: bool(person.seen))
    assert [difference.returned for difference in person.seen[0].differences] == ["On track"]
    other.close()


def test_a_file_that_was_taken_in_before_is_told_not_shown(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: banner(window).startswith("Took in 1 change from"))
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: "nothing left to decide" in banner(window))
    assert len(person.seen) == 1


class Protected:
    """A reading that one password opens."""

    def __init__(self, path: Path, limits: FileLimits, password: str, _enclosed: None) -> None:
        self.path, self.password, self.reading = path, password, intake.FileReading(path, limits, "")

    def received(self) -> intake.Received:
        received = self.reading.received()
        if self.password != "right":
            raise PasswordNeeded(f"{self.path.name} is protected by another password.", wrong=bool(self.password))
        return received

    def stop(self) -> None:
        self.reading.stop()


def passwords(monkeypatch: pytest.MonkeyPatch, *typed: str | None) -> list[str]:
    """A person who types these passwords, one at each question; gives what was asked."""
    asked: list[str] = []
    answers = iter(typed)

    def ask(_parent: object, file: str, tries: int) -> str | None:
        asked.append(f"{file} {tries}")
        return next(answers)

    monkeypatch.setattr(intake, "begin", Protected)
    monkeypatch.setattr(return_jobs, "ask_password", ask)
    return asked


def test_a_password_is_asked_for_until_it_is_right(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    asked = passwords(monkeypatch, "wrong", "right")
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: bool(person.seen))
    assert asked == ["ACC Crime.xlsx 3", "ACC Crime.xlsx 2"]


@pytest.mark.parametrize(
    ("typed", "words"), [((None,), "was not given"), (("a", "b", "c"), "is protected by another password")]
)
def test_without_its_password_a_file_is_left_out(  # noqa: PLR0917 - fixtures, and the two of each case
    qtbot: QtBot,
    window: MainWindow,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: tuple[str | None, ...],
    words: str,
) -> None:
    path = send(window, tmp_path, CRIME)
    asked = passwords(monkeypatch, *typed)
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: words in banner(window))
    assert len(asked) == len(typed)
    assert not person.seen


def test_the_password_dialog(qtbot: QtBot, window: MainWindow) -> None:
    dialog = PasswordDialog("a.xlsx", 2, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert not dialog.open_button.isEnabled()
    QTest.keyClicks(dialog.field, "secret")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.typed == "secret"
    assert dialog.field.displayText() == "●" * 6
    dialog.deleteLater()


def test_reading_can_be_stopped(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()

    class Slow:
        def __init__(self, *_: object) -> None: ...

        def received(self) -> intake.Received:
            let_go.wait()
            raise ReturnRefused("stopped")

        def stop(self) -> None:
            let_go.set()

    monkeypatch.setattr(intake, "begin", Slow)
    return_jobs.receive_returns(window, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    cancel = next(button for button in window.statusBar().findChildren(QPushButton) if button.text() == "Cancel")
    qtbot.waitUntil(cancel.isVisible)
    return_jobs.receive_returns(window, [tmp_path / "c.xlsx"])
    assert "still being read" in banner(window)
    click(cancel)
    qtbot.waitUntil(lambda: banner(window) == "Reading was stopped; nothing was taken in.")
    assert not person.seen


def test_a_window_that_closes_while_it_reads_lets_go(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = Event(), Event()

    class Slow:
        def __init__(self, *_: object) -> None: ...

        def received(self) -> intake.Received:
            begun.set()
            let_go.wait()
            raise ReturnRefused("stopped")

        def stop(self) -> None:
            let_go.set()

    monkeypatch.setattr(intake, "begin", Slow)
    return_jobs.receive_returns(window, [tmp_path / "a.xlsx"])
    qtbot.waitUntil(begun.is_set)
    window.close()
    assert window.plan_view is None


def test_a_review_is_gone_on_with_from_the_page(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    workspace = workspace_of(window)
    review = keeping.keep(workspace, receiving.review(workspace, path))
    assert review.receipt is not None
    path.unlink()
    window.show_page("returns")
    page = view_of(window).page("returns")
    page.select(review.identity.export)
    QApplication.processEvents()
    offered = [button for button in window.findChildren(QPushButton) if button.text() == "&Go on with the review"]
    click(next(button for button in offered if button.isVisible()))
    assert [seen.receipt for seen in person.seen] == [review.receipt]
    assert banner(window).startswith("Took in 1 change from ACC Crime.xlsx.")
    qtbot.waitUntil(lambda: page.summary() == "2 returns, 1 not sent")


# Chasing, and what is left behind


def test_those_who_have_not_answered_are_chased(
    window: MainWindow, tmp_path: Path, sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[list[str], str]] = []

    def see(dialog: MailDialog) -> None:
        names = dialog.view.names
        click_all = dialog.view.copy_all_button
        click_all.click()
        shown.append(([names.item(row).text() for row in range(names.count())], QApplication.clipboard().text()))

    monkeypatch.setattr(MailDialog, "exec", see)
    return_jobs.chase_returns(window)
    assert sentences[0].startswith("There is nobody to chase.")
    send(window, tmp_path, CRIME)
    send(window, tmp_path, SECURITY)
    return_jobs.chase_returns(window)
    assert shown[0][0] == [CRIME, SECURITY]
    assert shown[0][1].count("was due on 14/10/2008") == 2


def test_reminders_are_saved_as_drafts_where_the_person_says(
    window: MainWindow, tmp_path: Path, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    folders: list[Path | None] = [None, tmp_path, tmp_path]

    def see(dialog: MailDialog) -> None:
        for _ in range(3):
            dialog.view.drafts_button.click()
            heard.append(dialog.view.done.text())

    def refuses(_parent: object, sentence: str, *_words: object, **_more: object) -> bool:
        heard.append(sentence)
        return False

    monkeypatch.setattr(MailDialog, "exec", see)
    monkeypatch.setattr(return_drafts, "ask_folder", lambda *_: folders.pop(0))
    monkeypatch.setattr(return_drafts, "ask", refuses)
    send(window, plan_path.parent, CRIME)
    return_jobs.chase_returns(window)
    assert [path.name for path in tmp_path.glob("*.eml")] == ["Reminder - ACC Crime.eml"]
    saved = (
        f"Saved “Reminder - ACC Crime.eml” in {tmp_path}. It opens in Outlook and Thunderbird as a mail to be sent. "
        "It names nobody to send it to: type whom, or enter the post's e-mail in Plan > Lists… > Posts."
    )
    assert heard == ["", saved, f"Replace 1 mail draft in {tmp_path}?", saved]


def test_only_the_latest_that_a_post_was_sent_is_chased(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(MailDialog, "exec", lambda dialog: shown.append(dialog.view.subject.text()))
    workspace = workspace_of(window)
    for period, due in (("Q1", date(2008, 7, 14)), ("Q2", date(2008, 10, 14))):
        path = tmp_path / f"{period}.xlsx"
        issuing.issue(workspace, STATUS_RETURN, path, owner=CRIME, year=2008, period=period, due=due)
    return_jobs.chase_returns(window)
    assert shown == ["Reminder: Status return 2008-2009 Q2"]


def test_the_history_shows_the_receipt_of_what_was_taken_in(
    qtbot: QtBot, window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answer(send(window, tmp_path, CRIME), "On track")
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: bool(person.seen))
    shown: list[str] = []
    monkeypatch.setattr(ReceiptDialog, "exec", lambda dialog: shown.append(dialog.view.text.toPlainText()))
    history = HistoryPage(view_of(window).signals)
    qtbot.addWidget(history)
    history.show()
    click(history.receipt_button)
    assert "returned “On track”" in shown[0]
    QTest.keyClick(history.grid, Qt.Key.Key_Down)
    assert not history.receipt_button.isVisible()


def test_a_declared_return_goes_to_the_role_that_was_declared(qtbot: QtBot, window: MainWindow) -> None:
    view = view_of(window)
    portfolio = view.signals.edit("role", registers.add, NamedRole, {"title": "Portfolio holder"})
    declared = Declaration(
        "Risks", "risk", ("ref", "text"), ("text",), goes_to="owners", role=portfolio, often="quarterly"
    )
    view.signals.edit("declare", declaring.declare, declared)
    dialog = dialog_on(qtbot, window)
    dialog.which.setCurrentText("Risks")
    dialog.which.activated.emit(0)
    assert dialog.role.currentText() == "Portfolio holder"
