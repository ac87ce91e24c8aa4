"""A drawing on paper: its bands on pages, with what plan it is of above, and the day and the page's number below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store.markings import PlanMarkings
from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, height_of, paint_bands, shortened, write
from spp_desktop.ui.pictures.pdf_file import finished

INCH = 96.0
"""The pixels of an inch."""
MARGIN = 12.0
"""The margin of a page in millimetres: no printer in an office needs more."""
SMALL = 10
"""The size of the letters above and below the page."""
_ROOM = 26.0
"""The room above what is printed, and below it, for the lines about it."""
PRECISION = 1200
"""The dots to an inch that a PDF's places are counted in."""


@dataclass(frozen=True)
class PageWords:
    """What is printed on each page around the drawing.

    Attributes:
        plan: the plan that it is of, with its force.
        borne: the markings of the plan's rows, of which each drawing bears the highest of what it shows.
        made_up: what is said of a plan that is made up: "Illustrative".
        stands: the day by which the plan is read, if it is another than the day of printing: "As at 31 Oct 2008".
        printed: the day of printing.
    """

    plan: str = ""
    borne: PlanMarkings = field(default_factory=PlanMarkings)
    made_up: str = ""
    stands: str = ""
    printed: date | None = None

    def marking(self, drawing: Drawing) -> str:
        """The protective marking of a drawing; "" for none."""
        return self.borne.highest(drawing.keys)


@dataclass(frozen=True)
class PrintedPage:
    """A page: its bands from top to bottom."""

    bands: tuple[Band, ...]


class Pages:
    """A drawing on the pages of a size of paper.

    Attributes:
        pages: the pages.
        size: the size of a page in pixels, with its margins.
        marking: the protective marking at the head and the foot of each; "" for none.
    """

    def __init__(self, drawing: Drawing, words: PageWords, layout: QPageLayout) -> None:
        self.drawing, self._words, self.marking = drawing, words, words.marking(drawing)
        unit = QPageLayout.Unit.Inch
        whole, inside = layout.fullRect(unit), layout.paintRect(unit)
        self.size = QRectF(0, 0, whole.width() * INCH, whole.height() * INCH)
        self._inside = QRectF(inside.left() * INCH, inside.top() * INCH, inside.width() * INCH, inside.height() * INCH)
        self._body = self._inside.adjusted(0, _ROOM, 0, -_ROOM)
        self._canvas = Canvas(self._body.width(), self._body.height())
        self.pages = [page for flow in drawing.lay_out(self._canvas) for page in broken(flow, self._body.height())]

    def __len__(self) -> int:
        return len(self.pages)

    def paint(self, painter: QPainter, at: int) -> None:
        """Paint the page of this index, from its paper's upper left corner on, in pixels."""
        ink, body, words = self._canvas.ink, self._body, self._words
        above = " · ".join(filter(None, (self.marking, words.made_up)))
        self._paint_ends(painter, words.plan, above, self._inside.top(), bold=True)
        painter.setPen(QPen(ink.rule, 1))
        for y in (body.top() - 8, body.bottom() + 8):
            painter.drawLine(QPointF(body.left(), y), QPointF(body.right(), y))
        paint_bands(painter, self.pages[at].bands, body)
        printed = f"Printed {short_day(words.printed)}" if words.printed else ""
        told = " · ".join(filter(None, (self.marking, words.stands, printed, f"Page {at + 1} of {len(self)}")))
        self._paint_ends(painter, self.drawing.title, told, self._inside.bottom() - lettering.metrics(SMALL).height())

    def _paint_ends(self, painter: QPainter, left: str, right: str, top: float, *, bold: bool = False) -> None:
        """Write a line about the page: what fits of the left text, and the whole of the right one, perhaps bold."""
        body, wide = self._body, lettering.metrics(SMALL, bold=bold).horizontalAdvance(right)
        shown = shortened(left, body.width() - wide - 24, lettering.metrics(SMALL))
        painter.setPen(self._canvas.ink.quiet)
        write(painter, shown, QPointF(body.left(), top), size=SMALL)
        write(painter, right, QPointF(body.right(), top), size=SMALL, bold=bold, right=True)


def broken(flow: Flow, height: float) -> Iterator[PrintedPage]:
    """The pages of a flow: as many bands on each as fit, those that stay together not parted where it can be helped."""
    page: list[Band] = []
    room, again, begun = height, height_of(flow.again), False
    for band in flow.lead:
        if page and band.height > room:
            yield PrintedPage(tuple(page))
            page, room = [], height
        page.append(band)
        room -= band.height
    for run in _runs(flow.bands):
        for bands in [run] if height_of(run) <= height - again else [[band] for band in run]:
            needed = height_of(bands)
            if needed + again * (not begun) > room and room < height - again * begun:
                yield PrintedPage(tuple(page))
                page, room, begun = [], height, False
            if not begun:
                page += flow.again
                room, begun = room - again, True
            page += bands
            room -= needed
    yield PrintedPage(tuple(page))


def _runs(bands: Sequence[Band]) -> Iterator[list[Band]]:
    """The bands in runs that stay together."""
    run: list[Band] = []
    for band in bands:
        run.append(band)
        if not band.stays:
            yield run
            run = []
    if run:
        yield run


def paper(size: QPageSize.PageSizeId, *, upright: bool) -> QPageLayout:
    """A page of a size, upright or across, with its margins."""
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    return QPageLayout(QPageSize(size), turned, margins, QPageLayout.Unit.Millimeter)


def pdf(pages: Pages, layout: QPageLayout) -> QByteArray:
    """The pages as a PDF: lines and letters, with text that can be found."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout)
    writer.setResolution(PRECISION)
    writer.setTitle(file_names.marked(pages.drawing.title, pages.marking))
    writer.setCreator("SPP Desktop")
    paint_pages(pages, writer, range(len(pages)))
    buffer.close()
    return QByteArray(finished(bytes(made.data())))


def paint_pages(pages: Pages, device: QPagedPaintDevice, numbers: Sequence[int]) -> bool:
    """Paint the pages of these indices on a printer or into a PDF. Returns whether it took them."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    # The painter's origin is where the margins end; a page begins at the corner of its paper.
    unit = QPageLayout.Unit.Inch
    margins = device.pageLayout().margins(unit)
    scale = device.logicalDpiX() / INCH
    for turn, at in enumerate(numbers):
        if turn and not device.newPage():
            painter.end()
            return False
        painter.save()
        painter.scale(scale, scale)
        painter.translate(-margins.left() * INCH, -margins.top() * INCH)
        pages.paint(painter, at)
        painter.restore()
    return painter.end()
