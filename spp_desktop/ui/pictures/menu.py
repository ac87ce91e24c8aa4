"""What can be done with whatever is pictured: save it for a slide or a page, print it, copy it, save its numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import ask_save
from spp_desktop.ui.common.plan_window import folder_of, head_of
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.pictures.marked import marking_of, markings_around

if TYPE_CHECKING:
    from spp_desktop.returns.plain_sheet import PlainSheet
    from spp_desktop.ui.pictures.drawing import Drawing

SHEET = "Excel workbook (*.xlsx)"
NOTHING = "There is nothing to draw here yet."
TOO_LONG = "This is too long to be copied as a picture. Save it as SVG or PDF, or print it."
COPIED_DOTS = 192.0
"""The dots to an inch of a picture on the clipboard."""


def picture_actions(widget: QWidget, drawing: "Callable[[], Drawing | None]") -> list[QAction]:
    """The actions for what a widget shows: save it as a picture, print it, copy it, save the numbers behind it.

    ``drawing`` gives what it shows; files are named after its title.
    """
    deeds: list[tuple[str, Callable[[QWidget, Drawing], object]]] = [
        ("Save picture…", ask_and_save),
        ("Print…", ask_and_print),
        ("Copy picture", copy),
        ("Save the numbers as a sheet…", _save_numbers),
    ]
    actions = []
    for title, deed in deeds:
        action = QAction(title, widget)
        action.triggered.connect(lambda _=False, deed=deed: _do(widget, drawing, deed))
        actions.append(action)
    return actions


def _do(widget: QWidget, drawing: "Callable[[], Drawing | None]", deed: "Callable[[QWidget, Drawing], object]") -> None:
    shown = drawing()
    if shown is None:
        tell(widget, NOTHING)
    else:
        deed(widget, shown)


def ask_and_save(widget: QWidget, drawing: "Drawing") -> None:
    """Ask for what the picture is, and for its file, and save it; say so if that failed."""
    from spp_desktop.ui.pictures.save_dialog import SavePictureDialog  # late: few sittings save a picture

    dialog = SavePictureDialog(drawing, widget.window(), marking_of(widget, drawing))
    dialog.exec()
    dialog.deleteLater()


def ask_and_print(widget: QWidget, drawing: "Drawing") -> None:
    """Ask how a drawing is to be printed, and print it or save it as a PDF."""
    from spp_desktop.ui.pictures.print_dialog import PrintDialog, page_words  # late: few sittings print

    dialog = PrintDialog([drawing], page_words(widget), parent=widget.window())
    dialog.exec()
    dialog.deleteLater()


def copy(widget: QWidget, drawing: "Drawing") -> None:
    """Put the picture of a drawing on the clipboard, as dots and as lines, as wide as a page, if it is not too long."""
    from spp_desktop.ui.pictures.saved import SIZES, SavedPicture, TooLong  # late: few sittings copy a picture

    copied = QMimeData()
    try:
        with busy():
            picture = SavedPicture(drawing, SIZES[1], marking_of(widget, drawing))
            copied.setImageData(picture.image(COPIED_DOTS))
            copied.setData("image/svg+xml", picture.svg())
    except TooLong:
        tell(widget, TOO_LONG)
    else:
        QGuiApplication.clipboard().setMimeData(copied)


def _save_numbers(widget: QWidget, drawing: "Drawing") -> None:
    if drawing.numbers is not None:
        ask_and_save_numbers(widget, drawing.title, drawing.numbers(), drawing.keys)


def ask_and_save_numbers(
    widget: QWidget, name: str, sheets: "list[PlainSheet]", keys: frozenset[str] | None = None
) -> None:
    """Ask for a file and save the numbers behind the picture in it; say so if that failed.

    ``keys`` are the rows of the plan that are in it; ``None`` where that is not known.
    """
    # Only when it is asked for: openpyxl takes long.
    from spp_desktop.returns.plain_sheet import NotWritten, write
    from spp_desktop.ui.pictures.picture_files import file_name

    marking = markings_around(widget).highest(keys)
    path = ask_save(widget, "Save the numbers", SHEET, folder_of(widget) / file_name(name, ".xlsx", marking))
    if path is None:
        return
    try:
        write(path, sheets, head_of(widget), marking)
    except NotWritten as why:
        tell(widget, str(why))
