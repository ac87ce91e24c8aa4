"""Pictures saved for a slide, a page or a column: how large they are, what they say to those who cannot see them."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import theme
from spp_desktop.ui.common.theme import DARK
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.pictures import lettering, menu, save_dialog
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.save_dialog import SavePictureDialog
from spp_desktop.ui.pictures.saved import LARGEST, SIZES, SavedPicture, TooLong
from spp_desktop.ui.pictures.series_drawing import series_drawing
from spp_desktop.ui.pictures.series_view import HELP, SeriesView
from tests import pdf_reader
from tests.ui.test_series_view import decided

SLIDE, PAGE, COLUMN = SIZES
SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def view(qtbot: QtBot) -> SeriesView:
    shown = SeriesView()
    qtbot.addWidget(shown)
    shown.resize(620, 560)
    shown.set_chart(decided())
    shown.show()
    return shown


def drawn(view: SeriesView) -> Drawing:
    drawing = view.drawing()
    assert drawing is not None
    return drawing


def svg_of(drawing: Drawing, size: object = SLIDE) -> ET.Element:
    return ET.fromstring(bytes(SavedPicture(drawing, size).svg().data()))  # type: ignore[arg-type]


def test_a_picture_is_as_large_as_its_place(view: SeriesView) -> None:
    measures = []
    for size in SIZES:
        image = QImage.fromData(SavedPicture(drawn(view), size).png())
        measures.append((image.width(), image.height(), round(image.dotsPerMeterX() / 39.3701)))
    assert measures[0] == (1920, 1080, 144)
    assert [(wide, dots) for wide, _, dots in measures[1:]] == [(2008, 300), (969, 300)]


def test_what_it_shows_is_told_in_the_picture_itself_and_never_how_it_is_moved_about_in(view: SeriesView) -> None:
    view.picture.setFocus()
    QTest.keyClick(view.picture, Qt.Key.Key_Left)  # the words of one point are not those of the picture
    chart = view.chart()
    assert chart is not None
    root = svg_of(drawn(view))
    title, told = root.findtext(f"{SVG}title"), str(root.findtext(f"{SVG}desc"))
    assert title == root.get("aria-label") == chart.title
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert told.startswith(f"{chart.title}. ")
    assert chart.spots[chart.latest or 0].words in told
    assert all(answer in told for answer in chart.answers)
    assert "18 results" in told
    assert all(spot.words.split(". ")[0].rstrip(".") in told for spot in chart.spots)  # all the figures, not the last
    image = QImage.fromData(SavedPicture(drawn(view), PAGE).png())
    assert (image.text("Title"), image.text("Description")) == (title, told)
    written = " ".join(root.itertext())
    assert HELP not in written
    assert "go from" not in written


def test_an_svg_has_a_size_and_a_font_that_every_program_takes(view: SeriesView) -> None:
    for size in SIZES:
        picture = SavedPicture(drawn(view), size)
        root = ET.fromstring(bytes(picture.svg().data()))
        assert float(str(root.get("width"))) == pytest.approx(size.width)  # pixels: some programs know no millimetres
        assert float(str(root.get("height"))) == pytest.approx(picture.height * picture.scale, abs=0.01)
        families = {element.get("font-family") for element in root.iter() if element.get("font-family")}
        assert families == {f"{', '.join(lettering.FAMILIES)}, sans-serif"}
        assert not root.findall(f".//{SVG}image")
        assert len(root.findall(f".//{SVG}text")) > 10
        assert QSvgRenderer(picture.svg()).isValid()
        opacities = {element.get(f"{part}-opacity") for element in root.iter() for part in ("fill", "stroke")}
        assert opacities <= {None, "1"}


def test_what_no_svg_can_hold_is_left_out() -> None:
    chart = replace(decided(), title="Robbery \x0b<b>&\ud800 \x01")
    root = svg_of(series_drawing(chart, list))
    assert "<b>&" in str(root.findtext(f"{SVG}title"))


def test_a_picture_is_white_whatever_the_window_is(view: SeriesView, qapp: QApplication) -> None:
    theme.apply(qapp, dark=True)
    image = SavedPicture(drawn(view), PAGE).image()
    theme.apply(qapp, dark=False)
    assert image.pixelColor(2, 2).name() == "#ffffff"
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    assert DARK["Base"] not in colours


def test_a_picture_is_one_page_of_a_pdf_of_its_own_size(view: SeriesView) -> None:
    content = bytes(SavedPicture(drawn(view), SLIDE).pdf().data())
    read = pdf_reader.read(content)
    chart = view.chart()
    assert chart is not None
    assert len(read.pages) == 1
    assert read.images == 0
    assert chart.title.split(":")[0] in read.text
    assert b"/MediaBox [0 0 960" in content.replace(b"[0.00 0.00 ", b"[0 0 ").replace(b"960.00", b"960")


def long_table(qtbot: QtBot, rows: int) -> GridView:
    class Line:
        def __init__(self, at: int) -> None:
            self.key, self.words = str(at), f"Line {at} of the table"

    model = TableModel([GridColumn("words", "Words", 200)])
    grid = GridView(model, "A long table")
    qtbot.addWidget(grid)
    model.set_rows([Line(at) for at in range(rows)])
    return grid


def test_a_table_is_pictured_whole_and_what_is_too_long_is_refused(qtbot: QtBot) -> None:
    drawing = long_table(qtbot, 60).drawing()
    assert drawing is not None
    root = svg_of(drawing, COLUMN)
    texts = {"".join(text.itertext()) for text in root.findall(f".//{SVG}text")}
    assert {f"Line {at} of the table" for at in range(60)} <= texts
    assert "A table of 60 rows." in drawing.words
    too_long = long_table(qtbot, 3000).drawing()
    assert too_long is not None
    picture = SavedPicture(too_long, PAGE)
    assert picture.height * picture.scale * 300 / 96 > LARGEST
    with pytest.raises(TooLong):
        picture.png()
    assert f"Line {2999} of the table" in bytes(picture.svg().data()).decode()


def open_dialog(qtbot: QtBot, drawing: Drawing) -> SavePictureDialog:
    dialog = SavePictureDialog(drawing)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def test_the_size_and_the_kind_are_chosen_by_keys(
    view: SeriesView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = open_dialog(qtbot, drawn(view))
    assert dialog.measures.text() == "33.9 by 19.1 cm, 1,920 by 1,080 dots."
    QTest.keyClick(dialog, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.measures.text().startswith("8.2 by "))
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "dots" not in dialog.measures.text())
    assert not dialog.preview.pixmap().isNull()
    assert dialog.minimumSizeHint().width() <= 911
    assert dialog.minimumSizeHint().height() <= 512
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert offered == ["PI7 Reduce robbery robberies by month (illustrative results).svg"]
    assert QSvgRenderer(str(tmp_path / offered[0])).defaultSize().width() == 310
    assert dialog.result() == SavePictureDialog.DialogCode.Accepted


def test_what_cannot_be_saved_is_said_and_what_is_given_up_is_not_written(
    view: SeriesView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences: list[str] = []
    monkeypatch.setattr(save_dialog, "tell", lambda _parent, sentence, **_more: sentences.append(sentence))
    dialog = open_dialog(qtbot, drawn(view))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "a.png"), ""))
    dialog.save()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.save()
    assert sentences == ["The picture could not be saved as a.png."]
    assert not list(tmp_path.iterdir())
    long = long_table(qtbot, 3000).drawing()
    assert long is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.png"), ""))
    dialog = open_dialog(qtbot, long)
    dialog.sizes.button(1).click()
    dialog.save()
    assert sentences[1] == save_dialog.TOO_LONG
    assert not list(tmp_path.iterdir())


def test_a_picture_is_copied_as_dots_and_as_lines_unless_it_is_too_long(
    view: SeriesView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences: list[str] = []
    monkeypatch.setattr(menu, "tell", lambda _parent, sentence, **_more: sentences.append(sentence))
    menu.copy(view, drawn(view))
    long = long_table(qtbot, 3000).drawing()
    assert long is not None
    menu.copy(view, long)
    assert sentences == [menu.TOO_LONG]
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage()
    assert ET.fromstring(bytes(copied.data("image/svg+xml").data())).get("role") == "img"
    QGuiApplication.clipboard().clear()


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="another program's renderer is not on this machine")
def test_another_renderer_draws_it_in_its_size(view: SeriesView, tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    path.write_bytes(bytes(SavedPicture(drawn(view), SLIDE).svg().data()))
    subprocess.run(["rsvg-convert", str(path), "-o", str(tmp_path / "chart.png")], check=True, capture_output=True)
    image = QImage(str(tmp_path / "chart.png"))
    assert (image.width(), image.height()) == (1280, 720)
    assert len({image.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 720, 7)}) > 5
