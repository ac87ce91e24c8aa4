"""Import results… with tables as they stand: what the window asks, what it lets choose, and what then comes in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.results.text_choices import MeaningsDialog, RowsDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.extracts.shapes import FOLDER, SHAPES, Shape, in_words, set_up
from tests.flows.hands import in_dialog
from tests.ui.test_import_results import Opened, choose, press, reported, workspace_of, written

pytestmark = pytest.mark.usefixtures("read_here")  # in a process of its own: tests/flows/test_extract_journey.py

BY_FILE = {shape.file: shape for shape in SHAPES}
ASKING = [shape for shape in SHAPES if shape.asks]
WIDE, HIGH = 1366 / 1.5, 768 / 1.5
"""The small screen at 150%."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "plan.plan"
    workspace = Workspace.create(path, "Plan", 2008)
    workspace.edit("set up", set_up)
    workspace.close()
    made = MainWindow()
    made.show()
    assert made.open_plan(path)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> Iterator[Opened]:
    made = Opened(qtbot, window)
    yield made
    for dialog in made.made:
        dialog.desk.close()


@pytest.fixture
def counted(opened: Opened) -> Callable[[ImportResultsDialog], dict[str, tuple[str, str]]]:
    """Presses Count, and gives what is reported."""

    def count(dialog: ImportResultsDialog) -> dict[str, tuple[str, str]]:
        press(dialog.count_button)
        opened.settle(dialog)
        return reported(dialog)

    return count


Counting = Callable[[ImportResultsDialog], dict[str, tuple[str, str]]]


def above(dialog: ImportResultsDialog) -> list[str]:
    return [choice.currentText() for choice in dialog.columns.choices]


def choose_in_list(box: QComboBox, data: object) -> None:
    """Choose in the open list: nothing is chosen by what is passed over on the way."""
    wanted = box.findData(data)
    assert wanted >= 0
    box.setCurrentIndex(wanted)
    box.activated.emit(wanted)


@pytest.mark.parametrize("shape", ASKING, ids=lambda shape: shape.file)
def test_what_is_left_open_is_asked_and_answered_above_its_column(
    window: MainWindow, opened: Opened, counted: Counting, shape: Shape
) -> None:
    dialog = opened(FOLDER / shape.file)
    if shape.indicator:
        choose(dialog.indicator, shape.indicator)
    assert shape.asks in dialog.notice.text()
    assert not dialog.count_button.isEnabled()
    for name, choice in shape.columns.items():
        place = [heading.casefold() for heading in dialog.desk.headings].index(name)
        assert dialog.columns.choices[place].currentText() == "(choose)"
        choose_in_list(dialog.columns.choices[place], choice)
    if shape.chosen.get("sums"):
        QTest.keyClick(dialog.form.sums, Qt.Key.Key_Space)
    counted(dialog)
    press(dialog.import_button)
    assert in_words(workspace_of(window)) == shape.words


def test_a_cover_notes_and_two_rows_of_headings_are_read_and_fit_the_small_screen(
    window: MainWindow, opened: Opened, counted: Counting
) -> None:
    shape = BY_FILE["cover_notes_and_two_rows_of_headings.xlsx"]
    dialog = opened(FOLDER / shape.file)
    assert (dialog.sheets.currentText(), dialog.headings.currentText()) == ("Table 1", "3\N{EN DASH}4")
    assert dialog.form.heading_depth.currentText() == "2 rows"
    year, unused = "Results of this financial year", "Not used"
    assert above(dialog) == ["Area", year, unused, year, unused, unused]
    assert "Choose the indicator" in dialog.notice.text()
    choose(dialog.indicator, "PI06")
    choose(dialog.state, "final")
    told = counted(dialog)
    for line in shape.told:
        what, number = line.rsplit(": ", 1)
        assert told[what][0] == number
    assert dialog.notice.text().startswith("Columns not used: ")
    for heading in shape.unused:
        assert f"“{heading}”" in dialog.notice.text()
    least = dialog.minimumSizeHint()
    assert least.width() < WIDE
    assert least.height() < HIGH
    press(dialog.import_button)
    assert in_words(workspace_of(window), "final") == shape.words


def test_another_table_of_a_sheet_is_chosen_by_its_row_of_headings(
    window: MainWindow, opened: Opened, counted: Counting
) -> None:
    dialog = opened(FOLDER / "several_tables_below_each_other.csv")
    listed = [dialog.headings.itemText(at) for at in range(2)]
    assert listed == ["2 Table 1: Burglary", "7 Table 2: Robbery"]
    dialog.headings.setFocus()
    QTest.keyClick(dialog.headings, Qt.Key.Key_Down)
    choose(dialog.indicator, "PI07")
    counted(dialog)
    press(dialog.import_button)
    assert in_words(workspace_of(window)) == {
        *("PI07 Northtown April 2008 12", "PI07 Northtown May 2008 11"),
        *("PI07 Southtown April 2008 8", "PI07 Southtown May 2008 9"),
    }


def test_how_many_rows_headings_have_can_be_said(opened: Opened, tmp_path: Path) -> None:
    table = [["x", "y", "z"], ["1", "2", "3"]]
    dialog = opened(written(tmp_path / "x.csv", *table, headings=["Place", "Apr-08", "May-08"]))
    assert dialog.form.heading_depth.currentText() == "1 row"
    dialog.headings.setFocus()
    QTest.keyClick(dialog.headings, Qt.Key.Key_Down)
    choose_text(dialog, "2 rows")
    assert dialog.desk.reading.table.depth == 2
    assert [heading.split()[0] for heading in dialog.desk.headings] == ["Place:", "Apr-08:", "May-08:"]


def choose_text(dialog: ImportResultsDialog, text: str) -> None:
    """Choose how many rows the headings have, by the keyboard."""
    box = dialog.form.heading_depth
    box.setFocus()
    while box.currentText() != text:
        QTest.keyClick(box, Qt.Key.Key_Down)


PARTS = (
    ["Northtown", "Apr-08", "Dwelling", "3"],
    ["Northtown", "Apr-08", "Other", "4"],
    ["Northtown", "Apr-08", "Attempt", "9"],
    ["Northtown", "May-08", "Dwelling", "5"],
)
PART_HEADINGS = ["Area", "Month", "Part", "Count"]


def test_some_rows_are_chosen_and_added_up_and_the_next_file_goes_by_it(
    qtbot: QtBot, window: MainWindow, opened: Opened, counted: Counting, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "x.csv", *PARTS, headings=PART_HEADINGS))
    choose(dialog.indicator, "PI06")

    def tick(rows: RowsDialog) -> None:
        rows.column.setCurrentText("part")
        for text in ("Dwelling", "Other"):
            rows.list.setCurrentItem(rows.list.findItems(text, Qt.MatchFlag.MatchExactly)[0])
            QTest.keyClick(rows.list, Qt.Key.Key_Space)
        QTest.keyClick(rows, Qt.Key.Key_Return)

    with in_dialog(qtbot, RowsDialog, tick):
        press(dialog.form.rows)
    assert above(dialog)[2] == "Only Dwelling or Other"
    assert dialog.form.rows.text() == "Only some ro&ws…"
    QTest.keyClick(dialog.form.sums, Qt.Key.Key_Space)
    told = counted(dialog)
    assert told["New results"][0] == "2"
    QTest.keyClicks(dialog.name, "Parts")
    press(dialog.import_button)
    assert in_words(workspace_of(window)) == {"Northtown April 2008 7", "Northtown May 2008 5"}
    again = opened(written(tmp_path / "y.csv", *PARTS, headings=PART_HEADINGS))
    assert again.mappings.currentText() == "Parts"
    opened.settle(again)
    assert reported(again)["The same as in the plan"][0] == "2"


def test_a_name_of_the_file_stands_for_one_of_the_plan(
    qtbot: QtBot, window: MainWindow, opened: Opened, counted: Counting, tmp_path: Path
) -> None:
    table = (["N Town BCU", "Apr-08", "3"], ["Southtown", "Apr-08", "4"])
    dialog = opened(written(tmp_path / "x.csv", *table, headings=["Area", "Month", "Count"]))
    choose(dialog.indicator, "PI06")
    assert "Left out: area “N Town BCU” is not in the plan" in counted(dialog)

    def mean(names: MeaningsDialog) -> None:
        choose(names.boxes[0], "Northtown")
        ok = names.findChild(QDialogButtonBox)
        assert ok is not None
        press(ok.button(QDialogButtonBox.StandardButton.Ok))

    with in_dialog(qtbot, MeaningsDialog, mean):
        press(dialog.names)
    opened.settle(dialog)
    assert reported(dialog)["New results"][0] == "2"
    press(dialog.import_button)
    assert in_words(workspace_of(window)) == {"Northtown April 2008 3", "Southtown April 2008 4"}


def test_an_area_and_a_period_of_all_rows_are_chosen(
    window: MainWindow, opened: Opened, counted: Counting, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "x.csv", ["PI06", "12"], ["PI07", "3"], headings=["Indicator", "Count"]))
    assert "Choose" in dialog.notice.text()
    dialog.form.period.setFocus()
    QTest.keyClicks(dialog.form.period, "2007/08")
    assert not dialog.count_button.isEnabled(), "nothing is the force's unless it is said"
    choose(dialog.form.area, "Force")
    counted(dialog)
    press(dialog.import_button)
    assert in_words(workspace_of(window)) == {"Force 2007-2008 12", "PI07 Force 2007-2008 3"}


def test_what_is_unlikely_comes_in_where_it_is_ticked(
    window: MainWindow, opened: Opened, counted: Counting, tmp_path: Path
) -> None:
    table = [["Force", f"{month}-08", value] for month, value in zip(
        ("Apr", "May", "Jun", "Jul", "Aug"), ("20000", "21000", "20500", "100", "-5"), strict=True
    )]  # fmt: skip
    dialog = opened(written(tmp_path / "x.csv", *table, headings=["Area", "Month", "Count"]))
    choose(dialog.indicator, "PI06")
    told = counted(dialog)
    assert told["New results"][0] == "3"
    assert any("is below 0, which recorded crimes cannot be" in where for _, where in told.values())
    assert dialog.unlikely.text() == "Take in 1 unlike&ly figure too"
    QTest.keyClick(dialog.unlikely, Qt.Key.Key_Space)
    assert dialog.import_button.text() == "&Import 4 results"
    press(dialog.import_button)
    came = in_words(workspace_of(window))
    assert "Force July 2008 100" in came
    assert len(came) == 4
