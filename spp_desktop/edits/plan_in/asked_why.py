"""What of a plan's table asks for a reason before it changes the plan, as in every other way that a change comes in.

It is a date that has moved before, or a target by which results have been judged.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from spp_desktop.edits import date_moves, target_cells
from spp_desktop.edits.plan_in.measured import aims
from spp_desktop.edits.plan_in.proposed_rows import ProposedRow
from spp_desktop.edits.targets import TARGET, cell_name, why_asked
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.rows import Row

_STAYS = "It stays as it is unless a reason is given."


class AsksWhy(NamedTuple):
    """A cell that would change only for a reason, which the table does not give: of which row, and in a sentence."""

    row: ProposedRow
    name: str
    sentence: str


def asking_why(connection: Connection, rows: Sequence[ProposedRow]) -> tuple[AsksWhy, ...]:
    """The cells that would change only for a reason, in the order of the table."""
    differing: dict[type[Row], list[ProposedRow]] = defaultdict(list)
    for row in rows:
        if row.fate == "differs":
            differing[row.model].append(row)
    asking = [*_dates(connection, differing), *_targets(connection, differing[Indicator])]
    order = {id(row): place for place, row in enumerate(rows)}
    return tuple(sorted(asking, key=lambda each: order[id(each.row)]))


def _dates(connection: Connection, differing: dict[type[Row], list[ProposedRow]]) -> Iterator[AsksWhy]:
    """Dates that would move again in rows that do not say why."""
    for model in (Activity, Milestone):
        moved = date_moves.moved_rows(connection, model) if differing[model] else {}
        for row in differing[model]:
            if row.key in moved and not row.changes.get("reason"):
                for move in moved[row.key].again({name: row.changes[name] for name in _set(row.changes)}):
                    cell = row.entry.cells.get(move.which)
                    place = cell.place if cell else row.entry.place
                    yield AsksWhy(row, move.which, f"{place}: {move.sentence} {_STAYS}")


def _set(changes: dict[str, Any]) -> list[str]:
    return [name for name in date_moves.DATES if name in changes]


def _targets(connection: Connection, differing: Sequence[ProposedRow]) -> Iterator[AsksWhy]:
    """Targets by which results have been judged, and that would be others."""
    cells = [(row.key, name, value) for row in differing for name, value in row.changes.items() if ":" in name]
    rows = {row.key: row for row in differing}
    for changed in target_cells.changed(connection, cells):
        row = rows[changed.row.key]
        place = next((cell.place for year, cell in aims(row.entry) if year == changed.year), row.entry.place)
        sentence = why_asked(changed.row.ref, changed.before, changed.year)
        yield AsksWhy(row, cell_name(TARGET, changed.year), f"{place}: {sentence} {_STAYS}")
