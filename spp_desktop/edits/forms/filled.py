"""A form filled from the plan: what goes into each cell, what does not and why, and the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from spp_desktop.edits.forms.of_registers import every_name
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import PlanValue
from spp_desktop.edits.forms.values import value_named
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import counted
from spp_desktop.returns import aside
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.entry import CellEntry, entry_of
from spp_desktop.returns.forms.filling import filled_form
from spp_desktop.returns.forms.form import FormBook, FormSheet, where
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.returns.forms.placing import PlacedCell, Placing
from spp_desktop.returns.forms.rules import broken_rule
from spp_desktop.store.collector import waiting_collector


class FilledLine(NamedTuple):
    """One cell of a form, and what goes into it.

    Attributes:
        cell: the cell of the mapping.
        sheet: the title of its sheet; "" where it was not placed.
        place: where it is; ``None`` where it was not placed.
        title: what belongs there.
        shown: what goes into it; "" where nothing does.
        notes: what is to be said of it, or why nothing goes into it, in sentences.
        surplus: how many rows more the plan has, below the last one that a range has a place for.
    """

    cell: MappedCell
    sheet: str
    place: CellPlace | None
    title: str
    shown: str
    notes: tuple[str, ...] = ()
    surplus: int = 0


@dataclass(frozen=True)
class FormFilling:
    """What filling a form comes to.

    Attributes:
        form: the blank form.
        lines: each cell with what goes into it.
        unplaced: the cells of the mapping that the form does not have.
        entries: what is written, by sheet and cell.
    """

    form: FormBook
    lines: tuple[FilledLine, ...]
    unplaced: tuple[PlacedCell, ...]
    entries: dict[str, dict[CellPlace, CellEntry]] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """How many cells are filled."""
        return sum(map(len, self.entries.values()))

    @property
    def blank(self) -> int:
        """How many cells were found and have nothing to be filled with."""
        return len(self.lines) - self.filled

    @property
    def lacking(self) -> bool:
        """Whether anything of the mapping is not in the form: cells that were not found, rows without a place."""
        return bool(self.unplaced) or any(line.surplus for line in self.lines)

    def outcome(self) -> str:
        """What comes of it, in a sentence."""
        left = f", {counted(self.blank, 'cell')} left blank" if self.blank else ""
        lost = f", {counted(len(self.unplaced), 'cell')} not placed" if self.unplaced else ""
        return f"{counted(self.filled, 'cell')} filled{left}{lost}"


def fill(book: PlanBook, form: FormBook, mapping: CellMapping) -> FormFilling:
    """What goes into the cells of a form by a mapping; nothing is written yet."""
    with waiting_collector():
        placing = Placing(form, mapping)
        lines = [line for placed in placing.placed for line in _lines(book, form, mapping, placed)]
    entries: dict[str, dict[CellPlace, CellEntry]] = {}
    for line, entry in lines:
        if entry is not None and line.place is not None:
            entries.setdefault(line.sheet, {})[line.place] = entry
    return FormFilling(form, tuple(line for line, _ in lines), tuple(placing.unplaced), entries)


def _lines(
    book: PlanBook, form: FormBook, mapping: CellMapping, placed: PlacedCell
) -> Iterator[tuple[FilledLine, CellEntry | None]]:
    """The lines of a cell, or of each of a range."""
    sheet, block = placed.sheet, placed.block
    assert sheet is not None
    assert block is not None
    names = every_name(book, placed.cell.holds)
    if names is None:
        names = [placed.cell.holds]
    places = block.places()
    for place, name in zip(places, names, strict=False):
        line = _line(form, mapping, placed, sheet, place, value_named(book, name))
        if len(names) > len(places) and place == places[-1]:
            left = len(names) - len(places)
            more = f"{counted(left, 'row')} more of the plan {'has' if left == 1 else 'have'} no place there."
            line = line[0]._replace(notes=(*line[0].notes, more), surplus=left), line[1]
        yield line


def _line(  # noqa: PLR0917 - a cell with all that its content depends on
    form: FormBook, mapping: CellMapping, placed: PlacedCell, sheet: FormSheet, place: CellPlace, value: PlanValue
) -> tuple[FilledLine, CellEntry | None]:
    notes = [placed.why] if placed.why else []
    if place in sheet.formulas:
        notes.append(f"{where(sheet, place)} holds a formula of the form, which stays.")
        return FilledLine(placed.cell, sheet.title, place, value.title, "", tuple(notes)), None
    if value.value is None:
        notes.append(value.why or "There is nothing in the plan yet.")
        return FilledLine(placed.cell, sheet.title, place, value.title, "", tuple(notes)), None
    style, told = form.style(sheet, place), value.value
    notes += [value.note] if value.note else []
    if value.why and style.shows == "":
        notes.append(value.why)
    if placed.cell.listed and isinstance(told, str):
        told = mapping.form_calls(placed.cell.listed, told)
    shows = style.shows
    entry = entry_of(told, dated=shows == "date", share=value.share and shows == "share", texts=shows == "text")
    if form.is_locked(sheet, place):
        notes.append(f"{where(sheet, place)} is locked: a person could not type there.")
    if sentence := broken_rule(form, sheet, place, entry):
        notes.append(sentence)
    return FilledLine(placed.cell, sheet.title, place, value.title, entry.shown, tuple(notes)), entry


def write(filling: FormFilling, path: Path, blank: Path | None = None) -> None:
    """Write the filled form: aside first, then read again, and only then put where it was asked for.

    Args:
        filling: What filling it comes to.
        path: Where it is to be.
        blank: The blank form, over which nothing is written.

    Raises:
        NotWritten: if it cannot be filled or kept there; what stood there is untouched.
    """
    form = filling.form
    if blank is not None and path.exists() and path.samefile(blank):
        raise NotWritten(f"{path.name} is the blank form itself. Choose another name for the filled one.")
    suffix = f".{form.kind}"
    if path.suffix.casefold() != suffix:
        raise NotWritten(f"A form that is {suffix} stays so. Name the filled one {path.stem}{suffix}.")
    try:
        content = filled_form(form, filling.entries)
    except ValueError as problem:
        raise NotWritten(
            f"{form.name} cannot be filled: {problem}. Open it in Excel, save it, and try again."
        ) from None
    aside.put(lambda at: at.write_bytes(content), path, lambda at: _look_over(at, filling))


def _look_over(path: Path, filling: FormFilling) -> None:
    """Read what was written, and see that what was filled stands there, and all else stands as it stood.

    Raises:
        NotWritten: if it does not.
    """
    written = open_form(path)
    for before, after in zip(filling.form.sheets, written.sheets, strict=True):
        entries = filling.entries.get(before.title, {})
        computed = {place for place, cell in {**before.cells, **after.cells}.items() if cell.computed} | set(
            before.formulas
        )
        left = {place: cell for place, cell in before.cells.items() if place not in entries and place not in computed}
        kept = {place: cell for place, cell in after.cells.items() if place not in entries and place not in computed}
        lost = [place for place, entry in entries.items() if entry.value != "" and place not in after.cells]
        if left != kept or lost or before.formulas != after.formulas:
            raise NotWritten(
                f"{filling.form.name} is put together in a way in which it could not be filled without a change to "
                f"other cells ({quoted(before.title)}), so nothing was written. Open it in Excel, save it, and try "
                "again."
            )
