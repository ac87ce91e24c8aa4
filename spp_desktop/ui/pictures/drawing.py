"""What can be printed and saved: a table or a chart as bands, one below the other, laid out for any width.

A row of a table, a line of text, a row of small charts and a lane of a timeline are bands. ``pages`` puts them on
paper, and ``saved`` puts all of them into one picture; neither knows what they show. Lengths are in pixels, 96 an inch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette

from spp_desktop.ui.common import theme
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.ink import Ink

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet

GAP = 6.0
"""The room between parts that belong together."""
TITLE, NOTE = 15, 11
"""The sizes of a title's letters and of notes', in pixels."""
LOWEST, SHARE, SLOPE = 150.0, 0.42, 0.5
"""The least height of a plot in pixels, as a part of a page's height, and as a part of the width where that is free."""


@dataclass(frozen=True)
class Canvas:
    """What is drawn on: white, in light colours, with text of one size.

    Attributes:
        width: how wide it is.
        height: how high a page of it is; ``None`` if it is as high as what is drawn needs.
    """

    width: float
    height: float | None = None
    palette: QPalette = field(default_factory=lambda: theme.palette_of(dark=False))

    @property
    def ink(self) -> Ink:
        """Its colours."""
        return Ink.of(self.palette)


@dataclass(frozen=True)
class Band:
    """A part of a drawing as wide as the canvas, which no page cuts.

    Attributes:
        height: how high it is.
        paint: paints it into a rectangle. Nothing is clipped and nothing is half transparent: a printer's driver would
            make a bitmap of that, with its text.
        stays: whether it stays on the page of the band that follows it.
    """

    height: float
    paint: Callable[[QPainter, QRectF], None]
    stays: bool = False


@dataclass(frozen=True)
class Flow:
    """Bands that begin on a page of their own.

    Attributes:
        lead: the bands at the top of its first page: what it is called.
        again: the bands below them, and at the top of each page after that: the headings of columns.
        bands: all that follows.
    """

    lead: tuple[Band, ...]
    again: tuple[Band, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Drawing:
    """A table or a chart that can be printed and saved.

    Attributes:
        title: what it shows; files are named after it.
        words: what it shows in sentences, with its figures, for those who cannot see it.
        lay_out: lays it out on a canvas.
        upright: whether it is printed on upright paper unless a person chooses otherwise.
        numbers: gives the sheets of the numbers behind it; ``None`` if there are none to save.
        keys: the rows of the plan that it shows; ``None`` where that is not known, so that it may be any.
    """

    title: str
    words: str
    lay_out: Callable[[Canvas], Sequence[Flow]]
    upright: bool = False
    numbers: "Callable[[], list[PlainSheet]] | None" = None
    keys: frozenset[str] | None = None


def words_bands(
    text: str,
    width: float,
    colour: QColor,
    *,
    size: int = lettering.SIZE,
    bold: bool = False,
    stays: bool = False,
    indent: float = 0.0,
) -> Iterator[Band]:
    """A text as a band for each line; its first two lines and its last two stay together.

    Args:
        text: the text; it may be empty.
        width: how wide it may be.
        colour: the colour of its letters.
        size: their size.
        bold: whether they are bold.
        stays: whether it stays with what follows it.
        indent: how far from the left it begins.
    """
    if not text:
        return
    broken = lettering.lines(text, width - indent, size, bold=bold)
    last = len(broken) - 1
    for at, line in enumerate(broken):
        yield line_band(
            line, colour, size=size, bold=bold, indent=indent, stays=stays or (last > 0 and at in {0, last - 1})
        )


def line_band(
    line: str,
    colour: QColor,
    *,
    size: int = lettering.SIZE,
    bold: bool = False,
    indent: float = 0.0,
    stays: bool = False,
) -> Band:
    """One line of text as a band."""

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(colour)
        write(painter, line, QPointF(box.left() + indent, box.top()), size=size, bold=bold)

    return Band(lettering.metrics(size, bold=bold).lineSpacing(), paint, stays)


def space(height: float, *, stays: bool = True) -> Band:
    """A band in which nothing is painted. It stays with what follows, so that no page begins with it."""
    return Band(height, lambda _painter, _box: None, stays)


def lead_of(title: str, notes: Sequence[str], canvas: Canvas) -> tuple[Band, ...]:
    """The title of a part with what must be known of it, for its first page."""
    title_bands = words_bands(title, canvas.width, canvas.ink.text, size=TITLE, bold=True, stays=True)
    note_bands = (band for note in notes for band in words_bands(note, canvas.width, canvas.ink.quiet, stays=True))
    return (*title_bands, space(2), *note_bands, space(GAP))


def titled(title: str, canvas: Canvas) -> tuple[Band, ...]:
    """The title of a chart, which stays with what follows it."""
    return (*words_bands(title, canvas.width, canvas.ink.text, size=TITLE, bold=True, stays=True), space(GAP))


def notes_bands(notes: Sequence[str], canvas: Canvas) -> list[Band]:
    """The notes under a chart, in smaller letters."""
    return [band for note in notes for band in words_bands(note, canvas.width, canvas.ink.quiet, size=NOTE)]


def plot_height(canvas: Canvas, texts: float) -> float:
    """The height of a plot on a canvas, on which texts of this height have to stand too."""
    if canvas.height is None:
        return max(canvas.width * SLOPE, LOWEST)
    return max(canvas.height - texts, canvas.height * SHARE, LOWEST)


def write(
    painter: QPainter,
    line: str,
    corner: QPointF,
    *,
    size: int = lettering.SIZE,
    bold: bool = False,
    right: bool = False,
) -> None:
    """Write one line in the painter's colour, its upper left corner (its upper ``right`` one) at a point."""
    measures = lettering.metrics(size, bold=bold)
    left = corner.x() - measures.horizontalAdvance(line) if right else corner.x()
    painter.setFont(lettering.letters(size, bold=bold))
    painter.drawText(QPointF(left, corner.y() + measures.ascent()), line)


def shortened(text: str, width: float, measures: QFontMetricsF) -> str:
    """A text on one line, cut with an ellipsis if it is wider than this."""
    return measures.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)


def height_of(bands: Sequence[Band]) -> float:
    """The height of bands below each other."""
    return sum(band.height for band in bands)


def paint_bands(painter: QPainter, bands: Sequence[Band], box: QRectF) -> None:
    """Paint bands below each other from the top of a rectangle."""
    top = box.top()
    for band in bands:
        painter.save()
        band.paint(painter, QRectF(box.left(), top, box.width(), band.height))
        painter.restore()
        top += band.height
