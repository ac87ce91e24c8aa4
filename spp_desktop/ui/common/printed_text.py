"""What a document prints as rich text, in the few elements that a text browser draws: text, lists, tables and notes."""

from collections.abc import Iterator, Sequence
from html import escape

from spp_desktop.documents.blocks import (
    Bullets,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.colours import CHANGE_COLOURS
from spp_desktop.documents.inline import ChangedWords, Inline, Line, NoteMark, PrintedWords, plain_words
from spp_desktop.documents.numbering import NumberedDocument

_LARGE = 2
"""Headings down to this level are larger than the text."""
_MARKS = {"inserted": "underline", "deleted": "line-through"}
"""How words that were put in or taken out are marked, beside their colours."""


class RichText:
    """Draws what a document prints.

    Args:
        printed: the document, by which notes and captions are numbered.
        dark: whether it stands on a dark ground.
    """

    def __init__(self, printed: NumberedDocument, *, dark: bool = False) -> None:
        self._printed, self._dark = printed, dark

    def blocks(self, blocks: Sequence[DocumentBlock]) -> str:
        """Blocks, one below the other."""
        return "".join(map(self._block, blocks))

    def notes(self) -> str:
        """The notes of the document, below a line; "" if it has none."""
        notes = "".join(
            f"<p><small><sup>{note.number}</sup> {self._words(note.text)}</small></p>" for note in self._printed.notes
        )
        return f"<hr>{notes}" if notes else ""

    def _block(self, block: DocumentBlock) -> str:
        match block:
            case DocumentHeading(text=text, level=level, printed_number=number):
                tag = "h3" if level <= _LARGE else "h4"
                return f"<{tag}>{escape(f'{number} ' if number else '')}{self._words(text)}</{tag}>"
            case Paragraph(text=text):
                return f"<p>{self._words(text)}</p>"
            case Bullets(items=items):
                return f"<ul>{''.join(f'<li>{self._words(item)}</li>' for item in items)}</ul>"
            case DocumentTable():
                return self._table(block)
            case DocumentFigure(caption=caption):
                return f"<p>{self._words(caption)}</p>"
            case _:
                return ""

    def _table(self, table: DocumentTable) -> str:
        columns = len(table.columns)
        head = "".join(f'<th align="left">{self._words(column.heading)}</th>' for column in table.columns)
        rows = [f"<tr>{head}</tr>"]
        for group in table.groups:
            if group.title:
                rows.append(f'<tr><th align="left" colspan="{columns}">{self._words(group.title)}</th></tr>')
            cells = ("".join(f"<td>{self._words(cell)}</td>" for cell in row) for row in group.rows)
            rows += [f"<tr>{each}</tr>" for each in cells]
        called = self._printed.captions.get(table.key, "")
        caption = f"<p><b>{f'{called}: ' if called else ''}{self._words(table.caption)}</b></p>"
        style = 'border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse"'
        return f"{caption}<table {style}>{''.join(rows)}</table>"

    def _words(self, text: Line) -> str:
        return "".join(self._parts(text))

    def _parts(self, text: Line) -> Iterator[str]:
        for part in text:
            if isinstance(part, ChangedWords):
                yield self._changed(part)
            else:
                yield self._part(part)

    def _part(self, part: Inline) -> str:
        if isinstance(part, NoteMark):
            return f"<sup>{self._printed.number_of(part.note)}</sup>"
        words = escape(plain_words((part,))).replace("\n", "<br>")
        return f"<b>{words}</b>" if isinstance(part, PrintedWords) and part.strong else words

    def _changed(self, part: ChangedWords) -> str:
        colours = CHANGE_COLOURS[part.change.kind]
        style = f"color:{colours.dark if self._dark else colours.light}; text-decoration:{_MARKS[part.change.kind]}"
        return f'<span style="{style}">{self._words(part.parts)}</span>'
