"""The dialog that prints: what of the page, on which paper, how it will look, to the printer or into a PDF."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import ask_save
from spp_desktop.ui.common.plan_window import folder_of, head_of
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.marked import markings_around, plan_around
from spp_desktop.ui.pictures.pages import Pages, PageWords, paint_pages, paper, pdf
from spp_desktop.ui.pictures.pdf_file import finished
from spp_desktop.ui.pictures.picture_files import NOT_SAVED, file_name, put
from spp_desktop.ui.pictures.pictured import Pictured
from spp_desktop.ui.pictures.printed_table import plain_drawing

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF = "PDF document (*.pdf)"
PAPERS = (("A4", QPageSize.PageSizeId.A4), ("A3", QPageSize.PageSizeId.A3))
NOT_PRINTED = "Look whether the printer is on, or save it as a PDF and print that."
NO_PRINTER = "Save it as a PDF and print that elsewhere, or add a printer in the settings of Windows."
ONLY_TO_PRINTERS = sys.platform == "win32"
"""Whether the system's dialog is for printers alone: Qt shows none on Windows where there is no printer."""
WIDTH, HEIGHT = 880, 460
"""The size of the dialog in pixels: on the smallest screen, at 150%, it has room."""
LONGEST = 80
"""The most characters of a title in the list of what can be printed."""


class PrintDialog(QDialog):
    """Asks how one of several drawings is to be printed, shows its pages, and prints them."""

    def __init__(
        self, drawings: Sequence[Drawing], words: PageWords, at: int = 0, *, to_file: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make the dialog.

        Args:
            drawings: what can be printed.
            words: what is printed on each page around it.
            at: the index of the drawing that is chosen at first.
            to_file: whether Enter saves a PDF, and does not print.
            parent: the window that it belongs to.
        """
        super().__init__(parent)
        self.setWindowTitle("Save as PDF" if to_file else "Print")
        self._drawings, self._words = drawings, words
        self.what, self.paper, self.turned = QComboBox(), QComboBox(), QComboBox()
        for drawing in drawings:
            title = drawing.title
            self.what.addItem(title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…")
        self.what.setCurrentIndex(at)
        self.what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.what.setMinimumContentsLength(24)
        for name, size in PAPERS:
            self.paper.addItem(name, size)
        self.turned.addItems(["Across (landscape)", "Upright (portrait)"])
        self.preview, self.number = PagePreview(), QLabel()
        self.before, self.after = QPushButton("P&revious page"), QPushButton("Ne&xt page")
        self._layout: QPageLayout = paper(PAPERS[0][1], upright=False)
        self._pages: Pages | None = None
        self._lay_out(to_file=to_file)
        self.resize(WIDTH, HEIGHT)
        self._choose()

    def _lay_out(self, *, to_file: bool) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton("Save as P&DF…", QDialogButtonBox.ButtonRole.ActionRole)
        self.print_button = buttons.addButton("&Print…", QDialogButtonBox.ButtonRole.ActionRole)
        form = QFormLayout()
        for label, box in (("&What", self.what), ("P&aper", self.paper), ("&Orientation", self.turned)):
            form.addRow(label, box)
        turning = QHBoxLayout()
        for button, key in ((self.before, "PgUp"), (self.after, "PgDown")):
            button.setAutoDefault(False)
            turning.addWidget(button)
            QShortcut(QKeySequence(key), self, button.click)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addWidget(self.number)
        side.addLayout(turning)
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.preview, 1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        (self.save_button if to_file else self.print_button).setDefault(True)
        self.what.currentIndexChanged.connect(self._choose)
        self.paper.currentIndexChanged.connect(self._make)
        self.turned.currentIndexChanged.connect(self._make)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        buttons.rejected.connect(self.reject)

    def drawing(self) -> Drawing:
        """What is chosen."""
        return self._drawings[self.what.currentIndex()]

    def pages(self) -> Pages:
        """Its pages."""
        assert self._pages is not None
        return self._pages

    def _choose(self) -> None:
        """Turn the paper as suits what is chosen."""
        self.turned.blockSignals(True)
        self.turned.setCurrentIndex(int(self.drawing().upright))
        self.turned.blockSignals(False)
        self._make()

    def _make(self) -> None:
        with busy():
            self._layout = paper(self.paper.currentData(), upright=self.turned.currentIndex() == 1)
            self._pages = Pages(self.drawing(), self._words, self._layout)
        self.preview.show_page(self._pages, 0)
        self._turn(0)

    def _turn(self, by: int) -> None:
        """Show the next page, or the one before."""
        count = len(self.pages())
        at = min(max(self.preview.at + by, 0), count - 1)
        self.preview.show_page(self.pages(), at)
        self.number.setText(f"Page {at + 1:,} of {count:,}")
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < count - 1)

    def save(self) -> None:
        """Ask for a file and save the pages there as a PDF; say so if that failed."""
        path = ask_save(
            self, "Save as PDF", PDF, folder_of(self) / file_name(self.drawing().title, ".pdf", self.pages().marking)
        )
        if path is None:
            return
        with busy():
            kept = put(path, pdf(self.pages(), self._layout), head_of(self))
        if kept:
            self.accept()
        else:
            tell(self, f"The pages could not be saved as {path.name}.", detail=NOT_SAVED)

    def print(self) -> None:
        """Ask for a printer and print the pages; say so if it did not take them."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # late: few sittings print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self._layout)
        printer.setDocName(file_names.marked(self.drawing().title, self.pages().marking))
        if ONLY_TO_PRINTERS and printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
            tell(self, "No printer is set up on this computer.", detail=NO_PRINTER)
            return
        asking = QPrintDialog(printer, self)
        asking.setMinMax(1, len(self.pages()))
        asking.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if asking.exec() != QDialog.DialogCode.Accepted:
            return
        with busy():
            printed = print_on(printer, self.drawing(), self._words, head_of(self))
        if printed:
            self.accept()
        else:
            tell(self, "It could not be printed.", detail=NOT_PRINTED)


class PagePreview(QWidget):
    """A page as it will be printed, as large as there is room.

    Attributes:
        at: the index of the page.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName("The page as it will be printed")

    def sizeHint(self) -> QSize:
        """Room for a page across, which can just be read."""
        return QSize(540, 400)

    def show_page(self, pages: Pages, at: int) -> None:
        """Show another page."""
        self._pages, self.at = pages, at
        self.setAccessibleDescription(f"Page {at + 1} of {len(pages)}. {pages.drawing.words}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page in the middle, white whatever the window is."""
        if self._pages is None:
            return
        painter, page = QPainter(self), self._pages.size
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale = min((self.width() - 2) / page.width(), (self.height() - 2) / page.height())
        painter.translate((self.width() - page.width() * scale) / 2, (self.height() - page.height() * scale) / 2)
        painter.scale(scale, scale)
        painter.fillRect(QRectF(page), Qt.GlobalColor.white)
        painter.save()
        self._pages.paint(painter, self.at)
        painter.restore()
        painter.setPen(self.palette().color(self.palette().ColorRole.Mid))
        painter.drawRect(page)
        painter.end()


def print_on(printer: "QPrinter", drawing: Drawing, words: PageWords, head: str = "") -> bool:
    """Print a drawing as lines and letters on the paper of a printer, the pages it was asked for. Returns whether.

    A printer that is a file is given the head of the plan's sealed chain.
    """
    pages = Pages(drawing, words, printer.pageLayout())
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    numbers = range(min(first, len(pages)) - 1, min(last, len(pages)))
    painted = paint_pages(pages, printer, numbers)
    path = Path(printer.outputFileName())
    if painted and printer.outputFileName() and printer.outputFormat() == printer.OutputFormat.PdfFormat:
        return put(path, QByteArray(finished(path.read_bytes())), head)
    return painted


def shown_on(page: QWidget, panes: Sequence[QWidget] = ()) -> tuple[list[Drawing], int]:
    """The tables and charts that a page shows, and the index of that in which the person is, or of the first.

    What stands in the first of its ``panes``, where people work, comes first.
    """
    widgets = sorted(page.findChildren(QWidget), key=lambda widget: not (panes and _within(panes[0], widget)))
    shown = [(widget, _drawing_of(widget)) for widget in widgets if widget.isVisibleTo(page)]
    drawn = [(widget, drawing) for widget, drawing in shown if drawing is not None]
    focused = QApplication.focusWidget()
    around = [pane for pane in panes if focused is not None and _within(pane, focused)]
    at = next((n for n, (widget, _) in enumerate(drawn) if focused is not None and _within(widget, focused)), None)
    if at is None:  # beside it, as where the tabs of a panel have the keyboard
        at = next((n for n, (widget, _) in enumerate(drawn) if any(_within(pane, widget) for pane in around)), 0)
    return [drawing for _, drawing in drawn], at


def _within(above: QWidget, widget: QWidget) -> bool:
    return above is widget or above.isAncestorOf(widget)


def _drawing_of(widget: QWidget) -> Drawing | None:
    """What a widget shows, if that can be printed: it says so itself, or is a plain table."""
    if isinstance(widget, Pictured):
        return widget.drawing()
    return plain_drawing(widget) if isinstance(widget, QTableView) and widget.model() is not None else None


def page_words(widget: QWidget) -> PageWords:
    """What is printed around what a widget shows: of which plan it is, how that is marked, and on which day."""
    around = plan_around(widget)
    if around is None:
        return PageWords(printed=date.today())
    plan = around.plan
    stands = f"As at {short_day(plan.as_at)}" if plan.as_at else ""
    whose = " · ".join(filter(None, (plan.title, plan.force)))
    return PageWords(whose, markings_around(widget), "Illustrative" if plan.illustrative else "", stands, date.today())
