"""The overview as it is printed and saved: all of it on one page, as far as it can be read there."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from spp_desktop.ui.overview.plot import CLOSE, PAD, OverviewPlot, PartShown
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, height_of, lead_of, notes_bands, space
from spp_desktop.ui.pictures.ink import Ink

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

ROOMS = (
    (3, 14, PAD), (3, 14, CLOSE), (2, 14, CLOSE), (1, 12, CLOSE), (0, 10, CLOSE), (0, 7, CLOSE),
    (0, 5, CLOSE), (0, 3, CLOSE),
)  # fmt: skip
"""The rows that a part names, the lines that it has, at most, and the room about a line: the first that fit on the page
are taken."""
LEFT_OUT = "Left out for want of room: {}. The letters are no smaller than can be read."


def overview_drawing(
    title: str, notes: Sequence[str], parts: Sequence[PartShown], numbers: "Callable[[], list[PlainSheet]]"
) -> Drawing:
    """The overview as a drawing, on upright paper.

    Args:
        title: what it is called.
        notes: what must be known of it.
        parts: its parts in their order.
        numbers: gives the sheets of the numbers behind it.
    """
    words = " ".join(_in_words(shown) for shown in parts)
    return Drawing(title, words, lambda canvas: [_laid_out(title, notes, parts, canvas)], upright=True, numbers=numbers)


def _laid_out(title: str, notes: Sequence[str], parts: Sequence[PartShown], canvas: Canvas) -> Flow:
    """All parts as one band where they fit on the page, with less of each where they must; else a band for each."""
    lead, font = lead_of(title, notes, canvas), lettering.letters()
    for named, lines, pad in ROOMS:
        plot = OverviewPlot(parts, canvas.width, font, named, lines, pad)
        foot = notes_bands([LEFT_OUT.format("; ".join(plot.left_out))] if plot.left_out else [], canvas)
        needed = height_of(lead) + plot.height + height_of(foot) + 1
        if canvas.height is None or needed <= canvas.height:
            return Flow(lead, (), (_band(plot, canvas), *foot))
    alone = [OverviewPlot([shown], canvas.width, font) for shown in parts]
    return Flow(lead, (), tuple(band for plot in alone for band in (_band(plot, canvas), space(8, stays=False))))


def _band(plot: OverviewPlot, canvas: Canvas) -> Band:
    def paint(painter: QPainter, box: QRectF) -> None:
        """Paint the parts from the corner of the rectangle on."""
        painter.save()
        painter.translate(box.topLeft())
        plot.paint(painter, Ink.of(canvas.palette))
        painter.restore()

    return Band(plot.height, paint)


def _in_words(shown: PartShown) -> str:
    """A part in sentences, with its figures."""
    table = shown.table
    if table.empty:
        return f"{shown.part.title}: {table.empty}"
    lines = []
    for line in table.lines:
        counts = ", ".join(
            f"{head.title} {len(cell):,}".strip() for head, cell in zip(table.heads, line.cells, strict=True)
        )
        lines.append(f"{line.title}: {counts}")
    return f"{shown.part.title}. {'; '.join(lines)}."
