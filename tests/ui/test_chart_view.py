"""An indicator's chart on screen: what is drawn is what was decided."""

from pathlib import Path

import pyqtgraph as pg
import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.figures.charts.target_chart import targets_chart
from spp_desktop.ui.common import theme
from spp_desktop.ui.performance.target_chart_view import ChartView
from tests.figures.test_charts import APRIL, CHANGES, LEVELS, MAY, YEARS, Indicator, Result, Target


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    return view


def written(plot: pg.PlotWidget) -> list[str]:
    return [item.toPlainText() for item in plot.getPlotItem().items if isinstance(item, pg.TextItem)]


def test_changes_are_bars_on_their_own_plot_and_results_a_line(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL, MAY], YEARS))
    bars = [item for item in view.changes.getPlotItem().items if isinstance(item, pg.BarGraphItem)]
    assert [list(bar.opts["height"]) for bar in bars] == [[4.0], [4.0], [4.0], [10.0]]
    assert written(view.changes) == ["4%", "4%", "4%", "10%"]
    (line,) = view.main.getPlotItem().listDataItems()
    assert list(line.getData()[1]) == [14_210.0, 13_900.0]
    assert view.main.isVisible()
    assert view.changes.isVisible()


def test_levels_are_steps_on_the_scale_of_the_results(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator("Detections", "%", "higher", targets=LEVELS), [], YEARS))
    assert written(view.main) == ["45%", "50%", "55%", "55%"]
    assert not view.changes.isVisible()


def test_a_benchmark_is_words_and_no_plot(view: ChartView) -> None:
    aim: dict[int | None, Target] = {2008: Target("benchmark", "Benchmark & report of performance", None)}
    view.set_chart(targets_chart(Indicator(unit="%", targets=aim), [], YEARS))
    assert "2008-2009: Benchmark & report of performance." in view.notes.text()
    assert not view.main.isVisible()
    assert not view.changes.isVisible()


def test_another_chart_leaves_nothing_of_the_one_before(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL], YEARS))
    view.set_chart(targets_chart(Indicator("Other"), [], YEARS))
    assert written(view.changes) == []
    assert view.title.text() == "Other"
    assert "No targets and no results yet" in view.notes.text()


def test_it_is_told_to_screen_readers_in_sentences(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL], YEARS))
    assert view.accessibleName() == "Chart of Reduce total recorded crime"
    assert "3-year target 10%" in view.accessibleDescription()


def test_it_follows_the_dark_palette(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL], YEARS))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, dark=True)
    app.processEvents()
    picture = view.grab().toImage()
    theme.apply(app, dark=False)
    assert picture.pixelColor(2, 2).lightnessF() < 0.3
    assert picture.pixelColor(view.main.x() + 3, view.main.y() + 3).lightnessF() < 0.3


def test_the_picture_is_saved_under_its_title(view: ChartView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL], YEARS, "Made up."))
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    view.actions_here()[0].trigger()
    assert offered == ["Reduce total recorded crime (illustrative results).png"]
    assert QPixmap(str(tmp_path / offered[0])).width() == 400


def test_negative_numbers_and_one_result_are_drawn(view: ChartView) -> None:
    aims: dict[int | None, Target] = {2008: Target("point change", "-1%pts", -1.0)}
    view.set_chart(
        targets_chart(Indicator(unit="%", targets=aims), [Result(APRIL.period_from, APRIL.period_to, -3.0)], YEARS)
    )
    low, high = view.main.getViewBox().viewRange()[1]
    assert low <= -3.0
    assert high >= 0.0
