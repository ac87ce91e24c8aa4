"""An indicator's chart: only drawn here; what it says is decided in ``figures.target_chart``.

Imports pyqtgraph, so it is itself imported late, when there is something to draw.
"""

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from spp_desktop.figures.charts import target_chart
from spp_desktop.figures.charts.target_chart import DrawnTarget, TargetsChart
from spp_desktop.ui.pictures.widget import PictureWidget

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

AXIS_CHARACTERS = 9
BAR_SHARE = 0.5
"""The part of its year that a bar is wide."""
ROOM_ABOVE = 1.2
"""Times the largest number that a scale reaches, so that what is written above it fits."""


class ChartView(PictureWidget):
    """Draws one ``TargetsChart``: results with levels on their scale, and stated changes on a scale of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._chart: TargetsChart | None = None
        super().__init__(lambda: self._chart.title if self._chart else "Chart", self._numbers, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.notes = QLabel(wordWrap=True), QLabel(wordWrap=True)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.title, self.notes):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.main, self.changes = (pg.PlotWidget(self, axisItems={"left": Figures("left")}) for _ in range(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        for plot, share in ((self.main, 3), (self.changes, 2)):
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setMenuEnabled(enableMenu=False)
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.getAxis("left").setWidth(self.fontMetrics().averageCharWidth() * AXIS_CHARACTERS)
            plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            plot.setMinimumHeight(90)
            column.addWidget(plot, share)
        column.addWidget(self.notes)

    def set_chart(self, chart: TargetsChart) -> None:
        """Draw another chart."""
        self._chart = chart
        self.title.setText(chart.title)
        self.notes.setText("\n".join([chart.empty] if chart.empty else chart.notes))
        self.setAccessibleName(f"Chart of {chart.title}")
        self.setAccessibleDescription(target_chart.describe(chart))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the light or dark palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._chart is not None:
            self._draw()

    def _numbers(self) -> "list[PlainSheet]":
        from spp_desktop.returns.plain_sheet import PlainSheet  # openpyxl, which takes long: only when it is asked for

        chart = self._chart
        return [] if chart is None else [PlainSheet(chart.title, chart.notes, target_chart.table(chart))]

    def _draw(self) -> None:
        chart = self._chart
        assert chart is not None
        levels, changes = chart.aims_as("level"), chart.aims_as("change")
        self.main.setVisible(bool(chart.series or levels))
        self.changes.setVisible(bool(changes))
        text = self.fontMetrics().height()
        self.main.getAxis("bottom").setStyle(showValues=not changes)
        self.main.getAxis("bottom").setHeight(text if changes else text * 2 + 12)
        self.changes.getAxis("bottom").setHeight(text * 2 + 12)
        values = [point.value for line in chart.series for point in line.points]
        values += [aim.value for aim in levels if aim.value is not None]
        self._prepare(self.main, chart.unit, values)
        for aim in levels:
            self._draw_level(aim)
        for line in chart.series:
            self._draw_line(line)
        about = f"Change as stated, {chart.change_unit}"
        self._prepare(self.changes, about, [aim.value for aim in changes if aim.value is not None])
        for aim in changes:
            self._draw_bar(aim)

    def _prepare(self, plot: pg.PlotWidget, unit: str, values: list[float]) -> None:
        """Empty a plot, and give it the columns, a scale from zero, and the colours of the palette."""
        assert self._chart is not None
        columns = self._chart.columns
        plot.clear()
        plot.setBackground(self._colour(QPalette.ColorRole.Base))
        for name in ("left", "bottom"):
            plot.getAxis(name).setPen(QPen(self._colour(QPalette.ColorRole.Mid), 0))
            plot.getAxis(name).setTextPen(self._colour(QPalette.ColorRole.Text))
        plot.getAxis("bottom").setTicks([[(_middle(column), _in_two_lines(column)) for column in columns]])
        plot.getAxis("left").setLabel(unit)
        plot.getAxis("left").enableAutoSIPrefix(False)
        for column in columns:
            plot.addItem(
                pg.InfiniteLine(column.first.toordinal(), pen=QPen(self._colour(QPalette.ColorRole.Midlight), 0))
            )
        low, high = min([0.0, *values]), max([0.0, *values])
        plot.setXRange(columns[0].first.toordinal(), columns[-1].last.toordinal() + 1, padding=0)
        plot.setYRange(low * ROOM_ABOVE, high * ROOM_ABOVE or 1.0, padding=0)

    def _draw_level(self, aim: DrawnTarget) -> None:
        """A level is aimed at over its year: a step, with what was stated written above it."""
        assert aim.value is not None
        pen = QPen(self._colour(QPalette.ColorRole.Link), 0, Qt.PenStyle.DashLine)
        pen.setWidthF(2.0)
        pen.setCosmetic(True)
        ends = (aim.column.first.toordinal(), aim.column.last.toordinal() + 1)
        self.main.addItem(pg.PlotCurveItem([*ends], [aim.value, aim.value], pen=pen))
        self._write(self.main, aim)

    def _draw_line(self, line: target_chart.ResultSeries) -> None:
        text, base = self._colour(QPalette.ColorRole.Text), self._colour(QPalette.ColorRole.Base)
        brushes = [base if point.state == "provisional" else text for point in line.points]
        self.main.plot(
            [point.middle for point in line.points],
            [point.value for point in line.points],
            pen=QPen(text, 0),
            symbol="o",
            symbolSize=5,
            symbolPen=QPen(text, 0),
            symbolBrush=[pg.mkBrush(colour) for colour in brushes],
        )

    def _draw_bar(self, aim: DrawnTarget) -> None:
        colour = QColor(self._colour(QPalette.ColorRole.Link))
        colour.setAlpha(255 if aim.column.is_plan else 140)
        wide = (aim.column.last - aim.column.first).days * BAR_SHARE
        item = pg.BarGraphItem(
            x=[_middle(aim.column)], height=[aim.value], width=wide, brush=colour, pen=QPen(colour, 0)
        )
        self.changes.addItem(item)
        self._write(self.changes, aim)

    def _write(self, plot: pg.PlotWidget, aim: DrawnTarget) -> None:
        words = pg.TextItem(aim.stated, color=self._colour(QPalette.ColorRole.Text), anchor=(0.5, 1.0))
        words.setPos(_middle(aim.column), max(aim.value or 0.0, 0.0))
        plot.addItem(words, ignoreBounds=True)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)


class Figures(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """A scale whose numbers are written as people write them: "25,000"."""

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """The numbers beside the scale."""
        return [target_chart.figure(round(value, 6)) for value in values]


def _in_two_lines(column: target_chart.Column) -> str:
    """A column's name, narrow enough for six of them in the panel."""
    return column.label.replace(" ", "\n") if column.is_plan else column.label.replace("-", "-\n")


def _middle(column: target_chart.Column) -> float:
    """The middle of a column, as an ordinal day."""
    return (column.first.toordinal() + column.last.toordinal() + 1) / 2
