"""What goes into a cell of a form: a number, a text, a yes or no, a day, with the way in which a file holds it."""

from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape as markup

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.numbers import grouped
from spp_desktop.returns.words import LONGEST, clean

EntryValue = str | float | bool | date
"""What may be written into a cell."""

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_HUNDRED = 100
_SHOWN = 4
"""Decimals of a number as a person reads it; it is written with all that it has."""


class CellEntry(NamedTuple):
    """A value as it is written into a cell.

    Attributes:
        value: what is written; a day only where the cell shows days.
        shown: what a person will read there.
        share: whether it is a share that is shown in per cent.
    """

    value: EntryValue
    shown: str
    share: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a number is written, and neither a yes or no nor a day."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


def entry_of(value: EntryValue, *, dated: bool = False, share: bool = False, texts: bool = False) -> CellEntry:
    """A value as a cell takes it.

    Args:
        value: The value; a percentage as people say it: 4 for 4%.
        dated: Whether the cell shows days.
        share: Whether the value is a percentage and the cell shows shares, so that 4% is 0.04 in it.
        texts: Whether the cell holds what is typed as text.
    """
    if isinstance(value, bool):
        return CellEntry(value, "TRUE" if value else "FALSE")
    if isinstance(value, date):
        return CellEntry(value if dated else in_words(value), in_words(value))
    if isinstance(value, str):
        text = clean(value)[:LONGEST]
        return CellEntry(text, text)
    number = int(value) if float(value).is_integer() and abs(value) < 2**53 else value
    if texts:
        return CellEntry(grouped(number), grouped(number))
    if share:
        return CellEntry(number / _HUNDRED, f"{round(number, _SHOWN):.10g}%", share=True)
    return CellEntry(number, grouped(round(number, _SHOWN)))


def serial(day: date, *, from_1904: bool) -> int:
    """A day as a workbook counts it (ECMA-376 18.17.4.1)."""
    return (day - (_EPOCH_1904 if from_1904 else _EPOCH)).days


def numeral(number: float) -> str:
    """A number as XML holds it, exactly."""
    return repr(number)


def text_in_markup(text: str) -> bytes:
    """A text between tags."""
    return markup(text).encode()
