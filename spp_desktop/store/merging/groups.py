"""Cells that belong together, decided as one where both sides changed some: two sound cells can make an unsound row."""

from functools import cache

from spp_desktop.plan.rows import kinds_of_row

PLACE = "position"
"""The column by which rows stand in their order: nobody is asked about it."""


@cache
def groups_of(table: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The columns of a table in the groups that are decided together, in the order of the table.

    Args:
        table: The table.
        columns: Its columns, but for the key.
    """
    together = {name: group for group in _together(table) for name in group if name in columns}
    known = [tuple(name for name in together.get(column, (column,)) if name in columns) for column in columns]
    return tuple(dict.fromkeys(known))


def _together(table: str) -> tuple[tuple[str, ...], ...]:
    model = kinds_of_row().get(table)
    return () if model is None else model.decided_together
