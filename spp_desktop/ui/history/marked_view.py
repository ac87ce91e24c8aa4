"""The text of the plan with what changed between two states marked, to be read in the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from spp_desktop.documents.blocks import DocumentHeading
from spp_desktop.documents.numbering import NumberedDocument
from spp_desktop.ui.common.printed_text import RichText
from spp_desktop.ui.common.theme import is_dark

NO_TEXT = "Nothing differs in the text of the plan as it is published. The list tells of all that does."
_MARGIN = 10
_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class MarkedView(QTextBrowser):
    """Words that were put in underlined, words that were taken out struck through: read and copied, by keys too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: NumberedDocument | None = None
        self.setAccessibleName("The text, with what changed marked")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.setTextInteractionFlags(_READING)

    def show_document(self, document: NumberedDocument | None) -> None:
        """Show the marked-up text of a document of what changed; ``None`` for nothing."""
        self._shown = document
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            self.clear()
            return
        rich, blocks = RichText(self._shown, dark=is_dark(self.palette())), self._shown.blocks
        begins = next(
            (n for n, each in enumerate(blocks, 1) if isinstance(each, DocumentHeading) and each.key == "text"), None
        )
        text = f"<p>{NO_TEXT}</p>" if begins is None else f"{rich.blocks(blocks[begins:])}{rich.notes()}"
        self.setHtml(text)
