"""A narrative as it is printed: read as documents read it, and drawn below the text while it is typed."""

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextBrowser, QWidget

from spp_desktop.documents.blocks import Document, DocumentHeading
from spp_desktop.documents.inline import line
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.edits.documents.notes import PlanNotes
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.ui.common.printed_text import RichText

NOTHING = "Nothing is written here yet."


def as_printed(reader: PlanReader, key: str, title: str, text: str) -> NumberedDocument:
    """A row of the plan as a document of its own: its heading, its narrative and the notes that it prints.

    Args:
        reader: reads the plan.
        key: the key of the row.
        title: its heading.
        text: its narrative, as it is typed.
    """
    plan = DocumentPlan(reader, DocumentAsk(date.today()))
    notes = plan.reading(PlanNotes)
    heading = DocumentHeading((*line(title), *notes.marks(key, besides=text)))
    blocks = (heading, *notes.blocks(key, text))
    return numbered(Document(title, "", blocks, notes=plan.notes))


def drawn(printed: NumberedDocument) -> str:
    """It as HTML; the numbers of notes are those of this text alone."""
    rich = RichText(printed)
    nothing = "" if len(printed.blocks) > 1 else f"<p><i>{NOTHING}</i></p>"
    return f"{rich.blocks(printed.blocks)}{nothing}{rich.notes()}"


class AsPrinted(QTextBrowser):
    """A narrative as it is printed, below the text that is typed: it follows each key."""

    def __init__(self, reader: PlanReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._shown = ("", "", "")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._draw)
        self.setAccessibleName("As printed")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setWhatsThis(
            "The text as documents print it. Notes are counted here from 1; in a document they are counted through it."
        )

    def show_text(self, key: str, title: str, text: str) -> None:
        """Draw a row's text soon; at once what was typed meanwhile counts."""
        self._shown = (key, title, text)
        if not self.isHidden():
            self._soon.start()

    def _draw(self) -> None:
        at = self.verticalScrollBar().value()
        self.setHtml(drawn(as_printed(self._reader, *self._shown)))
        self.verticalScrollBar().setValue(at)
