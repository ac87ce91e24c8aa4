"""The program's picture in the sizes that a desktop asks for, painted from the one drawing."""

import os
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = files("resources") / "spp-desktop.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
"""Width and height in pixels."""


def paint(size: int, file: Path) -> None:
    """Write the picture into a file of the kind that its name ends with, so many pixels wide and high."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(DRAWING.read_bytes())).render(painter)
    painter.end()
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(file))
