"""A month's figures from being typed to being answered for, with real keys in a real window."""

from datetime import date
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from spp_desktop.plan.results import Area
from spp_desktop.store import measured, queries
from spp_desktop.ui.areas.page import AreasPage
from spp_desktop.ui.charts.page import ChartsPage
from spp_desktop.ui.common.final_changes import FinalChangesDialog
from spp_desktop.ui.overview.checks_page import ChecksPage
from spp_desktop.ui.performance.new_indicator import NewIndicatorDialog
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.performance.reason import ReasonDialog
from spp_desktop.ui.pictures.save_dialog import SavePictureDialog
from spp_desktop.ui.pictures.series_view import SeriesView
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.results.columns import PERIOD
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.returned import jobs as return_jobs
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.new_plan import NewPlanDialog
from tests.flows.conftest import Opener
from tests.flows.hands import (
    ALT,
    CTRL,
    SHIFT,
    content,
    in_dialog,
    key,
    press,
    tab_to,
    to_front,
    turn_to,
    type_text,
    view_of,
)

Key = Qt.Key
PERFORMANCE = Key.Key_4
"""The key of the tab, with Ctrl."""
APRIL, OCTOBER = 0, 6
WHY = "Recounted by the crime registrar"


def performance_of(window: MainWindow) -> PerformancePage:
    return cast("PerformancePage", view_of(window).page("performance"))


def results_of(window: MainWindow) -> ResultsPage:
    return cast("ResultsPage", view_of(window).page("results"))


def cell(page: PerformancePage | ResultsPage, line: str, field: str) -> str:
    """What a cell says."""
    return str(page.model.index(page.model.line_of(line), page.model.column_of(field)).data())


def cell_text(window: MainWindow, ref: str, field: str) -> str:
    """What the performance plan says of an indicator."""
    page = performance_of(window)
    return cell(page, next(row.key for row in page.model.rows if row.ref == ref), field)


def line_of(page: ResultsPage, ref: str, part: str = "value") -> str:
    return next(str(line.key) for line in page.model.rows if (line.ref, line.part) == (ref, part))


def walk_to(page: ResultsPage, line: str, field: str) -> None:
    """Walk to a cell by the arrow keys, from wherever one is."""
    for _ in range(200):
        current = page.grid.current()
        assert current is not None
        if current[0].key != line:
            down = page.model.line_of(current[0].key) < page.model.line_of(line)
            key(Key.Key_Down if down else Key.Key_Up)
        elif current[1].field != field:
            right = page.model.column_of(current[1].field) < page.model.column_of(field)
            key(Key.Key_Right if right else Key.Key_Left)
        else:
            return
    pytest.fail("the cell cannot be reached by arrow keys")


def type_figure(text: str) -> None:
    """Type into the cell one is in: the first letter opens its editor, which takes the rest."""
    for letter in text:
        type_text(letter)
    key(Key.Key_Return)


def me(window: MainWindow) -> str:
    """Who changed the plan last."""
    assert window.workspace is not None
    return window.workspace.history()[0].author


def test_a_month_s_end(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    turn_to(qtbot, window, PERFORMANCE, "performance")
    before = {
        ref: (cell_text(window, ref, "latest"), cell_text(window, ref, "to_date")) for ref in ("PI01", "PI03", "PI06")
    }
    assert cell_text(window, "PI06", "latest") == "11.5% p\nSep 2008"
    plan = content(window)
    turn_to(qtbot, window, PERFORMANCE, "results")
    page = results_of(window)
    qtbot.waitUntil(page.grid.hasFocus)
    current = page.grid.current()
    assert current is not None
    assert (current[0].ref, current[1].title) == ("PI01", "Oct")
    assert cell(page, line_of(page, "PI01"), "total") == "1,554"
    type_figure("310")
    assert cell(page, line_of(page, "PI01"), "total") == "1,864"
    walk_to(page, line_of(page, "PI03"), f"{PERIOD}{OCTOBER}")
    type_figure("19,500")
    walk_to(page, line_of(page, "PI06", "numerator"), f"{PERIOD}{OCTOBER}")
    type_figure("400")
    type_figure("1600")
    assert cell(page, line_of(page, "PI06"), f"{PERIOD}{OCTOBER}") == "25.0 p"

    turn_to(qtbot, window, PERFORMANCE, "performance")
    qtbot.waitUntil(performance_of(window).grid.hasFocus)
    assert cell_text(window, "PI01", "latest") == "310 p\nOct 2008"
    assert (cell_text(window, "PI01", "to_date"), cell_text(window, "PI01", "rag")) == ("1,864", "Red")
    assert cell_text(window, "PI06", "latest") == "25.0% p\nOct 2008"
    assert all(
        (cell_text(window, ref, "latest"), cell_text(window, ref, "to_date")) != was for ref, was in before.items()
    )

    key(Key.Key_Down)
    key(Key.Key_Return, ALT)
    figures = performance_of(window).panel.figures
    assert figures.isVisible()
    assert figures.sentence.text().startswith(
        "Red: 1,864 recorded crimes April to October 2008 (provisional) against a"
    )
    judge_by_hand(qtbot, window)
    assert cell_text(window, "PI01", "rag") == "Green, by override"
    assert WHY in figures.sentence.text()
    assert me(window) in figures.sentence.text()
    tab_to(figures.take_back)
    key(Key.Key_Space)
    assert cell_text(window, "PI01", "rag") == "Red"
    press(qtbot, window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: cell_text(window, "PI01", "rag") == "Green, by override")

    there_and_back(qtbot, window, plan)
    entered = content(window)
    window.close()

    again = opener(worked)
    assert content(again) == entered
    assert view_of(again).current() == "performance"
    assert (cell_text(again, "PI01", "latest"), cell_text(again, "PI01", "rag")) == (
        "310 p\nOct 2008",
        "Green, by override",
    )


def there_and_back(qtbot: QtBot, window: MainWindow, plan: object) -> None:
    """Undo a colour and four figures, and do them again."""
    entered = content(window)
    for _ in range(5):
        press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == plan
    assert cell_text(window, "PI01", "latest") == "227 p\nSep 2008"
    assert cell_text(window, "PI01", "rag") == "Amber"
    for _ in range(5):
        press(qtbot, window, Key.Key_Y, CTRL)
    assert content(window) == entered


def judge_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    """Give the indicator one is at green, with a reason."""

    def steps(dialog: ReasonDialog) -> None:
        assert not dialog.done_button.isEnabled()
        key(Key.Key_Space)
        key(Key.Key_Tab)
        type_text(WHY)
        key(Key.Key_Tab)
        key(Key.Key_Space)

    key(Key.Key_F6)
    tab_to(performance_of(window).panel.figures.give)
    with in_dialog(qtbot, ReasonDialog, steps):
        key(Key.Key_Space)
    to_front(qtbot, window)


def test_a_final_figure_is_revised(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    turn_to(qtbot, window, PERFORMANCE, "results")
    page = results_of(window)
    violence = line_of(page, "PI01")
    qtbot.waitUntil(page.grid.hasFocus)
    walk_to(page, violence, f"{PERIOD}{APRIL}")
    before = content(window)

    def leave(dialog: FinalChangesDialog) -> None:
        assert not dialog.change.isEnabled()
        key(Key.Key_Escape)

    with in_dialog(qtbot, FinalChangesDialog, leave):
        type_figure("290")
    assert content(window) == before
    assert cell(page, violence, f"{PERIOD}{APRIL}") == "281"

    def go_on(dialog: FinalChangesDialog) -> None:
        listed = [item.text() for n in range(4) if (item := dialog.table.item(0, n))]
        assert listed == ["PI01  Reduce serious violence", "April 2008", "281", "290"]
        type_text(WHY)
        key(Key.Key_Return)

    to_front(qtbot, window)
    walk_to(page, violence, f"{PERIOD}{APRIL}")
    with in_dialog(qtbot, FinalChangesDialog, go_on):
        type_figure("290")
    to_front(qtbot, window)
    assert cell(page, violence, f"{PERIOD}{APRIL}") == "290 r"
    (row,) = view_of(window).signals.read(measured.restatements)
    assert (row.before, row.after, row.author, row.reason) == ("281", "290", me(window), WHY)
    key(Key.Key_F6)
    key(Key.Key_Right)
    assert page.panel.restatements.isVisible()
    restatement = page.panel.restatements.list.item(0).text()
    assert all(words in restatement for words in ("281 → 290", "April 2008", me(window), WHY))

    press(qtbot, window, Key.Key_Z, CTRL)
    assert content(window) == before
    assert page.panel.restatements.list.count() == 0
    assert cell(page, violence, f"{PERIOD}{APRIL}") == "281"


def test_how_a_colour_came_about(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    turn_to(qtbot, window, PERFORMANCE, "charts")
    wall = charts_of(window).wall
    qtbot.waitUntil(wall.hasFocus)
    key(Key.Key_Down)
    key(Key.Key_Right)
    key(Key.Key_Return)
    page = performance_of(window)
    qtbot.waitUntil(page.grid.hasFocus)
    assert page.current().ref == "PI06"
    chart_page = page.panel.chart
    key(Key.Key_F6)
    key(Key.Key_Right)
    assert chart_page.isVisible()
    tab_to(chart_page.chart.picture)
    key(Key.Key_End)
    words = [chart_page.chart.spot_words.text()]
    for _ in range(6):
        key(Key.Key_Left)
        words.append(chart_page.chart.spot_words.text())
    assert words[0].startswith("September 2008: 11.5%")
    assert words[-1] == "March 2008: 10.6%. Concern: seven points or more below the mean. A year before 11.9%."

    answer(qtbot, window, Key.Key_B, "A burglary team in each unit")
    assert cell_text(window, "PI06", "assurance") == "No assurance: there are fewer than 13 points."
    assert words[-1] != chart_page.chart.spot_words.text()
    answer(qtbot, window, Key.Key_T, "Operation began")
    lines = [chart_page.remarks.item(n).text() for n in range(chart_page.remarks.count())]
    assert lines == [
        f"1 Mar 2008  Operation began ({me(window)})",
        f"Mar 2008  begun anew: A burglary team in each unit ({me(window)})",
    ]

    files = save_all(qtbot, chart_page.chart, tmp_path, monkeypatch)
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    drawn = files[".svg"].read_text(encoding="utf-8")
    assert "<svg" in drawn
    assert "Detections of burglary (home)" in drawn
    sheet = openpyxl.load_workbook(files[".xlsx"]).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert str(rows[0][0]).startswith("PI06  Detections of burglary (home)")
    notes = "\n".join(str(row[0]) for row in rows[:20])
    assert "Red: 11.5% April to September 2008 (provisional) against a trajectory of 13%" in notes
    assert f"Operation began ({me(window)})" in notes
    assert "A burglary team in each unit" in notes
    numbers = [value for row in rows for value in row if isinstance(value, float | int)]
    assert any(value == pytest.approx(11.525649566955362) for value in numbers)


def charts_of(window: MainWindow) -> ChartsPage:
    return cast("ChartsPage", view_of(window).page("charts"))


def answer(qtbot: QtBot, window: MainWindow, letter: Qt.Key, words: str) -> None:
    """Press Alt and a letter in the panel, and say in the dialog that opens what is asked for."""

    def steps(dialog: ReasonDialog) -> None:
        assert dialog.words.hasFocus()
        type_text(words)
        key(Key.Key_Tab)
        key(Key.Key_Space)

    with in_dialog(qtbot, ReasonDialog, steps):
        press(qtbot, window, letter, ALT)
    to_front(qtbot, window)


def save_all(qtbot: QtBot, chart: SeriesView, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Save everything that the menu of a chart offers to save; the files by their endings."""
    saved: dict[str, Path] = {}
    deeds = {action.text(): action for action in chart.actions_here()}

    def kept(ending: str) -> None:
        saved[ending] = folder / f"saved{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved[ending]), ""))

    for ending, letter in ((".png", Key.Key_G), (".svg", Key.Key_V)):
        kept(ending)

        def steps(dialog: SavePictureDialog, letter: Key = letter) -> None:
            QTest.keyClick(dialog, letter, ALT)
            qtbot.waitUntil(lambda: dialog.kinds.checkedId() == (letter == Key.Key_V))
            key(Key.Key_Return)

        with in_dialog(qtbot, SavePictureDialog, steps):
            deeds["Save picture…"].trigger()
    kept(".xlsx")
    deeds["Save the numbers as a sheet…"].trigger()
    return saved


def test_targets_are_checked_and_explained(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    before = {row.key: row.targets for row in view_of(window).signals.read(queries.indicators)}

    press(qtbot, window, Key.Key_K, CTRL | SHIFT)
    checks = view_of(window).page("checks")
    assert isinstance(checks, ChecksPage)
    against = [row.finding.refs for row in checks.model.rows if row.finding.rule.name.startswith("target over plan")]
    assert against == ["PI01", "PI02", "PI03", "PI19", "PI20"]
    key(Key.Key_F, CTRL)
    type_text("easier than its own years")
    key(Key.Key_Return)
    key(Key.Key_Down)  # from the head of the check to its first finding
    key(Key.Key_Down)
    assert checks.current().finding.refs == "PI19"
    key(Key.Key_Return)
    page = performance_of(window)
    assert page.current().ref == "PI19"
    assert page.panel.targets.isVisible()
    assert page.panel.targets.sentence.text().startswith("The plan's 10% is easier than its own years")
    key(Key.Key_F6)
    tab_to(page.panel.targets.explanation)
    type_text("Agreed with the Authority")
    turn_to(qtbot, window, PERFORMANCE, "results")
    window.close()

    again = opener(worked)
    after = {row.key: row.targets for row in view_of(again).signals.read(queries.indicators)}
    changed = [
        (target._replace(explanation=""), target.explanation)
        for indicator, targets in after.items()
        for year, target in targets.items()
        if target != before[indicator][year]
    ]
    (change,) = changed
    assert change[1] == "Agreed with the Authority"
    assert change[0] in [target for targets in before.values() for target in targets.values()]


def begin_plan(qtbot: QtBot, window: MainWindow) -> None:
    """Make a plan with three areas and one indicator."""

    def make(dialog: NewPlanDialog) -> None:
        type_text("Areas of the force")
        key(Key.Key_Return)
        assert not dialog.isVisible()

    with in_dialog(qtbot, NewPlanDialog, make):
        press(qtbot, window, Key.Key_N, CTRL)

    def list_areas(dialog: RegistersDialog) -> None:
        type_text("Areas")
        key(Key.Key_Tab)
        for area in ("North", "South", "West"):
            type_figure(area)
        dialog.close()

    with in_dialog(qtbot, RegistersDialog, list_areas):
        press(qtbot, window, Key.Key_L, CTRL)
    assert [area.title for area in view_of(window).signals.read(queries.register, Area)] == ["North", "South", "West"]

    def name_group(_dialog: QInputDialog) -> None:
        type_text("Crime")
        key(Key.Key_Return)

    def name_indicator(dialog: NewIndicatorDialog) -> None:
        type_text("Robbery")
        key(Key.Key_Return)
        assert dialog.isVisible(), "which way is better has to be said"
        QTest.keyClick(dialog, Key.Key_L, ALT)
        qtbot.waitUntil(dialog.add.isEnabled)
        key(Key.Key_Return)

    turn_to(qtbot, window, PERFORMANCE, "performance")
    with in_dialog(qtbot, QInputDialog, name_group), in_dialog(qtbot, NewIndicatorDialog, name_indicator):
        key(Key.Key_Space)
    to_front(qtbot, window)
    indicator = view_of(window).signals.read(queries.indicators)[0]
    assert (indicator.title, indicator.polarity) == ("Robbery", "lower")


def test_an_area_plan_from_nothing(qtbot: QtBot, opener: Opener) -> None:
    window = opener(None)
    begin_plan(qtbot, window)
    turn_to(qtbot, window, PERFORMANCE, "results")
    page = results_of(window)
    press(qtbot, window, Key.Key_F, CTRL)
    key(Key.Key_Tab)
    key(Key.Key_Down)
    assert page.choosers.showing.currentText() == "PI01  Robbery, all areas"
    assert [line.title for line in page.model.rows] == ["The force", "North", "South", "West"]
    while page.span[-1].last >= date.today():
        page.choosers.back.setFocus()
        key(Key.Key_Space)  # a year that is over: there are no results of months to come
    turn_to(qtbot, window, PERFORMANCE, "results")
    walk_to(page, page.model.rows[1].key, f"{PERIOD}{APRIL}")
    block = "".join("\t".join(str(base + month) for month in range(12)) + "\r\n" for base in (100, 200, 300))
    QGuiApplication.clipboard().setText(block)
    key(Key.Key_V, CTRL)
    assert [cell(page, line.key, "total") for line in page.model.rows[1:]] == ["111", "211", "311"]  # levels
    assert len(view_of(window).signals.read(measured.results)) == 36

    turn_to(qtbot, window, PERFORMANCE, "areas")
    areas = cast("AreasPage", view_of(window).page("areas"))
    qtbot.waitUntil(areas.grid.hasFocus)
    assert {row.area for row in areas.model.rows} >= {"North", "South", "West"}
    assert areas.panel.ranking.isVisible()
    turn_to(qtbot, window, PERFORMANCE, "charts")
    charts = charts_of(window)
    press(qtbot, window, Key.Key_F, CTRL)
    key(Key.Key_Down)
    assert charts.chooser.currentText() == "PI01  Robbery"
    assert [cell.chart.area for cell in charts.wall.cells][-3:] == ["North", "South", "West"]
    press(qtbot, window, Key.Key_Z, CTRL)
    assert view_of(window).signals.read(measured.results) == []


def test_an_extract_this_month_and_the_next(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    before = view_of(window).signals.read(measured.results)
    months = {"September": "Sep-08", "October": "Oct-08"}
    files = {month: extract(tmp_path / f"{month}.csv", short) for month, short in months.items()}

    def first(dialog: ImportResultsDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.desk.busy)
        assert not dialog.count_button.isEnabled()
        dialog.indicator.setFocus()
        while dialog.indicator.currentData() != "PI03":
            key(Key.Key_Down)
        QTest.keyClick(dialog, Key.Key_U, ALT)
        qtbot.waitUntil(lambda: dialog.desk.counts is not None and not dialog.desk.busy)
        assert view_of(window).signals.read(measured.results) == before
        dialog.name.setFocus()
        type_text("Crime by OCU")
        QTest.keyClick(dialog, Key.Key_I, ALT)

    def second(dialog: ImportResultsDialog) -> None:
        qtbot.waitUntil(dialog.import_button.isEnabled)
        assert dialog.import_button.text() == "&Import 21 results"
        key(Key.Key_Return)

    for month, steps, was in (("September", first, "changed"), ("October", second, "new")):
        monkeypatch.setattr(return_jobs, "ask_open", lambda *_, to=files[month]: to)
        with in_dialog(qtbot, ImportResultsDialog, steps):
            window.actions_by_name["import_results"].trigger()
        to_front(qtbot, window)
        assert f"Took in 21 results from {month}.csv (21 {was})." in view_of(window).banner.sentence()

    turn_to(qtbot, window, PERFORMANCE, "areas")
    read = view_of(window).signals.read(measured.results)
    came = [row for row in read if row not in before]
    assert len(came) == 42
    assert {row.period_from for row in came} == {date(2008, 9, 1), date(2008, 10, 1)}
    assert {row.state for row in came} == {"provisional"}
    press(qtbot, window, Key.Key_Z, CTRL)
    press(qtbot, window, Key.Key_Z, CTRL)
    assert view_of(window).signals.read(measured.results) == before


def extract(path: Path, month: str) -> Path:
    """What another system gives: recorded crime of a month, by operational command unit."""
    rows = [f"OCU {unit:02},{month},{900 + unit}" for unit in range(1, 22)]
    path.write_text("\r\n".join(["OCU,Month,Recorded", *rows]), encoding="utf-8")
    return path


def test_from_an_area_s_small_chart_to_its_large_one(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    view.show_page("charts")
    charts = cast("ChartsPage", view.page("charts"))
    robbery = next(row for row in view.signals.read(queries.indicators) if row.ref == "PI07")
    charts.chooser.setCurrentIndex(charts.chooser.findData(robbery.key))
    third = next(n for n, cell in enumerate(charts.wall.cells) if cell.chart.area_key)
    area = charts.wall.cells[third].chart.area_key
    assert charts.wall.select(robbery.key, area)
    charts.wall.setFocus()
    key(Qt.Key.Key_Return)
    assert view.current() == "areas"
    areas = cast("AreasPage", view.page("areas"))
    assert (areas.indicator.currentData(), areas.current().key) == (robbery.key, area)
    assert not view.year.isVisible()
    view.show_page("delivery")
    assert view.year.isVisible()
