"""Columns of registers in forms: "efficiency gain A3: planned 2008-2009", "post ACC Crime: e-mail"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import GivenValue, NamedValue, PlanValue
from spp_desktop.plan.kinds import Choice, Day, Doubt, Kind, Link, Number, Option, Percent, YesNo
from spp_desktop.plan.kinds.days import Year, read_year
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.register import Register, in_year
from spp_desktop.plan.rows import heading_of
from spp_desktop.returns.forms.entry import EntryValue
from spp_desktop.returns.sheet_cell import UNREADABLE, SheetCell
from spp_desktop.returns.values import same_number

_WITH_YEAR = re.compile(r"(?P<column>.+?) (?P<year>(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?)")


class RegisterCell(NamedTuple):
    """A cell of a register.

    Attributes:
        register: the register.
        key: the key of the row.
        column: the column of the row, by the name by which it is set.
        kind: what is in it.
    """

    register: Register
    key: str
    column: str
    kind: Kind


class RegisterSort:
    """Columns of the rows of registers."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """What stands in a column of a row."""
        parted = _parted(book, name)
        if parted is None:
            return None
        register, called, part = parted
        title = f"{register.word.called(called)}: {part}"
        cell = self._cell(book, register, called, part)
        if isinstance(cell, str):
            return PlanValue(name, title, why=cell)
        row = book.row(register, called)
        assert row is not None
        value = row.values.get(cell.column)
        shown = _as_entry(cell.kind, value, row.titles.get(cell.column, ""))
        return PlanValue(
            name, title, shown, share=isinstance(cell.kind, Percent), why="" if shown is not None else "It is blank."
        )

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """The columns of all rows; of each year those of the year given."""
        for register in book.registers.values():
            rows = book.rows(register)
            word = register.word.singular
            if rows:
                for part in _parts(register, year):
                    yield NamedValue(f"each {word}: {part}", f"each {word}, one below the other: {part}")
            for row in rows:
                called = book.called(register, row)
                for part in _parts(register, year):
                    yield NamedValue(f"{word} {called}: {part}", f"{register.word.called(called)}: {part}")

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """What a cell says of a column of a row."""
        parted = _parted(book, name)
        place = "Nothing is named so." if parted is None else self._cell(book, *parted)
        if isinstance(place, str):
            return GivenValue(doubt=place)
        if cell.kind in UNREADABLE:
            return GivenValue(doubt=UNREADABLE[cell.kind].format(typed=cell.typed()))
        assert parted is not None
        register, called, _ = parted
        row = book.row(register, called)
        assert row is not None
        typed = f"{cell.day():%d/%m/%Y}" if isinstance(place.kind, Day) and cell.day() else cell.typed()
        value = place.kind.read(typed)
        if isinstance(value, Doubt):
            return GivenValue(doubt=value.sentence)
        return GivenValue((place, value), place.kind.show(value), same=_same(value, row.values.get(place.column)))

    def _cell(self, book: PlanBook, register: Register, called: str, part: str) -> RegisterCell | str:
        """The cell that is meant; or why there is none, in a sentence."""
        row = book.row(register, called)
        if row is None:
            return f"The plan has no {register.word.singular} “{called}”."
        for column in register.names:
            if fold(part) in (fold(register.heading(column)), fold(column)):
                return RegisterCell(register, row.key, column, _kind(book, register, column))
        match, yearly = _WITH_YEAR.fullmatch(part), register.yearly
        if match is not None and yearly is not None:
            year = read_year(match["year"])
            for column in yearly.names:
                named = (fold(heading_of(yearly.model, column)), fold(column))
                if fold(match["column"]) in named and not isinstance(year, Doubt):
                    return RegisterCell(register, row.key, in_year(column, year), kind_of(yearly.model, column))
        return f"A {register.word.singular} has no “{part}”."


def _kind(book: PlanBook, register: Register, column: str) -> Kind:
    """The kind of a column, with the rows that may be chosen."""
    kind = kind_of(register.model, column)
    if isinstance(kind, Link):
        titles = book.titles(register).get(column, {})
        options = tuple(Option(key, title) for key, title in titles.items())
        return replace(kind, listed=lambda: options)
    return YesNo(words=register.column(column).words) if isinstance(kind, YesNo) else kind


def column_named(book: PlanBook, name: str) -> tuple[Register, str] | None:
    """The register and the column of a name, whether it is of one row or of each; ``None`` where it is of neither."""
    subject, colon, part = name.removeprefix("each ").rpartition(": ")
    for word, register in book.registers.items() if colon else ():
        if fold(subject) == word or fold(subject).startswith(f"{word} "):
            return register, fold(part)
    return None


def options_of(book: PlanBook, name: str) -> Iterator[str]:
    """What can be chosen in the column of a name, in words; nothing where anything may be typed there."""
    register, part = column_named(book, name) or (None, "")
    for column in register.names if register is not None else ():
        if register is not None and part in (fold(register.heading(column)), fold(column)):
            kind = _kind(book, register, column)
            if isinstance(kind, YesNo):
                yield from (kind.show(True), kind.show(False))
            elif isinstance(kind, Choice):
                yield from (option.title for option in kind.options())


def every_name(book: PlanBook, name: str) -> list[str] | None:
    """The names of the values of each row, for "each risk: title"; ``None`` where a name is of one row."""
    if not name.startswith("each "):
        return None
    word, colon, part = name.removeprefix("each ").partition(": ")
    register = book.registers.get(fold(word))
    if not colon or register is None:
        return None
    return [f"{register.word.singular} {book.called(register, row)}: {part}" for row in book.rows(register)]


def names_rows(book: PlanBook, name: str) -> Register | None:
    """The register whose rows a range names by this: "each efficiency gain: reference"."""
    word, _, part = name.removeprefix("each ").partition(": ")
    register = book.registers.get(fold(word))
    if not name.startswith("each ") or register is None or len(register.naming()) != 1:
        return None
    column = register.naming()[0]
    return register if fold(part) in (fold(register.heading(column)), fold(column)) else None


def _parted(book: PlanBook, name: str) -> tuple[Register, str, str] | None:
    """The register, what the row is called, and the column that a name says."""
    subject, colon, part = name.rpartition(": ")
    if not colon:
        return None
    plain = fold(subject)
    for word, register in book.registers.items():
        if plain.startswith(f"{word} "):
            return register, subject[len(word) :].strip(), part.strip()
    return None


def _parts(register: Register, year: int) -> Iterator[str]:
    """The columns of a register, as names have them."""
    for column in register.names:
        yield register.heading(column).lower()
    for column in register.yearly.names if register.yearly is not None else ():
        assert register.yearly is not None
        yield f"{heading_of(register.yearly.model, column).lower()} {year_name(year)}"


def _as_entry(kind: Kind, value: Any, title: str) -> EntryValue | None:
    """A value of a row as a form takes it."""
    if value is None or value == "":
        return None
    if isinstance(kind, Link):
        return title or None
    if isinstance(kind, Choice | Year) or isinstance(value, bool):
        return kind.show(value) or None
    if isinstance(value, date) or isinstance(kind, Number | Percent):
        return value  # type: ignore[no-any-return]  # a day or a number
    return kind.typed(value) or None


def _same(first: object, second: object) -> bool:
    if isinstance(first, int | float) and isinstance(second, int | float):
        return same_number(first, second)
    return first == second or (first in (None, "") and second in (None, ""))
