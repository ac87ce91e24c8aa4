"""The texts of mails, to be saved as drafts that mail programs open, or copied into whatever program sends them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.issuing import Mail

Saving = Callable[[Sequence[Mail]], str]
"""What saves mails as drafts, and says what became of that."""

WHOLE = "The owners"
"""The name of those to whom a mail about the whole plan goes."""


def as_text(mail: Mail) -> str:
    """A mail as it is copied: to whom, if that is known, its subject, an empty line, its body."""
    to = f"To: {mail.to_line}\n" if mail.addresses else ""
    return f"{to}Subject: {mail.subject}\n\n{mail.body}\n"


class MailView(QWidget):
    """Mails to read, save as drafts and copy: the text of one, and on its left, if there are several, to whom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mails: list[Mail] = []
        self._saving: Saving | None = None
        self.names = QListWidget()
        self.to, self.subject = QLineEdit(readOnly=True), QLineEdit(readOnly=True)
        self.body = QPlainTextEdit(readOnly=True)
        self.copy_button = QPushButton("&Copy text")
        self.copy_all_button = QPushButton("Copy &all")
        self.drafts_button = QPushButton()
        self.done = QLabel(wordWrap=True)
        self._lay_out()
        self.names.currentRowChanged.connect(self._show)
        self.copy_button.clicked.connect(self.copy)
        self.copy_all_button.clicked.connect(self.copy_all)
        self.drafts_button.clicked.connect(self.save)
        self.show_mails(())

    def show_mails(self, mails: Sequence[Mail], saving: Saving | None = None) -> None:
        """Show these mails, the first of them open; ``saving`` saves them as drafts, if they can be."""
        self._mails, self._saving = list(mails), saving
        self.names.clear()
        self.names.addItems([mail.to or WHOLE for mail in mails])
        self.names.setVisible(len(mails) > 1)
        self.copy_all_button.setVisible(len(mails) > 1)
        self.copy_all_button.setText(f"Copy &all {len(mails)}")
        self.copy_button.setEnabled(bool(mails))
        self.drafts_button.setVisible(saving is not None)
        count = f"{len(mails)} mail &drafts" if len(mails) > 1 else "mail &draft"
        self.drafts_button.setText(f"Save as {count}")
        self.names.setCurrentRow(0 if mails else -1)
        self._show(self.names.currentRow())

    def mail(self) -> Mail | None:
        """The mail that is shown."""
        row = self.names.currentRow()
        return self._mails[row] if 0 <= row < len(self._mails) else None

    def save(self) -> None:
        """Save the mails as drafts."""
        if self._saving is not None and (sentence := self._saving(self._mails)):
            self._say(sentence)

    def copy(self) -> None:
        """Put the mail that is shown on the clipboard."""
        mail = self.mail()
        if mail is not None:
            self._copy(as_text(mail), f"Copied the mail to {mail.to or WHOLE.lower()}.")

    def copy_all(self) -> None:
        """Put all the mails on the clipboard, one below the other."""
        texts = [("" if mail.addresses else f"To: {mail.to or WHOLE}\n") + as_text(mail) for mail in self._mails]
        self._copy(("\n" + "-" * 60 + "\n\n").join(texts), f"Copied {len(texts)} mails.")

    def _copy(self, text: str, done: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._say(done)

    def _say(self, sentence: str) -> None:
        self.done.setText(sentence)
        self.done.setVisible(bool(sentence))

    def _show(self, row: int) -> None:
        mail = self._mails[row] if 0 <= row < len(self._mails) else Mail("", "", "")
        self.to.setText("; ".join(mail.addresses))
        self.to.setPlaceholderText(f"No e-mail in the list of posts for {mail.to}" if mail.to else "")
        self.subject.setText(mail.subject)
        for line in (self.to, self.subject):
            line.setCursorPosition(0)
        self.body.setPlainText(mail.body)
        self._say("")

    def _lay_out(self) -> None:
        self.names.setAccessibleName("Mails")
        self.names.setSpacing(2)
        self.to.setAccessibleName("To")
        self.subject.setAccessibleName("Subject")
        self.body.setAccessibleName("Text of the mail")
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(90)
        self.done.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.done.setMinimumWidth(0)
        self.done.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.drafts_button.setToolTip("Files that Outlook and Thunderbird open as mails to be sent, workbook attached")
        for button in (self.drafts_button, self.copy_button, self.copy_all_button):
            button.setAutoDefault(False)
        form = QFormLayout()
        form.addRow("To", self.to)
        form.addRow("Subject", self.subject)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.drafts_button)
        below.addStretch(1)
        below.addWidget(self.copy_all_button)
        below.addWidget(self.copy_button)
        mail = QWidget()
        column = QVBoxLayout(mail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.body, 1)
        column.addWidget(self.done)
        column.addLayout(below)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.names)
        splitter.addWidget(mail)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([200, 560])
        splitter.setChildrenCollapsible(False)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(splitter)


class MailDialog(QDialog):
    """A dialog with some mails, and a sentence on what they are."""

    def __init__(
        self,
        title: str,
        about: str,
        mails: Sequence[Mail],
        parent: QWidget | None = None,
        saving: Saving | None = None,
    ) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(title)
        self.resize(860, 480)
        self.view = MailView(self)
        self.view.show_mails(mails, saving)
        sentence = QLabel(about, self)
        sentence.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(sentence)
        column.addWidget(self.view, 1)
        column.addWidget(buttons)
