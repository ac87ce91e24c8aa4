"""What the readers of files say, one record after another, whatever the form of the file.

A record is one of

* ``{"about": {...}}``: the document's ``properties``, ``modified_by``, ``modified_at``, whether its days are counted
  ``from_1904``, and sentences that are to be ``told`` of it;
* ``{"sheet": title, "hidden": bool}``: a sheet begins;
* ``{"numbers": [...], "places": [...], "cells": [[...], ...]}``: several rows, as ``RowsTogether`` says, to who asks
  for rows so;
* ``[row, hidden, cells]``: a row that holds anything. A cell is ``(column, text)``, or ``(column, kind, value, number
  format, whether a formula gave it)``; both places are counted from 1.

* ``{"marks": {"merged": [[row, column, last row, last column], ...], "comments": [[row, column, text], ...], "struck":
  [[row, column], ...]}}``: what stands in the sheet that was read last beside its values; a sheet without any has none.

They are plain values, which travel from the process that reads as a line of JSON each.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from spp_desktop.returns.foreign import COPY_TABLES

Record = dict[str, Any] | list[Any]
ToldCell = tuple[Any, ...]
"""A cell of a row, as a record has it."""
BareCell = str | tuple[Any, ...]
"""The same without its column: what is said of it, or a text alone."""
Told = tuple[str, str | float | bool, str]
"""The kind of a cell, its value and its number format."""

CHUNK = 1 << 16
"""Bytes of a part that are taken in at a time."""

GENERAL = "General"
MOST_TEXT = 65_536
"""Characters that a cell may hold here: twice what a workbook's can."""

MOST_IN_ROW = 16 * MOST_TEXT
_MIDNIGHT = "T00:00:00"


class Unreadable(Exception):
    """A file cannot be read; the text says why, as the end of a sentence.

    ``advice`` is what to do about it, a sentence, where that is not to save it again.
    """

    advice = ""


class TooMuch(Unreadable):
    """A file holds more than is read; the text is only what it has more of, and how much of it is read at most."""

    advice = COPY_TABLES

    def __init__(self, of: str, most: int) -> None:
        super().__init__(f"it has more {of} (at most {most:,})")


def told_day(value: object) -> Told:
    """What a cell with a day in it says: a day, a day with a time, or something else in the form of one."""
    if isinstance(value, datetime):
        return "date", value.isoformat().removesuffix(_MIDNIGHT), ""
    if isinstance(value, date):
        return "date", value.isoformat(), ""
    return "other", str(value), ""


class RowsTogether(NamedTuple):
    """Rows that follow each other, none of them hidden, by column; it travels as a record of its attributes' names.

    Attributes:
        numbers: of the rows.
        places: of the columns.
        cells: of each column, one for each row, without the column; alike ones are mostly one object. A text stands for
            itself, and ``None`` for nothing.
    """

    numbers: list[int]
    places: list[int]
    cells: list[list[BareCell | None]]

    def rows(self) -> Iterator[list[Any]]:
        """The rows that hold anything, one by one."""
        for number, cells in zip(self.numbers, zip(*self.cells, strict=True), strict=True):
            told = [
                (place, cell) if isinstance(cell, str) else (place, *cell)
                for place, cell in zip(self.places, cells, strict=True)
                if cell is not None
            ]
            if told:
                yield [number, False, told]

    def up_to(self, row: int, column: int) -> "RowsTogether":
        """Those of these rows and columns that stand no further down and to the right than these."""
        rows = sum(number <= row for number in self.numbers)
        columns = [n for n, place in enumerate(self.places) if place <= column]
        return RowsTogether(
            self.numbers[:rows], [self.places[n] for n in columns], [self.cells[n][:rows] for n in columns]
        )


def one_by_one(records: Iterable[Record | RowsTogether]) -> Iterator[Record]:
    """Records of which none is of several rows."""
    for record in records:
        if isinstance(record, RowsTogether):
            yield from record.rows()
        else:
            yield record


class Cells:
    """The cells of one row, as a record holds them."""

    def __init__(self) -> None:
        self.recorded: list[ToldCell] = []
        self._size = 0

    def add(self, column: int, told: Told, *, computed: bool = False) -> None:
        """One more, in this column.

        Raises:
            TooMuch: if the row says more than one can.
        """
        value = told[1]
        if isinstance(value, str):
            self.grow(len(value))
        self.recorded.append((column, *told, computed) if computed or told[0] != "text" else (column, value))

    def grow(self, by: int) -> None:
        """So many more characters of texts.

        Raises:
            TooMuch: if the row says more than one can.
        """
        self._size += by
        if self._size > MOST_IN_ROW:
            raise TooMuch("text in a row than a return does", MOST_IN_ROW)

    def take(self) -> list[ToldCell]:
        """All of them; the next row begins without any."""
        cells, self.recorded, self._size = self.recorded, [], 0
        return cells
