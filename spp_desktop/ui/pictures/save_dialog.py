"""The dialog that saves a picture: what it is drawn for, which kind of file, and how it will look."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import ask_save
from spp_desktop.ui.common.plan_window import folder_of, head_of
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.pages import INCH
from spp_desktop.ui.pictures.picture_files import NOT_SAVED, file_name, put
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture, TooLong

KINDS = (
    ("PN&G, for documents, slides and mail", "PNG picture (*.png)", SavedPicture.png),
    ("S&VG: lines and letters, for web pages and designers", "SVG picture (*.svg)", SavedPicture.svg),
    ("P&DF: lines and letters, for printed documents", "PDF document (*.pdf)", SavedPicture.pdf),
)
"""The kinds of file: what a person reads, what the file dialog says, and what makes it."""
TOO_LONG = "This is too long for a PNG. Choose SVG or PDF, or print it: then it goes over several pages."
PREVIEW = QSize(400, 300)
_ENOUGH = 1.5
"""How much sharper the preview is drawn than it is shown."""


class SavePictureDialog(QDialog):
    """Asks what a picture is for, shows it, and saves it."""

    def __init__(self, drawing: Drawing, parent: QWidget | None = None, marking: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Save picture")
        self._drawing, self._marking = drawing, marking
        self.sizes, self.kinds = QButtonGroup(self), QButtonGroup(self)
        self.preview, self.measures = QLabel(), QLabel(wordWrap=True)
        self.preview.setMinimumSize(PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("How the picture will look")
        self.preview.setAccessibleDescription(drawing.words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        side = QVBoxLayout()
        side.addWidget(self._choice("Drawn for", self.sizes, [size.mnemonic for size in SIZES]))
        side.addWidget(self._choice("Kind of file", self.kinds, [kind[0] for kind in KINDS]))
        side.addWidget(self.measures)
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.preview, 1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.save_button.setDefault(True)
        self.sizes.idClicked.connect(self._show)
        self.kinds.idClicked.connect(self._show)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self._picture = self._drawn()
        self._show()

    def _choice(self, title: str, group: QButtonGroup, texts: list[str]) -> QGroupBox:
        """A box of choices, the first of them chosen."""
        box = QGroupBox(title)
        column = QVBoxLayout(box)
        for at, text in enumerate(texts):
            button = QRadioButton(text)
            button.setChecked(at == 0)
            group.addButton(button, at)
            column.addWidget(button)
        return box

    def _drawn(self) -> SavedPicture:
        return SavedPicture(self._drawing, SIZES[self.sizes.checkedId()], self._marking)

    def _show(self) -> None:
        """Draw the picture as it is chosen, small, and say how large it is."""
        if self._picture.size is not SIZES[self.sizes.checkedId()]:
            with busy():
                self._picture = self._drawn()
        picture, room = self._picture, PREVIEW * _ENOUGH
        fitted = min(room.width() / picture.width, room.height() / picture.height)
        self.preview.setPixmap(
            QPixmap.fromImage(picture.image(fitted / picture.scale * INCH)).scaled(
                PREVIEW, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        self.measures.setText(self._measures())

    def _measures(self) -> str:
        """How large the picture is, and what is unlike the size that was chosen."""
        picture = self._picture
        wide, high = picture.width * picture.scale, picture.height * picture.scale
        size = f"{wide / INCH * 2.54:.1f} by {high / INCH * 2.54:.1f} cm"
        if self.kinds.checkedId() == 0:
            dots = picture.size.dots / INCH
            size += f", {wide * dots:,.0f} by {high * dots:,.0f} dots"
        longer = picture.size.height is not None and high > picture.size.height + 1
        return f"{size}. It is longer than a slide; printed, it goes over several pages." if longer else f"{size}."

    def save(self) -> None:
        """Ask for the file and write it; say so if that failed."""
        _, kind, made_by = KINDS[self.kinds.checkedId()]
        ending = kind[kind.index("*.") + 1 : -1]
        name = file_name(self._drawing.title, ending, self._marking)
        path = ask_save(self, "Save picture", kind, folder_of(self) / name)
        if path is None:
            return
        try:
            with busy():
                content: QByteArray = made_by(self._picture)
        except TooLong:
            tell(self, TOO_LONG)
            return
        if put(path, content, head_of(self)):
            self.accept()
        else:
            tell(self, f"The picture could not be saved as {path.name}.", detail=NOT_SAVED)
