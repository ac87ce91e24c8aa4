"""Import results…: chosen once, two clicks the next month; what is counted comes in, and what is stopped does not."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import importing_results, rows
from spp_desktop.plan.results import Area
from spp_desktop.store import measured
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.results import import_results
from spp_desktop.ui.results.extract_desk import ExtractDesk
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView

pytestmark = pytest.mark.usefixtures("read_here")  # in a process of its own: tests/flows/test_extract_journey.py

NAME = "Corporate performance extract"
HEADINGS = ["OCU", "Month", "Recorded", "Detected"]
GOOD = [["Northtown", "Apr-08", "120", "30"], ["Force", "Apr-08", "200", "50"], ["Northtown", "May-08", "110", "31"]]


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, plan_path: Path) -> Iterator[MainWindow]:
    workspace.edit("set up", _set_up, as_kind="built")
    workspace.close()
    made = MainWindow()
    made.show()
    assert made.open_plan(plan_path)
    yield made
    made.close()
    made.deleteLater()


def _set_up(session: Session) -> None:
    rows.add(session, Area, title="Northtown")


def view_of(window: MainWindow) -> PlanView:
    assert window.plan_view is not None
    return window.plan_view


def workspace_of(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def written(path: Path, *table: list[str], headings: list[str] = HEADINGS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *table])
    return path


class Opened:
    """Dialogs that are open, each with its file looked at."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.made: list[ImportResultsDialog] = []

    def __call__(self, path: Path) -> ImportResultsDialog:
        view = view_of(self.window)
        dialog = ImportResultsDialog(view.signals, view.jobs, path, self.window)
        self.made.append(dialog)
        with self.qtbot.waitExposed(dialog):
            dialog.show()
        self.settle(dialog)
        return dialog

    def settle(self, dialog: ImportResultsDialog) -> None:
        self.qtbot.waitUntil(lambda: not dialog.desk.busy, timeout=20_000)


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> Iterator[Opened]:
    made = Opened(qtbot, window)
    yield made
    for dialog in made.made:
        dialog.desk.close()


def choose(box: QComboBox, data: object) -> None:
    """Choose an entry by the keyboard, as a person does."""
    wanted = box.findData(data)
    assert wanted >= 0
    box.setFocus()
    while box.currentIndex() != wanted:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)


def press(button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def reported(dialog: ImportResultsDialog) -> dict[str, tuple[str, str]]:
    found = {}
    for row in range(dialog.report.rowCount()):
        texts = [item.text() for column in range(3) if (item := dialog.report.item(row, column))]
        found[texts[0]] = (texts[1], texts[2])
    return found


def figures(window: MainWindow) -> set[tuple[bool, float | None, float | None]]:
    found = workspace_of(window).read(measured.results)
    return {(row.area_key is not None, row.numerator, row.denominator) for row in found}


def test_chosen_once_and_two_clicks_the_next_month(window: MainWindow, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "april.csv", *GOOD))
    assert [choice.currentText() for choice in dialog.columns.choices] == [
        "Area", "Month", "What it is counted of", "What is counted",
    ]  # fmt: skip
    assert "Choose the indicator" in dialog.notice.text()
    assert not dialog.count_button.isEnabled()
    assert not dialog.import_button.isEnabled()
    choose(dialog.indicator, "R1")
    press(dialog.count_button)
    opened.settle(dialog)
    assert reported(dialog) == {"New results": ("3", "")}
    assert figures(window) == set()
    QTest.keyClicks(dialog.name, NAME)
    assert dialog.import_button.text() == "&Import 3 results"
    press(dialog.import_button)
    assert dialog.result() == ImportResultsDialog.DialogCode.Accepted
    assert dialog.outcome.startswith("Took in 3 results from april.csv (3 new).")
    assert figures(window) == {(True, 30.0, 120.0), (False, 50.0, 200.0), (True, 31.0, 110.0)}
    assert list(workspace_of(window).read(importing_results.mappings)) == [NAME]

    columns = ["Detected", "Recorded", "Month", "Analyst", "OCU"]
    other = opened(written(tmp_path / "june.csv", ["33", "130", "Jun-08", "AJ", "Northtown"], headings=columns))
    assert reported(other) == {"New results": ("1", "")}
    assert other.mappings.currentText() == NAME
    assert other.import_button.hasFocus()
    QTest.keyClick(other.import_button, Qt.Key.Key_Return)
    assert (True, 33.0, 130.0) in figures(window)
    window.undo()
    assert (True, 33.0, 130.0) not in figures(window)
    assert list(workspace_of(window).read(importing_results.mappings)) == [NAME]


def test_what_a_column_holds_is_chosen_above_it(window: MainWindow, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "x.csv", ["Apr-08", "Northtown", "5"], headings=["A", "B", "C"]))
    choose(dialog.indicator, "R1")
    for column, role in ((0, "month"), (1, "area"), (2, "value")):
        choose(dialog.columns.choices[column], role)
    press(dialog.count_button)
    opened.settle(dialog)
    assert reported(dialog) == {"New results": ("1", "")}
    choose(dialog.columns.choices[2], "denominator")
    assert dialog.report.rowCount() == 0, "what was counted says nothing of another choice"
    assert not dialog.import_button.isEnabled()
    assert "holds the result" in dialog.notice.text()


def test_months_across_are_seen_and_one_of_them_left_out(window: MainWindow, opened: Opened, tmp_path: Path) -> None:
    headings = ["OCU", "Apr-08", "May-08", "Jun-08"]
    dialog = opened(written(tmp_path / "x.csv", ["Northtown", "1", "2", "3"], headings=headings))
    choose(dialog.indicator, "R1")
    assert [choice.currentData() for choice in dialog.columns.choices] == ["area", "across", "across", "across"]
    choose(dialog.columns.choices[3], None)
    assert [choice.currentData() for choice in dialog.columns.choices] == ["area", "across", "across", None]
    press(dialog.count_button)
    opened.settle(dialog)
    press(dialog.import_button)
    assert {row.value for row in workspace_of(window).read(measured.results)} == {1.0, 2.0}


def test_what_is_left_out_is_named(opened: Opened, tmp_path: Path) -> None:
    table = [*GOOD, ["Northtown", "Apr-08", "9", "1"], ["Westville", "Apr-08", "7", "1"], ["Force", "Jun-08", "x", "1"]]
    dialog = opened(written(tmp_path / "x.csv", *table))
    choose(dialog.indicator, "R1")
    press(dialog.count_button)
    opened.settle(dialog)
    found = reported(dialog)
    assert found["New results"] == ("2", "")
    assert found["Left out: given twice and differently"] == ("2", "D2 and D5")
    assert found["Left out: area “Westville” is not in the plan"] == ("1", "first in D6")
    assert found["Left out: cannot be read"][1].startswith("C7: “x” is not a number")
    assert dialog.areas.text() == "&Add 1 area to the plan: Westville"
    dialog.areas.setFocus()
    QTest.keyClick(dialog.areas, Qt.Key.Key_Space)
    assert reported(dialog)["New results"] == ("3", "")
    assert dialog.import_button.text() == "&Import 3 results"


def test_final_figures_ask_for_a_reason(window: MainWindow, opened: Opened, tmp_path: Path) -> None:
    def counted(name: str, *table: list[str]) -> ImportResultsDialog:
        dialog = opened(written(tmp_path / name, *table))
        choose(dialog.indicator, "R1")
        choose(dialog.state, "final")
        press(dialog.count_button)
        opened.settle(dialog)
        return dialog

    first = counted("a.csv", *GOOD)
    assert first.reason_row.isHidden()
    press(first.import_button)
    second = counted("b.csv", ["Force", "Apr-08", "201", "50"])
    assert reported(second)["Final figures that would change"] == ("1", "D2")
    assert not second.import_button.isEnabled()
    assert second.reason_row.isVisible()
    QTest.keyClicks(second.reason, "One was recorded late")
    press(second.import_button)
    (told,) = workspace_of(window).read(measured.restatements)
    assert (told.before, told.after, told.reason) == ("50 of 200", "50 of 201", "One was recorded late")


def test_what_is_stopped_while_it_comes_in_changes_nothing(
    window: MainWindow, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(written(tmp_path / "x.csv", *GOOD))
    choose(dialog.indicator, "R1")
    press(dialog.count_button)
    opened.settle(dialog)
    step = ExtractDesk._step

    def stop_at_it(desk: ExtractDesk, what: str, done: int, total: int) -> None:
        assert dialog.cancel_button.text() == "Stop"
        QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
        step(desk, what, done, total)

    monkeypatch.setattr(ExtractDesk, "_step", stop_at_it)
    before = workspace_of(window).revision()
    press(dialog.import_button)
    assert dialog.isVisible()
    assert "You stopped it. The plan is as it was." in dialog.notice.text()
    assert (workspace_of(window).revision(), figures(window)) == (before, set())
    monkeypatch.undo()
    press(dialog.import_button)
    assert len(figures(window)) == 3


def test_a_reading_can_be_stopped(opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "x.csv", *GOOD * 3000))
    choose(dialog.indicator, "R1")
    press(dialog.count_button)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    opened.settle(dialog)
    assert dialog.isVisible()
    assert dialog.desk.incoming is None
    assert "Nothing was changed" in dialog.notice.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_cannot_be_read_is_told(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600)
    dialog = opened(path)
    assert "old Excel form (.xls)" in dialog.notice.text()
    assert not dialog.count_button.isEnabled()
    assert dialog.choose.isEnabled()


def test_a_plan_that_changed_meanwhile_is_counted_again(window: MainWindow, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "x.csv", *GOOD))
    choose(dialog.indicator, "R1")
    press(dialog.count_button)
    opened.settle(dialog)
    workspace_of(window).edit("add an area", _add_area)
    press(dialog.import_button)
    assert "The plan has changed since the file was counted" in dialog.notice.text()
    assert figures(window) == set()


def _add_area(session: Session) -> None:
    rows.add(session, Area, title="Westville")


class _Asked:
    """A dialog of which only its file is seen."""

    seen: Path | None = None
    outcome = "Took in 3 results."

    def __init__(self, _signals: object, _jobs: object, path: Path, _parent: QWidget) -> None:
        _Asked.seen = path

    def exec(self) -> None:
        """Nothing more."""


def test_the_menu_asks_for_a_file(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "x.csv", *GOOD)
    monkeypatch.setattr(return_jobs, "ask_open", lambda *_: path)
    monkeypatch.setattr(return_jobs, "ImportResultsDialog", _Asked)
    window.actions_by_name["import_results"].trigger()
    assert _Asked.seen == path
    assert view_of(window).banner.sentence() == "Took in 3 results."


def test_another_file_can_be_chosen(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(written(tmp_path / "x.csv", *GOOD))
    other = written(tmp_path / "y.csv", ["Northtown", "Apr-08", "7"], headings=["Area", "Month", "Result"])
    monkeypatch.setattr(import_results, "ask_open", lambda *_: other)
    press(dialog.choose)
    opened.settle(dialog)
    assert dialog.file.text() == "y.csv"
    assert [choice.currentText() for choice in dialog.columns.choices] == ["Area", "Month", "Result"]


def test_a_file_that_is_no_return_is_offered_to_be_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "x.csv", *GOOD)
    monkeypatch.setattr(return_jobs, "ImportResultsDialog", _Asked)
    return_jobs.receive_returns(window, [path])
    qtbot.waitUntil(lambda: bool(view_of(window).banner.sentence()))
    offered = [
        one for one in view_of(window).banner.findChildren(QPushButton) if one.text().startswith("Import results")
    ]
    press(offered[0])
    assert _Asked.seen == path


def test_it_fits_the_small_screen_at_150_per_cent(opened: Opened, tmp_path: Path) -> None:
    small = 1366 / 1.5
    assert opened(written(tmp_path / "extract.csv", ["Apr-08", "Northtown", "12"])).minimumSizeHint().width() < small
