"""What a right click offers on every picture: save it as PNG or SVG, print it, copy it, save the numbers behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSaveFile, QSizeF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPageLayout, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from spp_desktop.plan import file_names
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.plan_window import head_of
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.pictures.table_picture import TablePicture

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from spp_desktop.returns.plain_sheet import PlainSheet

LONGEST_NAME = 80
NOT_SAVED = "Nothing was changed. Choose another folder, or make room on this disk."
PNG, SVG, SHEET = "PNG picture (*.png)", "SVG picture (*.svg)", "Excel workbook (*.xlsx)"


def picture_actions(
    widget: QWidget, name: Callable[[], str], numbers: Callable[[], "list[PlainSheet]"] | None = None
) -> list[QAction]:
    """The actions for a widget as a picture: save it as a PNG or SVG file, print it, copy it.

    ``name`` gives what the picture shows, and files are named after it. ``numbers`` gives the sheets of the numbers
    behind it; with it, they can be saved too.
    """
    deeds: list[tuple[str, Callable[[], None]]] = [
        ("Save picture as PNG…", lambda: ask_and_save(widget, name())),
        ("Save picture as SVG…", lambda: ask_and_save(widget, name(), SVG)),
        ("Print picture…", lambda: ask_and_print(widget, name())),
        ("Copy picture", lambda: QGuiApplication.clipboard().setPixmap(picture(widget))),
    ]
    if numbers is not None:
        deeds.append(("Save the numbers as a sheet…", lambda: ask_and_save_numbers(widget, name(), numbers())))
    actions = []
    for title, deed in deeds:
        action = QAction(title, widget)
        action.triggered.connect(lambda _=False, deed=deed: deed())
        actions.append(action)
    return actions


def ask_and_save(widget: QWidget, name: str, kind: str = PNG) -> None:
    """Ask for a file and save the widget's picture in it, as PNG or SVG; say so if that failed."""
    path = _asked(widget, "Save picture", name, kind)
    if path is None:
        return
    saved = save_drawing(widget, path, name) if kind == SVG else save_picture(widget, path)
    if not saved:
        tell(widget, f"The picture could not be saved as {Path(path).name}.", detail=NOT_SAVED)


def ask_and_save_numbers(widget: QWidget, name: str, sheets: "list[PlainSheet]") -> None:
    """Ask for a file and save the numbers behind the picture in it; say so if that failed."""
    from spp_desktop.returns.plain_sheet import (
        NotWritten,
        write,
    )  # openpyxl, which takes long: only when it is asked for

    path = _asked(widget, "Save the numbers", name, SHEET)
    if path is None:
        return
    try:
        write(Path(path), sheets, head_of(widget))
    except NotWritten as why:
        tell(widget, str(why))


def ask_and_print(widget: QWidget, name: str) -> None:
    """Ask for a printer and print the widget's picture there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # late: few sittings print

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setDocName(name)
    if QPrintDialog(printer, widget).exec() == QDialog.DialogCode.Accepted and not print_picture(widget, printer):
        tell(widget, "The picture could not be printed.", detail="Look whether the printer is on, or print to a file.")


def save_picture(widget: QWidget, path: str) -> bool:
    """Write the widget's picture as PNG, aside and then into its place. Returns whether that worked."""
    file = QSaveFile(path)
    return file.open(QIODevice.OpenModeFlag.WriteOnly) and picture(widget).save(file, "PNG") and file.commit()


def save_drawing(widget: QWidget, path: str, name: str) -> bool:
    """Write the widget's picture as SVG in the same way, with its words for those who cannot see it."""
    file, drawn = QSaveFile(path), drawing(widget, name)
    return file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(drawn) == drawn.size() and file.commit()


def drawing(widget: QWidget, name: str) -> QByteArray:
    """The widget's picture as SVG: lines and letters, no pixels."""
    from PySide6.QtSvg import QSvgGenerator  # late: few sittings need it

    drawn = QByteArray()
    buffer = QBuffer(drawn)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(widget.logicalDpiX())
    generator.setTitle(name)
    with _as_picture(widget):
        generator.setDescription(widget.accessibleDescription())
        generator.setSize(widget.size())
        generator.setViewBox(QRect(QPoint(), widget.size()))
        painter = QPainter(generator)
        _draw(widget, painter)
        painter.end()
    return drawn


def picture(widget: QWidget) -> QPixmap:
    """The widget's picture as pixels."""
    with _as_picture(widget):
        if not isinstance(widget, TablePicture):
            return widget.grab()
        made = QPixmap(widget.size() * widget.devicePixelRatio())
        made.setDevicePixelRatio(widget.devicePixelRatio())
        painter = QPainter(made)
        _draw(widget, painter)
        painter.end()
        return made


def _draw(widget: QWidget, painter: QPainter) -> None:
    if isinstance(widget, TablePicture):
        widget.draw(painter)
    else:
        widget.render(painter, QPoint())


def print_picture(widget: QWidget, printer: "QPrinter") -> bool:
    """Print the widget's picture as large as fits the page. Returns whether the printer took it."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    widget.setPalette(theme.palette_of(dark=False))  # paper is white
    with _as_picture(widget):
        fitted = QSizeF(widget.size()).scaled(QSizeF(page.size()), Qt.AspectRatioMode.KeepAspectRatio)
        painter.translate((page.width() - fitted.width()) / 2, 0)
        painter.scale(fitted.width() / widget.width(), fitted.height() / widget.height())
        _draw(widget, painter)
    widget.setPalette(QPalette())
    return painter.end()


@contextmanager
def _as_picture(widget: QWidget) -> Iterator[None]:
    """Show a table whole, and without the frame of the keyboard's focus, while its picture is taken."""
    if isinstance(widget, TablePicture):
        widget.fit()
    focused = QApplication.focusWidget()
    inside = focused is not None and (focused is widget or widget.isAncestorOf(focused))
    if focused is not None and inside:
        focused.clearFocus()
    yield
    if focused is not None and inside:
        focused.setFocus()


def file_name(name: str, ending: str = ".png") -> str:
    """A file name that every system accepts: "Reduce total recorded crime.png"."""
    plain = file_names.part(name, LONGEST_NAME)
    return f"{plain if plain.strip('_') else 'Picture'}{ending}"


def _asked(widget: QWidget, title: str, name: str, kind: str) -> str | None:
    """The file that the person chose, with the ending of its kind."""
    ending = kind[kind.index("*.") + 1 : -1]
    path, _ = QFileDialog.getSaveFileName(widget, title, file_name(name, ending), kind)
    return None if not path else path if path.lower().endswith(ending) else f"{path}{ending}"
