"""The files that pictures and pages are kept in: their names, and how they are written."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile

from spp_desktop.plan import file_names
from spp_desktop.ui.pictures.carried_heads import carrying

LONGEST_NAME = 80
NOT_SAVED = "Nothing was changed. Choose another folder, or make room on this disk."


def put(path: Path, content: QByteArray, head: str) -> bool:
    """Write a file, with the head of the plan's sealed chain, aside and then into its place. Returns whether it did."""
    file, told = QSaveFile(str(path)), carrying(content, head)
    return file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(told) == told.size() and file.commit()


def file_name(name: str, ending: str = ".png", marking: str = "") -> str:
    """A file name that every system accepts, with its protective marking: "Reduce total recorded crime.png"."""
    plain = file_names.part(name, LONGEST_NAME)
    return file_names.marked(plain if plain.strip("_") else "Picture", marking) + ending
