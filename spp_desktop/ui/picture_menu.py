"""What every picture offers by right click: save it as PNG, or copy it."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from spp_desktop.ui.dialogs.question import tell

LONGEST_NAME = 80


def picture_actions(widget: QWidget, name: Callable[[], str]) -> list[QAction]:
    """Two actions for a widget: save it as a PNG file, and copy it.

    ``name`` gives what the picture shows; the file is offered under it.
    """
    save = QAction("Save picture as PNG…", widget)
    save.triggered.connect(lambda: ask_and_save(widget, name()))
    copy = QAction("Copy picture", widget)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setPixmap(widget.grab()))
    return [save, copy]


def ask_and_save(widget: QWidget, name: str) -> None:
    """Ask for a file and save the widget's picture there; say so where that failed."""
    path, _ = QFileDialog.getSaveFileName(widget, "Save picture", file_name(name), "PNG picture (*.png)")
    if not path:
        return
    path = path if path.lower().endswith(".png") else f"{path}.png"
    if not save_picture(widget, path):
        tell(
            widget,
            f"The picture could not be saved as {Path(path).name}.",
            detail="Nothing was changed. Choose another folder, or make room on this disk.",
        )


def save_picture(widget: QWidget, path: str) -> bool:
    """Write the widget's picture as PNG, aside and then in its place; false where that failed."""
    file = QSaveFile(path)
    return file.open(QIODevice.OpenModeFlag.WriteOnly) and widget.grab().save(file, "PNG") and file.commit()


def file_name(name: str) -> str:
    """A file name that every system takes: "Reduce total recorded crime.png"."""
    plain = " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", name).split())[:LONGEST_NAME].rstrip(" .")
    return f"{plain or 'Picture'}.png"
