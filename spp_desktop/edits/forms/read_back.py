"""A filled form that came back: what its cells say, held against the plan, and taken in as one step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import performance, registers, results
from spp_desktop.edits.forms.of_indicators import IndicatorPart
from spp_desktop.edits.forms.of_registers import RegisterCell, every_name, names_rows
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import GivenValue
from spp_desktop.edits.forms.values import given, value_named
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import Word
from spp_desktop.returns.cell_places import CellPlace
from spp_desktop.returns.forms.entry import EntryValue, entry_of
from spp_desktop.returns.forms.form import FormBook, FormSheet, where
from spp_desktop.returns.forms.mapping import CellMapping
from spp_desktop.returns.forms.placing import PlacedCell, Placing
from spp_desktop.returns.sheet_cell import SheetCell

CellFate = Literal["new", "differs", "same", "blank", "left"]
"""What becomes of a cell: it says something new, something else, the same or nothing; or it cannot be taken in."""

CELLS = Word("cell", "cells")


class FormChange(NamedTuple):
    """What a cell of a filled form says, held against the plan.

    Attributes:
        where: the cell as a person finds it.
        title: what belongs there.
        now: what the plan says.
        then: what the form says.
        fate: what becomes of it.
        why: why it is left out, or what is to be said of it, in a sentence.
        entry: what is to be set, as its sort of value takes it.
        final: whether a final figure changes by it, for which a reason is asked.
        unlikely: whether it is hardly meant.
    """

    where: str
    title: str
    now: str
    then: str
    fate: CellFate
    why: str = ""
    entry: Any = None
    final: bool = False
    unlikely: bool = False


@dataclass(frozen=True)
class FormReading:
    """What a filled form says.

    Attributes:
        name: the name of its file.
        changes: each cell that was found.
        unplaced: the cells of the mapping that the form does not have.
        notices: what is to be said of the file.
    """

    name: str
    changes: tuple[FormChange, ...]
    unplaced: tuple[PlacedCell, ...]
    notices: tuple[str, ...] = ()

    def count(self, *fates: CellFate) -> int:
        """How many cells have one of these fates."""
        return sum(change.fate in fates for change in self.changes)

    def proposed(self, *, unlikely: bool = False) -> list[FormChange]:
        """The changes that can be taken in; ``unlikely`` takes those too that are hardly meant."""
        return [
            change for change in self.changes if change.fate in ("new", "differs") and (unlikely or not change.unlikely)
        ]

    @property
    def asks_reason(self) -> bool:
        """Whether final figures would change."""
        return any(change.final for change in self.proposed(unlikely=True))

    def label(self) -> str:
        """What the step is called in which it is taken in."""
        return f"take in the form {self.name}"


def read_back(connection: Connection, form: FormBook, mapping: CellMapping) -> FormReading:
    """What a filled form says by a mapping; nothing is changed yet."""
    book = PlanBook(connection)
    placing = Placing(form, mapping, filled=True)
    changes = [change for placed in placing.placed for change in _read(book, mapping, placed, placing.placed)]
    return FormReading(form.name, tuple(_weighed(connection, changes)), tuple(placing.unplaced), form.notices)


def _read(
    book: PlanBook, mapping: CellMapping, placed: PlacedCell, every: Sequence[PlacedCell]
) -> Iterator[FormChange]:
    """What a cell says, or each of a range."""
    sheet, block = placed.sheet, placed.block
    assert sheet is not None
    assert block is not None
    names = every_name(book, placed.cell.holds)
    if names is None:
        yield from _said(book, mapping, placed, sheet, block.first, placed.cell.holds)
        return
    naming = _naming(book, placed, every)
    if names_rows(book, placed.cell.holds) is not None:
        return  # it says which rows are meant, and is not itself read back
    for place in block.places():
        if sheet.cells.get(place) is None:
            continue
        called = _called(naming, sheet, place[0])
        if naming is None or not called:
            why = "Nothing beside it says which row of the plan it is about, so it is not read back."
            yield FormChange(where(sheet, place), placed.cell.holds, "", sheet.cells[place].typed(), "left", why)
            continue
        part = placed.cell.holds.partition(": ")[2]
        yield from _said(book, mapping, placed, sheet, place, f"{naming[0].word.singular} {called}: {part}")


def _naming(book: PlanBook, placed: PlacedCell, every: Sequence[PlacedCell]) -> tuple[Register, PlacedCell] | None:
    """The range beside another that says which row of the plan each of its cells is about."""
    for other in every:
        register = names_rows(book, other.cell.holds)
        if register is None or other.sheet is not placed.sheet or other.block is None or placed.block is None:
            continue
        same_rows = (other.block.top, other.block.bottom) == (placed.block.top, placed.block.bottom)
        if same_rows and placed.cell.holds.startswith(f"each {register.word.singular}: "):
            return register, other
    return None


def _called(naming: tuple[Register, PlacedCell] | None, sheet: FormSheet, row: int) -> str:
    if naming is None or naming[1].block is None:
        return ""
    cell = sheet.cells.get((row, naming[1].block.left))
    return "" if cell is None else cell.typed()


def _said(  # noqa: PLR0917 - a cell with all that its meaning depends on
    book: PlanBook, mapping: CellMapping, placed: PlacedCell, sheet: FormSheet, place: CellPlace, name: str
) -> Iterator[FormChange]:
    value = value_named(book, name)
    if value.fixed:
        return
    now = _written(value.value)
    cell, at = sheet.cells.get(place), where(sheet, place)
    if cell is None or not cell.typed():
        yield FormChange(at, value.title, now, "", "blank")
        return
    if place in sheet.formulas and not cell.computed:
        yield FormChange(at, value.title, now, "", "left", "It holds a formula whose result is not in the file.")
        return
    if placed.cell.listed and cell.kind == "text":
        cell = SheetCell("text", mapping.plan_calls(placed.cell.listed, cell.typed()))
    answer: GivenValue = given(book, name, cell)
    if answer.doubt:
        yield FormChange(at, value.title, now, cell.typed(), "left", answer.doubt)
    elif answer.same or answer.entry is None:
        yield FormChange(at, value.title, now, answer.shown or cell.typed(), "same")
    else:
        fate: CellFate = "new" if value.value is None else "differs"
        yield FormChange(at, value.title, now, answer.shown, fate, answer.unlikely or placed.why, answer.entry,
                         unlikely=bool(answer.unlikely))  # fmt: skip


def _written(value: EntryValue | None) -> str:
    """A value of the plan as it reads in a list of changes."""
    if value is None:
        return ""
    return entry_of(value).shown


def _weighed(connection: Connection, changes: Iterable[FormChange]) -> Iterator[FormChange]:
    """The changes, those of results looked at by the rules that results keep however they come in."""
    for change in changes:
        entry = change.entry
        if not (isinstance(entry, tuple) and isinstance(entry[0], IndicatorPart) and entry[0].period is not None):
            yield change
            continue
        row = {**entry[0].place, **entry[1]}
        try:
            final = bool(results.final_changes(connection, [row]))
            unlikely = results.unlikely_figures(connection, [row])
        except RuleBroken as broken:
            yield change._replace(fate="left", why=str(broken), entry=None)
            continue
        why = unlikely[0].sentence if unlikely else change.why
        yield change._replace(final=final, unlikely=change.unlikely or bool(unlikely), why=why)


def take(session: Session, changes: Sequence[FormChange], reason: str = "") -> None:
    """Take changes in, all of them or none.

    Args:
        session: The session of the revision.
        changes: The changes.
        reason: Why final figures and targets change.

    Raises:
        RuleBroken: if one breaks a rule of the plan; field "reason" where one is missing.
    """
    entries: dict[tuple[Any, ...], dict[str, Any]] = {}
    cells: dict[type[Row], list[tuple[str, str, Any]]] = {}
    of_indicators: list[tuple[str, str, Any]] = []
    of_plan: dict[str, Any] = {}
    for change in changes:
        what, value = change.entry
        if isinstance(what, RegisterCell):
            cells.setdefault(what.register.model, []).append((what.key, what.column, value))
        elif not isinstance(what, IndicatorPart):
            of_plan[what] = value
        elif what.period is not None:
            row = entries.setdefault(tuple(what.place.values()), dict(what.place))
            row |= value
        else:
            column = what.what if what.what != "target" else f"target:{'plan' if what.year is None else what.year}"
            of_indicators.append((what.indicator.key, column, value))
    if of_plan:
        registers.set_plan(session, **of_plan)
    for model, listed in cells.items():
        registers.set_cells(session, model, listed)
    if of_indicators:
        performance.set_cells(session, of_indicators, reason)
    if entries:
        results.enter(session, entries.values(), reason)


def counts(reading: FormReading) -> Mapping[CellFate, int]:
    """How many cells have each fate."""
    fates: tuple[CellFate, ...] = ("new", "differs", "same", "blank", "left")
    return {fate: reading.count(fate) for fate in fates}
