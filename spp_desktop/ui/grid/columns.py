"""A table's columns as declarations: what a cell shows, how it is typed, and how it is sorted, found and grouped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from spp_desktop.plan.kinds import TEXT, Kind

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter, QPalette

Picture = Callable[["QPainter", "QRect", Any, "QPalette"], "QRect"]
"""Paints into a rectangle what a row's cell shows besides its text. Returns the rectangle that is left for the text."""


AMONG = 3
"""So many columns from the left, one that names the rows keeps those before it in view, and on every page, too."""
CHECK = "check"
"""The word behind what can hardly be meant."""


class CellMark(NamedTuple):
    """What is wrong with the value of a cell: a word painted behind its text, and a sentence."""

    word: str
    sentence: str


class SheetColumn(NamedTuple):
    """One column of a saved sheet: its heading, and what gives a row's value, as ``returns.plain_sheet`` takes it."""

    title: str
    get: Callable[[Any], Any]


@dataclass(frozen=True)
class GridColumn:
    """One column of a table.

    Attributes:
        field: names the cell when it is committed.
        title: the heading.
        width: in pixels, until a person changes it.
        kind: the kind of cell; it reads what is typed or pasted, which is always text.
        editable: whether the cells can be typed in.
        value: gives what a row holds in the column; by default, its attribute named ``field``.
        text: gives the text that is shown; by default, ``kind`` shows the value.
        sort: gives what to sort by, ``None`` for a blank; by default, ``kind`` says.
        words: gives words that the filter finds besides the text shown.
        group: gives the heading that a row stands under; by default, the text shown.
        alert: whether the cell is to be noticed. Its text must say why, too.
        quiet: whether the cell weighs less than others. Its text must say why, too.
        slanted: whether its letters slant, as what is only proposed. Its text, or another cell's, must say so, too.
        mark: gives what is wrong with the value, if anything is: its word follows the text.
        picture: painted beside the text, or in its place; then the text is the picture's words.
        tip: gives what the pointer shows, where that is more than the text.
        why: gives the reason why a cell of an editable column cannot be typed in, in this row; "" if it can.
        adds: asks whether names that are on no list are to be added to it, and adds them; whether it did.
        numbers: whether the cells go to other programs as numbers.
        sheet: what a saved sheet has in its place, where that is not one column of what is shown.
        name: the word before a colon that filters by this column; by default, the first word of its title.
        align: the side on which the text stands.
        shown: whether the column is shown until a person hides it.
        frozen: whether the column names the rows, and stays in view while others are scrolled. Where none does, the
            first column shown stays.
        about: what the heading's tip says of it.
    """

    field: str
    title: str
    width: int = 120
    kind: Kind = TEXT
    editable: bool = False
    value: Callable[[Any], Any] | None = None
    text: Callable[[Any], str] | None = None
    sort: Callable[[Any], Any] | None = None
    words: Callable[[Any], str] | None = None
    group: Callable[[Any], str] | None = None
    alert: Callable[[Any], bool] | None = None
    quiet: Callable[[Any], bool] | None = None
    slanted: Callable[[Any], bool] | None = None
    mark: Callable[[Any], CellMark | None] | None = None
    picture: Picture | None = None
    tip: Callable[[Any], str] | None = None
    why: Callable[[Any], str] | None = None
    adds: Callable[[Sequence[str]], bool] | None = None
    numbers: bool = False
    sheet: "tuple[SheetColumn, ...] | None" = None
    name: str = ""
    align: Literal["left", "right"] = "left"
    shown: bool = True
    frozen: bool = False
    about: str = ""

    @property
    def find_by(self) -> str:
        """The word before a colon that filters by this column alone: "owner" in "owner:crime"."""
        return self.name or self.title.lower().split()[0]

    def get(self, row: Any) -> Any:
        """The value of a row in this column."""
        return self.value(row) if self.value else getattr(row, self.field)

    def show(self, row: Any) -> str:
        """The text that the cell shows."""
        return self.text(row) if self.text else self.kind.show(self.get(row))

    @property
    def in_sheet(self) -> tuple[SheetColumn, ...]:
        """The columns that a saved sheet has in its place: by default one, of numbers and days where it shows them."""
        return (SheetColumn(self.title, self._kept),) if self.sheet is None else self.sheet

    def _kept(self, row: Any) -> Any:
        """A number or a day that the cell shows as its kind does; the text that it shows, where it is none."""
        value, shown = self.get(row), self.show(row)
        plain = isinstance(value, int | float | date) and not isinstance(value, bool)
        return self.kind.to_cell(value) if plain and shown == self.kind.show(value) else shown

    def marked(self, row: Any) -> CellMark | None:
        """The mark of a row's cell; ``None`` if nothing is wrong with its value."""
        return self.mark(row) if self.mark else None

    def typed(self, row: Any) -> str:
        """The cell as a person would type it, and as it goes to the clipboard."""
        return self.kind.typed(self.get(row))

    def sort_key(self, row: Any) -> Any:
        """The value to sort by; ``None`` for a blank."""
        return self.sort(row) if self.sort else self.kind.sort(self.get(row), self.show(row))

    def unlisted(self, text: str) -> Sequence[str]:
        """The names in a text that are on no list and could be added to it."""
        return self.kind.unlisted(text) if self.adds is not None else ()

    def read_or_add(self, text: str) -> Any:
        """The value that a text means, once names that are on no list are added to it, if the person wants that.

        Raises:
            RuleBroken: with a sentence, if the text means no value.
        """
        missing = self.unlisted(text)
        if missing and self.adds is not None:
            self.adds(missing)
        return self.read(text)

    def read(self, text: str) -> Any:
        """The value that a typed or pasted text means.

        Raises:
            RuleBroken: with a sentence, if the text means no value.
        """
        return self.kind.require(text, self.field, self.title)
