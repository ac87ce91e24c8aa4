"""Tables of a document as HTML: a caption, the headings of columns and rows, and a body for each group of rows."""

from collections.abc import Sequence

from spp_desktop.documents.blocks import DocumentColumn, DocumentTable, TableGroup
from spp_desktop.documents.html.lines import LineDrawing
from spp_desktop.documents.inline import Line, plain_words

NARROW = 3
"""A table with as many columns at most is no wider than a line of text."""
UNBROKEN = 18
"""So many signs in a column of numbers stand on one line."""
DAY = len("30 Sep 2008")
"""A day, or a figure of as many signs, stands on one line in a column of words, too."""
LONG = 32
"""A cell with more signs than these makes its column no narrower than a few words, however small the screen."""


class TableDrawing:
    """Draws the tables of a page, and keeps the rules for the widths of their columns."""

    def __init__(self, lines: LineDrawing) -> None:
        self._lines = lines
        self._shares: dict[tuple[float, ...], str] = {}

    @property
    def styles(self) -> str:
        """The rules of the style sheet that the tables drawn so far need."""
        return "".join(
            f".{name} col:nth-child({place}){{width:{100 * share / sum(shares):.4g}%}}"
            for shares, name in self._shares.items()
            for place, share in enumerate(shares, 1)
        )

    def drawn(self, table: DocumentTable, place: str, called: str = "") -> str:
        """A table as HTML, in a box that can be moved sideways, by keys too, where it is wider than the screen.

        Args:
            table: the table.
            place: the id that its place has.
            called: what it is called, such as "Table 3"; "" for one without a number.
        """
        shares = tuple(column.share for column in table.columns)
        names = self._shares.setdefault(shares, f"shares-{len(self._shares) + 1}") if len(set(shares)) > 1 else ""
        columns = "<col>" * len(shares) if names else ""
        width = "narrow" if len(shares) <= NARROW and not table.across else "wide"
        caption = self.caption(table.caption, called)
        heads = "".join(
            f'<th scope="col"{_aligned(column, ())}>{self._lines.drawn(column.heading)}</th>'
            for column in table.columns
        )
        return (
            f'<div id="{place}" class="table {width}" role="group" '
            f'aria-labelledby="{place}-caption" tabindex="0"><table{f" class={names}" if names else ""}>'
            f'<caption id="{place}-caption"><span>{caption}</span></caption>'
            f"{f'<colgroup>{columns}</colgroup>' if columns else ''}<thead><tr>{heads}</tr></thead>"
            f"{''.join(self._group(group, table.columns) for group in table.groups)}</table></div>\n"
        )

    def caption(self, caption: Line, called: str) -> str:
        """What a table or a figure is called, and its caption."""
        return (f"<strong>{called}:</strong> " if called else "") + self._lines.drawn(caption)

    def _group(self, group: TableGroup, columns: Sequence[DocumentColumn]) -> str:
        title = self._lines.drawn(group.title)
        head = f'<tr><th scope="rowgroup" colspan="{len(columns)}"><span>{title}</span></th></tr>' if title else ""
        rows = "\n".join(self._row(row, columns) for row in group.rows)
        return f"\n<tbody>{head}{rows}</tbody>" if head or rows else ""

    def _row(self, row: tuple[Line, ...], columns: Sequence[DocumentColumn]) -> str:
        cells = []
        for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
            drawn = self._lines.drawn(cell)
            heads = place == 0 and drawn and len(columns) > 1
            tag, scope = ("th", ' scope="row"') if heads else ("td", "")
            cells.append(f"<{tag}{scope}{_aligned(column, cell)}>{drawn}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"


def _aligned(column: DocumentColumn, cell: Line) -> str:
    text = plain_words(cell)
    if column.align == "number":
        return ' class="number whole"' if 0 < len(text) <= UNBROKEN else ' class="number"'
    if len(text) > LONG:
        return ' class="long"'
    return ' class="whole"' if len(text) <= DAY and any(map(str.isdigit, text)) else ""
