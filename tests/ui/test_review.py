"""The review of files received, by real keys: what is decided is kept at once, what is applied is one step."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPageSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, receiving
from spp_desktop.edits.reviewing import Review
from spp_desktop.store import monitored, queries, receipts
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.problems import NotKept
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.pictures.pages import Pages, PageWords, paper, pdf
from spp_desktop.ui.review import screen as review_screen
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.review.kinds import FILTERS
from spp_desktop.ui.review.lines import FileHead, RowHead
from tests import pdf_reader
from tests.ui.returned_files import Filled, issue

pytestmark = pytest.mark.usefixtures("read_here")

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Screen:
    """A review that is open, and a person at it."""

    def __init__(self, qtbot: QtBot, window: QWidget, workspace: Workspace, reviews: Sequence[Review]) -> None:
        self.dialog = ReviewDialog(PlanSignals(workspace, window), reviews, window)
        self.desk, self.table, self.detail = self.dialog.desk, self.dialog.table, self.dialog.detail
        self.footer, self.bar = self.dialog.footer, self.dialog.bar
        with qtbot.waitActive(self.dialog):
            self.dialog.show()
            self.dialog.activateWindow()

    def keys(self, *keys: Qt.Key | str) -> None:
        """Press keys wherever the focus is; a text is typed."""
        for key in keys:
            widget = QApplication.focusWidget() or self.dialog
            if isinstance(key, str):
                QTest.keyClicks(widget, key)
            else:
                QTest.keyClick(widget, key)

    def apply(self) -> None:
        """Press Ctrl+Enter."""
        QTest.keyClick(QApplication.focusWidget() or self.dialog, Key.Key_Return, CONTROL)

    def chip(self, title: str) -> QPushButton:
        """The chip of this title."""
        return next(
            chip for chip, chip_filter in zip(self.bar.chips, FILTERS, strict=True) if chip_filter.title == title
        )

    def counts(self) -> dict[str, int]:
        """What the chips say."""
        return {
            chip_filter.title: int(chip.text().split()[-1].replace(",", ""))
            for chip, chip_filter in zip(self.bar.chips, FILTERS, strict=True)
        }

    def shown(self) -> list[str]:
        """The differences in the table: the decision, the reference and what they are about."""
        model = self.dialog.model
        return [
            f"{model.index(at, 0).data()}: {self.desk.items[line].difference.ref} {model.index(at, 2).data()}"
            for at, line in enumerate(model.lines)
            if isinstance(line, int)
        ]

    def current(self) -> str:
        """What the current line is about."""
        line = self.dialog.model.lines[self.table.line()]
        if isinstance(line, int):
            difference = self.desk.items[line].difference
            return f"{difference.ref} {difference.column or difference.kind}"
        return self.dialog.model.head_text(line)

    def go_to(self, ref: str, column: str = "") -> None:
        """Put the cursor on a difference, or on the head of an activity."""
        for place, line in enumerate(self.dialog.model.lines):
            if isinstance(line, int) and column:
                difference = self.desk.items[line].difference
                if (difference.ref, difference.column or difference.kind) == (ref, column):
                    self.table.go_to(place)
                    return
            elif isinstance(line, RowHead) and line.ref == ref and not column:
                self.table.go_to(place)
                return
        raise AssertionError(ref, column)

    def foot(self) -> str:
        """What is said below the table."""
        return self.footer.message.text()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Something for the screen to stand on, so that it lives as long as it."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, small_plan: Path) -> Path:
    """The return of ACC Crime as it went out from the small plan, which knows of it."""
    with Workspace.open(small_plan) as workspace:
        return issue(workspace, tmp_path_factory.mktemp("sent"), "ACC Crime")


@pytest.fixture(scope="module")
def small_plan(tmp_path_factory: pytest.TempPathFactory, small_plan: Path) -> Path:
    """The small plan for this file alone, so that a return may go out from it once for all."""
    return Path(shutil.copy(small_plan, tmp_path_factory.mktemp("small")))


@pytest.fixture
def crime(workspace: Workspace, sent: Path, tmp_path: Path) -> Filled:
    """The return of ACC Crime: activities 1.01 and 2.01."""
    return Filled(workspace, Path(shutil.copy(sent, tmp_path)))


@pytest.fixture
def mixed(workspace: Workspace, crime: Filled) -> Review:
    """Two clean changes, a conflict, a request and a question."""
    report(workspace, "2.01", percent=20)
    crime.put("1.01", "Status", "On track")
    crime.put("1.01", "What was done", "A first meeting was held.")
    crime.put("1.01", "Due", date(2009, 3, 31))
    crime.put("2.01", "% complete", 0.5)
    crime.put("2.01", "Forecast date", "end of Q3")
    return crime.review()


def report(workspace: Workspace, ref: str, **cells: Any) -> None:
    """Change cells of an activity in the plan."""
    key = activity(workspace, ref).key
    workspace.edit("report", delivery.set_cells, [(key, field, value) for field, value in cells.items()])


def activity(workspace: Workspace, ref: str) -> ActivityRow:
    """An activity as the plan has it."""
    (row,) = [row for row in workspace.read(queries.activities) if row.ref == ref]
    return row


def kept(workspace: Workspace) -> dict[str, tuple[str, str, str]]:
    """The decisions that are kept with the newest receipt: verdict, value and reason by field."""
    newest = workspace.read_beside(receipts.every)[0]
    decisions = workspace.read_beside(receipts.decisions, newest.id)
    return {
        subject.split("|")[-1]: (decision.verdict, decision.value, decision.reason)
        for subject, decision in decisions.items()
    }


@pytest.fixture
def screen(qtbot: QtBot, window: QWidget, workspace: Workspace, mixed: Review) -> Screen:
    """The review of those five differences."""
    return Screen(qtbot, window, workspace, [mixed])


# What is there at the beginning


def test_clean_changes_are_accepted_and_the_rest_waits_for_a_person(screen: Screen) -> None:
    assert screen.shown() == [
        "To decide: 1.01 Due",
        "Accepted: 1.01 Status",
        "Accepted: 1.01 What was done",
        "To decide: 2.01 % complete",
        "To decide: 2.01 Forecast date",
    ]
    assert screen.counts() == {
        "All": 5,
        "To decide": 3,
        "Conflicts": 1,
        "Questions": 2,
        "New rows": 0,
        "Not returned": 0,
        "Accepted": 2,
        "Refused": 0,
    }
    assert screen.footer.apply.text() == "&Apply 2 changes"
    assert screen.footer.left.text() == "3 left to decide, they stay here for later"
    assert "Nothing is decided yet" in screen.footer.state.text()
    assert screen.current() == "1.01 Due"
    assert QApplication.focusWidget() is screen.table


def test_each_cell_is_said_as_issued_as_returned_and_as_it_is_now(screen: Screen) -> None:
    screen.go_to("2.01", "% complete")
    model, row = screen.dialog.model, screen.table.line()
    assert [model.index(row, column).data() for column in range(1, 6)] == [
        "Conflict",
        "% complete",
        "(empty)",
        "50%",
        "20%",
    ]
    heard = model.index(row, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "As returned: 50%"
    assert screen.detail.title.text() == "2.01  % complete"
    assert screen.detail.kind.text() == "Conflict"
    assert screen.detail.about.text() == "Do what 2.01 says"
    assert "changed since" in screen.detail.remark.text()
    assert "20%" in screen.detail.states.toPlainText()


def test_a_change_inside_a_long_text_is_struck_out_and_underlined(
    qtbot: QtBot, window: QWidget, workspace: Workspace, tmp_path: Path
) -> None:
    before = "Training of custody officers begins in September in two boroughs and goes on to March."
    report(workspace, "1.01", reason=before)
    filled = Filled(workspace, issue(workspace, tmp_path, "ACC Crime"))
    filled.put("1.01", "Reason", before.replace("two boroughs", "all three boroughs"))
    screen = Screen(qtbot, window, workspace, [filled.review()])
    html = screen.detail.states.toHtml()
    screen.go_to("1.01", "Reason")
    html = screen.detail.states.toHtml()
    assert "line-through" in html
    assert "underline" in html
    assert str(screen.dialog.model.index(screen.table.line(), 4).data()).startswith("… ")


# Deciding by keys


def test_a_review_is_printed_with_whole_texts(screen: Screen) -> None:
    drawing = screen.table.drawing()
    assert drawing is not None
    layout = paper(QPageSize.PageSizeId.A4, upright=False)
    read = pdf_reader.read(bytes(pdf(Pages(drawing, PageWords(), layout), layout).data()))
    text = "".join(read.text.split())
    model = screen.dialog.model
    for line in model.lines:
        texts = [model.words_of(line, along) for along in range(model.columnCount())] if isinstance(line, int) else []
        for words in texts or [model.words_of(line, 0)]:
            assert "".join(words.split()) in text
    assert read.images == 0


def test_one_key_decides_keeps_it_and_goes_to_the_next(screen: Screen, workspace: Workspace) -> None:
    revision = workspace.revision()
    screen.keys(Key.Key_A)
    assert screen.foot() == "Accepted 1.01 Due."
    assert kept(workspace) == {"due": ("accept", "", "")}
    assert screen.current() == "2.01 % complete"
    screen.keys(Key.Key_Space)
    assert screen.current() == "2.01 Forecast date"
    assert screen.counts()["To decide"] == 1
    assert screen.footer.apply.text() == "&Apply 4 changes"
    assert "2 decisions are kept" in screen.footer.state.text()
    assert workspace.revision() == revision


def test_refusing_asks_why_and_keeps_the_reason(screen: Screen, workspace: Workspace) -> None:
    screen.keys(Key.Key_R)
    assert QApplication.focusWidget() is screen.detail.reason
    screen.keys("Agreed with the board", Key.Key_Return)
    assert kept(workspace) == {"due": ("reject", "", "Agreed with the board")}
    assert screen.current() == "2.01 % complete"
    assert QApplication.focusWidget() is screen.table
    screen.keys(Key.Key_R, Key.Key_Return)
    assert kept(workspace)["percent"] == ("reject", "", "")
    screen.go_to("1.01", "Due")
    assert screen.detail.reason.text() == "Agreed with the board"
    assert "Refused: Agreed with the board" in screen.dialog.model.index(screen.table.line(), 6).data()


def test_escape_from_the_reason_refuses_nothing(screen: Screen, workspace: Workspace) -> None:
    screen.keys(Key.Key_R, "no", Key.Key_Escape)
    assert screen.dialog.isVisible()
    assert QApplication.focusWidget() is screen.table
    assert screen.detail.reason.isHidden()
    assert workspace.read_beside(receipts.every) == []


def test_a_decision_is_taken_back(screen: Screen, workspace: Workspace) -> None:
    screen.keys(Key.Key_A, Key.Key_Up)
    screen.go_to("1.01", "Due")
    screen.keys(Key.Key_U)
    assert kept(workspace) == {}
    assert screen.shown()[0] == "To decide: 1.01 Due"
    screen.keys(Key.Key_U)
    assert screen.foot() == "Nothing was decided there."


def test_the_latest_deciding_is_undone(screen: Screen, workspace: Workspace) -> None:
    screen.keys(Key.Key_R, "Mine", Key.Key_Return)
    screen.table.go_to(0)
    screen.keys(Key.Key_A)
    assert kept(workspace)["due"] == ("accept", "", "")
    QTest.keyClick(screen.table, Key.Key_Z, CONTROL)
    assert kept(workspace) == {"due": ("reject", "", "Mine")}
    assert screen.foot() == "As before: 4 differences."
    QTest.keyClick(screen.table, Key.Key_Z, CONTROL)
    assert kept(workspace) == {}
    assert screen.current() == "1.01 Due"
    QTest.keyClick(screen.table, Key.Key_Z, CONTROL)
    assert screen.foot() == "There is no decision to undo."


def test_a_clean_change_is_refused_and_accepted_again(screen: Screen) -> None:
    screen.go_to("1.01", "Status")
    screen.keys(Key.Key_R, Key.Key_Return)
    assert screen.current() == "1.01 What was done"
    assert screen.footer.apply.text() == "&Apply 1 change"
    screen.go_to("1.01", "Status")
    screen.keys(Key.Key_A)
    assert screen.footer.apply.text() == "&Apply 2 changes"


def test_next_and_previous_to_decide_go_round(screen: Screen) -> None:
    places = []
    for key in (Key.Key_N, Key.Key_N, Key.Key_N, Key.Key_P):
        screen.keys(key)
        places.append(screen.current())
    assert places == ["2.01 % complete", "2.01 Forecast date", "1.01 Due", "2.01 Forecast date"]


def test_a_question_is_answered_before_it_can_be_accepted(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("2.01", "Forecast date")
    screen.keys(Key.Key_A)
    assert screen.counts()["To decide"] == 3
    assert "cannot be taken in" in screen.foot()
    assert QApplication.focusWidget() is screen.detail.value.day
    screen.keys("31/12/2008x")
    assert "is not a date" in screen.detail.doubt.text()
    screen.keys(Key.Key_Return)
    assert "is not a date" in screen.foot()
    assert screen.counts()["To decide"] == 3
    screen.keys(Key.Key_Backspace)
    assert screen.detail.doubt.isHidden()
    screen.keys(Key.Key_Return)
    assert kept(workspace) == {"forecast": ("accept", "31/12/2008", "")}
    assert "Taken in as “31/12/2008”." in screen.dialog.model.index(screen.table.line(), 6).data() or screen.current()
    screen.apply()
    assert activity(workspace, "2.01").forecast == date(2008, 12, 31)


def test_a_status_is_chosen_before_it_is_accepted(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("1.01", "Status")
    screen.keys(Key.Key_F2)
    assert QApplication.focusWidget() is screen.detail.value.list
    screen.keys("c", Key.Key_Return)
    assert kept(workspace) == {"status": ("accept", "Complete", "")}
    screen.apply()
    assert activity(workspace, "1.01").status == "Complete"


def test_many_lines_are_edited_with_enter_to_accept(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("1.01", "What was done")
    screen.keys(Key.Key_E)
    QTest.keyClick(screen.detail.value.text, Key.Key_End, CONTROL)
    QTest.keyClick(screen.detail.value.text, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    screen.keys("More is to come.", Key.Key_Return)
    assert kept(workspace)["done"] == ("accept", "A first meeting was held.\nMore is to come.", "")


def test_what_is_typed_and_not_accepted_is_not_lost_and_not_applied(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("2.01", "Forecast date")
    screen.keys(Key.Key_E, "31/12/2008")
    screen.go_to("1.01", "Status")
    screen.table.setFocus()
    screen.apply()
    assert screen.dialog.isVisible()
    assert "What you typed for 2.01 Forecast date is not accepted yet" in screen.foot()
    assert screen.detail.value.day.text() == "31/12/2008"
    screen.keys(Key.Key_Escape)
    assert screen.detail.value.day.text() == "end of Q3"
    screen.apply()
    assert not screen.dialog.isVisible()
    assert activity(workspace, "2.01").forecast is None


# By activity, by file, by selection


def test_on_a_head_a_key_means_all_below_it(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("1.01")
    assert screen.detail.accept_button.text() == "Accept 3"
    screen.keys(Key.Key_R, "Not agreed", Key.Key_Return)
    assert kept(workspace) == dict.fromkeys(("due", "status", "done"), ("reject", "", "Not agreed"))
    assert screen.counts()["Refused"] == 3


def test_a_whole_file_is_accepted_but_for_what_needs_an_answer(screen: Screen, workspace: Workspace) -> None:
    screen.table.go_to(0)
    screen.keys(Key.Key_A)
    assert screen.shown()[-1] == "To decide: 2.01 Forecast date"
    assert screen.counts()["Accepted"] == 4
    assert "1 of them is a conflict" in screen.foot()
    assert "2.01 Forecast date" in screen.foot()
    assert screen.current() == "2.01 Forecast date"


def test_one_reason_serves_all_dates_of_a_file_that_move_again(
    qtbot: QtBot, window: QWidget, workspace: Workspace, crime: Filled
) -> None:
    for ref in ("1.01", "2.01"):
        report(workspace, ref, due=date(2008, 9, 30))
        report(workspace, ref, due=date(2008, 10, 31))
        crime.put(ref, "Forecast date", date(2008, 12, 31))
    screen = Screen(qtbot, window, workspace, [crime.review()])
    asked = [f"To decide: {ref} {what}" for ref in ("1.01", "2.01") for what in ("Reason", "Forecast date")]
    assert screen.shown() == asked
    screen.go_to("1.01", "Forecast date")
    screen.keys(Key.Key_A)
    assert screen.counts()["Accepted"] == 0
    screen.table.go_to(0)
    screen.keys(Key.Key_A)
    assert "type it once for all" in screen.foot()
    screen.keys("The board agreed", Key.Key_Return)
    assert screen.counts()["Accepted"] == 4
    screen.apply()
    reasons = [moves[-1].reason for moves in workspace.read(monitored.moves).values()]
    assert reasons == ["The board agreed"] * 2


def test_a_reason_and_a_typed_answer_outlive_a_decision_on_the_whole_file(screen: Screen, workspace: Workspace) -> None:
    screen.go_to("1.01", "Status")
    screen.keys(Key.Key_E, "c", Key.Key_Return)
    screen.go_to("1.01", "Due")
    screen.keys(Key.Key_R, "mine", Key.Key_Return)
    screen.table.go_to(0)
    screen.keys(Key.Key_R, "all", Key.Key_Return)
    assert kept(workspace)["due"] == ("reject", "", "mine")
    screen.keys(Key.Key_U)
    screen.table.go_to(0)
    screen.keys(Key.Key_U)
    assert kept(workspace) == {}


def test_everything_chosen_is_decided_together(screen: Screen, workspace: Workspace) -> None:
    QTest.keyClick(screen.table, Key.Key_A, CONTROL)
    assert screen.detail.title.text() == "5 differences chosen"
    screen.keys(Key.Key_R, Key.Key_Return)
    assert set(kept(workspace).values()) == {("reject", "", "")}
    assert len(kept(workspace)) == 5
    assert screen.footer.apply.text() == "&Apply 5 refusals"


def test_a_click_on_the_tick_refuses_and_one_on_the_ring_accepts(screen: Screen, workspace: Workspace) -> None:
    model = screen.dialog.model

    def click(ref: str, column: str, along: int) -> None:
        screen.go_to(ref, column)
        rect = screen.table.visualRect(model.index(screen.table.line(), 0))
        at = QPoint(rect.left() + along, rect.center().y())
        QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click("1.01", "Due", 80)
    assert screen.counts()["Accepted"] == 2
    click("1.01", "Due", 30)
    assert screen.counts()["Accepted"] == 3
    click("1.01", "Status", 30)
    assert QApplication.focusWidget() is screen.detail.reason
    QTest.mouseClick(screen.detail.refuse_button, Qt.MouseButton.LeftButton)
    assert screen.counts()["Refused"] == 1


def test_the_buttons_do_what_the_keys_do(screen: Screen, workspace: Workspace) -> None:
    detail = screen.detail
    QTest.mouseClick(detail.accept_button, Qt.MouseButton.LeftButton)
    assert kept(workspace) == {"due": ("accept", "", "")}
    screen.go_to("1.01", "Due")
    QTest.mouseClick(detail.back_button, Qt.MouseButton.LeftButton)
    assert kept(workspace) == {}
    QTest.mouseClick(detail.refuse_button, Qt.MouseButton.LeftButton)
    screen.keys("Why", Key.Key_Tab)
    QTest.mouseClick(detail.refuse_button, Qt.MouseButton.LeftButton)
    assert kept(workspace) == {"due": ("reject", "", "Why")}


# Rows


@pytest.fixture
def rows(workspace: Workspace, tmp_path: Path, crime: Filled) -> Review:
    """A row answered twice, one that lost its key, a new one, and one that is missing, in one file."""
    crime.copy("1.01", Status="At risk", Reason="Money")
    crime.put("1.01", "Status", "On track")
    crime.lose_key("2.01")
    crime.put("2.01", "Status", "Complete")
    crime.add(Activity="Work on a joint protocol")
    return crime.review()


@pytest.fixture
def at_rows(qtbot: QtBot, window: QWidget, workspace: Workspace, rows: Review) -> Screen:
    """The review of those rows."""
    return Screen(qtbot, window, workspace, [rows])


def test_of_two_answers_a_digit_takes_one(at_rows: Screen, workspace: Workspace) -> None:
    at_rows.go_to("1.01", "Status")
    assert at_rows.detail.kind.text() == "Answered twice"
    assert [button.text() for button in at_rows.detail.answers if button.isVisible()] == ["1   On track", "2   At risk"]
    at_rows.keys(Key.Key_2)
    assert kept(workspace) == {"status": ("accept", "At risk", "")}


def test_rows_known_by_their_words_are_confirmed_with_one_press(at_rows: Screen, workspace: Workspace) -> None:
    assert "Waits: 2.01 Status" in at_rows.shown()
    at_rows.go_to("2.01", "match")
    assert not at_rows.detail.confirm_button.isHidden()
    at_rows.keys(Key.Key_M)
    assert at_rows.foot() == "Confirmed 1 row."
    assert "Accepted: 2.01 Status" in at_rows.shown()
    at_rows.keys(Key.Key_M)
    assert "No row of this file" in at_rows.foot()


def test_an_answer_waits_until_its_row_is_confirmed(at_rows: Screen, workspace: Workspace) -> None:
    at_rows.go_to("2.01", "Status")
    at_rows.keys(Key.Key_A)
    assert at_rows.foot() == "Confirm first that this row is 2.01."
    assert at_rows.detail.value.isHidden()
    at_rows.go_to("2.01")
    at_rows.keys(Key.Key_A)
    assert "Accepted: 2.01 Status" in at_rows.shown()
    assert list(kept(workspace).values()) == [("accept", "", "")]


def test_a_row_that_is_another_takes_its_answers_with_it(at_rows: Screen) -> None:
    at_rows.go_to("2.01", "match")
    at_rows.keys(Key.Key_R, Key.Key_Return)
    assert "Refused: 2.01 Status" in at_rows.shown()


def test_a_new_row_says_its_priority_before_it_is_taken_in(at_rows: Screen, workspace: Workspace) -> None:
    QTest.mouseClick(at_rows.chip("New rows"), Qt.MouseButton.LeftButton)
    assert len(at_rows.shown()) == 1
    at_rows.table.setFocus()
    at_rows.keys(Key.Key_A)
    assert "Say which priority" in at_rows.foot()
    assert QApplication.focusWidget() is at_rows.detail.value.list
    at_rows.keys("l", Key.Key_Return)
    at_rows.apply()
    (added,) = [row for row in workspace.read(queries.activities) if row.text == "Work on a joint protocol"]
    assert added.priority == "Local policing"
    assert added.owners == ("ACC Crime",)


def test_what_was_not_returned_is_shown_and_asks_nothing(
    qtbot: QtBot, window: QWidget, workspace: Workspace, crime: Filled
) -> None:
    crime.drop("1.01")
    screen = Screen(qtbot, window, workspace, [crime.review()])
    assert screen.shown() == [": 1.01 Whole activity"]
    assert screen.counts()["Not returned"] == 1
    assert screen.footer.left.isHidden()
    assert screen.detail.accept_button.isHidden()
    screen.keys(Key.Key_R)
    assert screen.foot() == "There is nothing to decide about that."
    assert screen.footer.apply.text() == "&Record as received"


# Files


def test_milestones_stand_below_their_activity_by_name(
    qtbot: QtBot, window: QWidget, workspace: Workspace, crime: Filled
) -> None:
    crime.put("2.01", "Status", "On track")
    crime.put("1.01", "Actual date", date(2008, 9, 1), sheet="Milestones")
    screen = Screen(qtbot, window, workspace, [crime.review()])
    assert screen.shown() == ["Accepted: 1.01 Actual date: First step of 1.01", "Accepted: 2.01 Status"]
    assert screen.detail.about.text() == "Milestone: First step of 1.01"
    heads = [line.text for line in screen.dialog.model.lines if isinstance(line, RowHead)]
    assert heads == ["Do what 1.01 says", "Do what 2.01 says"]


def test_a_file_that_was_taken_in_is_only_told_of(
    qtbot: QtBot, window: QWidget, workspace: Workspace, screen: Screen, mixed: Review
) -> None:
    QTest.keyClick(screen.table, Key.Key_A, CONTROL)
    screen.keys(Key.Key_R, Key.Key_Return)
    screen.apply()
    again = Screen(qtbot, window, workspace, [receiving.held_against(workspace, mixed.received)])
    assert "nothing left to decide" in str(again.dialog.model.index(1, 0).data())
    assert again.footer.apply.text() == "Nothing to apply"
    for button in (again.footer.apply, again.footer.aside, again.footer.later):
        assert not button.isEnabled()


def test_several_files_are_one_screen_and_joint_owners_are_shown_beside_each_other(
    qtbot: QtBot, window: QWidget, workspace: Workspace, tmp_path: Path
) -> None:
    row = activity(workspace, "1.01")
    posts = (*row.owner_keys, *activity(workspace, "1.02").owner_keys)
    report(workspace, "1.01", owners=list(posts))
    crime, security = (Filled(workspace, issue(workspace, tmp_path, owner)) for owner in ("ACC Crime", "ACC Security"))
    crime.put("1.01", "Status", "On track")
    security.put("1.01", "Status", "At risk")
    security.put("1.02", "Status", "Complete")
    screen = Screen(qtbot, window, workspace, [crime.review(), security.review()])
    heads = [screen.dialog.model.head_text(line) for line in screen.dialog.model.lines if isinstance(line, FileHead)]
    assert [head.split(" · ")[0] for head in heads] == ["ACC Crime", "ACC Security"]
    assert "ACC Crime leads, and answers “On track”" in screen.detail.remark.text()
    screen.apply()
    assert screen.dialog.applied is not None
    assert (screen.dialog.applied.accepted, screen.dialog.applied.left) == (2, 1)
    assert (activity(workspace, "1.01").status, activity(workspace, "1.02").status) == ("On track", "Complete")
    workspace.undo()
    assert (activity(workspace, "1.01").status, activity(workspace, "1.02").status) == ("", "")


def test_what_is_said_of_a_file_stands_below_its_head_and_is_folded_away(
    qtbot: QtBot, window: QWidget, workspace: Workspace, tmp_path: Path
) -> None:
    report(workspace, "1.01", percent=20, reason="Why")
    crime = Filled(workspace, issue(workspace, tmp_path, "ACC Crime"))
    crime.put("1.01", "% complete", None)
    crime.put("1.01", "Reason", None)
    crime.put("1.01", "Status", "on-track")
    crime.book.create_sheet("Notes")["A1"] = "see there"
    screen = Screen(qtbot, window, workspace, [crime.review()])
    texts = [str(screen.dialog.model.index(row, 0).data()) for row in range(4)]
    assert texts[1] == "The sheet “Notes” was not read."
    assert texts[2] == "2 cells were left empty, which is no answer; the plan stays as it is there."
    assert "“on-track” was read as On track." in screen.dialog.model.index(4, 6).data()
    screen.table.go_to(0)
    assert "1.01 % complete, 1.01 Reason" in screen.detail.states.toPlainText()
    screen.keys(Key.Key_Left)
    assert len(screen.dialog.model.lines) == 1
    screen.keys(Key.Key_Return)
    assert len(screen.dialog.model.lines) == 5


def test_left_goes_out_to_the_heads(screen: Screen) -> None:
    screen.go_to("2.01", "% complete")
    screen.keys(Key.Key_Left)
    assert screen.current().startswith("2.01")
    screen.keys(Key.Key_Left)
    assert screen.current().startswith("ACC Crime")


def test_a_file_that_says_nothing_new_is_recorded_as_received(
    qtbot: QtBot, window: QWidget, workspace: Workspace, crime: Filled
) -> None:
    screen = Screen(qtbot, window, workspace, [crime.review()])
    assert "Nothing in it differs" in str(screen.dialog.model.index(1, 0).data())
    screen.apply()
    assert [receipt.state for receipt in workspace.read_beside(receipts.every)] == ["applied"]
    assert screen.dialog.applied is not None


# Filters


def test_thousands_of_differences_are_listed_found_and_decided(
    qtbot: QtBot, window: QWidget, workspace: Workspace, mixed: Review
) -> None:
    known = [difference for difference in mixed.differences if difference.field in ("status", "percent")]
    many = tuple(
        replace(known[n % 2], key=f"{n}", ref=f"{n // 4}", place=f"Activities!B{n}", remark=f"note {n}")
        for n in range(2000)
    )
    screen = Screen(qtbot, window, workspace, [replace(mixed, differences=many)])
    assert screen.counts()["Conflicts"] == 1000
    assert len(screen.dialog.model.lines) == 1 + 500 + 2000
    screen.bar.words.setText("note 1999")
    assert len(screen.shown()) == 1
    screen.table.setFocus()
    screen.keys(Key.Key_A)
    assert screen.counts()["To decide"] == 999
    QTest.keyClick(screen.table, Key.Key_3, CONTROL)
    screen.bar.words.clear()
    screen.table.setFocus()
    QTest.keyClick(screen.table, Key.Key_A, CONTROL)
    screen.keys(Key.Key_A)
    assert screen.counts()["To decide"] == 0
    assert len(kept(workspace)) > 0


def test_what_is_decided_stays_in_sight_until_another_filter_is_chosen(screen: Screen) -> None:
    QTest.keyClick(screen.table, Key.Key_2, CONTROL)
    assert len(screen.shown()) == 3
    assert screen.chip("To decide").isChecked()
    screen.keys(Key.Key_A)
    assert screen.shown()[0] == "Accepted: 1.01 Due"
    assert screen.counts()["To decide"] == 2
    QTest.keyClick(screen.table, Key.Key_2, CONTROL)
    assert len(screen.shown()) == 2
    QTest.keyClick(screen.table, Key.Key_7, CONTROL)
    assert screen.shown() == ["Accepted: 1.01 Due", "Accepted: 1.01 Status", "Accepted: 1.01 What was done"]


def test_next_shows_all_again_where_nothing_shown_is_left(screen: Screen) -> None:
    QTest.keyClick(screen.table, Key.Key_7, CONTROL)
    screen.keys(Key.Key_N)
    assert screen.chip("All").isChecked()
    assert screen.current() == "1.01 Due"


def test_words_are_found_in_what_is_said(screen: Screen) -> None:
    QTest.keyClick(screen.table, Key.Key_F, CONTROL)
    screen.keys("first MEETING")
    assert screen.shown() == ["Accepted: 1.01 What was done"]
    screen.keys(Key.Key_Return)
    assert QApplication.focusWidget() is screen.table
    QTest.keyClick(screen.table, Key.Key_F, CONTROL)
    screen.keys(Key.Key_Escape)
    assert len(screen.shown()) == 5
    assert screen.current() == "1.01 What was done"


# Leaving, keeping, applying


def test_closing_without_a_decision_leaves_the_plan_byte_for_byte(screen: Screen, workspace: Workspace) -> None:
    before = workspace.path.read_bytes()
    screen.keys(Key.Key_N, Key.Key_Escape)
    assert not screen.dialog.isVisible()
    assert screen.dialog.applied is None
    assert workspace.path.read_bytes() == before


def test_what_is_decided_is_there_when_the_review_is_gone_on_with(
    qtbot: QtBot, window: QWidget, screen: Screen, workspace: Workspace
) -> None:
    screen.keys(Key.Key_A, Key.Key_R, "Later", Key.Key_Return, Key.Key_Escape)
    assert not screen.dialog.isVisible()
    (receipt,) = workspace.read_beside(receipts.every)
    again = Screen(qtbot, window, workspace, [receiving.gone_on_with(workspace, receipt.id)])
    assert again.shown()[0] == "Accepted: 1.01 Due"
    assert again.shown()[3] == "Refused: 2.01 % complete"
    assert again.current() == "2.01 Forecast date"
    assert "2 decisions are kept" in again.footer.state.text()


def test_files_are_kept_for_later_without_a_decision(screen: Screen, workspace: Workspace) -> None:
    revision = workspace.revision()
    QTest.mouseClick(screen.footer.later, Qt.MouseButton.LeftButton)
    assert not screen.dialog.isVisible()
    (receipt,) = workspace.read_beside(receipts.every)
    assert receipt.state == "open"
    assert workspace.read_beside(receipts.decisions, receipt.id) == {}
    assert workspace.revision() == revision


def test_a_file_is_set_aside_once_the_person_has_said_so(
    screen: Screen, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_: QWidget, sentence: str, verb: str, *, detail: str) -> bool:
        asked.append(f"{sentence} {verb}")
        return len(asked) > 1

    monkeypatch.setattr(review_screen, "ask", ask)
    QTest.mouseClick(screen.footer.aside, Qt.MouseButton.LeftButton)
    assert screen.dialog.isVisible()
    assert workspace.read_beside(receipts.every) == []
    QTest.mouseClick(screen.footer.aside, Qt.MouseButton.LeftButton)
    assert asked[1] == "Set aside 2008-09 Q2 status return - ACC Crime.xlsx? Set aside"
    assert not screen.dialog.isVisible()
    assert [receipt.state for receipt in workspace.read_beside(receipts.every)] == ["set aside"]


def test_apply_is_one_step_and_leaves_what_is_not_decided(screen: Screen, workspace: Workspace) -> None:
    before = len(workspace.history())
    screen.keys(Key.Key_A)
    QTest.mouseClick(screen.footer.apply, Qt.MouseButton.LeftButton)
    assert not screen.dialog.isVisible()
    assert screen.dialog.applied is not None
    assert (screen.dialog.applied.accepted, screen.dialog.applied.refused, screen.dialog.applied.left) == (3, 0, 2)
    assert len(workspace.history()) == before + 1
    row = activity(workspace, "1.01")
    assert (row.status, row.due) == ("On track", date(2009, 3, 31))
    assert activity(workspace, "2.01").percent == 20
    assert [receipt.state for receipt in workspace.read_beside(receipts.every)] == ["open"]
    workspace.undo()
    assert activity(workspace, "1.01").status == ""


def test_a_plan_that_has_moved_on_is_said_and_compared_again(screen: Screen, workspace: Workspace) -> None:
    screen.keys(Key.Key_A)
    with Workspace.open(workspace.path, read_only=True) as other:
        assert other.revision() == workspace.revision()
    report(workspace, "1.01", status_id=workspace.read(queries.statuses)[2].key)
    screen.apply()
    assert screen.dialog.isVisible()
    assert "has changed in the plan since" in screen.foot()
    QTest.mouseClick(screen.footer.again, Qt.MouseButton.LeftButton)
    assert screen.counts()["Conflicts"] == 2
    assert screen.shown()[:2] == ["Accepted: 1.01 Due", "To decide: 1.01 Status"]
    assert screen.footer.again.isHidden()
    screen.apply()
    assert activity(workspace, "1.01").due == date(2009, 3, 31)


def test_a_decision_that_cannot_be_kept_is_said_and_not_shown_as_made(
    screen: Screen, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotKept("full", "The disk is full, so this change is not in the plan.")

    monkeypatch.setattr(workspace, "write_beside", full)
    screen.keys(Key.Key_A)
    assert "The disk is full" in screen.foot()
    assert screen.shown()[0] == "To decide: 1.01 Due"
    monkeypatch.undo()
    screen.keys(Key.Key_A)
    assert screen.shown()[0] == "Accepted: 1.01 Due"


@pytest.fixture
def reading(workspace: Workspace, mixed: Review) -> Iterator[Workspace]:
    """The same plan, open for reading only."""
    with Workspace.open(workspace.path, read_only=True) as reader:
        yield reader


def test_a_plan_for_reading_shows_all_and_decides_nothing(
    qtbot: QtBot, window: QWidget, reading: Workspace, mixed: Review
) -> None:
    screen = Screen(qtbot, window, reading, [receiving.held_against(reading, mixed.received)])
    assert len(screen.shown()) == 5
    assert "reading only" in screen.foot()
    assert "reading only" in screen.footer.state.text()
    for key in (Key.Key_A, Key.Key_R, Key.Key_U, Key.Key_E):
        screen.keys(key)
        assert "reading only" in screen.foot()
    for button in (screen.footer.apply, screen.footer.later, screen.footer.aside, screen.detail.accept_button):
        assert not button.isEnabled()
    screen.apply()
    assert screen.dialog.isVisible()
    screen.keys(Key.Key_Escape)
    assert not screen.dialog.isVisible()


# The screen itself


def test_no_two_buttons_share_a_letter(screen: Screen) -> None:
    letters = [
        text[text.index("&") + 1].lower()
        for text in (button.text() for button in screen.dialog.findChildren(QPushButton))
        if "&" in text
    ]
    assert len(letters) == len(set(letters)) > 3


def test_every_part_has_a_name_and_enter_presses_nothing_by_itself(screen: Screen) -> None:
    for widget in screen.dialog.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            text = widget.text() if isinstance(widget, QPushButton) else ""
            assert widget.accessibleName() or text, widget
    assert not [button for button in screen.dialog.findChildren(QPushButton) if button.autoDefault()]


def test_it_fits_a_small_screen(screen: Screen) -> None:
    screen.dialog.resize(1180, 640)
    assert screen.dialog.minimumSizeHint().width() <= 1180
    assert screen.dialog.minimumSizeHint().height() <= 640


def test_forty_rows_are_cleared_by_keys_alone(qtbot: QtBot, window: QWidget, worked: Path, tmp_path: Path) -> None:
    with Workspace.open(worked) as workspace:
        filled = Filled(workspace, issue(workspace, tmp_path, "ACC Citizen Focus"))
        refs = filled.refs()
        for place, ref in enumerate(refs):
            report(workspace, ref, percent=3)
            filled.put(ref, "% complete", (place + 4) / 100)
        screen = Screen(qtbot, window, workspace, [filled.review()])
        count = screen.counts()["To decide"]
        assert count >= 35
        for place in range(count):
            screen.keys(*((Key.Key_A,) if place % 3 else (Key.Key_R, "No", Key.Key_Return)))
        assert "Nothing is left to decide." in screen.foot()
        screen.apply()
        assert screen.dialog.applied is not None
        assert screen.dialog.applied.left == 0
        assert screen.dialog.applied.refused == -(-count // 3)
        window.close()


@pytest.mark.parametrize(
    ("width", "left_out"),
    [(1326, set()), (1240, set()), (900, {"Remark"}), (760, {"Remark", "As issued"})],
)
def test_the_columns_share_the_room_and_what_has_none_is_in_the_pane(
    screen: Screen, width: int, left_out: set[str]
) -> None:
    headings = screen.desk.words.headings
    screen.dialog.resize(width, 600)
    QApplication.processEvents()
    assert screen.table.horizontalScrollBar().maximum() == 0
    hidden = {heading for along, heading in enumerate(headings) if screen.table.isColumnHidden(along)}
    assert hidden >= left_out
    assert bool(hidden) == bool(left_out)
    screen.dialog.resize(1326, 600)
    QApplication.processEvents()
    assert not any(map(screen.table.isColumnHidden, range(len(headings))))


def test_a_column_that_a_person_pulled_keeps_its_width_while_the_others_have_room(screen: Screen) -> None:
    table, header = screen.table, screen.table.horizontalHeader()

    def widths(width: int) -> list[int]:
        screen.dialog.resize(width, 600)
        QApplication.processEvents()
        return [header.sectionSize(along) for along in range(header.count())]

    usual, edge = widths(1326), QPoint(header.sectionViewportPosition(3) - 2, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(25, 0))
    QTest.mouseMove(header.viewport(), edge + QPoint(50, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(50, 0))
    pulled = header.sectionSize(2)
    assert pulled == usual[2] + 50
    for width in (1320, 1400, 1240):
        assert widths(width)[2] == pulled
        assert header.length() == table.viewport().width()
    assert widths(700)[2] < pulled
    assert table.horizontalScrollBar().maximum() == 0
    assert widths(1326)[2] == pulled
