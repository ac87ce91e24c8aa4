"""What the selected cells come to: how many are filled, their sum and their mean, as a spreadsheet says below."""

from typing import Any

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.numbers import in_words, read_number
from spp_desktop.ui.grid.block import selected_block
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.grid import Grid

MOST = 50_000
"""Of more selected cells only their number is said."""
PLACES = 6
"""The decimal places of a mean."""


def selection_words(grid: Grid) -> str:
    """What is selected, in a few words: "6 cells, 4 filled, sum 210, mean 52.5"; "" for one cell."""
    ranges = grid.ranges()
    count = sum(part.width() * part.height() for part in ranges)
    if count < 2 or count > MOST:  # noqa: PLR2004 - one cell alone is no selection
        return f"{count:,} cells" if count > MOST else ""
    cells = selected_block(grid).cells()
    filled = sum(bool(column.show(row)) for row, column in cells)
    words = [f"{len(cells):,} cell{'' if len(cells) == 1 else 's'}"]
    if filled < len(cells):
        words.append(f"{filled:,} filled")
    numbers = [number for row, column in cells if (number := _number(row, column)) is not None]
    if numbers:
        total = round(sum(numbers), PLACES)
        words += [f"sum {in_words(total)}", f"mean {in_words(round(total / len(numbers), PLACES))}"]
    return ", ".join(words)


def _number(row: Any, column: GridColumn) -> float | None:
    """The number that a cell holds, if it holds one; a letter behind it says how far it is settled."""
    value = column.get(row)
    if isinstance(value, str) and column.numbers:
        numeral = read_number(value.rstrip("abcdefghijklmnopqrstuvwxyz "))
        return None if isinstance(numeral, Doubt) else float(numeral.value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
