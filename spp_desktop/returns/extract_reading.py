"""A way to read a file: which of its tables, through which mapping; found by what is kept, or proposed anew.

The window and the command line both choose by this, so that whatever one can choose the other can say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from spp_desktop.returns.cell_places import letters
from spp_desktop.returns.column_mapping import NOTHING_CHOSEN, ColumnMapping, find_headings
from spp_desktop.returns.guessing import best_table, guess_table
from spp_desktop.returns.mapped import Chosen, FileLook, SheetLook, chosen
from spp_desktop.returns.open_questions import OpenQuestion, open_questions, unused
from spp_desktop.returns.sheet_tables import SheetTable, table_at, tables
from spp_desktop.returns.whole_table import PlanNames, WholeTable, whole_of


@lru_cache(maxsize=64)
def tables_of(sheet: SheetLook) -> tuple[SheetTable, ...]:
    """The tables in the first rows of a sheet."""
    return tuple(tables(sheet.rows, sheet.numbers))


@dataclass(frozen=True)
class ExtractReading:
    """A table of a file, and how it is read.

    Attributes:
        sheet: The sheet as its beginning is seen.
        table: The table on it.
        mapping: What its columns hold.
        plan: What the plan calls things.
        title: The name under which the mapping is kept; "" where it is not.
    """

    sheet: SheetLook
    table: SheetTable
    mapping: ColumnMapping
    plan: PlanNames
    title: str = ""

    @cached_property
    def whole(self) -> WholeTable:
        """What is said of all its figures."""
        return whole_of(self.table, self.sheet.title, self.plan)

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        """What is still to be chosen before it can be read."""
        if not self.mapping.agrees(self.table.headings):
            named = f"“{self.title}” names" if self.title else "was chosen"
            return [OpenQuestion(f"The table lacks a column that {named}. Choose what its columns hold.")]
        return open_questions(self.mapping, self.table, self.plan, self.whole)

    def unused(self) -> list[str]:
        """The headings of the columns that are not used, and the tables that stand beside this one."""
        beside = [
            f"columns {letters(places[0] + 1)} to {letters(places[-1] + 1)} (another table)"
            for table in tables_of(self.sheet)
            if table.at == self.table.at and table.headings != self.table.headings
            and (places := [place for place, heading in enumerate(table.headings) if heading.strip()])
        ]  # fmt: skip
        return [*unused(self.mapping, self.table, self.whole.period), *beside]

    def chosen(self, first_year: int) -> Chosen:
        """What is to be read of the file."""
        return chosen(self.sheet, self.table, self.mapping, self.whole, first_year)

    def changed(self, mapping: ColumnMapping, *, seen: bool = False) -> "ExtractReading":
        """The same table, read in another way that a person chose with its titles in view.

        ``seen``: the person chose the table by name, and takes it even where it says that it is superseded.
        """
        known = seen or "superseded" in self.mapping.says
        words = self.whole.words if known else self.whole.words - {"superseded"}
        area = [f"area: {self.whole.area}"] if self.whole.area else []
        return replace(self, mapping=replace(mapping, says=(*sorted(words), *area)))

    def guessed(self) -> "ExtractReading":
        """The same table with what its columns seem to hold; what was chosen for all rows stays."""
        mapping = self.mapping
        made = guess_table(self.table, self.plan, self.whole)
        given = {"indicator": mapping.indicator, "population": mapping.population, "state": mapping.state}
        if mapping.force != ColumnMapping.force and made.force == ColumnMapping.force:
            given["force"] = mapping.force
        return replace(self, title="", mapping=replace(made, sheet=self.sheet.title, **given))  # type: ignore[arg-type]


def at_row(reading: ExtractReading, at: int, depth: int) -> ExtractReading:
    """The table whose headings end with a row, counted from 0, read as before where its columns are there."""
    known = next((table for table in tables_of(reading.sheet) if (table.at, table.depth) == (at, depth)), None)
    moved = replace(reading, table=known or table_at(reading.sheet.rows, at, depth, reading.sheet.numbers))
    if reading.mapping.heading_rows == depth and reading.mapping.roles and moved.mapping.agrees(moved.table.headings):
        return moved
    return moved.guessed()


def on_sheet(reading: ExtractReading, sheet: SheetLook) -> ExtractReading:
    """Another sheet, read as before where it has such a table, else as it seems to be meant."""
    if reading.title:
        table = next(_agreeing(reading.mapping, sheet), None)
        if table is not None:
            return replace(reading, sheet=sheet, table=table)
    listed = tables_of(sheet)
    place = best_table([(sheet.title, False, listed)])
    table = table_at(sheet.rows, 0) if place is None else listed[place[1]]
    return replace(reading, sheet=sheet, table=table, title="").guessed()


def proposed(look: FileLook, plan: PlanNames, mapping: ColumnMapping = NOTHING_CHOSEN) -> ExtractReading:
    """The table that seems to be meant, read as it seems to be meant; ``mapping`` holds what was chosen already."""
    place = best_table([(sheet.title, sheet.hidden, tables_of(sheet)) for sheet in look.sheets])
    if place is None:
        sheet = next((sheet for sheet in look.sheets if not sheet.hidden), look.sheets[0])
        table = table_at(sheet.rows, 0)
    else:
        sheet = look.sheets[place[0]]
        table = tables_of(sheet)[place[1]]
    return ExtractReading(sheet, table, mapping, plan).guessed()


def fitting(
    kept: Mapping[str, ColumnMapping], look: FileLook, plan: PlanNames, sheet: str = ""
) -> ExtractReading | None:
    """The first mapping whose headings a file has, with the table that has them; ``None`` if none fits.

    The sheet that was chosen when the mapping was kept is tried first, and hidden ones last; ``sheet`` names the only
    one to be tried.
    """
    for title, mapping in kept.items():
        for look_of_sheet in _in_turn(look.sheets, mapping.sheet):
            if sheet in (look_of_sheet.title, ""):
                table = next(_agreeing(mapping, look_of_sheet), None)
                if table is not None:
                    return ExtractReading(look_of_sheet, table, mapping, plan, title)
    return None


def _in_turn(sheets: Sequence[SheetLook], first: str) -> list[SheetLook]:
    return sorted(sheets, key=lambda sheet: (sheet.title != first, sheet.hidden))


def _agreeing(mapping: ColumnMapping, sheet: SheetLook) -> Iterator[SheetTable]:
    """The tables of a sheet that have the columns of a mapping; any row of headings that has, if no table does."""
    if not mapping.roles and mapping.across is None:
        return
    yield from (
        table for table in tables_of(sheet) if table.depth == mapping.heading_rows and mapping.agrees(table.headings)
    )
    at = find_headings(mapping, sheet.rows)
    if at is not None:
        yield table_at(sheet.rows, at, mapping.heading_rows, sheet.numbers)
