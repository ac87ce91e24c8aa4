"""The lines of a table that is arranged: which row or head stands where, and which row has a key."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject

from spp_desktop.ui.common.item_models import NOWHERE, Index
from spp_desktop.ui.grid.arrangement import Arrangement, Group, StatusShare, TableLine
from spp_desktop.ui.grid.columns import GridColumn


class ArrangedLines(QAbstractTableModel):
    """Rows with a ``key``, under heads or not, in lines.

    Attributes:
        columns: what is shown of each row.
        arrangement: which rows are shown, in what order and under which heads.
        unsettled: whether rows stand under another head than their own, because they were changed where they stand.
    """

    def __init__(
        self,
        columns: Sequence[GridColumn],
        summary: Callable[[Sequence[Any]], tuple[str, tuple[StatusShare, ...]]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.arrangement = Arrangement(self.columns, summary=summary)
        self.unsettled = False
        self._lines: list[TableLine] = []
        self._heads: list[int] = []
        self._place: dict[str, int] = {}
        self._numbers: dict[str, int] | None = None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of rows and heads that are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The number of columns, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    @property
    def rows(self) -> Sequence[Any]:
        """All rows, shown or not."""
        return self.arrangement.rows

    @property
    def own_rows(self) -> Sequence[Any]:
        """The rows of the portfolio that the window is confined to, shown or not; all where it is not."""
        rows, belongs = self.rows, self.arrangement.belongs
        return rows if self.arrangement.scope is None else [row for row in rows if belongs(row)]

    def row_at(self, index: Index | int) -> Any:
        """The row shown in a line, or ``None`` for a head."""
        at = index if isinstance(index, int) else index.row()
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        return self.arrangement.rows[line] if isinstance(line, int) else None

    def group_at(self, index: Index | int) -> Group | None:
        """The head shown in a line, or ``None`` for a row."""
        at = index if isinstance(index, int) else index.row()
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        return line if isinstance(line, Group) else None

    def row_of(self, key: str) -> Any:
        """The row of this key, shown or not; ``None`` if the table has none."""
        n = self._number_of(key)
        return None if n is None else self.arrangement.rows[n]

    def neighbours(self, key: str) -> list[tuple[str, str]]:
        """The keys of the rows of the plan that stand before and behind one, shown or not, each as a pair with it."""
        n, rows = self._number_of(key), self.rows
        if n is None:
            return []
        around = [rows[at].key for at in (n - 1, n, n + 1) if 0 <= at < len(rows)]
        return list(pairwise(around))

    def _number_of(self, key: str) -> int | None:
        if self._numbers is None:
            self._numbers = {row.key: n for n, row in enumerate(self.arrangement.rows)}
        return self._numbers.get(key)

    def heads(self) -> Iterable[int]:
        """The lines that are heads."""
        return list(self._heads)

    def line_of(self, key: str) -> int:
        """The line that shows the row of this key, or -1."""
        return self._place.get(key, -1)

    def column_of(self, field: str) -> int:
        """The index of a column among all, or -1."""
        return next((n for n, column in enumerate(self.columns) if column.field == field), -1)

    def visible_rows(self) -> list[Any]:
        """The rows shown, from top to bottom; folded groups are not shown."""
        rows = self.arrangement.rows
        return [rows[line] for line in self._lines if isinstance(line, int)]

    def visible_keys(self) -> list[str]:
        """The keys of the rows shown, from top to bottom."""
        return [row.key for row in self.visible_rows()]

    def matching(self) -> int:
        """The number of rows that pass the filter, folded away or not."""
        return sum(1 if isinstance(line, int) else len(line.rows) * line.folded for line in self._lines)

    def _lay_out(self) -> None:
        self.unsettled = False
        self._lines = self.arrangement.lines()
        rows = self.arrangement.rows
        self._heads = [at for at, line in enumerate(self._lines) if not isinstance(line, int)]
        self._place = {rows[line].key: at for at, line in enumerate(self._lines) if isinstance(line, int)}
