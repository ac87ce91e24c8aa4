"""The empty last row of a table, in which a new row is typed; it comes into the plan when it has all it needs."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.ui.common.item_models import NOWHERE, Index
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel

LETTER, MARGIN = 6, 12
"""The pixels of a letter at its usual size, and of what stands beside the words in a cell."""
NEW = "new"
"""The key of the row that is being typed. The keys of further new rows, from a pasted block, end in a number."""


def new_key(n: int) -> str:
    """The key of a new row: of number 0 for the row that is being typed, of 1 and on for those of a block behind it."""
    return f"{NEW} {n}" if n else NEW


def is_new(key: str) -> bool:
    """Whether a key is that of a row that is not in the plan yet."""
    return key.startswith(NEW)


class Draft(Protocol):
    """What a table needs to know so that new rows can be typed into it.

    Attributes:
        word: what a row is called: "post".
    """

    word: str

    def row(self, key: str, values: Mapping[str, Any]) -> Any:
        """A new row of this key, with the values that it has so far."""

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as they would be kept, without what is left blank.

        Raises:
            RuleBroken: if a value breaks a rule.
        """

    def lacking(self, values: Mapping[str, Any]) -> Sequence[str]:
        """The headings of the columns that a row still needs."""

    def add(self, cells: list[CellChange], rows: list[dict[str, Any]]) -> list[str]:
        """Set these cells and add these rows as one step, and give the keys of the rows.

        Raises:
            RuleBroken: if a value breaks a rule; NotKept: if nothing can be written.
        """


class DraftTable(TableModel):
    """A table with an empty last row. What a new row holds waits in it until the row has all that it needs.

    Attributes:
        draft: what the table needs to know of its rows.
        drafted: what has been typed of the new row so far.
    """

    def __init__(self, columns: Sequence[GridColumn], draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(columns, parent=parent)
        self.draft = draft
        self.drafted: dict[str, Any] = {}

    def lock(self, why: str) -> None:
        """Allow no changes, for a reason in a sentence, and show no row to be typed. "" allows them again."""
        if why != self.locked:
            self.beginResetModel()
            super().lock(why)
            self.endResetModel()

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed that the plan does not have."""
        return bool(self.pending or self.drafted)

    def forget_draft(self) -> bool:
        """Forget the row that is being typed. Returns whether anything had been typed of it."""
        begun, self.drafted = bool(self.drafted), {}
        waited = self.give_up([cell for cell in self.pending if is_new(cell[0])])
        self._repaint()
        return begun or waited

    # Where the new row stands

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of rows and heads that are shown, and the row in which a new one is typed."""
        return 0 if parent.isValid() else super().rowCount() + (not self.locked)

    def row_at(self, index: Index | int) -> Any:
        """The row shown in a line, which may be the new one; ``None`` for a head."""
        at = index if isinstance(index, int) else index.row()
        if at == len(self._lines) and not self.locked:
            return self.draft.row(NEW, self.drafted)
        return super().row_at(at)

    def line_of(self, key: str) -> int:
        """The line that shows the row of this key, or -1."""
        if key != NEW:
            return super().line_of(key)
        return -1 if self.locked else super().rowCount()

    def unwritten(self) -> list[int]:
        """The line in which a new row is typed."""
        return [] if self.locked else [self.line_of(NEW)]

    def new_rows(self, count: int) -> list[Any]:
        """Further new rows, as many as asked for, behind the one that is being typed."""
        return [] if self.locked else [self.draft.row(new_key(n), {}) for n in range(1, count + 1)]

    # What comes of it

    def _text(self, index: Index) -> str:
        if index.row() != self.line_of(NEW):
            return super()._text(index)
        if not self.drafted and index.column() == 0:
            word, column = self.draft.word, self.columns[0]
            fits = LETTER * max(map(len, word.split())) + MARGIN <= column.width
            return f"New {word}" if fits else "New…"
        return self.columns[index.column()].show(self.row_at(index))

    def _take(self, rows: Sequence[Any]) -> None:
        waiting = {cell: text for cell, text in self.pending.items() if is_new(cell[0])}
        super()._take(rows)
        self.pending |= waiting

    def _write(self, cells: Sequence[CellChange]) -> None:
        """Commit cells. A new row that still lacks something waits, if it is all that is to be committed.

        Raises:
            RuleBroken: if a value breaks a rule, or one of several new rows lacks something.
        """
        known, whole = [cell for cell in cells if not is_new(cell[0])], self._new(cells)
        if not whole:
            super()._write(known)
            return
        changed = self._changed(known)
        lacking = next((names for values in whole.values() if (names := self.draft.lacking(values))), ())
        needs, are = listed(f"“{name}”" for name in lacking), "is" if len(lacking) == 1 else "are"
        if lacking and (changed or list(whole) != [NEW]):
            raise RuleBroken("", f"A new {self.draft.word} needs {needs}; nothing was kept.")
        before, self.drafted = self.drafted, whole[NEW] if lacking else {}
        keys: list[str] = []
        if not lacking:
            try:
                keys = self.draft.add(changed, list(whole.values()))
            except BaseException:
                self.drafted = before
                raise
        self.give_up((key, field) for key, field, _ in cells)
        self._repaint()
        if self.drafted:
            self.refused.emit(f"The new {self.draft.word} is kept once {needs} {are} filled in.")
        self.added.emit(keys)

    def _new(self, cells: Sequence[CellChange]) -> dict[str, dict[str, Any]]:
        """The values of each new row, by its key, without the empty rows of a block.

        Raises:
            RuleBroken: if a value may not stand there.
        """
        typed: dict[str, dict[str, Any]] = {}
        for key, field, value in cells:
            if is_new(key):
                typed.setdefault(key, dict(self.drafted) if key == NEW else {})[field] = value
        checked = {key: self.draft.checked(values) for key, values in typed.items()}
        return {key: values for key, values in checked.items() if values or list(typed) == [NEW]}
