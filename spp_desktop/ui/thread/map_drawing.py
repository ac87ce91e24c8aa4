"""The map of the golden thread as it is printed and saved: each line of rows a band, with its part of every link."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from spp_desktop.figures.charts import thread_map
from spp_desktop.figures.charts.thread_map import ThreadMap
from spp_desktop.plan.words import counted
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, lead_of, notes_bands, space
from spp_desktop.ui.thread.map_plot import MapPlot, part_between

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

LONGEST = 200
"""The most lines of rows that a link is drawn across on paper."""


def map_drawing(shown: ThreadMap, numbers: "Callable[[], list[PlainSheet]]") -> Drawing:
    """The drawing of a map; ``numbers`` gives the sheets behind it."""
    return Drawing(shown.title, thread_map.describe(shown), lambda canvas: [_laid_out(shown, canvas)], numbers=numbers)


def _laid_out(shown: ThreadMap, canvas: Canvas) -> Flow:
    plot = MapPlot(shown, 0.0, canvas.width, lettering.letters())
    links, left_out = _by_line(plot)
    rows: dict[int, list[int]] = defaultdict(list)
    for number, node in enumerate(shown.nodes):
        rows[node.line].append(number)

    def paint(line: int, painter: QPainter, box: QRectF) -> None:
        """Paint one line of rows, above its part of the links."""
        painter.translate(box.left(), box.top() - line * plot.row)
        painter.setFont(lettering.letters())
        plot.paint_links(painter, links.get(line, ()), canvas.ink.quiet, 1)
        for number in rows.get(line, ()):
            plot.paint_node(painter, canvas.ink, number, strong=False, current=False)

    def heads(painter: QPainter, box: QRectF) -> None:
        """Paint the headings of the columns."""
        painter.translate(box.left(), box.top())
        for column in range(len(shown.heads)):
            plot.paint_head(painter, canvas.ink, column, 0)

    bands = [Band(plot.row, partial(paint, line)) for line in range(shown.lines)]
    note = f"{counted(left_out, 'link')} between rows far from each other are not drawn." if left_out else ""
    below = (space(6), *notes_bands([note] if note else [], canvas))
    return Flow(lead_of(shown.title, shown.notes, canvas), (Band(plot.head_height, heads),), (*bands, *below))


def _by_line(plot: MapPlot) -> tuple[dict[int, list[QLineF]], int]:
    """The part of each link that crosses each line of rows, and how many links are too long to be drawn."""
    parts: dict[int, list[QLineF]] = defaultdict(list)
    left_out = 0
    for begins, leads in plot.shown.links:
        link = plot.line(begins, leads)
        first, last = sorted((plot.shown.nodes[begins].line, plot.shown.nodes[leads].line))
        if last - first > LONGEST:
            left_out += 1
            continue
        for line in range(first, last + 1):
            parts[line].append(part_between(link, line * plot.row, (line + 1) * plot.row))
    return parts, left_out
