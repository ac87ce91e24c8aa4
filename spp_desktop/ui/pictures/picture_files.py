"""The files that pictures and pages are kept in: their names, and how they are written."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile

from spp_desktop.plan import file_names

LONGEST_NAME = 80
NOT_SAVED = "Nothing was changed. Choose another folder, or make room on this disk."


def put(path: Path, content: QByteArray) -> bool:
    """Write a file aside and then into its place. Returns whether that worked."""
    file = QSaveFile(str(path))
    return file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == content.size() and file.commit()


def file_name(name: str, ending: str = ".png") -> str:
    """A file name that every system accepts: "Reduce total recorded crime.png"."""
    plain = file_names.part(name, LONGEST_NAME)
    return f"{plain if plain.strip('_') else 'Picture'}{ending}"
