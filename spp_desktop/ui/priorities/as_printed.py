"""A narrative as it is printed: read as documents read it, and drawn below the text while it is typed."""

from collections.abc import Iterator
from datetime import date
from html import escape

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTextBrowser, QWidget

from spp_desktop.documents.blocks import Bullets, Document, DocumentBlock, DocumentHeading, Paragraph
from spp_desktop.documents.inline import Line, NoteMark, PrintedWords, line, plain_words
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.edits.documents.notes import PlanNotes
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.store.overview.reader import PlanReader

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
    """It as HTML, in the few elements that a text browser draws; the numbers of notes are those of this text alone."""
    blocks = "".join(_block(printed, block) for block in printed.blocks)
    nothing = "" if len(printed.blocks) > 1 else f"<p><i>{NOTHING}</i></p>"
    notes = "".join(
        f"<p><small><sup>{note.number}</sup> {_words(printed, note.text)}</small></p>" for note in printed.notes
    )
    return f"{blocks}{nothing}{'<hr>' if notes else ''}{notes}"


def _block(printed: NumberedDocument, block: DocumentBlock) -> str:
    match block:
        case DocumentHeading(text=text):
            return f"<h3>{_words(printed, text)}</h3>"
        case Paragraph(text=text):
            return f"<p>{_words(printed, text)}</p>"
        case Bullets(items=items):
            return f"<ul>{''.join(f'<li>{_words(printed, item)}</li>' for item in items)}</ul>"
        case _:
            return ""


def _words(printed: NumberedDocument, text: Line) -> str:
    return "".join(_parts(printed, text))


def _parts(printed: NumberedDocument, text: Line) -> Iterator[str]:
    for part in text:
        if isinstance(part, NoteMark):
            yield f"<sup>{printed.number_of(part.note)}</sup>"
        else:
            words = escape(plain_words((part,))).replace("\n", "<br>")
            yield f"<b>{words}</b>" if isinstance(part, PrintedWords) and part.strong else words


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
