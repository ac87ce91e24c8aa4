"""A field for the folder into which files are written, typed or asked for."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from spp_desktop.ui.common.files import ask_folder


class FolderField(QLineEdit):
    """The folder into which files are written."""

    def folder(self) -> Path:
        """The folder that the field says."""
        return Path(self.text().strip()).expanduser()

    def is_filled(self) -> bool:
        """Whether the field says a folder."""
        return bool(self.text().strip())

    def choose(self, title: str) -> bool:
        """Ask for the folder, from the one that the field says. Returns whether a person chose one."""
        start = self.folder()
        folder = ask_folder(self, title, start if start.exists() else start.parent)
        if folder is not None:
            self.setText(str(folder))
        return folder is not None
