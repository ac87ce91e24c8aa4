"""The program's picture, painted from the one drawing; and as Windows wants it, several sizes in a file."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels."""
WHOLE_BYTE = 256
"""The size that an entry writes as 0, and that is kept as PNG."""


def write(drawing: Path, file: Path) -> None:
    """Write an SVG drawing as an icon of all sizes."""
    pictures = [_kept(picture(drawing, size)) for size in SIZES]
    head = struct.pack("<3H", 0, 1, len(SIZES))
    at = len(head) + 16 * len(SIZES)
    entries = b""
    for size, content in zip(SIZES, pictures, strict=True):
        entries += struct.pack("<4B2H2L", size % WHOLE_BYTE, size % WHOLE_BYTE, 0, 0, 1, 32, len(content), at)
        at += len(content)
    file.write_bytes(head + entries + b"".join(pictures))


def picture(drawing: Path, size: int) -> QImage:
    """An SVG drawing, painted so many pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return image


def _kept(image: QImage) -> bytes:
    return _png(image) if image.width() >= WHOLE_BYTE else _bitmap(image)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide says bytes, and takes a text
    return bytes(buffer.data().data())


def _bitmap(image: QImage) -> bytes:
    """A bitmap as icons hold it: from the last row to the first, and a mask behind it that the colours do without."""
    size = image.width()
    head = struct.pack("<3L2H6L", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = bytes(image.constBits())
    pixels = b"".join(rows[row * size * 4 : (row + 1) * size * 4] for row in reversed(range(size)))
    return head + pixels + bytes((size + 31) // 32 * 4 * size)
