"""Dates of a return that came back and move for the second time: each waits for the reason, which is asked for."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from spp_desktop.edits import date_moves
from spp_desktop.edits.date_moves import MovedRow
from spp_desktop.edits.sources.source import Remark
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.returns.definition import Value

_WHY = "Say why: a second move asks for a reason."


def remarks(returned: Mapping[str, Value], moved: MovedRow | None, reason: str) -> Iterator[Remark]:
    """What is asked of the cells of a row whose dates have moved: why, where one moves again and no reason came.

    Args:
        returned: The cells that came back with something else, by field.
        moved: The row, if dates of it have moved.
        reason: The field in which the return says why.
    """
    if moved is None or returned.get(reason):
        return
    again = {move.which: move for move in moved.again({name: returned[name] for name in _dates(returned)})}
    for which, move in again.items():
        yield Remark(which, f"{move.sentence} {_WHY}", why="waits")
    if again:
        yield Remark(reason, f"Why does it move? The dates of {quoted(moved.name)} have moved before.", why="asked")


def beside(own: list[Remark], of_dates: Iterator[Remark]) -> list[Remark]:
    """The remarks on a row's cells together, one for each cell; a date of which more is asked waits for a person."""
    by_field = {remark.field: remark for remark in own}
    for remark in of_dates:
        known = by_field.get(remark.field)
        both = known and known._replace(text=f"{known.text} {remark.text}", asks=True)
        by_field[remark.field] = both or remark
    return list(by_field.values())


def refusal(
    connection: Connection, model: type[Activity] | type[Milestone], key: str, cells: Mapping[str, Value], reason: str
) -> tuple[str, str]:
    """The field of a date that cannot be accepted beside a row's other cells, and why; empty if all can."""
    if cells.get(reason):
        return "", ""
    moves = date_moves.moves_of(connection, model, [(key, name, cells[name]) for name in _dates(cells)])
    return next(((move.which, f"{move.sentence} {_WHY}") for move in moves if move.asks), ("", ""))


def _dates(cells: Mapping[str, Value]) -> list[str]:
    return [name for name in date_moves.DATES if name in cells]
