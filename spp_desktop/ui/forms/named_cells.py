"""A mapping while it is made: which cells of the open form are named, and what goes into them now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection

from spp_desktop.edits.forms.filled import FilledLine, FormFilling, fill
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.proposals import proposals
from spp_desktop.edits.forms.value import NamedValue
from spp_desktop.edits.forms.values import all_names, value_named
from spp_desktop.edits.forms.wording import worded, words_of
from spp_desktop.plan.words import counted
from spp_desktop.returns.cell_places import Block, CellPlace
from spp_desktop.returns.forms.form import FormBook, FormSheet, where
from spp_desktop.returns.forms.labels import SheetLabels
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell
from spp_desktop.returns.forms.naming import cell_at

_BLANK = ("There is no result", "There is no target", "It is ")
"""How it is said that what is named is there and holds nothing yet."""


class NamedCells:
    """The cells of a form that are named.

    Args:
        form: The form.
        mapping: What is named already.
        year: The year that is filled in.
    """

    def __init__(self, form: FormBook, mapping: CellMapping, year: int) -> None:
        self.form, self.year = form, year
        self.mapping = mapping.of_year(year) if mapping.year is not None else replace(mapping, year=year)
        self.filling = FormFilling(form, (), ())

    @cached_property
    def _labels(self) -> dict[str, SheetLabels]:
        return {sheet.title: SheetLabels(sheet) for sheet in self.form.sheets}

    def fill(self, connection: Connection) -> FormFilling:
        """What goes into the cells now."""
        self.filling = fill(PlanBook(connection), self.form, self.mapping)
        return self.filling

    def offered(
        self, connection: Connection, sheet: FormSheet, places: Sequence[CellPlace]
    ) -> dict[CellPlace, list[NamedValue]]:
        """What seems to belong into cells, the likeliest first."""
        book = PlanBook(connection)
        return {place: proposals(book, self._labels[sheet.title], place) for place in places}

    def listed(self, connection: Connection) -> list[NamedValue]:
        """All that may be chosen."""
        return list(all_names(PlanBook(connection), self.year))

    def meant(self, connection: Connection, text: str) -> NamedValue | None:
        """What a text names that is typed as mappings have it, such as a result of an area; ``None`` for nothing."""
        value = value_named(PlanBook(connection), text)
        is_there = value.value is not None or any(value.why.startswith(blank) for blank in _BLANK)
        return NamedValue(text, value.title) if is_there else None

    def words(self, sheet: FormSheet, places: Sequence[CellPlace]) -> str:
        """Cells as a person finds them, with the labels of the first."""
        labels = self._labels[sheet.title]
        around = (*labels.row_labels(places[0]), *labels.headings(places[0]))
        first = " ".join([where(sheet, places[0]), *([f"({' / '.join(around)})"] if around else [])])
        return first if len(places) == 1 else f"{counted(len(places), 'cell')}, the first {first}"

    def name(self, sheet: FormSheet, names: dict[CellPlace, str], rows: int = 1) -> None:
        """Say what belongs into cells; ``rows``: how many rows each fills."""
        self.clear(sheet, list(names))
        labels = self._labels[sheet.title]
        cells = [cell_at(self.form, labels, place, holds, rows) for place, holds in names.items()]
        self.mapping = replace(self.mapping, cells=(*self.mapping.cells, *cells))

    def clear(self, sheet: FormSheet, places: Sequence[CellPlace]) -> None:
        """Take the names from cells."""
        gone = {id(line.cell) for line in self.filling.lines if line.sheet == sheet.title and line.place in places}
        own = {
            id(cell)
            for cell in self.mapping.cells
            if cell.sheet == sheet.title
            and cell.at is not None
            and cell.at.first in places
            and not self._is_elsewhere(cell)
        }
        cells = tuple(cell for cell in self.mapping.cells if id(cell) not in gone | own)
        self.mapping = replace(self.mapping, cells=cells)

    def _is_elsewhere(self, cell: MappedCell) -> bool:
        """Whether a cell was found at another place than that of its address."""
        return any(line.cell is cell for line in self.filling.lines) or any(
            each.cell is cell for each in self.filling.unplaced
        )

    def wording(self, connection: Connection, line: FilledLine) -> dict[str, str]:
        """The words that may stand in a cell, each with what the form calls it; none where it holds no words."""
        return words_of(PlanBook(connection), self.mapping, line.cell.holds)

    def word(self, connection: Connection, line: FilledLine, theirs: Mapping[str, str]) -> None:
        """Say what the form calls the words of a cell and of its column."""
        self.mapping = worded(PlanBook(connection), self.mapping, line.cell.holds, theirs)

    def kept(self, title: str) -> CellMapping:
        """The mapping as it is kept under a name: with the addresses that its cells have in this form."""
        lines: dict[int, FilledLine] = {}
        for line in self.filling.lines:
            lines.setdefault(id(line.cell), line)
        cells = tuple(_moved(cell, lines.get(id(cell))) for cell in self.mapping.cells)
        return replace(self.mapping, title=title.strip(), form=self.form.name, cells=cells)


def _moved(cell: MappedCell, line: FilledLine | None) -> MappedCell:
    """A cell of a mapping with the address at which it was found."""
    if line is None or line.place is None or cell.at is None:
        return cell
    top, left = line.place
    return replace(cell, sheet=line.sheet, at=Block(top, left, top + cell.rows - 1, left))
