"""What rows of a sheet say that have cells in the same columns: all cells of a column together.

Most cells of a column say what others say, in the same style; what is said in the same signs is read once.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from spp_desktop.returns.plain_rows import AlikeRows, unescaped
from spp_desktop.returns.records import MOST_IN_ROW, BareCell, Cells, RowsTogether, Told, Unreadable

NOT_WORKED_OUT: Told = ("formula", "=", "")
"""What a cell says that holds a formula without its result."""

_PARTS = 4
"""PartsOfCell of each cell."""
_STYLE, _KIND = re.compile(' s="([0-9]+)"'), re.compile(' t="([a-zA-Z]+)"')
_KEPT, _MOST_KEPT = 40, 20_000
"""Characters up to which what a cell of a column says is kept, as others are likely to say it too; and how many are."""

PartsOfCell = tuple[str | None, ...]
"""The parts of a cell (``plain_rows.AlikeRows``)."""


class AlikeCells(dict[PartsOfCell, BareCell | None]):
    """What the cells of a column say, by their parts.

    Attributes:
        column: which one it is, counted from 1.
        longest: the length of the longest text.
    """

    def __init__(self, told: Callable[[str, int, str, str], Told], column: int) -> None:
        super().__init__()
        self._told, self.column, self.longest = told, column, 0

    def __missing__(self, parts: PartsOfCell) -> BareCell | None:
        attributes, formula, value, own = parts
        cell: BareCell | None = None
        if value or own:
            style, kind = ("", "inlineStr") if not value else _style_and_kind(attributes or "")
            told = self._told(kind, int(style or 0), unescaped(value or ""), unescaped(own or ""))
            if told[1] != "":
                cell = str(told[1]) if told[0] == "text" and not formula else (*told, formula is not None)
                self.longest = max(self.longest, len(told[1]) if isinstance(told[1], str) else 0)
        elif formula:
            cell = (*NOT_WORKED_OUT, False)
        if len(value or own or "") <= _KEPT:
            if len(self) == _MOST_KEPT:
                self.clear()
            self[parts] = cell
        return cell


@lru_cache(maxsize=4096)
def _style_and_kind(attributes: str) -> tuple[str, str]:
    """The number of a cell's style, "" where it has none, and its kind."""
    style, kind = _STYLE.search(attributes), _KIND.search(attributes)
    return style[1] if style else "", kind[1] if kind else "n"


class SheetTogether:
    """The columns of a sheet as far as its rows are alike.

    Args:
        told: What a cell says by its kind, the number of its style, its value and its own text.
        column: The number of a column by its letters.
    """

    def __init__(self, told: Callable[[str, int, str, str], Told], column: Callable[[str], int]) -> None:
        self._told, self._column = told, column
        self._known: dict[str, AlikeCells] = {}

    def read(self, alike: AlikeRows, numbers: list[int], at: Callable[[int], None]) -> RowsTogether:
        """Rows of these numbers; ``at`` is told the row that cannot be read.

        Raises:
            Unreadable: if a cell cannot be read, or a row says more than one can.
        """
        columns = [self._of(letters) for letters in alike.columns]
        _, *parts = zip(*alike.parts, strict=True)
        cells_of = (zip(*parts[n : n + _PARTS], strict=True) for n in range(0, len(parts), _PARTS))
        try:
            told = [list(map(known.__getitem__, cells)) for known, cells in zip(columns, cells_of, strict=True)]
        except Unreadable:
            _one_by_one(alike, columns, numbers, at)
            raise
        rows = RowsTogether(numbers, [known.column for known in columns], told)
        if sum(known.longest for known in columns) > MOST_IN_ROW:
            _demand_bearable(rows)
        return rows

    def _of(self, letters: str) -> AlikeCells:
        if letters not in self._known:
            self._known[letters] = AlikeCells(self._told, self._column(letters))
        return self._known[letters]


def _one_by_one(
    alike: AlikeRows, columns: Sequence[AlikeCells], numbers: Sequence[int], at: Callable[[int], None]
) -> None:
    """Read the rows one after another, so that the one that cannot be read is known."""
    for number, (_, *parts) in zip(numbers, alike.parts, strict=True):
        at(number)
        for n, known in enumerate(columns):
            known[tuple(parts[_PARTS * n : _PARTS * (n + 1)])]


def _demand_bearable(rows: RowsTogether) -> None:
    """See that no row says more than one can."""
    for _, _, cells in rows.rows():
        values = (cell[min(2, len(cell) - 1)] for cell in cells)
        Cells().grow(sum(len(value) for value in values if isinstance(value, str)))
