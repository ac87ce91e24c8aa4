"""What stands around a cell of a form and says what it is for: labels at the left of it, headings above it."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.shorthand import ABSENCES, SHORTHAND
from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.form import FormSheet
from spp_desktop.returns.known_terms import bare

_DEEPEST, _MOST_LEFT, _LONGEST = 4, 4, 200
_YEARS = re.compile(r"\b((?:19|20)\d\d) ?[-/\N{EN DASH}] ?(?:(?:19|20)?(\d\d))\b")
_NUMBERS = re.compile(r"\d+")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MARKS = frozenset({*ABSENCES, *SHORTHAND, *(f"[{mark}]" for mark in SHORTHAND)})
"""What stands in place of a figure, and is no label."""
_LONGEST_MARK = max(map(len, _MARKS))

_UNITS = frozenset({"%", "\N{POUND SIGN}"})
"""Labels without a letter."""

ALIKE = 0.75
"""How alike two labels are at least that may be one, from 0 to 1."""


@lru_cache(maxsize=32_768)
def plain(label: str) -> str:
    """A label as it is compared: without marks of notes, capitals and colons; years in one way."""
    name = bare(label).strip(" :")
    return _YEARS.sub(lambda match: f"{match[1]}-{match[2]}", name)


@lru_cache(maxsize=65_536)
def likeness(first: str, second: str) -> float:
    """How alike two labels are, from 0 to 1. Numbers, such as those of years, must be the same."""
    left, right = plain(first), plain(second)
    if left == right:
        return 1.0
    if not left or not right or _NUMBERS.findall(left) != _NUMBERS.findall(right):
        return 0.0
    words, others = set(left.split()), set(right.split())
    shared = 2 * len(words & others) / (len(words) + len(others))
    return min(max(SequenceMatcher(None, left, right, autojunk=False).ratio(), shared), 0.99)


class SheetLabels:
    """The labels of a sheet."""

    def __init__(self, sheet: FormSheet) -> None:
        self.sheet = sheet

    @cached_property
    def texts(self) -> dict[CellPlace, str]:
        """The labels by where they stand, also in all cells that are one."""
        known: dict[CellPlace, str] = {}
        for place, cell in self.sheet.cells.items():
            if place in self.sheet.formulas:
                continue
            label = _label(cell.kind, cell.value)
            if label:
                known[place] = label
        width = self.sheet.size[1]
        for block in self.sheet.merged:
            label = known.get(block.first, "")
            if block.left == 1 and block.right >= width > 1:
                known.pop(block.first, None)  # a title over all columns is the heading of none
            elif label and block.size <= _LONGEST:
                known |= dict.fromkeys(block.places(), label)
        return known

    @cached_property
    def by_row(self) -> dict[int, list[int]]:
        """The columns in which labels stand, by row."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            rows.setdefault(row, []).append(column)
        return rows

    @cached_property
    def by_column(self) -> dict[int, list[int]]:
        """The rows in which labels stand, by column."""
        columns: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            columns.setdefault(column, []).append(row)
        return columns

    @cached_property
    def by_name(self) -> dict[str, list[CellPlace]]:
        """Where each label stands, by what it is compared as."""
        names: dict[str, list[CellPlace]] = {}
        for place, label in self.texts.items():
            names.setdefault(plain(label), []).append(place)
        return names

    def row_labels(self, place: CellPlace) -> tuple[str, ...]:
        """The labels at the left of a cell, from the left."""
        row, column = place
        left = [self.texts[row, each] for each in self.by_row.get(row, ()) if each < column]
        return tuple(dict.fromkeys(left))[:_MOST_LEFT]

    def headings(self, place: CellPlace) -> tuple[str, ...]:
        """The headings above a cell, from above: those that stand together nearest to it."""
        row, column = place
        above = [each for each in self.by_column.get(column, ()) if each < row]
        stack: list[int] = []
        for each in reversed(above):
            if stack and (each != stack[-1] - 1 or len(stack) == _DEEPEST):
                break
            stack.append(each)
        return tuple(dict.fromkeys(self.texts[each, column] for each in reversed(stack)))

    def part(self, place: CellPlace, *, apart: bool = False) -> str:
        """The heading of the part of a table that a cell's row stands in: alone in its row, above the row's labels.

        ``apart``: only one that looks otherwise than the row's own label, and so is no row beside it.
        """
        row, column = place
        columns = [each for each in self.by_row.get(row, ()) if each < column]
        if not columns:
            return ""
        own = self.sheet.style_at((row, columns[0]))
        rows = [
            each
            for each in reversed(self.by_column.get(columns[0], ()))
            if each < row
            and len(self.by_row[each]) == 1
            and (not apart or self.sheet.style_at((each, columns[0])) != own)
        ]
        return self.texts[rows[0], columns[0]] if rows else ""

    def places_like(self, label: str) -> list[tuple[CellPlace, float]]:
        """Where a label stands; else where the most alike one does."""
        exact = self.by_name.get(plain(label))
        if exact:
            return [(place, 1.0) for place in exact]
        rated = [(likeness(label, name), name) for name in self.by_name]
        best = max((rate for rate, _ in rated), default=0.0)
        if best < ALIKE:
            return []
        return [(place, rate) for rate, name in rated if rate == best for place in self.by_name[name]]


def _label(kind: str, value: object) -> str:
    """What a cell says as a label: its words, its day, or its year; "" for none."""
    if kind == "text":
        text = " ".join(str(value).split())
        words = text[:1].isalnum() or text in _UNITS or any(map(str.isalnum, text))
        return text if words and (len(text) > _LONGEST_MARK or text.casefold() not in _MARKS) else ""
    if kind == "date":
        return in_words(date.fromisoformat(str(value)[:10]))
    if kind == "number" and isinstance(value, int) and _FIRST_YEAR <= value <= _LAST_YEAR:
        return str(value)
    return ""


def matched(wanted: Sequence[str], there: Sequence[str]) -> float:
    """How well labels are found among others, in their order, from 0 to 1; 1 where none is wanted."""
    if not wanted:
        return 1.0
    total, behind = 0.0, 0
    for label in wanted:
        if behind < len(there) and there[behind] == label:  # nothing can be nearer, and nothing before it counts
            total, behind = total + 1.0, behind + 1
            continue
        rates = [(likeness(label, other), n) for n, other in enumerate(there) if n >= behind]
        rate, at = max(rates, key=lambda each: (each[0], -each[1]), default=(0.0, 0))
        if rate >= ALIKE:
            total, behind = total + rate, at + 1
    return total / len(wanted)
