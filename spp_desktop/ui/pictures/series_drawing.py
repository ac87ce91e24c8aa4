"""The chart of one series as it is printed and saved: its title, the picture, the answers and the notes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from spp_desktop.figures.charts.series_chart import describe
from spp_desktop.figures.charts.series_parts import SeriesChart
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import (
    GAP,
    Band,
    Canvas,
    Drawing,
    Flow,
    height_of,
    notes_bands,
    plot_height,
    space,
    titled,
    words_bands,
)
from spp_desktop.ui.pictures.series_plot import Plot, legend_rows, paint_legend

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet


def series_drawing(chart: SeriesChart, numbers: "Callable[[], list[PlainSheet]]") -> Drawing:
    """The drawing of a chart; ``numbers`` gives the sheets of the numbers behind it."""
    figures = (spot.words.split(". ")[0].rstrip(".") for spot in chart.spots)
    words = f"{describe(chart)} All results: {'; '.join(figures)}."
    return Drawing(chart.title, words, lambda canvas: [_laid_out(chart, canvas)], numbers=numbers)


def _laid_out(chart: SeriesChart, canvas: Canvas) -> Flow:
    ink = canvas.ink
    lead = titled(chart.title, canvas)
    below = [
        *(band for answer in chart.answers for band in words_bands(answer, canvas.width, ink.text)),
        space(GAP),
        *notes_bands(chart.notes, canvas),
    ]
    texts = height_of([*lead, *below]) + GAP
    return Flow(lead, (), (_picture(chart, canvas, texts), space(GAP), *below))


def _picture(chart: SeriesChart, canvas: Canvas, texts: float) -> Band:
    """The legend, and below it the lines and points, beside texts of this height."""
    measures = lettering.metrics()
    legend = legend_rows(chart.legend, canvas.width, measures)
    above = len(legend) * measures.lineSpacing() + GAP

    def paint(painter: QPainter, box: QRectF) -> None:
        """Paint the legend, and the plot in the room that it leaves."""
        painter.setFont(lettering.letters())
        paint_legend(painter, box.topLeft(), legend, canvas.ink)
        room = box.adjusted(0, above, 0, 0)
        Plot(chart, room, measures).paint(painter, canvas.ink)

    return Band(above + plot_height(canvas, texts + above), paint)
