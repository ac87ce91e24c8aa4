"""The column of a table, and the field of a panel, that says which protective marking a row bears itself."""

from collections.abc import Callable, Sequence

from spp_desktop.plan.kinds import Choice, Option
from spp_desktop.ui.grid.columns import GridColumn

MARKING = "marking_id"
"""The name of the column."""
NOT_MARKED = Option(None, "none")
"""What is chosen so that a row bears no marking of its own."""


def marking_options(rows: Sequence[object]) -> list[Option]:
    """The plan's markings as entries of a list, given the rows of its list, with none before them."""
    return [NOT_MARKED, *(Option(row.id, row.title, row.meaning) for row in rows)]  # type: ignore[attr-defined]


def marking_column(listed: Callable[[], Sequence[Option]]) -> GridColumn:
    """The column; ``listed`` gives what ``marking_options`` gives."""
    kind = Choice(listed)

    def text(row: object) -> str:
        """The marking that a row bears; "" for none."""
        key = getattr(row, MARKING)
        return "" if key is None else kind.show(key)

    return GridColumn(
        MARKING, "Marking", 150, kind, editable=True, shown=False, text=text,
        sort=lambda row: next((n for n, option in enumerate(listed()) if option.value == getattr(row, MARKING)), None),
        about="The protective marking that it bears itself, where it is not the plan's own",
    )  # fmt: skip
