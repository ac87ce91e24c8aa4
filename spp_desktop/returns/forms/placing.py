"""The cells of a mapping found in a form: by their labels first, so that next year's form is filled where it has moved.

A cell is found where its row's labels and its headings cross. Nothing is guessed by an address whose labels say
something else: what cannot be placed is shown with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.cell_places import Block, CellPlace, address
from spp_desktop.returns.forms.form import FormBook, FormSheet, where
from spp_desktop.returns.forms.labels import ALIKE, SheetLabels, likeness, matched, plain
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell

_ENOUGH = 0.7
"""How well labels must be found, from 0 to 1: one of three may be another."""

_NEAR = 0.05
"""How much better a cell fits whose headings are the nearest ones above it, and not those of a table further up."""

_DEEPEST = 4


class PlacedCell(NamedTuple):
    """A cell of a mapping in a form.

    Attributes:
        cell: the cell of the mapping.
        sheet: the sheet it stands on; ``None`` where it could not be placed.
        block: the cells that it fills, one above the other.
        why: why it could not be placed, or what is to be said of its place, in a sentence.
    """

    cell: MappedCell
    sheet: FormSheet | None
    block: Block | None
    why: str = ""


class Placing:
    """A mapping laid over a form; ``filled``: one that came back, in whose cells people may have put formulas.

    Attributes:
        placed: the cells that were found.
        unplaced: those that were not, each with the reason.
    """

    def __init__(self, form: FormBook, mapping: CellMapping, *, filled: bool = False) -> None:
        self.form, self._filled = form, filled
        self._known: dict[tuple[int, str, tuple[str, ...]], dict[CellPlace, float]] = {}
        self._labels = {sheet.title: SheetLabels(sheet) for sheet in form.sheets}
        every = list(self._every(mapping.cells))
        self.placed = [each for each in every if each.sheet is not None]
        self.unplaced = [each for each in every if each.sheet is None]

    def _every(self, cells: Iterable[MappedCell]) -> Iterator[PlacedCell]:
        by_sheet: dict[str, list[MappedCell]] = defaultdict(list)
        for cell in cells:
            by_sheet[cell.sheet].append(cell)
        for title, listed in by_sheet.items():
            sheet = self._sheet_of(title, listed)
            alike: dict[tuple[object, ...], list[MappedCell]] = defaultdict(list)
            for cell in listed:
                key = (
                    cell.row,
                    cell.column,
                    cell.under,
                    cell.right,
                    cell.below,
                    "" if cell.row or cell.column else cell,
                )
                alike[key].append(cell)
            for group in alike.values():
                yield from self._group(group, sheet)

    def _sheet_of(self, title: str, cells: list[MappedCell]) -> FormSheet | None:
        """The sheet that is meant: of this title, of one like it, or the one on which the labels stand."""
        for sheet in self.form.sheets:
            if plain(sheet.title) == plain(title):
                return sheet
        labels = {plain(label) for cell in cells for label in (*cell.row, *cell.column)}
        rated = [
            (len(labels & set(self._labels[sheet.title].by_name)) / (len(labels) or 1), sheet)
            for sheet in self.form.sheets
        ]
        rated.sort(key=lambda each: (each[0], likeness(each[1].title, title)), reverse=True)
        best = rated[0] if rated else None
        if best is None or (best[0] < _ENOUGH / 2 and likeness(best[1].title, title) < ALIKE):
            return None
        return best[1]

    def _group(self, cells: list[MappedCell], sheet: FormSheet | None) -> Iterator[PlacedCell]:
        """Where cells are that are called alike."""
        named = [cell for cell in cells if cell.name]
        for cell in named:
            yield self._named(cell, sheet)
        rest = [cell for cell in cells if not cell.name]
        if not rest:
            return
        if sheet is None:
            for cell in rest:
                yield PlacedCell(cell, None, None, f"The form has no sheet like {quoted(cell.sheet)}.")
            return
        if not rest[0].row and not rest[0].column:
            for cell in rest:
                yield self._taken(cell, sheet, cell.at.first if cell.at is not None else None)
            return
        yield from self._crossing(rest, sheet)

    def _named(self, cell: MappedCell, sheet: FormSheet | None) -> PlacedCell:
        wanted = cell.name.casefold()
        for name in self.form.names:
            on = self.form.sheet(name.sheet)
            if name.name.casefold() == wanted and on is not None:
                return self._taken(cell, on, name.block.first)
        if sheet is not None and (cell.row or cell.column):
            return next(self._crossing([cell], sheet))
        return PlacedCell(cell, None, None, f"The form has no cell that is named {quoted(cell.name)}.")

    def _crossing(self, cells: list[MappedCell], sheet: FormSheet) -> Iterator[PlacedCell]:
        """Cells that are called alike, where their labels cross; in order, where there are as many places."""
        places = self._places(cells[0], sheet)
        if not places:
            why = f"No cell of “{sheet.title}” has {_labels_in_words(cells[0])}."
            yield from (PlacedCell(cell, None, None, why) for cell in cells)
            return
        if len(places) == len(cells):
            ordered = sorted(cells, key=lambda cell: cell.at.first if cell.at is not None else (0, 0))
            for cell, place in zip(ordered, sorted(places), strict=True):
                yield self._taken(cell, sheet, place)
            return
        for cell in cells:
            if cell.at is not None and cell.at.first in places:
                yield self._taken(cell, sheet, cell.at.first)
            else:
                several = f"{len(places)} cells of “{sheet.title}” have {_labels_in_words(cell)}"
                addresses = ", ".join(address(place) for place in sorted(places)[:3])
                yield PlacedCell(cell, None, None, f"{several}, such as {addresses}. Say which is meant.")

    def _places(self, cell: MappedCell, sheet: FormSheet) -> list[CellPlace]:
        """The cells that the labels of a cell fit best."""
        labels = self._labels[sheet.title]
        rows = self._rows(cell.row, labels) if cell.row else None
        columns = self._columns(cell.column, labels) if cell.column else None
        if columns is None and rows is not None:
            rated = {self._right_of(sheet, place, cell.right): rate for place, rate in rows.items()}
        elif rows is None and columns is not None:
            rated = {self._below(sheet, place, cell.below): rate for place, rate in columns.items()}
        else:
            rated = self._crossed(sheet, rows or {}, columns or {})
            if len(rated) > 1:
                rated = {place: rate + _near(labels, cell, place) for place, rate in rated.items()}
        best = max(rated.values(), default=0.0)
        places = [place for place, rate in rated.items() if rate >= best - 1e-9]
        if len(places) > 1 and cell.under:
            within = [place for place in places if likeness(labels.part(place), cell.under) >= ALIKE]
            places = within or places
        return places

    def _crossed(
        self, sheet: FormSheet, rows: dict[CellPlace, float], columns: dict[CellPlace, float]
    ) -> dict[CellPlace, float]:
        """Where rows cross columns, at the right of their labels and below their headings, and how well both fit."""
        rated: dict[CellPlace, float] = {}
        for (row, last), rate in rows.items():
            best: dict[int, float] = {}
            for (at, column), other in columns.items():
                if at < row and column > last:
                    best[column] = max(best.get(column, 0.0), other)
            for column, other in best.items():
                place = sheet.told_at((row, column))
                rated[place] = max(rated.get(place, 0.0), (rate + other) / 2)
        return rated

    def _rows(self, wanted: tuple[str, ...], labels: SheetLabels) -> dict[CellPlace, float]:
        """Where the last label of a row stands that has the labels, and how well it fits."""
        known = self._known.get((id(labels), "row", wanted))
        if known is not None:
            return known
        rows: dict[int, list[CellPlace]] = defaultdict(list)
        for label in wanted:
            for place, _ in labels.places_like(label):
                rows[place[0]].append(place)
        rated = self._known[id(labels), "row", wanted] = {}
        for row, places in rows.items():
            there = [labels.texts[row, column] for column in labels.by_row[row]]
            rate = matched(wanted, list(dict.fromkeys(there)))
            if rate >= _ENOUGH:
                rated[row, max(column for _, column in places)] = rate - _surplus(wanted, there)
        return rated

    def _columns(self, wanted: tuple[str, ...], labels: SheetLabels) -> dict[CellPlace, float]:
        """Where the last heading of a column stands that has the headings, and how well they fit."""
        known = self._known.get((id(labels), "column", wanted))
        if known is not None:
            return known
        rated = self._known[id(labels), "column", wanted] = {}
        for (row, column), _ in labels.places_like(wanted[-1]):
            rows = range(max(row - _DEEPEST, 1), row + 1)
            above = [labels.texts[each, column] for each in rows if (each, column) in labels.texts]
            rate = matched(wanted, list(dict.fromkeys(above)))
            if rate >= _ENOUGH:
                rated[row, column] = rate
        return rated

    def _right_of(self, sheet: FormSheet, label: CellPlace, steps: int) -> CellPlace:
        """The cell so many to the right of a label; cells that are one are counted once."""
        row, column = label
        for _ in range(steps):
            block = sheet.merged_at((row, column))
            column = (block.right if block is not None else column) + 1
        return sheet.told_at((row, column))

    def _below(self, sheet: FormSheet, heading: CellPlace, steps: int) -> CellPlace:
        """The cell so many below a heading; cells that are one are counted once."""
        row, column = heading
        for _ in range(steps):
            block = sheet.merged_at((row, column))
            row = (block.bottom if block is not None else row) + 1
        return sheet.told_at((row, column))

    def _taken(self, cell: MappedCell, sheet: FormSheet, place: CellPlace | None) -> PlacedCell:
        """A cell at its place, unless nothing can be written there."""
        if place is None:
            return PlacedCell(cell, None, None, "The mapping does not say where it is.")
        first = sheet.told_at(place)
        if first in sheet.formulas and not self._filled:
            return PlacedCell(cell, None, None, f"{where(sheet, first)} holds a formula of the form, which stays.")
        block = Block(first[0], first[1], first[0] + cell.rows - 1, first[1])
        for table in sheet.tables:
            if table.block.has(first) and first[0] < table.block.top + table.headings:
                why = f"{where(sheet, first)} is a heading of a table, which stays."
                return PlacedCell(cell, None, None, why)
        told = ""
        if cell.at is not None and cell.at.first != first:
            told = f"Moved from {address(cell.at.first)} to {address(first)}."
        return PlacedCell(cell, sheet, block, told)


def _labels_in_words(cell: MappedCell) -> str:
    """The labels of a cell in a sentence."""
    row, column = ": ".join(cell.row), ": ".join(cell.column)
    if row and column:
        return f"{quoted(row)} at its left and {quoted(column)} above it"
    return f"{quoted(row)} at its left" if row else f"{quoted(column)} above it"


def _surplus(wanted: tuple[str, ...], there: list[str]) -> float:
    """A little less for each label that is not wanted, so that of two rows that fit the plainer one is meant."""
    names = {plain(label) for label in wanted}
    return 0.001 * len({plain(label) for label in there} - names)


def _near(labels: SheetLabels, cell: MappedCell, place: CellPlace) -> float:
    """A little more where the headings of a cell are the nearest ones above it."""
    return _NEAR * (matched(cell.column, labels.headings(place)) >= _ENOUGH)
