"""The head of the chain in pictures and printed pages: found again, and every program still opens them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from PySide6.QtWidgets import QApplication

from spp_desktop.returns.carried_head import carried
from spp_desktop.returns.chain_head import ChainHead
from spp_desktop.ui.pictures.carried_heads import carrying

HEAD = ChainHead("0123abcd-" + "e" * 27, 412, "9f" * 32)


def png() -> QByteArray:
    image, made = QImage(8, 4, QImage.Format.Format_RGB32), QByteArray()
    image.fill(QColor("red"))
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return made


def svg() -> QByteArray:
    made = QByteArray()
    buffer = QBuffer(made)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(8, 4))
    painter = QPainter(generator)
    painter.drawLine(0, 0, 8, 4)
    painter.end()
    return made


def pdf() -> QByteArray:
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(100, 100, "A page")
    painter.end()
    return made


@pytest.mark.parametrize("make", [png, svg, pdf])
def test_the_head_is_found_and_the_file_opens(
    qapp: QApplication, tmp_path: Path, make: Callable[[], QByteArray]
) -> None:
    content = make()
    file = tmp_path / "picture"
    file.write_bytes(carrying(content, HEAD.text()).data())
    assert carried(file).heads == (HEAD,)
    if make is png:
        image = QImage(str(file))
        assert image.text("spp head") == HEAD.text()
        assert image.convertToFormat(QImage.Format.Format_RGB32) == QImage.fromData(content)
    elif make is svg:
        ET.fromstring(file.read_bytes())
        assert QSvgRenderer(str(file)).isValid()
    elif shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
        assert (done.stdout.split(), done.stderr) == (["A", "page"], "")


@pytest.mark.parametrize("make", [png, svg, pdf])
def test_without_a_head_nothing_is_changed(qapp: QApplication, make: Callable[[], QByteArray]) -> None:
    content = make()
    assert carrying(content, "") == content


def test_what_is_no_picture_is_as_it_was() -> None:
    assert carrying(QByteArray(b"text"), HEAD.text()) == QByteArray(b"text")
