"""Going about in a grid by keys, as in a spreadsheet: from cell to cell, to the edges, and within a selection."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from spp_desktop.ui.common.item_models import Index
from spp_desktop.ui.grid.grid import Grid

CellSpot = tuple[int, int]
"""A cell by its line, and by its place among the columns shown, from left to right."""

ARROWS: Mapping[Qt.Key, CellSpot] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
PAGES: Mapping[Qt.Key, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENDS: Mapping[Qt.Key, int] = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
WAYS: Mapping[str, CellSpot] = {"down": (1, 0), "up": (-1, 0), "next": (0, 1), "previous": (0, -1)}
"""Where one goes on from a cell, as lines down and columns across."""

_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class GridMoves:
    """Where the keys lead in one grid. The active cell stays where a selection began; its other end moves."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._end = QPersistentModelIndex()
        self._tabbed_from: str | None = None
        self._staying = False

    # What the grid tells

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Within it, the current cell changes without the person going anywhere."""
        before, self._staying = self._staying, True
        try:
            yield
        finally:
            self._staying = before

    def gone(self) -> None:
        """Forget what began at the cell that was current: a selection that grows, and a row filled in by Tab."""
        if not self._staying:
            self._end = QPersistentModelIndex()
            self._tabbed_from = None

    # What the person does

    def press(self, event: QKeyEvent) -> bool:
        """Go where a key leads. Returns whether it was one that leads somewhere."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or not (shift or control or key in ENDS):
            return False
        start = self._spot(self.end() if shift else self._grid.currentIndex())
        spot = self._reached(key, start, far=control) if start is not None else None
        if spot is None:
            return False
        if shift:
            self.extend(self._index(spot))
        else:
            self._grid.go(self._index(spot))
        return True

    def on(self, how: str) -> bool:
        """Go on "down", "up", to the "next" or the "previous" cell: within a selection, if there is one.

        Down and up lead back to the column in which a row was begun that was then filled in by Tab. Returns whether
        there was a cell to go to.
        """
        at = self._spot(self._grid.currentIndex())
        if at is None or how not in WAYS:
            return False
        if (inside := self._within(at, how)) is not None:
            with self.staying():
                self._grid.selectionModel().setCurrentIndex(self._index(inside), _KEEP)
            return True
        across = WAYS[how][1]
        begun = self._tabbed_from
        if across and begun is None:
            begun = self._grid.table.columns[self._grid.currentIndex().column()].field
        spot = self._beside(at, across) if across else self._below(at, WAYS[how][0], begun)
        if spot is None:
            return False
        self._grid.go(self._index(spot))
        self._tabbed_from = begun if across else None
        return True

    def extend(self, to: Index, *, scroll: bool = True) -> None:
        """Select from the active cell to another."""
        start, end = self._spot(self._grid.currentIndex()), self._spot(to)
        if start is None or end is None:
            return
        top, bottom = sorted((start[0], end[0]))
        left, right = sorted((start[1], end[1]))
        columns = self._grid.shown_columns()[left : right + 1]
        self._grid.selectionModel().select(self._grid.block(range(top, bottom + 1), columns), _ALONE)
        self._end = QPersistentModelIndex(self._index(end))
        if scroll:
            self._grid.scrollTo(self._index(end))

    def end(self) -> QModelIndex:
        """The cell at the other end of the selection; the current one where nothing more is selected."""
        index = self._grid.currentIndex()
        model = self._grid.selectionModel()
        end = self._grid.table.index(self._end.row(), self._end.column()) if self._end.isValid() else index
        return end if model.isSelected(end) and model.isSelected(index) else index

    # How it is done

    def _reached(self, key: Qt.Key, start: CellSpot, *, far: bool) -> CellSpot | None:
        """The cell to which a key leads; ``None`` if the key leads nowhere."""
        if key in ARROWS:
            return self._edge(start, ARROWS[key]) if far else self._step(start, ARROWS[key]) or start
        if key in PAGES and not far:
            height = self._grid.rowHeight(start[0]) or 1
            page = max(self._grid.viewport().height() // height - 1, 1)
            return self._nearest(start[0] + PAGES[key] * page, -PAGES[key]), start[1]
        if key in ENDS:
            last = len(self._grid.shown_columns()) - 1
            place = 0 if ENDS[key] < 0 else last
            line = 0 if ENDS[key] < 0 else self._grid.table.rowCount() - 1
            return (self._nearest(line, -ENDS[key]) if far else start[0]), place
        return None

    def _edge(self, at: CellSpot, way: CellSpot) -> CellSpot:
        """The end of the filled cells that begin here, else the next filled cell, else the table's edge."""
        along = iter(self._along(at, way))
        _, here = next(along)
        run: bool | None = None
        for spot, filled in along:
            run = here and filled if run is None else run
            if run and not filled:
                break
            at = spot
            if filled and not run:
                break
        return at

    def _along(self, at: CellSpot, way: CellSpot) -> Iterator[tuple[CellSpot, bool]]:
        """The cells from here to the table's edge, past heads, each with whether it is filled."""
        table, shown = self._grid.table, self._grid.shown_columns()
        columns = [table.columns[n] for n in shown]
        line, place, lines = *at, table.rowCount()
        while 0 <= line < lines and 0 <= place < len(columns):
            row = table.row_at(line)
            if row is not None:
                yield (line, place), bool(columns[place].show(row))
            line, place = line + way[0], place + way[1]

    def _step(self, at: CellSpot, way: CellSpot) -> CellSpot | None:
        """The next cell in a direction, past heads; ``None`` at the table's edge."""
        line, place = at[0] + way[0], at[1] + way[1]
        while 0 <= line < self._grid.table.rowCount() and self._grid.table.row_at(line) is None:
            line += way[0] or 1
        there = 0 <= line < self._grid.table.rowCount() and 0 <= place < len(self._grid.shown_columns())
        return (line, place) if there else None

    def _beside(self, at: CellSpot, across: int) -> CellSpot | None:
        """The next cell in reading order, or the one before."""
        shown = len(self._grid.shown_columns())
        line, place = at[0], at[1] + across
        if 0 <= place < shown:
            return line, place
        return self._step((line, place % shown), (across, 0))

    def _below(self, at: CellSpot, down: int, field: str | None) -> CellSpot | None:
        """The cell below or above, in the column that is named, if one is."""
        shown = self._grid.shown_columns()
        column = self._grid.table.column_of(field) if field is not None else -1
        return self._step((at[0], shown.index(column) if column in shown else at[1]), (down, 0))

    def _within(self, at: CellSpot, how: str) -> CellSpot | None:
        """The next cell of the selection, round and round; ``None`` where nothing more is selected."""
        blocks = self._blocks()
        n = next((n for n, (lines, places) in enumerate(blocks) if at[0] in lines and at[1] in places), None)
        if n is None or sum(len(lines) * len(places) for lines, places in blocks) < 2:  # noqa: PLR2004 - one alone
            return None
        down, across = WAYS[how]
        by = down + across
        for _ in range(len(blocks) + 1):
            lines, places = blocks[n]
            long, wide = len(lines), len(places)
            if at[0] in lines and at[1] in places:
                line, place = lines.index(at[0]), places.index(at[1])
                flat = (place * long + line if down else line * wide + place) + by
            else:
                flat = 0 if by > 0 else long * wide - 1
            while 0 <= flat < long * wide:
                spot = (
                    (lines[flat % long], places[flat // long]) if down else (lines[flat // wide], places[flat % wide])
                )
                if self._grid.table.row_at(spot[0]) is not None:
                    return spot
                flat += by
            n = (n + by) % len(blocks)
            at = (-1, -1)
        return None

    def _blocks(self) -> list[tuple[range, list[int]]]:
        """The blocks of the selection: their lines, and their places among the columns shown."""
        shown = self._grid.shown_columns()
        made: dict[tuple[int, int], set[int]] = {}
        for part in self._grid.ranges():
            places = {n for n, column in enumerate(shown) if part.left() <= column <= part.right()}
            made.setdefault((part.top(), part.bottom()), set()).update(places)
        return [(range(top, bottom + 1), sorted(places)) for (top, bottom), places in made.items() if places]

    def _nearest(self, line: int, back: int) -> int:
        """The line of a row at or behind a line, within the table."""
        table = self._grid.table
        line = max(min(line, table.rowCount() - 1), 0)
        while 0 <= line < table.rowCount() and table.row_at(line) is None:
            line += back
        return max(min(line, table.rowCount() - 1), 0)

    def _spot(self, index: Index) -> CellSpot | None:
        """A cell by its line and place; ``None`` for a head, a hidden column or nothing."""
        shown = self._grid.shown_columns()
        if not index.isValid() or index.column() not in shown or self._grid.table.row_at(index) is None:
            return None
        return index.row(), shown.index(index.column())

    def _index(self, spot: CellSpot) -> QModelIndex:
        return self._grid.table.index(spot[0], self._grid.shown_columns()[spot[1]])
