"""An officer on leave, and a deputy who works in a copy: both merge, with real keys in real windows."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Never, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery
from spp_desktop.edits.merging import breaches
from spp_desktop.edits.merging.applying import MergeReceipt
from spp_desktop.edits.merging.breaches import Breach, MergeMade
from spp_desktop.store import queries
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import long_step
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.merging import jobs as merge_jobs
from spp_desktop.ui.merging.holding import HeldCopy
from spp_desktop.ui.merging.merge_dialog import MergeDialog
from spp_desktop.ui.merging.other_value_dialog import OtherValueDialog
from spp_desktop.ui.returned.receipt import ReceiptDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, content, in_dialog, key, press, to_front, type_text, view_of


def put(qtbot: QtBot, window: MainWindow, ref: str, field: str, text: str) -> None:
    """Type over a cell of an activity."""
    to_front(qtbot, window)
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    assert page.grid.select(activity(window, ref).key, field)
    page.grid.setFocus()
    type_text(text)
    key(Qt.Key.Key_Return)


def activity(window: MainWindow, ref: str) -> ActivityRow:
    """An activity as the plan has it."""
    return next(row for row in view_of(window).signals.read(queries.activities, 2008) if row.ref == ref)


def button_of(window: MainWindow, text: str) -> QPushButton:
    """A button of the banner above the tabs."""
    return next(each for each in view_of(window).banner.findChildren(QPushButton) if each.text() == text)


def drop(window: MainWindow, file: Path) -> None:
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    keys, action = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPoint(9, 9), action, data, Qt.MouseButton.LeftButton, keys))


def merge(
    qtbot: QtBot,
    window: MainWindow,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: Callable[[MergeDialog], None],
) -> None:
    """Merge a copy from the menu, by its letters, and take these steps in the review."""
    monkeypatch.setattr(merge_jobs, "ask_open", lambda *_: copy)
    with in_dialog(qtbot, MergeDialog, steps):
        window.actions_by_name["merge_copy"].trigger()
        qtbot.waitUntil(lambda: not view_of(window).jobs.busy)


def type_another(dialog: OtherValueDialog) -> None:
    """Type a per cent that cannot be, then one that can, and why dates would move."""
    type_text("400")
    key(Qt.Key.Key_Return)
    assert "may not be above 100" in dialog.doubt.text()
    type_text("55")
    dialog.fields["moved_why"].begin()
    type_text("The court sat")
    key(Qt.Key.Key_Return)


def set_cells(plan: Path, percent: str) -> None:
    """Set how far the first activity is, in a plan that no window has."""
    with Workspace.open(plan) as workspace:
        row = next(row for row in workspace.read(queries.activities, 2008) if row.ref == "1.01")
        workspace.edit("say how far it is", delivery.set_cells, [(row.key, "percent", percent)])


@pytest.fixture
def copies(workspace: Workspace, plan_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The officer's plan, and the copy in which the deputy works."""
    workspace.close()
    copy = tmp_path / "deputy.plan"
    shutil.copyfile(plan_path, copy)
    return plan_path, copy


def test_an_officer_on_leave_and_a_deputy_merge_their_copies(
    qtbot: QtBot, opener: Opener, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = copies
    deputy = opener(copy)
    put(qtbot, deputy, "1.01", "percent", "40")
    put(qtbot, deputy, "1.02", "text", "Do what the deputy says")
    officer = opener(plan)
    put(qtbot, officer, "1.01", "forecast", "30/4/09")
    put(qtbot, officer, "2.01", "text", "Do what the officer says")
    before = content(officer)

    def leave(dialog: MergeDialog) -> None:
        assert "1 row changed in deputy.plan alone; 1 question to decide" in dialog.counted.text()
        assert dialog.detail.title.text() == "activity 1.01  % complete, forecast"
        assert dialog.footer.apply.text() == "&Apply 1 change"
        key(Qt.Key.Key_T)
        assert content(officer) == before
        key(Qt.Key.Key_Escape)

    merge(qtbot, officer, copy, monkeypatch, leave)
    assert "What you decided is kept" in view_of(officer).banner.sentence()

    def go_on(dialog: MergeDialog) -> None:
        assert dialog.desk.states == ["accepted", "told"]
        assert dialog.footer.apply.text() == "&Apply 2 changes"
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    merge(qtbot, officer, copy, monkeypatch, go_on)
    assert "merged as one step" in view_of(officer).banner.sentence()
    row = activity(officer, "1.01")
    assert (row.percent, row.forecast) == (40, None)
    assert activity(officer, "1.02").text == "Do what the deputy says"
    merged = content(officer)

    def read(dialog: ReceiptDialog) -> None:
        told = dialog.view.text.toPlainText()
        assert "Decided: as it is in the copy: 1" in told
        assert "Came in by itself: 1" in told
        key(Qt.Key.Key_Escape)

    with in_dialog(qtbot, ReceiptDialog, read):
        button_of(officer, "Receipt…").click()
    press(qtbot, officer, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: content(officer) == before)
    press(qtbot, officer, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: content(officer) == merged)
    history = cast("HistoryPage", view_of(officer).page("history"))
    assert history.select(next(row.key for row in history.model.rows if row.step.kind == "merged"))
    lines = history.panel.model
    assert [str(lines.index(n, 0).data()).split(":")[0] for n in range(2)] == ["brought along"] * 2
    assert "1.02" in lines.index(1, 1).data()
    assert not history.receipt_button.isHidden()

    def take(dialog: MergeDialog) -> None:
        assert not dialog.desk.left
        assert dialog.footer.apply.text() == "&Apply 1 change"
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    merge(qtbot, deputy, plan, monkeypatch, take)
    assert content(deputy) == merged


def test_another_value_is_typed_apply_is_stopped_and_what_was_decided_is_found_after_an_undo(
    qtbot: QtBot, opener: Opener, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = copies
    deputy = opener(copy)
    put(qtbot, deputy, "1.01", "percent", "40")
    officer = opener(plan)
    put(qtbot, officer, "1.01", "percent", "70")
    before = content(officer)
    monkeypatch.setattr(long_step, "PATIENCE", 0.0)
    monkeypatch.setattr(long_step, "FRAME", 0.0)
    stopped: list[str] = []

    def cancel() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, QProgressDialog):
            stopped.append(shown.labelText())
            QTest.keyClick(shown, Qt.Key.Key_Escape)

    def decide(dialog: MergeDialog) -> None:
        with in_dialog(qtbot, OtherValueDialog, type_another):
            key(Qt.Key.Key_E)
        assert dialog.desk.states == ["typed"]
        assert "% complete 55%" in dialog.desk.cells(0)
        assert "55%" in dialog.detail.states.toPlainText()
        file = plan.read_bytes()
        dialog.activateWindow()  # as a desktop does
        qtbot.waitUntil(dialog.isActiveWindow)
        looking = QTimer(dialog)
        looking.timeout.connect(cancel)
        looking.start(0)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        looking.stop()
        assert stopped
        assert "You stopped it. The plan is as it was" in dialog.footer.message.text()
        assert plan.read_bytes() == file
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    merge(qtbot, officer, copy, monkeypatch, decide)
    assert activity(officer, "1.01").percent == 55
    merged = content(officer)
    press(qtbot, officer, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: content(officer) == before)

    def found_again(dialog: MergeDialog) -> None:
        assert dialog.desk.states == ["typed"]
        assert dialog.desk.cells_to_type(0)[-1].at_first == "The court sat"
        assert [cell.at_first for cell in dialog.desk.cells_to_type(0) if cell.differs] == ["55%"]
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    merge(qtbot, officer, copy, monkeypatch, found_again)
    assert content(officer) == merged


def test_what_cannot_be_written_or_compared_is_told_in_the_review_and_to_the_window(
    qtbot: QtBot, opener: Opener, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = copies
    set_cells(copy, "40")
    set_cells(plan, "70")
    officer = opener(plan)
    lost: list[str] = []
    view_of(officer).signals.lost.connect(lost.append)

    def refuse(error: Exception, calls: list[Exception]) -> Callable[..., Never]:
        def refused(*_: object) -> Never:
            calls.append(error)
            raise error

        return refused

    def type_in_vain(dialog: OtherValueDialog) -> None:
        type_text("55")
        key(Qt.Key.Key_Return)
        assert "The disc is full" in dialog.doubt.text()
        key(Qt.Key.Key_Escape)

    def look(dialog: MergeDialog) -> None:
        nobody_here = replace(dialog.desk.merged.line(0), ours_by="")
        assert dialog.desk._remark(0, nobody_here) == f"In the copy: {nobody_here.theirs_by}"
        with monkeypatch.context() as patched:
            patched.setattr(dialog.desk, "type_in", refuse(NotKept("full", "The disc is full."), []))
            with in_dialog(qtbot, OtherValueDialog, type_in_vain):
                key(Qt.Key.Key_E)
        assert lost == ["The disc is full."]
        checked = list[Exception]()
        monkeypatch.setattr(breaches, "found_before", refuse(PlanRefused("damaged", "It cannot be read."), checked))
        with monkeypatch.context() as patched:
            patched.setattr(dialog.desk, "read_again", refuse(MergeRefused("They cannot be merged."), []))
            assert not dialog.compare_again()
        assert "cannot be merged" in dialog.footer.message.text()
        assert not checked
        assert dialog.compare_again()
        assert "It cannot be read" in dialog.footer.message.text()
        assert "1 question to decide" in dialog.counted.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    merge(qtbot, officer, copy, monkeypatch, look)


def test_what_the_checks_find_since_is_told_of_a_merge_that_stands(
    qtbot: QtBot, opener: Opener, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = copies
    set_cells(copy, "40")
    officer = opener(plan)
    banner, jobs = view_of(officer).banner, view_of(officer).jobs

    def merge_meanwhile(deed: Callable[[], object], fault: Exception | None = None) -> str:
        """Merge, do something while the checks run, and give what is said in the end."""
        may_end = Event()

        def look(_: object, held: HeldCopy, __: object, receipt: MergeReceipt, ___: object) -> MergeMade:
            copies_held.append(held)
            may_end.wait(30)
            if fault is not None:
                raise fault
            return MergeMade(receipt, (Breach("Something is amiss.", ()),))

        monkeypatch.setattr(merge_jobs, "looked_at", look)
        copies_held: list[HeldCopy] = []
        with in_dialog(qtbot, MergeDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)):
            merge_jobs.merge_copy(officer, copy)
            qtbot.waitUntil(lambda: "undo takes back" in banner.sentence() and bool(copies_held))
        deed()
        may_end.set()
        qtbot.waitUntil(lambda: not jobs.busy)
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            copies_held[0].copy.connection.execute("SELECT 1")
        return banner.sentence()

    before = content(officer)

    def undo() -> None:
        press(qtbot, officer, Qt.Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda: content(officer) == before)

    assert not merge_meanwhile(undo)
    sentence = merge_meanwhile(undo, ZeroDivisionError())
    assert not sentence
    sentence = merge_meanwhile(lambda: put(qtbot, officer, "1.02", "percent", "15"))
    assert sentence.startswith("deputy.plan was merged as one step. The plan's checks find 1 thing since")
    set_cells(copy, "60")
    sentence = merge_meanwhile(lambda: None, ZeroDivisionError())
    assert sentence == f"deputy.plan was merged as one step, which undo takes back. {merge_jobs.UNCHECKED}"


def test_a_plan_dropped_on_an_open_one_is_opened_or_merged_and_refusals_are_sentences(
    qtbot: QtBot, opener: Opener, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, copy = copies
    window = opener(plan)
    monkeypatch.setattr(merge_jobs, "ask_open", lambda *_: plan)

    def told() -> str:
        qtbot.waitUntil(lambda: not view_of(window).jobs.busy)
        return view_of(window).banner.sentence()

    window.actions_by_name["merge_copy"].trigger()
    qtbot.waitUntil(lambda: "is the plan that is open" in told())
    with in_dialog(qtbot, QMessageBox, lambda box: QTest.keyClick(box, Qt.Key.Key_M, ALT)):
        drop(window, copy)
    qtbot.waitUntil(lambda: "holds nothing that" in told())
    copy.write_text("no plan at all")
    merge_jobs.merge_copy(window, copy)
    qtbot.waitUntil(lambda: "deputy.plan is not a plan" in told())
    with Workspace.create(copy.with_name("other.plan"), "Another plan", 2008):
        pass
    merge_jobs.merge_copy(window, copy.with_name("other.plan"))
    qtbot.waitUntil(lambda: "not a copy of" in told())
    with in_dialog(qtbot, QMessageBox, lambda box: QTest.keyClick(box, Qt.Key.Key_O, ALT)):
        drop(window, copy.with_name("other.plan"))
    assert window.workspace is not None
    assert window.workspace.path.name == "other.plan"
