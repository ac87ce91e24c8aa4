"""Cells of a form filled: its package with those cells written into it, and all else as it was."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO

from spp_desktop.returns.cell_places import Block, CellPlace, block_of
from spp_desktop.returns.forms.entry import CellEntry
from spp_desktop.returns.forms.form import FormBook, FormSheet, Formula
from spp_desktop.returns.forms.ods_text import OdsText
from spp_desktop.returns.forms.packed import rewritten
from spp_desktop.returns.forms.references import (
    CellReferences,
    KnownNames,
    Reference,
    in_excel,
    in_open_formula,
    without_table_parts,
)
from spp_desktop.returns.forms.sheet_text import SheetText
from spp_desktop.returns.forms.stale import FormulaCell, stale_results
from spp_desktop.returns.parts import PartNames

Filled = Mapping[str, Mapping[CellPlace, CellEntry]]
"""What goes into cells, by the titles of their sheets."""

_CALC = re.compile(rb"<((?:[\w.-]+:)?)calcPr((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ON_LOAD = re.compile(rb"\sfullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What stands before the settings of calculation in a workbook (ECMA-376 18.2.27)."""


def filled_form(form: FormBook, filled: Filled) -> bytes:
    """The bytes of a form with cells filled.

    Args:
        form: The form.
        filled: What goes into its cells; none of them holds a formula.

    Raises:
        ValueError: if it is put together in a way in which nothing can be filled alone; the text says why.
    """
    places = {title: set(entries) for title, entries in filled.items() if entries}
    stale = stale_results(_formulas(form), places)
    with zipfile.ZipFile(BytesIO(form.content)) as archive:
        parts = PartNames(archive)
        if form.kind == "ods":
            new = {form.book: OdsText(parts.read(form.book)).edited(filled, stale)}
        else:
            new = {}
            for sheet in form.sheets:
                cells, old = filled.get(sheet.title, {}), stale.get(sheet.title, set())
                if cells or old:
                    text = SheetText(parts.read(sheet.part), from_1904=form.from_1904)
                    new[sheet.part] = text.edited(cells, old)
            if stale:
                new[form.book] = with_calculation(parts.read(form.book))
    return rewritten(form.content, new)


def with_calculation(book: bytes) -> bytes:
    """The part that says which sheets there are, asking for everything to be worked out when the file is opened."""
    match = _CALC.search(book)
    if match:
        stated = _ON_LOAD.sub(b"", match[0])
        at = len(match[1]) + len(b"<calcPr")
        return book[: match.start()] + stated[:at] + b' fullCalcOnLoad="1"' + stated[at:] + book[match.end() :]
    ends = [seen for name in _BEFORE_CALC for seen in re.finditer(_ended(name), book)]
    if not ends:
        raise ValueError("the list of its sheets cannot be found")
    last = max(ends, key=lambda seen: seen.end())
    prefix = last[1] or last[2] or b""
    return book[: last.end()] + b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>' + book[last.end() :]


def _ended(name: str) -> bytes:
    tag = name.encode()
    return rb"<((?:[\w.-]+:)?)" + tag + rb"\s*/>|</((?:[\w.-]+:)?)" + tag + rb"\s*>"


def _formulas(form: FormBook) -> Iterator[FormulaCell]:
    """The formulas of all sheets, with what each refers to."""
    tables = {
        name.casefold(): Reference(sheet.title, table.block)
        for sheet in form.sheets
        for table in sheet.tables
        for name in table.names
    }
    known = KnownNames(form.formulas_named, tables)
    for sheet in form.sheets:
        shared = {each.number: (place, each) for place, each in sheet.formulas.items() if each.text and each.number}
        read = partial(_references, form, sheet, known, shared)
        for place, formula in sheet.formulas.items():
            yield FormulaCell(sheet.title, place, _fills(sheet, place, formula), read(place, formula))


def _references(  # noqa: PLR0917 - a formula with all that its meaning depends on
    form: FormBook,
    sheet: FormSheet,
    known: KnownNames,
    shared: Mapping[str, tuple[CellPlace, Formula]],
    place: CellPlace,
    stated: Formula,
) -> CellReferences:
    if form.kind == "ods":
        return in_open_formula(stated.text, sheet.title, known)
    if stated.kind == "dataTable":
        return None
    moved, text = (0, 0), stated.text
    if not text:
        if stated.number not in shared:
            return None
        first, master = shared[stated.number]
        moved, text = (place[0] - first[0], place[1] - first[1]), master.text
    return in_excel(without_table_parts(text, known), sheet.title, known, moved)


def _fills(sheet: FormSheet, place: CellPlace, formula: Formula) -> tuple[CellPlace, ...]:
    """The cells that hold results of a formula: its own, and those of a range that it fills as a whole."""
    block = block_of(formula.range) if formula.kind in ("array", "dataTable") else None
    if block is None or block.size == 1:
        return (place,)
    return (place, *(other for other in _held(sheet, block) if other != place))


def _held(sheet: FormSheet, block: Block) -> Iterator[CellPlace]:
    return (place for place in sheet.cells if block.has(place))
