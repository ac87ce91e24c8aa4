"""Cells and ranges of sheets by their addresses: "B7", "B7:D9"."""

import re
from typing import NamedTuple

CellPlace = tuple[int, int]
"""The row and the column of a cell, both counted from 1."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_RANGE = re.compile(rf"{_CELL.pattern}(?::{_CELL.pattern})?")


class Block(NamedTuple):
    """A range of cells by its first and last row and column, all included."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, place: CellPlace) -> bool:
        """Whether a cell is one of its."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    @property
    def first(self) -> CellPlace:
        """Its top-left cell."""
        return self.top, self.left

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def places(self) -> list[CellPlace]:
        """Its cells, row by row."""
        return [
            (row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1)
        ]

    @property
    def address(self) -> str:
        """How it is written: "B7", "B7:D9"."""
        first = address(self.first)
        return first if self.size == 1 else f"{first}:{address((self.bottom, self.right))}"

    @property
    def fixed(self) -> str:
        """The same so that it stays where formulas are copied: "$B$7:$D$9"."""
        return f"${letters(self.left)}${self.top}:${letters(self.right)}${self.bottom}"


def letters(column: int) -> str:
    """A column as a person finds it: 28 is "AB"."""
    name = ""
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(ord("A") + left) + name
    return name


def column_number(column: str) -> int:
    """The number of a column: "B" is 2."""
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(place: CellPlace) -> str:
    """How a cell is written: "B7"."""
    return f"{letters(place[1])}{place[0]}"


def block_of(text: str) -> Block | None:
    """The range that an address means; ``None`` where a text is none."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    ends = [(int(match[2]), column_number(match[1]))]
    if match[3]:
        ends.append((int(match[4]), column_number(match[3])))
    rows, columns = sorted(end[0] for end in ends), sorted(end[1] for end in ends)
    if not (rows[0] > 0 and rows[-1] <= LAST_ROW and columns[-1] <= LAST_COLUMN):
        return None
    return Block(rows[0], columns[0], rows[-1], columns[-1])
