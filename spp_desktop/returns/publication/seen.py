"""What stands in a finished workbook, as a check sees it, whatever the form of its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SeenPlace = tuple[int, int]
"""A row and a column, both counted from 1."""


@dataclass(frozen=True)
class SeenLook:
    """How a cell looks.

    Attributes:
        font, size: of its letters, the size in points.
        slanted, underlined, bordered, filled, turned, wrapped: what is done with it.
        colour: what its letters are coloured in; "" for the colour that each person's own settings give them.
        heading: the level of heading that its style is; 0 for none.
        side: where its text stands: "left", "right", "center" or "" for wherever the program puts it.
    """

    font: str = ""
    size: float = 0
    slanted: bool = False
    underlined: bool = False
    bordered: bool = False
    filled: bool = False
    turned: bool = False
    wrapped: bool = False
    colour: str = ""
    heading: int = 0
    side: str = ""


@dataclass(frozen=True)
class SeenCell:
    """A cell that says something.

    Attributes:
        text: what it says, as it is seen.
        kind: what it holds.
        look: how it looks.
        link: where it leads; "" for nowhere.
    """

    text: str
    kind: str = "text"
    look: SeenLook = field(default_factory=SeenLook)
    link: str = ""


@dataclass(frozen=True)
class SeenTable:
    """A range that is marked up as a table.

    Attributes:
        name: what it is called.
        first, last: its corners.
        headed: whether its first row is marked as that of its headings.
        filtered: whether it has buttons of a filter.
        striped: whether its rows or columns are shaded in turn.
    """

    name: str
    first: SeenPlace
    last: SeenPlace
    headed: bool = True
    filtered: bool = False
    striped: bool = False

    def rows(self) -> range:
        """Its rows below the headings."""
        return range(self.first[0] + 1, self.last[0] + 1)

    def columns(self) -> range:
        """Its columns."""
        return range(self.first[1], self.last[1] + 1)

    def holds(self, place: SeenPlace) -> bool:
        """Whether a cell is a part of it."""
        return self.first[0] <= place[0] <= self.last[0] and self.first[1] <= place[1] <= self.last[1]


@dataclass(frozen=True)
class SeenSheet:
    """A sheet.

    Attributes:
        title: its name, as it stands.
        cells: those that say something, by place.
        tables: the ranges marked up as tables.
        merged: ranges that are one cell, as a person names them.
        hidden: rows, columns or the sheet itself, in words.
        frozen, filtered: whether panes are frozen, or rows filtered.
        beside: what is on it besides cells, in words: text boxes, controls, comments, a header or footer.
        pictures: the pictures and charts on it.
        painted: cells that are filled with a colour and say nothing.
        widths, heights: of columns in characters and of rows in points, where they are fixed.
        cursor: the cell that is chosen; "" where the file says nothing, which means A1.
        zoom: in per cent.
    """

    title: str
    cells: Mapping[SeenPlace, SeenCell]
    tables: tuple[SeenTable, ...] = ()
    merged: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    frozen: bool = False
    filtered: bool = False
    beside: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    painted: tuple[SeenPlace, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    cursor: str = "A1"
    zoom: int = 100

    def text(self, row: int, column: int) -> str:
        """What a cell says; "" for nothing."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def above(self, table: SeenTable) -> Iterator[str]:
        """What stands in column A above a table."""
        return (self.text(row, 1) for row in range(1, table.first[0]))


@dataclass(frozen=True)
class SeenBook:
    """A workbook.

    Attributes:
        form: the form of its file, as the ending that belongs to it: "xlsx" or "ods".
        name: of its file.
        beside: the forms of the workbooks of the same name that stand beside it, its own among them.
        sheets: in their order.
        first: the number of the sheet that is shown when it is opened, counted from 0.
        title, language, author, keywords: its properties.
        code: what of it is no value, in words: macros.
    """

    form: str
    name: str
    sheets: tuple[SeenSheet, ...]
    first: int = 0
    title: str = ""
    language: str = ""
    author: str = ""
    keywords: str = ""
    code: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
