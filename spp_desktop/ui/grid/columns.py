"""A table's columns as declarations: what a cell shows, how it is typed, and how it is sorted, found and grouped."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from spp_desktop.plan.rules import RuleBroken

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter, QPalette

Picture = Callable[["QPainter", "QRect", Any, "QPalette"], "QRect"]
"""Paints what a row's cell shows besides its text into a rectangle, and gives what is left of it for the text."""

Kind = Literal["text", "long", "choice", "several", "date", "whole", "percent"]
"""How a cell is typed: one line, many lines, one of a list, several of a list, a day, a whole number, 0 to 100."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2}|[a-z]{3,9})\s*[/.\-,\s]\s*(\d{1,4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?")
_CENTURY = 2000
_NUMBER, _DIGITS = re.compile(r"\d+"), 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list. ``value`` is what the plan keeps, ``title`` what is shown and typed."""

    value: str
    title: str
    note: str = ""
    shape: str = ""
    colour: str = ""
    dark_colour: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``field`` names the cell when it is committed; ``value`` gives what a row holds there, by default its
    attribute of that name. What is typed or pasted is always text, read by ``read``; ``typed`` writes a cell
    as such a text. ``sort`` gives what to sort by, ``None`` for a blank; ``words`` what the filter finds
    besides the text shown; ``group`` the heading a row stands under; ``alert`` whether the cell is to be noticed, and
    ``quiet`` whether it weighs less than others (its text must say why, too). ``picture`` is painted beside the text or
    in its place, and then the text is its words. ``tip`` is what the pointer is told, where that is more than the text.
    ``why`` says why a row's cell cannot be typed in though the column can. ``numbers`` go to other programs as numbers.
    """

    field: str
    title: str
    width: int = 120
    kind: Kind = "text"
    editable: bool = False
    choices: Callable[[], Sequence[Choice]] | None = None
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
        return self.text(row) if self.text else shown(self.get(row), self)

    def typed(self, row: Any) -> str:
        """The cell as a person would type it, and as it goes to the clipboard."""
        held = self.get(row)
        if isinstance(held, date):
            return f"{held:%d/%m/%Y}"
        if self.choices or self.text is None:
            return shown(held, self)
        return "" if held is None else str(held)

    def sort_key(self, row: Any) -> Any:
        """What to sort by; ``None`` for a blank."""
        if self.sort:
            return self.sort(row)
        held = self.get(row)
        if self.choices or not isinstance(held, (date, int, float)):
            shows = self.show(row)
            return (shows.casefold() if self.kind == "long" else natural(shows)) or None
        return held

    def read(self, text: str) -> Any:
        """The value that a typed or pasted text means.

        Raises:
            RuleBroken: with a sentence, if it means none.
        """
        text = text.strip()
        if self.kind == "several":
            return tuple(self._chosen(part) for part in _parts(text, self.choices() if self.choices else ()))
        if self.kind in ("text", "long"):
            return text
        if not text:
            return None
        if self.kind == "choice":
            return self._chosen(text)
        if self.kind == "date":
            return read_date(text, self.field, self.title)
        return read_whole(text, self.field, self.title)

    def _chosen(self, text: str) -> str:
        known = self.choices() if self.choices else ()
        for choice in known:
            if choice.title.casefold() == text.casefold():
                return choice.value
        close = [choice for choice in known if text.casefold() in choice.title.casefold()]
        if len(close) == 1:
            return close[0].value
        listed = ", ".join(choice.title for choice in known[:12]) or "the list is empty"
        raise RuleBroken(self.field, f"{self.title} has no “{text}”. Choose from: {listed}.")


def shown(held: Any, column: Column) -> str:
    """A value as a cell says it: a day as 31 Mar 2009, choices by their titles, a blank as nothing."""
    if held is None or held in ("", ()):
        return ""
    if column.choices:
        titles = {choice.value: choice.title for choice in column.choices()}
        keys = held if isinstance(held, tuple) else (held,)
        return "; ".join(titles.get(key, "") for key in keys)
    if isinstance(held, date):
        return day(held)
    return f"{held}%" if column.kind == "percent" else str(held)


def day(held: date) -> str:
    """A day as the tables write it: "1 Mar 2009"."""
    return f"{held.day} {MONTHS[held.month - 1].capitalize()} {held.year}"


def natural(text: str) -> str:
    """A text's sort key in which 1.10 follows 1.9 and capitals do not count."""
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), text.casefold().strip())


def read_date(text: str, field: str, title: str) -> date:
    """The day meant by 31/3/9, 31/03/2009, 31 Mar 2009 or 2009-03-31. A short year is of this century.

    Raises:
        RuleBroken: if it is not a day of the calendar.
    """
    low = text.strip().lower()
    try:
        if found := _YEAR_FIRST.fullmatch(low):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(low):
            month = int(found[2]) if found[2].isdecimal() else MONTHS.index(found[2][:3]) + 1
            year = int(found[3])
            return date(year + _CENTURY if len(found[3]) <= len("99") else year, month, int(found[1]))
    except ValueError:
        pass
    raise RuleBroken(field, f"{title}: “{text}” is not a date; write it as 31/03/2009.")


def read_whole(text: str, field: str, title: str) -> int:
    """The whole number meant by "50", "50%" or "1,200".

    Raises:
        RuleBroken: if it is none.
    """
    bare = text.replace(",", "").removesuffix("%").strip()
    try:
        return int(bare)
    except ValueError:
        raise RuleBroken(field, f"{title}: “{text}” is not a whole number.") from None


def _parts(text: str, known: Sequence[Choice]) -> list[str]:
    """Several titles typed in one cell: between semicolons or lines, or commas where no title holds one."""
    if any(choice.title.casefold() == text.casefold() for choice in known):
        return [text]
    marks = r"[;\n]" if any("," in choice.title for choice in known) or ";" in text else r"[;,\n]"
    return list(dict.fromkeys(part.strip() for part in re.split(marks, text) if part.strip()))
