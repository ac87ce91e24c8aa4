"""A table's columns as declarations: what a cell shows, how it is typed, and how it is sorted, found and grouped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from spp_desktop.plan.kinds import TEXT, Kind

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter, QPalette

Picture = Callable[["QPainter", "QRect", Any, "QPalette"], "QRect"]
"""Paints what a row's cell shows besides its text into a rectangle, and gives what is left of it for the text."""


@dataclass(frozen=True)
class GridColumn:
    """One column of a table.

    ``field`` names the cell when it is committed; ``value`` gives what a row holds there, by default its attribute of
    that name. What is typed or pasted is always text, read as ``kind`` reads it. ``sort`` gives what to sort by,
    ``None`` for a blank; ``words`` what the filter finds besides the text shown; ``group`` the heading a row stands
    under; ``alert`` whether the cell is to be noticed, and ``quiet`` whether it weighs less than others (its text must
    say why, too). ``picture`` is painted beside the text or in its place, and then the text is its words. ``tip`` is
    what the pointer is told, where that is more than the text. ``why`` says why a row's cell cannot be typed in though
    the column can. ``numbers`` go to other programs as numbers.
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
    picture: Picture | None = None
    tip: Callable[[Any], str] | None = None
    why: Callable[[Any], str] | None = None
    numbers: bool = False
    name: str = ""
    align: Literal["left", "right"] = "left"
    shown: bool = True
    about: str = ""

    @property
    def find_by(self) -> str:
        """The word before a colon that filters by this column alone: "owner" in "owner:crime"."""
        return self.name or self.title.lower().split()[0]

    def get(self, row: Any) -> Any:
        """What a row holds in this column."""
        return self.value(row) if self.value else getattr(row, self.field)

    def show(self, row: Any) -> str:
        """What the cell says."""
        return self.text(row) if self.text else self.kind.show(self.get(row))

    def typed(self, row: Any) -> str:
        """The cell as a person would type it, and as it goes to the clipboard."""
        return self.kind.typed(self.get(row))

    def sort_key(self, row: Any) -> Any:
        """What to sort by; ``None`` for a blank."""
        return self.sort(row) if self.sort else self.kind.sort(self.get(row), self.show(row))

    def read(self, text: str) -> Any:
        """The value that a typed or pasted text means.

        Raises:
            RuleBroken: with a sentence, if it means none.
        """
        return self.kind.require(text, self.field, self.title)
