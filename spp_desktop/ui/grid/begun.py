"""A new row between the others of a table: it is shown at once, and comes into the plan with what is typed in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from spp_desktop.ui.grid.draft import NEW, is_new
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.table_model import CellChange, TableModel

Bear = Callable[[dict[str, Any]], str]
"""Adds a row to the plan with the values typed in it, by field. Returns its key."""


@dataclass(frozen=True)
class BegunRow:
    """A row that is not in the plan yet.

    Attributes:
        row: what is shown of it; its key is ``NEW``.
        after: the key of the row that it stands behind; "" for the last place.
        bear: what adds it to the plan.
    """

    row: Any
    after: str
    bear: Bear


class BegunTable(TableModel):
    """A table in which a new row can be begun anywhere. One that is left with nothing typed in it is gone."""

    _begun: BegunRow | None = None
    _shows_begun = False

    def begin(self, row: Any, after: str, bear: Bear) -> None:
        """Show a new row behind another, to be typed in."""
        self._begun = BegunRow(row, after, bear)
        if self.arrangement.grouping is not None:
            self.arrangement.folded.discard(self.arrangement.group_of(row))
        self.arrangement.late_comers.add(NEW)  # whatever the table is filtered by
        self.set_rows(self.rows)
        self.flashing.clear()

    def drop_begun(self, *, back: bool = True) -> bool:
        """Take away the new row, if nothing waits in it, and go ``back`` to the row before; whether there was any."""
        begun = self._begun
        if begun is None or any(is_new(key) for key, _ in self.pending):
            return False
        self._begun = None
        self.set_rows(self.rows)
        if back and begun.after:
            self.added.emit([begun.after])
        return True

    def forget_draft(self) -> bool:
        """Take away the new row with what waits in it. Returns whether there was one."""
        self.give_up([cell for cell in self.pending if is_new(cell[0])])
        return self.drop_begun()

    # Where the new row stands

    @property
    def rows(self) -> Sequence[Any]:
        """All rows of the plan, shown or not."""
        rows = self.arrangement.rows
        return [row for row in rows if not is_new(row.key)] if self._shows_begun else rows

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take the rows as the plan has them now; the new one stays where it was begun."""
        shown = [row for row in rows if not is_new(row.key)]
        self._shows_begun = self._begun is not None
        if self._begun is not None:
            places = {row.key: n for n, row in enumerate(shown, 1)}
            shown.insert(places.get(self._begun.after, len(shown)), self._begun.row)
        super().set_rows(shown)

    def visible_rows(self) -> list[Any]:
        """The rows of the plan that are shown, from top to bottom."""
        shown = super().visible_rows()
        return [row for row in shown if not is_new(row.key)] if self._shows_begun else shown

    def matching(self) -> int:
        """The number of rows of the plan that pass the filter, folded away or not."""
        return super().matching() - (self._begun is not None)

    def has_begun(self) -> bool:
        """Whether there is a new row."""
        return self._begun is not None

    def unwritten(self) -> list[int]:
        """The line of the new row."""
        return [line] if (line := self.line_of(NEW)) >= 0 else []

    # What comes of it

    def _write(self, cells: Sequence[CellChange]) -> None:
        """Commit cells; what is typed in the new row brings it into the plan.

        Raises:
            RuleBroken: if a value may not stand there; NotKept: if nothing can be written.
        """
        typed = {field: value for key, field, value in cells if is_new(key)}
        begun, self._begun = self._begun, None if typed else self._begun
        if typed and begun is not None:
            try:
                key = begun.bear(typed)
            except BaseException:
                self._begun = begun
                raise
            self.give_up([])
            self.added.emit([key])
        known = [cell for cell in cells if not is_new(cell[0])]
        if known:
            super()._write(known)


def begin_typing(grid: Grid, field: str) -> None:
    """Open the editor of a column in the new row; the column is shown, if a person had hidden it."""
    column = grid.table.column_of(field)
    grid.horizontalHeader().setSectionHidden(column, False)
    grid.setFocus()
    grid.go(grid.table.index(grid.table.line_of(NEW), column))
    grid.scrollTo(grid.currentIndex())
    grid.edit_here()
