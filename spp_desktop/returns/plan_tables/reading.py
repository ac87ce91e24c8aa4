"""A file, or what was pasted, as the tables of a plan in it: which of them is read, and through which columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spp_desktop.returns.blocks import shown, told
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.mapped import Extract, FileLook, SheetLook
from spp_desktop.returns.plan_tables.columns import AS_TITLED, PlanColumns, heading_place
from spp_desktop.returns.plan_tables.guessing import guessed_roles, heading_row
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.returns.sheet_tables import SheetTable, heading_texts

PLAN_LIMITS = replace(LIMITS, seconds=60.0)
"""What a file with a plan may at most be: all of its rows are seen before anything is done."""

PASTED = "What was pasted"
_WORD_TABLE = re.compile(r"Table [0-9]+(?:: (?P<heading>.+))?", re.DOTALL)
_UNNAMED = re.compile(r"(?:sheet|table|tabelle|worksheet) ?[0-9]*", re.IGNORECASE)


def whole(path: Path, password: str = "", limits: FileLimits = PLAN_LIMITS) -> FileLook:
    """All rows of each sheet of a file, or of each table of a Word document.

    Raises:
        PasswordNeeded, ReturnRefused: with a sentence, if it cannot be read safely or at all.
    """
    extract = Extract(path, None, password, limits, documents=True)
    read: list[tuple[str, bool, list[int], list[dict[int, str]]]] = []
    for record in extract.records():
        if isinstance(record, dict):
            if "sheet" in record:
                read.append((record["sheet"], record["hidden"], [], []))
        else:
            read[-1][2].append(record[0])
            read[-1][3].append({cell[0]: _text(cell) for cell in record[2]})
    sheets = tuple(
        SheetLook(title, hidden, tuple(numbers), _even(rows)) for title, hidden, numbers, rows in read if rows
    )
    if not sheets:
        raise ReturnRefused(f"{path.name} holds no table with anything in it. Choose another file.")
    return FileLook(path.name, sheets, tuple(extract.notices))


def pasted(block: Sequence[Sequence[str]]) -> FileLook:
    """Rows of cells that were pasted, as if they stood in a file."""
    width = max(map(len, block), default=0)
    rows = tuple((*row, *[""] * (width - len(row))) for row in block)
    return FileLook(PASTED, (SheetLook("", False, tuple(range(1, len(rows) + 1)), rows),), ())


def _text(cell: Sequence[object]) -> str:
    """A cell of a record as its cell shows it; spaces before a text are kept, for they may say a level."""
    as_kept = told(cell, as_text=True)
    text = shown(as_kept)
    if text and isinstance(cell[1], str) and len(cell) == 2:  # noqa: PLR2004 - a text and nothing else
        return cell[1].rstrip()
    return text


def _even(rows: Sequence[dict[int, str]]) -> tuple[tuple[str, ...], ...]:
    width = min(max((max(row, default=0) for row in rows), default=0), LIMITS.columns)
    return tuple(tuple(row.get(place, "") for place in range(1, width + 1)) for row in rows)


@dataclass(frozen=True)
class PlanReading:
    """A table of a file, and how it is read.

    Attributes:
        look: The whole file.
        sheet: The sheet that the table stands on.
        table: The table.
        columns: What its columns hold.
        title: The name under which that is kept; "" where it is not.
    """

    look: FileLook
    sheet: SheetLook
    table: SheetTable
    columns: PlanColumns
    title: str = ""

    def changed(self, columns: PlanColumns) -> "PlanReading":
        """The same table, read in another way."""
        return replace(self, columns=columns)

    def tables(self) -> list[tuple[SheetLook, int]]:
        """The tables that are read, each with the place of its last row of headings."""
        own = (self.sheet, self.table.at)
        if not self.columns.together:
            return [own]
        places = [(sheet, heading_place(self.columns, sheet.rows)) for sheet in self.look.sheets if not sheet.hidden]
        alike = [(sheet, at) for sheet, at in places if at is not None and sheet != self.sheet]
        order = list(self.look.sheets)
        return sorted([own, *alike], key=lambda table: order.index(table[0]))


def heading_above(title: str) -> str:
    """What heads a table: the heading above a Word table, or the name that somebody gave a sheet."""
    word = _WORD_TABLE.fullmatch(title)
    if word is not None:
        return (word["heading"] or "").strip()
    return "" if _UNNAMED.fullmatch(title.strip()) else title.strip()


def at_rows(look: FileLook, sheet: SheetLook, at: int, depth: int) -> PlanReading:
    """The table whose headings end with a row, counted from 0, read as its columns seem to be meant."""
    headings = heading_texts(sheet.rows, at, depth)
    table = SheetTable(at, depth, headings, sheet.rows[at + 1 :])
    columns = PlanColumns(guessed_roles(headings), sheet.title, depth)
    reading = PlanReading(look, sheet, table, columns)
    titled = heading_above(sheet.title) and (len(reading.tables()) > 1 or _WORD_TABLE.fullmatch(sheet.title))
    within = columns.has_levels or any(sum(map(bool, row)) == 1 for row in table.body)
    return reading.changed(replace(columns, under=AS_TITLED)) if titled and not within else reading


def on_sheet(look: FileLook, sheet: SheetLook) -> PlanReading:
    """The table on a sheet that seems to be meant."""
    at, depth, _ = heading_row(sheet.rows)
    return at_rows(look, sheet, at, depth)


def proposed(look: FileLook, kept: Mapping[str, PlanColumns], sheet: str = "") -> PlanReading:
    """The table that seems to be meant: one that kept columns know, else the one whose headings say most.

    Args:
        look: The whole file.
        kept: What is kept, by name.
        sheet: The only sheet that is looked at; "" for all.
    """
    wanted = [each for each in look.sheets if sheet in ("", each.title)] or list(look.sheets)
    for title, columns in kept.items():
        for each in sorted(wanted, key=lambda each: (each.title != columns.sheet, each.hidden)):
            if columns.lacks() or (at := heading_place(columns, each.rows)) is None:
                continue
            table = SheetTable(
                at, columns.heading_rows, heading_texts(each.rows, at, columns.heading_rows), each.rows[at + 1 :]
            )
            return PlanReading(look, each, table, columns, title)
    best = max(wanted, key=lambda each: (not each.hidden, heading_row(each.rows)[2], -wanted.index(each)))
    return on_sheet(look, best)
