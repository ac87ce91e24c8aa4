"""What a person does in the matrix of national priorities: says which rows of the plan serve which items."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session

from spp_desktop.edits import links
from spp_desktop.plan.links import joins
from spp_desktop.store import national
from spp_desktop.store.asked import ITEM


class ServingCell(NamedTuple):
    """A cell of the matrix: the key of the item, that of the row of the plan, and whether it serves the item."""

    item: str
    row: str
    serves: bool


def set_serving(session: Session, table: str, cells: Iterable[ServingCell]) -> None:
    """Say of rows of the plan whether they serve items of frameworks; what is so already is passed over.

    Args:
        session: The session of the revision.
        table: The table of the rows: "priority" or "indicator".
        cells: What is said; of a cell that is named twice the last counts.

    Raises:
        RuleBroken: if an item or a row is no longer in the plan.
    """
    kind = joins().upward(table, ITEM)
    assert kind is not None
    wanted = {(cell.row, cell.item): cell.serves for cell in cells}
    known = national.links_between(session.connection(), wanted.keys())
    links.part_all(session, [known[pair] for pair, serves in wanted.items() if not serves and pair in known])
    joined = [pair for pair, serves in wanted.items() if serves and pair not in known]
    links.join_all(session, [(kind.name, *pair) for pair in joined])
