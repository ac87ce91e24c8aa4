"""A drawing as one picture, drawn for the place that it is meant for: as PNG, SVG or PDF.

A picture is white, whatever the window is. What it shows in sentences goes with it, for those who cannot see it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from spp_desktop.plan import file_names
from spp_desktop.ui.pictures.drawing import NOTE, Band, Canvas, Drawing, height_of, paint_bands, words_bands
from spp_desktop.ui.pictures.lettering import FAMILIES
from spp_desktop.ui.pictures.pages import INCH, PRECISION
from spp_desktop.ui.pictures.pdf_file import finished

EDGE = 12.0
"""The white edge around a picture, in pixels of 1/96 inch."""
LARGEST = 30_000
"""The most dots that a PNG is high."""
WIDER = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""How much wider a canvas may be than its text asks for, so that all of a drawing fits into its shape."""
_SVG = "http://www.w3.org/2000/svg"
_METRE = 39.3701
_UNFIT = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What no XML can hold."""


@dataclass(frozen=True)
class PictureSize:
    """A place that pictures are drawn for.

    Attributes:
        mnemonic: what it is called, with the key of its choice after "&".
        width: how wide a picture is there, in pixels of 1/96 inch.
        height: how high; ``None`` if as high as what is drawn needs.
        scale: the size of its text, beside 9 points.
        dots: the dots to an inch of a PNG.
    """

    mnemonic: str
    width: float
    height: float | None
    scale: float
    dots: float


SIZES = (
    PictureSize("A s&lide, 16 to 9", 1280, 720, 4 / 3, 144),
    PictureSize("The width of a &page, 17 cm", 642.5, None, 1.0, 300),
    PictureSize("A col&umn, 8.2 cm", 310, None, 8 / 9, 300),
)
"""The sizes to choose from."""


class TooLong(Exception):
    """A picture would be longer than a PNG can be."""


class SavedPicture:
    """A drawing laid out for one of the sizes, below its protective marking if it bears one."""

    def __init__(self, drawing: Drawing, size: PictureSize, marking: str = "") -> None:
        self.drawing, self.size, self.marking = drawing, size, marking
        self.scale, tall = size.scale, float("inf")
        for wider in WIDER:
            if wider > 1 and (size.height is None or tall * self.scale <= size.height):
                break
            self.scale = size.scale / wider
            self._canvas, self._bands = self._laid_out(1 / self.scale)
            tall = height_of(self._bands) + 2 * EDGE
        self.width = size.width / self.scale
        self.height = max(tall, (size.height or 0.0) / self.scale)

    def _laid_out(self, wide: float) -> tuple[Canvas, Sequence[Band]]:
        width, height = self.size.width * wide, None if self.size.height is None else self.size.height * wide
        canvas = Canvas(width - 2 * EDGE)
        above = list(words_bands(self.marking, canvas.width, canvas.ink.quiet, size=NOTE, bold=True))
        if height is not None:
            canvas = Canvas(canvas.width, height - 2 * EDGE - height_of(above))
        parts = self.drawing.lay_out(canvas)
        return canvas, [*above, *(band for part in parts for band in (*part.lead, *part.again, *part.bands))]

    @property
    def title(self) -> str:
        """What it is called, with its marking: a property of each file that is made of it."""
        return file_names.marked(self.drawing.title, self.marking)

    def paint(self, painter: QPainter) -> None:
        """Paint it, ``width`` and ``height`` large."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), self._canvas.ink.paper)
        paint_bands(painter, self._bands, QRectF(EDGE, EDGE, self._canvas.width, self.height - 2 * EDGE))

    def image(self, dots: float = 0.0) -> QImage:
        """The picture as dots, with its title and words in it.

        Args:
            dots: the dots to an inch; those of its size, unless given.

        Raises:
            TooLong: if it would be higher than a picture can be.
        """
        enlarged = self.scale * (dots or self.size.dots) / INCH
        if self.height * enlarged > LARGEST:
            raise TooLong
        made = QImage(round(self.width * enlarged), round(self.height * enlarged), QImage.Format.Format_RGB32)
        made.fill(0xFFFFFFFF)
        for measure in (made.setDotsPerMeterX, made.setDotsPerMeterY):
            measure(round((dots or self.size.dots) * _METRE))
        made.setText("Title", self.title)
        made.setText("Description", self.drawing.words)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(enlarged, enlarged)
        self.paint(painter)
        painter.end()
        return made

    def png(self) -> QByteArray:
        """The picture as a PNG file.

        Raises:
            TooLong: if it would be higher than a picture can be.
        """
        made = QByteArray()
        buffer = QBuffer(made)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        return made

    def svg(self) -> QByteArray:
        """The picture as an SVG file: lines and letters, its size in pixels, its title and words for every reader."""
        from PySide6.QtSvg import QSvgGenerator  # late: few sittings need it

        made = QByteArray()
        buffer = QBuffer(made)
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setResolution(round(INCH))
        generator.setSize(QRectF(0, 0, self.width, self.height).toAlignedRect().size())
        generator.setViewBox(QRect(0, 0, round(self.width), round(self.height)))
        painter = QPainter(generator)
        self.paint(painter)
        painter.end()
        return QByteArray(self._told(bytes(made.data())))

    def _told(self, drawn: bytes) -> bytes:
        """What Qt has drawn, with a size that every program takes, a role, a title, and words."""
        ET.register_namespace("", _SVG)
        root = ET.fromstring(_UNFIT.sub("", drawn.decode("utf-8", "replace")))  # noqa: S314 - drawn here
        for unused in [child for child in root if child.tag in {f"{{{_SVG}}}title", f"{{{_SVG}}}desc"}]:
            root.remove(unused)
        for element in root.iter():
            if "font-family" in element.attrib:
                element.set("font-family", f"{', '.join(FAMILIES)}, sans-serif")
            element.attrib.pop("vector-effect", None)
        for group in list(root.iter(f"{{{_SVG}}}g")):
            for empty in [child for child in group if child.tag.endswith("}g") and not len(child)]:
                group.remove(empty)
        root.set("width", f"{self.width * self.scale:g}")
        root.set("height", f"{self.height * self.scale:g}")
        root.set("viewBox", f"0 0 {self.width:g} {self.height:g}")
        root.set("role", "img")
        root.set("aria-label", _UNFIT.sub("", self.title))
        root.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
        for place, (tag, text) in enumerate((("title", self.title), ("desc", self.drawing.words))):
            element = ET.Element(f"{{{_SVG}}}{tag}")
            element.text = _UNFIT.sub("", text)
            root.insert(place, element)
        return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))

    def pdf(self) -> QByteArray:
        """The picture as a PDF of one page of its own size."""
        made = QByteArray()
        buffer = QBuffer(made)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        points = QSizeF(self.width, self.height) * self.scale * 72 / INCH
        page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        writer.setResolution(PRECISION)
        writer.setTitle(self.title)
        writer.setCreator("SPP Desktop")
        painter = QPainter(writer)
        enlarged = self.scale * PRECISION / INCH
        painter.scale(enlarged, enlarged)
        self.paint(painter)
        painter.end()
        return QByteArray(finished(bytes(made.data())))
