"""What belongs into which cell of a form, as a small text that a person can read, write and send to another force.

It is TOML: a name, the form for which it was made and the year, lists of what the form calls things, and for each sheet
its cells, a line each: where the cell is by the labels of its row and its column, and what belongs there::

    name = "Annual return"
    form = "annual-return.xlsx"
    year = "2008-2009"

    [lists.sex]
    Male = "M"
    Female = "F"

    [[sheets]]
    title = "Crime"
    cells = [
      { row = "Burglary", column = "2008-09", at = "D7", holds = "indicator SPI 5.2: result 2008-2009" },
      { name = "Force_Code", holds = "text: F41" },
    ]

The labels come first; the address (``at``) tells equal ones apart, and stands alone where there are none.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.periods import year_name
from spp_desktop.returns.cell_places import Block, block_of

_LONGEST, _MOST_CELLS, _MOST_TEXT = 500, 20_000, 4_000_000
_CELL_KEYS = {"row", "column", "at", "name", "under", "right", "below", "list", "holds"}
_TOP_KEYS = {"name", "form", "year", "note", "lists", "sheets"}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)( ?[-/\N{EN DASH}] ?)((?:19|20)?\d\d)(?!\d)")


class MappingUnread(ValueError):
    """A text that is no mapping; it says why, and where, in a sentence."""


@dataclass(frozen=True)
class MappedCell:
    """One cell of a form, or a range of one, and what belongs there.

    Attributes:
        sheet: the title of its sheet.
        holds: the name of what belongs there, as ``edits.forms`` knows it.
        row: the labels at the left of it, from the left.
        column: the headings above it, from above.
        under: the heading of the part of the table that its row stands in, where rows are called alike.
        at: its address when the mapping was made; a range where it is filled downwards.
        name: the name that the workbook has for it.
        right: how many cells to the right of its label it is, where it has no heading.
        below: how many cells below its heading it is, where it has no label.
        listed: the list by which what belongs there is called otherwise in the form.
    """

    sheet: str
    holds: str
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    under: str = ""
    at: Block | None = None
    name: str = ""
    right: int = 1
    below: int = 1
    listed: str = ""

    @property
    def called(self) -> str:
        """The cell as a person knows it again: "Crime: Burglary / 2008-09"."""
        labels = " / ".join(filter(None, (": ".join(self.row), ": ".join(self.column)))) or self.name
        where = labels or (self.at.address if self.at is not None else "")
        return f"{self.sheet}: {where}" if self.sheet else where

    @property
    def rows(self) -> int:
        """How many rows it fills."""
        return 1 if self.at is None else self.at.bottom - self.at.top + 1


@dataclass(frozen=True)
class CellMapping:
    """What belongs into the cells of a form.

    Attributes:
        title: by which it is kept.
        form: the name of the file for which it was made.
        cells: the cells.
        year: the first calendar year of the year for which it was made; ``None`` where it is for none.
        note: what is to be said of it.
        lists: by the name of a list, what the form calls what the plan calls so.
    """

    title: str
    form: str = ""
    cells: tuple[MappedCell, ...] = ()
    year: int | None = None
    note: str = ""
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of_year(self, year: int) -> "CellMapping":
        """The same for another year: the years of its headings, and of what belongs there, are moved on by as many."""
        if self.year is None or year == self.year:
            return self
        by = year - self.year
        cells = tuple(
            replace(
                cell,
                holds=_moved(cell.holds, by) if not cell.holds.startswith("text:") else cell.holds,
                row=tuple(_moved(part, by) for part in cell.row),
                column=tuple(_moved(part, by) for part in cell.column),
                under=_moved(cell.under, by),
            )
            for cell in self.cells
        )
        return replace(self, cells=cells, year=year)

    def form_calls(self, listed: str, text: str) -> str:
        """What the form calls what the plan calls so, by one of its lists."""
        known = {fold(ours): theirs for ours, theirs in self.lists.get(listed, {}).items()}
        return known.get(fold(text), text)

    def plan_calls(self, listed: str, text: str) -> str:
        """What the plan calls what the form calls so, by one of its lists."""
        known = {fold(theirs): ours for ours, theirs in self.lists.get(listed, {}).items()}
        return known.get(fold(text), text)

    def as_text(self) -> str:
        """The mapping as its text."""
        lines = ["# What belongs into which cell of a form. SPP Desktop reads it, and so can you."]
        lines += [f"name = {_quoted(self.title)}", f"form = {_quoted(self.form)}"]
        lines += [f"year = {_quoted(year_name(self.year))}"] if self.year is not None else []
        lines += [f"note = {_quoted(self.note)}"] if self.note else []
        for name, terms in self.lists.items():
            lines += ["", f"[lists.{_quoted(name)}]"]
            lines += [f"{_quoted(ours)} = {_quoted(theirs)}" for ours, theirs in terms.items()]
        for title in dict.fromkeys(cell.sheet for cell in self.cells):
            lines += ["", "[[sheets]]", f"title = {_quoted(title)}", "cells = ["]
            lines += [f"  {{ {', '.join(_items(cell))} }}," for cell in self.cells if cell.sheet == title]
            lines += ["]"]
        return "\n".join(lines) + "\n"


def _moved(text: str, by: int) -> str:
    """A text whose years are so many later: "2008-09" becomes "2009-10"."""

    def both(match: re.Match[str]) -> str:
        """A year of two names."""
        end = str(int(match[3]) + by).zfill(len(match[3]))[-len(match[3]) :]
        return f"{int(match[1]) + by}{match[2]}{end}"

    pieces, at = [], 0
    for match in _YEARS.finditer(text):
        pieces += [_YEAR.sub(lambda each: str(int(each[1]) + by), text[at : match.start()]), both(match)]
        at = match.end()
    return "".join([*pieces, _YEAR.sub(lambda each: str(int(each[1]) + by), text[at:])])


def _quoted(text: str) -> str:
    """A text as TOML has it (1.0.0, strings): as JSON does, but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _items(cell: MappedCell) -> Iterator[str]:
    """What a line says of a cell."""
    for name, labels in (("row", cell.row), ("column", cell.column)):
        if labels:
            yield f"{name} = {_quoted(labels[0]) if len(labels) == 1 else '[' + ', '.join(map(_quoted, labels)) + ']'}"
    for name in ("under", "name", "listed"):
        if text := getattr(cell, name):
            yield f"{name.removesuffix('ed')} = {_quoted(text)}"
    for name in ("right", "below"):
        if (number := getattr(cell, name)) != 1:
            yield f"{name} = {number}"
    if cell.at is not None:
        yield f"at = {_quoted(cell.at.address)}"
    yield f"holds = {_quoted(cell.holds)}"


def from_text(text: str) -> CellMapping:
    """The mapping that a text is.

    Raises:
        MappingUnread: if it is none; says what is the matter, and where.
    """
    if len(text) > _MOST_TEXT:
        raise MappingUnread("it is far longer than a mapping is")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise MappingUnread(f"it is not written as TOML is: {problem}") from None
    except RecursionError:
        raise MappingUnread("it is not written as TOML is") from None
    _only(content, _TOP_KEYS, "the mapping")
    sheets = content.get("sheets", [])
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise MappingUnread("each sheet begins with [[sheets]]")
    cells = tuple(cell for sheet in sheets for cell in _cells(sheet))
    if len(cells) > _MOST_CELLS:
        raise MappingUnread(f"it has more cells than a form does (at most {_MOST_CELLS:,})")
    lists = content.get("lists", {})
    if not isinstance(lists, dict) or not all(isinstance(terms, dict) for terms in lists.values()):
        raise MappingUnread("each list begins with [lists.NAME]")
    for name, terms in lists.items():
        if not all(isinstance(theirs, str) for theirs in terms.values()):
            raise MappingUnread(f"the list {quoted(name)} has something that is not written in quotation marks")
    unknown = {cell.listed for cell in cells if cell.listed} - set(lists)
    if unknown:
        raise MappingUnread(f"a cell goes by the list {quoted(min(unknown))}, which is not there")
    title, form, note = (_text(content, name, "the mapping") for name in ("name", "form", "note"))
    return CellMapping(title, form, cells, _year(content), note, lists)


def _year(content: Mapping[str, Any]) -> int | None:
    text = str(content.get("year", "")).strip()
    match = _YEAR.match(text)
    if text and match is None:
        raise MappingUnread(f"its year {quoted(text)} is none; write it as “2008-2009”")
    return int(match[1]) if match else None


def _cells(sheet: Mapping[str, Any]) -> Iterator[MappedCell]:
    """The cells of a sheet."""
    title = _text(sheet, "title", "a sheet")
    of = f"the sheet {quoted(title)}" if title else "a sheet"
    _only(sheet, {"title", "cells"}, of)
    cells = sheet.get("cells", [])
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise MappingUnread(f"the cells of {of} stand in square brackets, each in curly ones")
    for number, cell in enumerate(cells, 1):
        yield _cell(cell, title, f"cell {number} of {of}")


def _cell(content: Mapping[str, Any], sheet: str, where: str) -> MappedCell:
    _only(content, _CELL_KEYS, where)
    holds = _text(content, "holds", where).strip()
    if not holds:
        raise MappingUnread(f"{where} does not say what it holds")
    address, name = _text(content, "at", where), _text(content, "name", where)
    at = block_of(address) if address else None
    if address and at is None:
        raise MappingUnread(f"{where} is at {quoted(address)}, which is no address of a cell; write it as “B7”")
    row, column = (_labels(content, each, where) for each in ("row", "column"))
    if at is None and not (row or column or name):
        raise MappingUnread(f"{where} does not say where it is, by row, column, name or at")
    if at is not None and at.left != at.right:
        raise MappingUnread(f"{where} is at {quoted(address)}, which has several columns; give each column a line")
    steps = []
    for each in ("right", "below"):
        number = content.get(each, 1)
        if not isinstance(number, int) or not 0 < number <= _LONGEST:
            raise MappingUnread(f"{where}: “{each}” is how many cells away it is, such as 1")
        steps.append(number)
    under, listed = (_text(content, each, where) for each in ("under", "list"))
    return MappedCell(sheet, holds, row, column, under, at, name, steps[0], steps[1], listed)


def _labels(content: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    labels = content.get(name, [])
    listed = [labels] if isinstance(labels, str) else labels
    if not isinstance(listed, list) or not all(isinstance(label, str) and len(label) <= _LONGEST for label in listed):
        raise MappingUnread(f"{where}: “{name}” is a label in quotation marks, or several in square brackets")
    return tuple(filter(None, (" ".join(label.split()) for label in listed)))


def _text(content: Mapping[str, Any], name: str, where: str) -> str:
    text = content.get(name, "")
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise MappingUnread(f"“{name}” of {where} is a text of at most {_LONGEST} letters in quotation marks")
    return text


def _only(content: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = [name for name in content if name not in known]
    if unknown:
        raise MappingUnread(
            f"{where} has {quoted(unknown[0])}, which nothing is known by; known are {', '.join(sorted(known))}"
        )
