"""The wall of charts as it is printed and saved, and how one of its small charts is painted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from spp_desktop.figures.charts.series_chart import legend_of_all
from spp_desktop.figures.charts.series_parts import SeriesChart
from spp_desktop.ui.pictures import lettering, marks
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, lead_of, shortened, space, words_bands
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.series_plot import GAP, Plot, legend_rows, paint_legend

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

NARROWEST = 47
"""The least characters that a cell has room for."""
LINES = 11
"""The lines of text that a cell is high."""
PAD = 8
NONE_YET = "No results yet."


@dataclass(frozen=True)
class WallSection:
    """Charts under a heading; ``by_area`` if each is called by its area and not by its indicator."""

    title: str
    charts: tuple[SeriesChart, ...]
    by_area: bool = False

    def name_of(self, chart: SeriesChart) -> str:
        """The name of one of its charts."""
        return (chart.area or "Force") if self.by_area else chart.name


@dataclass(frozen=True)
class CellWords:
    """The words above a small chart, in lines: its name, and its colour with the latest result; and what it lacks."""

    title: tuple[str, ...]
    answer: tuple[str, ...]
    empty: str

    @classmethod
    def in_one_line(cls, title: str, chart: SeriesChart, width: float, font: QFont) -> "CellWords":
        """The words of a chart in a cell of this width, cut to one line each."""
        bold = QFont(font)
        bold.setBold(True)
        name = shortened(title, width - 2 * PAD, QFontMetricsF(bold))
        answer = shortened(_answer(chart), _room_for_answer(width, QFontMetricsF(font)), QFontMetricsF(font))
        return cls((name,), (answer,), chart.empty)

    @classmethod
    def whole(cls, title: str, chart: SeriesChart, width: float) -> "CellWords":
        """The whole words of a chart in a cell of this width, for paper."""
        room = _room_for_answer(width, lettering.metrics())
        empty = NONE_YET if chart.latest is None else chart.empty
        return cls(
            lettering.lines(title, width - 2 * PAD, bold=True),
            lettering.lines(_answer(chart), room),
            chart.empty and empty,
        )


def _answer(chart: SeriesChart) -> str:
    return "  ".join(filter(None, (chart.look.word, chart.latest_words)))


def _room_for_answer(width: float, metrics: QFontMetricsF) -> float:
    """The width beside the shape of the colour and the two icons."""
    return width - 2 * PAD - 3 * (metrics.lineSpacing() + 2) - 2 * GAP


def paint_cell(painter: QPainter, ink: Ink, chart: SeriesChart, words: CellWords, box: QRectF, *, font: QFont) -> None:
    """Paint a small chart with its words into a rectangle."""
    line, bold = QFontMetricsF(font).lineSpacing(), QFont(font)
    bold.setBold(True)
    painter.setPen(QPen(ink.rule, 1))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    inner = box.adjusted(PAD, PAD / 2, -PAD, -PAD / 2)
    painter.setPen(ink.text)
    painter.setFont(bold)
    ascent = QFontMetricsF(bold).ascent()
    for at, text in enumerate(words.title):
        painter.drawText(QPointF(inner.left(), inner.top() + at * line + ascent), text)
    painter.setFont(font)
    top = inner.top() + len(words.title) * line
    _paint_answer(painter, ink, chart, words, QRectF(inner.left(), top, inner.width(), line + 4))
    room = inner.adjusted(0, (len(words.title) + max(len(words.answer), 1)) * line + 6, 0, 0)
    if chart.empty:
        painter.setPen(ink.quiet)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words.empty)
        return
    Plot(chart, room, QFontMetricsF(font), small=True).paint(painter, ink)


def _paint_answer(painter: QPainter, ink: Ink, chart: SeriesChart, words: CellWords, box: QRectF) -> None:
    """Paint the colour with its word, the latest result, and the two icons at the right."""
    size = box.height() - 2
    marks.paint_look(painter, QRectF(box.left(), box.top() + 3, size - 6, size - 6), chart.look, ink.dark)
    icons = [QRectF(box.right() - n * (size + 4) - size, box.top(), size, size) for n in (1, 0)]
    marks.paint_variation(painter, icons[0], chart.variation, ink.dark)
    marks.paint_assurance(painter, icons[1], chart.assurance, ink.dark)
    painter.setPen(ink.text)
    metrics = QFontMetricsF(painter.font())
    middle = (size - metrics.height()) / 2 + metrics.ascent()
    for at, text in enumerate(words.answer):
        place = QPointF(box.left() + size + GAP / 2, box.top() + middle + at * metrics.lineSpacing())
        painter.drawText(place, text)


def wall_drawing(name: str, sections: Sequence[WallSection], numbers: "Callable[[], list[PlainSheet]]") -> Drawing:
    """The drawing of a wall; ``numbers`` gives the sheets of the numbers behind it."""
    words = [f"{name}."]
    for section in sections:
        words += [f"{section.title}."] if section.title else []
        words += [f"{section.name_of(chart)}: {_answer(chart)}." for chart in section.charts]
    return Drawing(name, " ".join(words), lambda canvas: [_laid_out(name, sections, canvas)], numbers=numbers)


def _laid_out(name: str, sections: Sequence[WallSection], canvas: Canvas) -> Flow:
    measures, ink = lettering.metrics(), canvas.ink
    keys = legend_rows(legend_of_all(chart for section in sections for chart in section.charts), canvas.width, measures)

    def paint(painter: QPainter, box: QRectF) -> None:
        """Paint the keys to the colours."""
        painter.setFont(lettering.letters())
        paint_legend(painter, box.topLeft(), keys, ink)

    legend = Band(len(keys) * measures.lineSpacing() + PAD, paint)
    every = [chart for section in sections for chart in section.charts]
    notes = dict.fromkeys(chain.from_iterable(chart.notes for chart in every))
    common = [note for note in notes if all(note in chart.notes for chart in every if not chart.empty)]
    bands = chain.from_iterable(_section(section, canvas) for section in sections)
    return Flow(lead_of(name, common, canvas), (legend,), tuple(bands))


def _section(section: WallSection, canvas: Canvas) -> Iterator[Band]:
    """The heading of a section, and its charts in rows of as many as can be read beside each other."""
    columns = max(int((canvas.width + PAD) // (lettering.metrics().averageCharWidth() * NARROWEST)), 1)
    yield from words_bands(section.title, canvas.width, canvas.ink.text, size=13, bold=True, stays=True)
    if section.title:
        yield space(3)
    for first in range(0, len(section.charts), columns):
        yield _row(section, section.charts[first : first + columns], columns, canvas)
    yield space(PAD, stays=False)


def _row(section: WallSection, charts: Sequence[SeriesChart], columns: int, canvas: Canvas) -> Band:
    wide = (canvas.width + PAD) / columns
    words = [CellWords.whole(section.name_of(chart), chart, wide - PAD) for chart in charts]
    more = max(len(each.title) + len(each.answer) for each in words) - 2
    line = lettering.metrics().lineSpacing()

    def paint(painter: QPainter, box: QRectF) -> None:
        """Paint the charts of a row beside each other."""
        for at, (chart, each) in enumerate(zip(charts, words, strict=True)):
            cell = QRectF(box.left() + at * wide, box.top(), wide - PAD, box.height() - PAD)
            painter.save()
            paint_cell(painter, canvas.ink, chart, each, cell, font=lettering.letters())
            painter.restore()

    return Band(line * (LINES + more) + PAD, paint)
