"""Asking for the password of a file that came back. It is used once, and kept nowhere."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.returned.reading import TRIES

ABOUT = "The file is read with it once; the password is not kept."


class PasswordDialog(QDialog):
    """Asks for a file's password. ``typed`` is what was typed."""

    def __init__(self, file: str, tries: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Password")
        self.setMinimumWidth(440)
        why = QLabel(f"{file} is protected by a password.", self)
        why.setWordWrap(True)
        again = QLabel(f"That was not its password. {tries} {'try is' if tries == 1 else 'tries are'} left.", self)
        again.setForegroundRole(QPalette.ColorRole.BrightText)
        again.setVisible(tries < TRIES)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.addRow("&Password", self.field)
        about = QLabel(ABOUT, self)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.open_button = QPushButton("&Open the file", self)
        self.open_button.setEnabled(False)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Leave it out", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.open_button.setDefault(True)
        self.field.textChanged.connect(lambda text: self.open_button.setEnabled(bool(text)))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for part in (why, again):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(about)
        column.addWidget(buttons)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.field.text()


def ask_password(parent: QWidget | None, file: str, tries: int) -> str | None:
    """The password that a person types for a file; ``None`` if they skip the file."""
    dialog = PasswordDialog(file, tries, parent)
    given = dialog.exec() == QDialog.DialogCode.Accepted
    password = dialog.typed
    dialog.deleteLater()
    return password if given else None
