"""The review of a workbook: seen before it is taken in, decided by keys alone."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, returns
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.dialogs.take_in import TakeInDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Something for dialogs to stand on, so that they live as long as it."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


def _edited(workspace: Workspace, path: Path) -> returns.Review:
    """Two changes, a conflict, a request and a question."""
    returns.issue(workspace, DELIVERY_PLAN, path)
    row = next(row for row in workspace.read(queries.activities) if row.ref == "1.02")
    workspace.edit("report", delivery.set_cells, [(row.key, "percent", 20)])
    book = load_workbook(path)
    answers: dict[str, str | float] = {"F7": "On track", "K7": "=why", "G8": 0.5, "C8": "Local policing", "I9": "soon"}
    for address, value in answers.items():
        book.worksheets[0][address] = value
    book.worksheets[0]["K7"].data_type = "s"
    book.save(path)
    return returns.review(workspace, path)


def _open(qtbot: QtBot, review: returns.Review, window: QWidget, *, read_only: bool = False) -> TakeInDialog:
    dialog = TakeInDialog(review, window, read_only=read_only)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_clean_changes_are_ticked_and_the_rest_is_for_a_person(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget
) -> None:
    dialog = _open(qtbot, _edited(workspace, tmp_path / "back.xlsx"), window)
    assert [one.kind for one in dialog.model.rows] == ["change", "change", "request", "conflict", "question"]
    assert [one.kind for one in dialog.chosen()] == ["change", "change"]
    assert dialog.apply_button.text() == "&Take in 2 changes"
    texts = [str(dialog.model.index(3, column).data()) for column in range(7)]
    assert texts[:6] == ["Conflict", "1.02", "% complete", "(empty)", "50%", "20%"]
    assert "changed since" in texts[6]


def test_space_ticks_and_return_takes_in(qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget) -> None:
    review = _edited(workspace, tmp_path / "back.xlsx")
    before = workspace.revision()
    dialog = _open(qtbot, review, window)
    keys = Qt.Key
    QTest.keyClick(dialog.table, keys.Key_Space)
    assert dialog.apply_button.text() == "&Take in 1 change"
    for _ in range(3):
        QTest.keyClick(dialog.table, keys.Key_Down)
    QTest.keyClick(dialog.table, keys.Key_Space)
    assert [one.field for one in dialog.chosen()] == ["reason", "percent"]
    QTest.keyClick(dialog.table, keys.Key_Down)
    QTest.keyClick(dialog.table, keys.Key_Space)
    assert len(dialog.chosen()) == 2
    assert workspace.revision() == before
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.apply_button, keys.Key_Space)
    returns.apply(workspace, review, dialog.chosen())
    rows = {row.ref: row for row in workspace.read(queries.activities)}
    assert (rows["1.01"].status, rows["1.01"].reason, rows["1.02"].percent) == ("", "=why", 50)


def test_all_rows_at_once(qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget) -> None:
    dialog = _open(qtbot, _edited(workspace, tmp_path / "back.xlsx"), window)
    QTest.keyClick(dialog.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert len(dialog.chosen()) == 4
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.chosen() == []
    assert dialog.apply_button.text() == "Nothing to take in"
    assert not dialog.apply_button.isEnabled()


def test_a_click_on_the_box_ticks(qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget) -> None:
    dialog = _open(qtbot, _edited(workspace, tmp_path / "back.xlsx"), window)
    place = dialog.table.visualRect(dialog.model.index(0, 0))
    at = QPoint(place.left() + 10, place.center().y())
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(dialog.chosen()) == 1


def test_escape_changes_nothing(qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget) -> None:
    review = _edited(workspace, tmp_path / "back.xlsx")
    held = workspace.path.read_bytes()
    dialog = _open(qtbot, review, window)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert workspace.path.read_bytes() == held


def test_no_changes(qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget) -> None:
    returns.issue(workspace, DELIVERY_PLAN, tmp_path / "out.xlsx")
    dialog = _open(qtbot, returns.review(workspace, tmp_path / "out.xlsx"), window)
    assert dialog.summary.text() == "No changes."
    assert not dialog.table.isVisible()
    assert not dialog.apply_button.isVisible()
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Close"


def test_a_plan_for_reading_takes_nothing_in(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, window: QWidget
) -> None:
    dialog = _open(qtbot, _edited(workspace, tmp_path / "back.xlsx"), window, read_only=True)
    assert not dialog.apply_button.isEnabled()
    assert "reading only" in dialog.notices.text()
