"""Which results in a workbook no longer hold when some of its cells are filled.

A result is kept with its formula, and programs that open the file show it: LibreOffice and Gnumeric do so even where
the file asks for everything to be worked out anew. So the results of all formulas that depend on what was filled, or
of which it cannot be said, are taken away; a formula without a result is worked out by all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from spp_desktop.returns.cell_places import Block, CellPlace
from spp_desktop.returns.forms.references import CellReferences

_SMALL = 64
"""Cells up to which a range is looked up cell by cell."""


class FormulaCell(NamedTuple):
    """A cell with a formula: its sheet, where it stands, the cells that its results fill, and what it refers to."""

    sheet: str
    place: CellPlace
    fills: tuple[CellPlace, ...]
    references: CellReferences


def stale_results(
    formulas: Iterable[FormulaCell], filled: Mapping[str, AbstractSet[CellPlace]]
) -> dict[str, set[CellPlace]]:
    """The cells, by sheet, whose results are to be worked out anew once these are filled."""
    listed = list(formulas)
    depends = _Dependents(listed)
    waiting = [(sheet, place) for sheet, places in filled.items() for place in places]
    stale: dict[str, set[CellPlace]] = defaultdict(set)
    done: set[int] = set()
    unclear = [n for n, formula in enumerate(listed) if formula.references is None] if waiting else []
    while unclear or waiting:
        seen = unclear or depends.on(*waiting.pop())
        unclear = []
        for n in seen:
            if n in done:
                continue
            done.add(n)
            formula = listed[n]
            stale[formula.sheet].update(formula.fills)
            waiting += [(formula.sheet, place) for place in formula.fills]
    return dict(stale)


class _Dependents:
    """Formulas by the cells that they refer to."""

    def __init__(self, formulas: list[FormulaCell]) -> None:
        self._by_cell: dict[tuple[str, CellPlace], list[int]] = defaultdict(list)
        self._by_block: dict[str, list[tuple[Block, int]]] = defaultdict(list)
        for n, formula in enumerate(formulas):
            for sheet, block in formula.references or ():
                name = sheet.casefold()
                if block.size <= _SMALL:
                    for place in block.places():
                        self._by_cell[name, place].append(n)
                else:
                    self._by_block[name].append((block, n))

    def on(self, sheet: str, place: CellPlace) -> list[int]:
        """The formulas that refer to a cell."""
        name = sheet.casefold()
        wide = [n for block, n in self._by_block.get(name, ()) if block.has(place)]
        return [*self._by_cell.get((name, place), ()), *wide]
