"""What the menu prints: every table and chart of every page, as lines and letters, on paper and as PDF."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRect, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.lane_drawing import lane_drawing
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.pictures import print_dialog
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.pages import Pages, paper, pdf
from spp_desktop.ui.pictures.print_dialog import PrintDialog, page_words, shown_on
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from spp_desktop.ui.window.plan_view import PlanView
from tests import pdf_reader
from tests.ui.test_timeline import chart_of

A4 = QPageSize.PageSizeId.A4
SHOWN = {
    "priorities": ("Priorities, themes and commitments", "To protect our communities from serious harm"),
    "delivery": ("Annual delivery plan 2008-2009", "Produce and implement a knife crime reduction strategy"),
    "performance": ("performance plan, as at 31 Oct 2008", "Detections of burglary (home)"),
    "results": ("Results 2008-2009", "19,866"),
    "charts": ("All indicators, West Midlands Police", "PI06  Detections of burglary (home)"),
    "areas": ("by area, April to September 2008", "OCU 05"),
    "history": ("Steps, the newest first", "Enter illustrative results"),
    "risks": ("Risks", "What may keep the plan from being delivered"),
}
"""Of each page of the window with something on it: words of the title, and words further down."""


@pytest.fixture
def view(qtbot: QtBot, worked: Path) -> Iterator[PlanView]:
    """The worked sample, open at its first page."""
    with Workspace.open(worked) as workspace:
        shown = PlanView(PlanSignals(workspace), Memory())
        qtbot.addWidget(shown)
        shown.resize(1366, 768)
        shown.show()
        qtbot.waitExposed(shown)
        yield shown
        shown.stop()


NOTHING_YET = ("returns", "editions", "restated", "from-to", "target-register")
"""Pages on which the worked sample has nothing."""


def drawings(view: PlanView, name: str, qtbot: QtBot) -> list[Drawing]:
    view.show_page(name)
    page = view.page(name)
    page.select(page.first_row())
    qtbot.waitUntil(lambda: name in NOTHING_YET or bool(shown_on(page, page.panes())[0]))
    if name == "delivery":
        qtbot.waitUntil(lambda: len(shown_on(page, page.panes())[0]) >= 2)
    return shown_on(page, page.panes())[0]


def printed(view: PlanView, drawing: Drawing, *, upright: bool = False) -> pdf_reader.Pdf:
    layout = paper(A4, upright=upright)
    return pdf_reader.read(bytes(pdf(Pages(drawing, page_words(view), layout), layout).data()))


@pytest.mark.parametrize("name", [line.name for line in every_page()])
def test_all_that_a_page_shows_is_printed_as_lines_and_letters(name: str, view: PlanView, qtbot: QtBot) -> None:
    shown = drawings(view, name, qtbot)
    assert shown or name in NOTHING_YET, "a page of the window from which nothing can be printed"
    for drawing in shown:
        for upright in (True, False):
            read = printed(view, drawing, upright=upright)
            assert read.images == 0
            assert read.half_seen == []
            assert "\t" not in read.text
            for at, text in enumerate(read.pages, 1):
                assert "Strategic Policing Plan 2008-2011 · West Midlands Police" in text
                assert "Illustrative" in text
                assert f"Page {at} of {len(read.pages)}" in text
                assert "As at 31 Oct 2008 · Printed " in text
    if name in SHOWN:
        text = "".join(printed(view, shown[0]).text.split())  # lines are broken where there is room
        assert not [words for words in SHOWN[name] if "".join(words.split()) not in text]


def test_no_row_is_lost_and_no_text_is_cut(view: PlanView, qtbot: QtBot) -> None:
    table = drawings(view, "delivery", qtbot)[0]
    text = "".join(printed(view, table).text.split())
    rows = view.page("delivery").model.rows  # type: ignore[attr-defined]
    assert len(rows) > 100
    assert not [row.ref for row in rows if "".join(row.text.split()) not in text]
    for page in printed(view, table).pages:
        assert {"Ref", "Activity", "Owner", "Status"} <= set(page.split("\n"))


def test_the_state_of_a_figure_is_printed_behind_it_and_said(view: PlanView, qtbot: QtBot) -> None:
    lines = printed(view, drawings(view, "results", qtbot)[0]).text.split("\n")
    assert lines.count("p") > 20
    assert "Behind a figure: p provisional, r revised, x not available." in lines


def test_a_filter_is_said(view: PlanView, qtbot: QtBot) -> None:
    drawings(view, "delivery", qtbot)
    page = view.page("delivery")
    page.model.set_filter("knife")  # type: ignore[attr-defined]
    text = printed(view, shown_on(page, page.panes())[0][0]).text
    count = len(page.model.rows)  # type: ignore[attr-defined]
    assert f'Filtered by "knife": 2 of {count:,} rows.' in text or f'Filtered by "knife": 1 of {count:,} rows.' in text


def test_the_timeline_has_all_lanes_with_their_dates_on_every_page(view: PlanView, qtbot: QtBot) -> None:
    timeline = drawings(view, "delivery", qtbot)[1]
    read = printed(view, timeline)
    assert len(read.pages) > 3
    assert all("Today, 31 Oct 2008" in page and "Jan 2009" in page for page in read.pages)
    text = "".join(read.text.split())
    assert all("".join(row.text.split()) in text for row in view.page("delivery").model.rows)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("qapp")
def test_a_day_far_away_stands_at_the_edge_of_a_printed_timeline() -> None:
    chart = chart_of(3, due=date(9999, 12, 31))
    picture = SavedPicture(lane_drawing(chart, "Timeline", (), list), SIZES[1])
    root = ET.fromstring(bytes(picture.svg().data()))
    places = [float(rect.get("x", "0")) for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert places
    assert all(-1 <= place <= picture.width for place in places)


@pytest.mark.usefixtures("qapp")
def test_what_waits_for_what_is_printed_lane_by_lane() -> None:
    """Each lane paints its part of the dashed arrow, which begins where the part above ended; a legend tells of it."""
    svg = "{http://www.w3.org/2000/svg}"
    for needs in ((), ((4, 1),), ((200, 0),)):
        chart = replace(chart_of(6 if needs != ((200, 0),) else 201), needs=needs)
        picture = SavedPicture(lane_drawing(chart, "Timeline", (), list), SIZES[1])
        root = ET.fromstring(bytes(picture.svg().data()))
        dashed = [group for group in root.iter(f"{svg}g") if group.get("stroke-dasharray", "none") != "none"]
        parts = [line.get("points", "").split() for group in dashed for line in group.iter(f"{svg}polyline")]
        legend, *arrow = [(part[0], part[-1]) for part in parts] or [("", "")]
        assert bool(legend[0]) == ("waits for" in "".join(root.itertext())) == bool(needs)
        assert len(arrow) == {(): 0, ((4, 1),): 4, ((200, 0),): 2}[needs]
        if needs == ((4, 1),):
            assert [end for _, end in arrow[:-1]] == [begin for begin, _ in arrow[1:]]


@pytest.mark.parametrize("name", ["delivery", "performance", "charts"])
def test_even_paper_for_labels_is_printed_on(name: str, view: PlanView, qtbot: QtBot) -> None:
    tiny = QPageSize(QSizeF(60, 30), QPageSize.Unit.Millimeter)
    layout = QPageLayout(tiny, QPageLayout.Orientation.Portrait, QMarginsF(2, 2, 2, 2), QPageLayout.Unit.Millimeter)
    for drawing in drawings(view, name, qtbot):
        assert len(Pages(drawing, page_words(view), layout)) > 0


def test_the_wall_is_read_over_several_pages(view: PlanView, qtbot: QtBot) -> None:
    read = printed(view, drawings(view, "charts", qtbot)[0])
    assert len(read.pages) >= 2
    assert all("Trajectory" in page for page in read.pages)
    assert all(f"PI{n:02}  " in read.text for n in range(1, 23))
    assert "type them on" not in read.text


def test_a_chart_goes_to_the_printer_as_lines_and_letters(
    view: PlanView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = drawings(view, "areas", qtbot)
    dialog = PrintDialog(shown, page_words(view), 1)
    qtbot.addWidget(dialog)
    path = tmp_path / "printed.pdf"

    def accept(asking: QPrintDialog) -> QDialog.DialogCode:
        asking.printer().setOutputFileName(str(path))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    dialog.print()
    read = pdf_reader.read(path.read_bytes())
    assert read.images == 0
    assert "OCU 05" in read.text
    assert len(path.read_bytes()) < 100_000
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_only_the_pages_that_are_asked_for_are_printed(view: PlanView, qtbot: QtBot, tmp_path: Path) -> None:
    table = drawings(view, "delivery", qtbot)[0]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(paper(A4, upright=False))
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    printer.setFromTo(2, 3)
    assert print_dialog.print_on(printer, table, page_words(view))
    read = pdf_reader.read((tmp_path / "some.pdf").read_bytes())
    assert [page.count("Page 2 of") + 2 * page.count("Page 3 of") for page in read.pages] == [1, 2]


def test_what_cannot_be_printed_or_kept_is_said(
    view: PlanView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = PrintDialog(drawings(view, "charts", qtbot), page_words(view))
    qtbot.addWidget(dialog)
    sentences: list[str] = []
    monkeypatch.setattr(print_dialog, "tell", lambda _parent, sentence, **_more: sentences.append(sentence))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "wall.pdf"), ""))
    dialog.save()
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(print_dialog, "print_on", lambda *_: False)
    dialog.print()
    assert sentences == ["The pages could not be saved as wall.pdf.", "It could not be printed."]
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_where_there_is_no_printer_it_is_said(view: PlanView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = PrintDialog(drawings(view, "areas", qtbot), page_words(view))
    qtbot.addWidget(dialog)
    said: list[str] = []
    monkeypatch.setattr(print_dialog, "tell", lambda _parent, sentence, *, detail: said.append(f"{sentence} {detail}"))
    monkeypatch.setattr(print_dialog, "ONLY_TO_PRINTERS", True)
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _: QPrinter.OutputFormat.PdfFormat)
    dialog.print()
    assert said == [f"No printer is set up on this computer. {print_dialog.NO_PRINTER}"]
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_pages_are_looked_through_and_the_paper_is_chosen_by_keys(view: PlanView, qtbot: QtBot) -> None:
    dialog = PrintDialog(drawings(view, "delivery", qtbot), page_words(view))
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    across = len(dialog.pages())
    QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    assert dialog.number.text() == f"Page 2 of {across}"
    QTest.keyClick(dialog, Qt.Key.Key_PageUp)
    QTest.keyClick(dialog, Qt.Key.Key_PageUp)
    assert dialog.number.text() == f"Page 1 of {across}"
    dialog.paper.setCurrentIndex(1)
    assert len(dialog.pages()) < across
    dialog.what.setCurrentIndex(1)
    assert dialog.drawing().title.startswith("Timeline")
    assert "Timeline from 1 Apr 2008" in dialog.preview.accessibleDescription()
    assert dialog.minimumSizeHint().width() <= 911
    assert dialog.minimumSizeHint().height() <= 512
    seen = dialog.preview.grab().toImage()
    assert _colours(seen, seen.rect()) > 5


def _colours(image: QImage, box: QRect) -> int:
    return len(
        {image.pixel(x, y) for x in range(box.left(), box.right(), 3) for y in range(box.top(), box.bottom(), 3)}
    )


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="another program's reader is not on this machine")
def test_another_reader_finds_the_same_words(view: PlanView, qtbot: QtBot, tmp_path: Path) -> None:
    table = drawings(view, "performance", qtbot)[0]
    layout = paper(A4, upright=False)
    path = tmp_path / "plan.pdf"
    path.write_bytes(bytes(pdf(Pages(table, page_words(view), layout), layout).data()))
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True)
    assert "Reduce serious acquisitive crime" in " ".join(done.stdout.split())
    assert not done.stderr


def test_a_page_is_painted_on_a_screen_as_on_paper(view: PlanView, qtbot: QtBot) -> None:
    pages = Pages(drawings(view, "charts", qtbot)[0], page_words(view), paper(A4, upright=False))
    image = QImage(round(pages.size.width()), round(pages.size.height()), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    pages.paint(painter, 0)
    painter.end()
    edges = (QRect(0, 0, image.width(), 40), QRect(0, 0, 40, image.height()), QRect(image.width() - 40, 0, 40, 700))
    assert [_colours(image, edge) for edge in edges] == [1, 1, 1]  # nothing is printed on the margins
