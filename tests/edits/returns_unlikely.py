"""What can hardly be meant of an activity, said anew and simply: what its cells may not say together."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import product

from spp_desktop.returns.definition import Value

TOGETHER = ("status", "percent", "start", "due", "forecast")
"""The cells of an activity that are held against each other."""

SLACK, ALL = 31, 100


def may_be_asked(
    field: str, known: Mapping[str, Collection[Value]], finished: Collection[object], asking: Collection[object]
) -> bool:
    """Whether a cell is a part of what can hardly be meant.

    Args:
        field: the cell's column.
        known: all that each cell of ``TOGETHER`` may come to say.
        finished: the statuses that say that nothing is left to be done.
        asking: the statuses that ask for a reason.
    """
    sayings = (dict(zip(TOGETHER, cells, strict=True)) for cells in product(*(known[name] for name in TOGETHER)))
    return any(field in fields for saying in sayings for fields in _unlikely(saying, finished, asking))


def _unlikely(
    saying: Mapping[str, Value], finished: Collection[object], asking: Collection[object]
) -> Iterator[tuple[str, ...]]:
    status, percent = saying["status"], saying["percent"]
    start, due, forecast = (saying[name] for name in ("start", "due", "forecast"))
    if status and percent is not None:
        too_little = status in finished and status not in asking and percent != ALL
        too_much = (status == "Not started" and percent != 0) or (status not in finished and percent == ALL)
        if too_little or too_much:
            yield "status", "percent"
    if isinstance(start, date) and isinstance(due, date) and start > due:
        yield "start", "due"
    well = bool(status) and status not in finished and status not in asking
    if well and isinstance(due, date) and isinstance(forecast, date) and (forecast - due).days > SLACK:
        yield "status", "due", "forecast"
