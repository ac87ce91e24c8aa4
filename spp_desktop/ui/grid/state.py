"""The state in which a grid is left and found again: its columns, order, filter, and current cell."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt

from spp_desktop.ui.grid.header import LEAST_WIDTH
from spp_desktop.ui.grid.view import GridView


def save_state(grid: GridView) -> dict[str, Any]:
    """The state of a grid, as plain values."""
    header, arrangement = grid.header, grid.table.arrangement
    columns = [
        {
            "field": grid.table.columns[n].field,
            "width": grid.widths.lasting(n),
            "shown": not header.isSectionHidden(n),
        }
        for n in map(header.logicalIndex, range(header.count()))
    ]
    row = grid.table.row_at(grid.currentIndex())
    return {
        "columns": columns,
        "sort": list(arrangement.sorting) if arrangement.sorting else None,
        "group": arrangement.grouping,
        "folded": sorted(arrangement.folded),
        "filter": arrangement.filter_text,
        "chosen": {field: sorted(texts) for field, texts in arrangement.chosen.items()},
        "lines": grid.lines,
        "dragged": sorted(grid.widths.dragged),
        "current": [row.key, grid.table.columns[grid.currentIndex().column()].field] if row is not None else None,
        "scroll": [grid.horizontalScrollBar().value(), grid.verticalScrollBar().value()],
    }


def restore_state(grid: GridView, state: Mapping[str, Any]) -> None:
    """Take up the state in which a grid was left. What no longer fits is passed over."""
    table, header = grid.table, grid.header
    grid.widths.dragged = set(map(str, state.get("dragged", ())))
    known = [(table.column_of(str(saved.get("field"))), saved) for saved in state.get("columns", ())]
    places = [n for n, _ in known if n >= 0]
    for n in range(len(table.columns) if places else 0):
        if n not in places:  # a column that was not there then stands behind the one that it is declared behind
            places.insert(places.index(n - 1) + 1 if n else 0, n)
    for at, n in enumerate(places):
        header.moveSection(header.visualIndex(n), at)
    for n, saved in known:
        if n >= 0:
            header.resizeSection(n, max(int(saved.get("width", 0)), LEAST_WIDTH))
            header.setSectionHidden(n, not saved.get("shown", True))
    grid.set_lines(int(state.get("lines", grid.lines)))
    arrangement = table.arrangement
    arrangement.filter_text = str(state.get("filter", ""))
    fields = {column.field for column in table.columns}
    arrangement.chosen = {f: frozenset(texts) for f, texts in state.get("chosen", {}).items() if f in fields}
    if "group" in state and (state["group"] is None or state["group"] in fields):
        arrangement.grouping = state["group"]
    arrangement.folded = set(state.get("folded", ()))
    field, descending = state.get("sort") or (None, False)
    order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    section = table.column_of(field) if field else -1
    header.setSortIndicator(section, order)
    table.sort(section, order)
    if state.get("current"):
        grid.select(*map(str, state["current"]))
    for bar, value in zip(
        (grid.horizontalScrollBar(), grid.verticalScrollBar()), state.get("scroll", ()), strict=False
    ):
        bar.setValue(int(value))
