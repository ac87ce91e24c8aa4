"""A document as frozen values: what it is called, and its blocks in the order in which they are read.

Renderers draw a ``NumberedDocument``, which ``documents.numbering`` makes of it; so all of them say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from spp_desktop.documents.inline import Line
from spp_desktop.documents.picture import VectorPicture

Alignment = Literal["text", "number"]
"""Words stand on the left of their column, numbers on the right."""


@dataclass(frozen=True, slots=True)
class DocumentHeading:
    """A heading.

    Attributes:
        text: its words, without a number.
        level: 1 for the parts of the document; the title of the document stands above them.
        key: by which references find it; "" if none does.
        numbered: whether it has a number, counted among those of its level: "5.2".
        printed_number: the number that it has whatever is counted, such as "A" of an appendix; "" for the counted one.
        new_page: whether it begins a page, where there are pages.
        row: the key of the row of the plan that it heads, with all below it up to the next heading; "" for none.
        in_contents: whether the table of contents lists it.
    """

    text: Line
    level: int = 1
    key: str = ""
    numbered: bool = False
    printed_number: str = ""
    new_page: bool = False
    in_contents: bool = True
    row: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A ``lead`` one sums up what follows, and is printed larger."""

    text: Line
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` ones have numbers from 1.

    ``keys`` are those of the rows of the plan of which the items tell, by which those of two states are known for the
    same; () where they tell of none.
    """

    items: tuple[Line, ...]
    ordered: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentColumn:
    """A column of a table: its heading, which is never empty, and how much of the width it takes beside the others."""

    heading: Line
    share: float = 1
    align: Alignment = "text"


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Rows of a table that belong together below a heading of their own; "" for rows without one.

    A cell is a line; a row has a cell for each column. The first cell of a row is its header. ``keys`` are those of the
    rows of the plan of which the rows tell, by which those of two states are known for the same; () where they tell of
    none.
    """

    rows: tuple[tuple[Line, ...], ...]
    title: Line = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table with its caption above it.

    Attributes:
        caption: what it shows, of what and when; "Table 3: " is put before it.
        columns: its columns.
        groups: its rows, group by group.
        key: by which references find it.
        across: whether it is so wide that its page lies across, where there are pages.
    """

    caption: Line
    columns: tuple[DocumentColumn, ...]
    groups: tuple[TableGroup, ...]
    key: str = ""
    across: bool = False

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """All its rows, in order."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class DocumentFigure:
    """A picture with its caption, what it says in words, and the numbers behind it.

    Attributes:
        caption: what it shows; "Figure 3: " is put before it.
        picture: what is drawn.
        alternative: what a person hears who does not see it: kind, indicator, period, area, main finding.
        numbers: the numbers that it draws, as a table beside it; ``None`` where a table near it has them.
        key: by which references find it.
    """

    caption: Line
    picture: VectorPicture
    alternative: str
    numbers: DocumentTable | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents stands here: the headings down to a level, each leading to its place."""

    levels: int = 2


DocumentBlock = DocumentHeading | Paragraph | Bullets | DocumentTable | DocumentFigure | Contents


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on each page beside the text.

    Attributes:
        marking: the protective marking, at the head and the foot of each page; "" for none.
        head: what the document is, shortly.
        foot: of when it is: "Data to 30 September 2008. Printed 1 October 2008."
    """

    marking: str = ""
    head: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        title: what it is called.
        subtitle: below the title: of which years or quarter; "" for none.
        author: the body whose document it is, never a person unless asked for.
        facts: what stands on its cover: ("Seen by", "…"), ("Data to", "…"), ("Printed", "…"), the edition.
        furniture: what stands on each page.
        blocks: all that is read, in order.
        notes: the notes by their keys, each defined once; a note that no mark names is not printed.
        illustrative: what in it is made up, in a sentence; "" for nothing. It is printed below the title.
        language: as BCP 47 names it.
        cover: whether title and facts stand on a page of their own.
    """

    title: str
    author: str
    blocks: tuple[DocumentBlock, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    furniture: Furniture = field(default_factory=Furniture)
    notes: Mapping[str, Line] = field(default_factory=dict)
    illustrative: str = ""
    language: str = "en-GB"
    cover: bool = False
