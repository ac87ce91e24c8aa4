"""An indicator's chart on screen: what is drawn is what was decided."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.figures.charts.target_chart import round_numbers, targets_chart
from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from spp_desktop.ui.pictures.target_chart_view import ChartView
from spp_desktop.ui.pictures.targets_plot import TargetsPlot
from tests.figures.test_charts import APRIL, CHANGES, LEVELS, MAY, YEARS, Indicator, Result, Target


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    return view


def plot(view: ChartView) -> TargetsPlot:
    shown = view.picture.plot()
    assert shown is not None
    return shown


def written(view: ChartView) -> str:
    drawing = view.drawing()
    assert drawing is not None
    return bytes(SavedPicture(drawing, SIZES[1]).svg().data()).decode()


def test_changes_are_bars_on_their_own_scale_and_results_a_line(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL, MAY], YEARS))
    shown = plot(view)
    assert shown.results is not None
    assert shown.changes is not None
    bars = [shown.bar(aim) for aim in shown.chart.aims_as("change")]
    tall = [bar.height() / shown.changes.box.height() * shown.changes.high for bar in bars]
    assert tall == pytest.approx([4.0, 4.0, 4.0, 10.0])
    assert all(bar.bottom() == pytest.approx(shown.changes.y(0)) for bar in bars)
    assert [bar.left() for bar in bars] == sorted(bar.left() for bar in bars)
    assert shown.results.box.bottom() <= shown.changes.box.top()
    assert shown.results.y(14_210) < shown.results.y(13_900)
    assert [written(view).count(f">{words}</") for words in ("4%", "10%")] == [3, 1]


def test_levels_are_steps_on_the_scale_of_the_results(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator("Detections", "%", "higher", targets=LEVELS), [], YEARS))
    assert [written(view).count(f">{words}</") for words in ("45%", "50%", "55%")] == [1, 1, 2]
    assert plot(view).changes is None
    scale = plot(view).results
    assert scale is not None
    assert scale.low <= 0
    assert scale.high > 55
    assert scale.box.top() < scale.y(55) < scale.y(45) < scale.box.bottom()


def test_a_benchmark_is_words_and_no_plot(view: ChartView) -> None:
    aim: dict[int | None, Target] = {2008: Target("benchmark", "Benchmark & report of performance", None)}
    view.set_chart(targets_chart(Indicator(unit="%", targets=aim), [], YEARS))
    assert "2008-2009: Benchmark & report of performance." in view.notes.text()
    assert not view.picture.isVisible()
    assert view.picture.plot() is None
    assert "Benchmark &amp; report of performance." in written(view)


def test_another_chart_leaves_nothing_of_the_one_before(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL], YEARS))
    view.set_chart(targets_chart(Indicator("Other"), [], YEARS))
    assert view.picture.plot() is None
    assert view.drawing() is None
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
    assert picture.pixelColor(view.picture.x() + 3, view.picture.y() + 3).lightnessF() < 0.3


def test_negative_numbers_and_one_result_are_drawn(view: ChartView) -> None:
    aims: dict[int | None, Target] = {2008: Target("point change", "-1%pts", -1.0)}
    view.set_chart(
        targets_chart(Indicator(unit="%", targets=aims), [Result(APRIL.period_from, APRIL.period_to, -3.0)], YEARS)
    )
    scale = plot(view).results
    assert scale is not None
    assert scale.low <= -3.0
    assert scale.high >= 0.0
    assert plot(view).bar(plot(view).chart.aims_as("change")[0]).height() > 0


@pytest.mark.parametrize("high", [0.003, 0.7, 4.0, 99.0, 25_000.0, 3e9])
def test_the_numbers_beside_a_scale_are_round_and_lie_on_it(high: float) -> None:
    numbers = round_numbers(-high / 4, high, 6)
    assert 3 <= len(numbers) <= 14
    assert (0.0, "0") in numbers
    assert all(-high / 4 - 1e-9 <= value <= high * (1 + 1e-9) for value, _ in numbers)
    assert max(len(text.replace(",", "").replace("-", "").strip("0.")) for _, text in numbers) <= 3


@pytest.mark.parametrize(("width", "written_of"), [(1200, 1), (260, 2), (130, 5)])
def test_years_that_have_no_room_are_not_written_over_each_other(view: ChartView, width: int, written_of: int) -> None:
    view.resize(width, 300)
    view.set_chart(targets_chart(Indicator("Detections", "%", "higher", targets=LEVELS), [], list(range(2008, 2018))))
    QApplication.processEvents()
    shown = plot(view)
    assert shown.every >= written_of
    assert (shown.every == 1) == (written_of == 1)
    each = shown.x(shown.chart.columns[1].first.toordinal()) - shown.x(shown.chart.columns[0].first.toordinal())
    assert shown.every * each >= QFontMetricsF(view.picture.font()).horizontalAdvance("2008-")


def test_notes_stand_beside_the_picture_where_there_is_little_height(view: ChartView) -> None:
    view.set_chart(targets_chart(Indicator(targets=CHANGES), [APRIL, MAY], YEARS))
    for beside in (True, False):
        view.set_beside(beside=beside)
        QApplication.processEvents()
        assert (view.notes.x() > view.picture.geometry().right()) == beside
        assert (view.notes.y() > view.picture.geometry().bottom()) != beside
