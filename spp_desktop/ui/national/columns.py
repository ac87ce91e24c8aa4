"""The columns of the matrix of national priorities: the items, and one narrow column for each row of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spp_desktop.plan.kinds.choices import YesNo
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.store.national import MatrixRow, OwnColumn
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn

SERVES = "serves:"
"""The name of a column of the matrix begins with this, before the key of the row of the plan."""
MARK = "●"
_MARKS = frozenset({"x", "✓", "✔", MARK})


@dataclass(frozen=True)
class Served(YesNo):
    """Whether something serves something: a mark, or an empty cell. An x, a tick and a yes are read as the mark."""

    takes = "an x, or nothing"
    empty = False
    words: tuple[str, str] = ("", MARK)

    def understand(self, text: str) -> Any:
        """Whether a text is a mark."""
        if fold(text) in _MARKS:
            return True
        return YesNo().understand(text) if text.strip() else False


def columns(own: Sequence[OwnColumn]) -> list[GridColumn]:
    """The columns, in their order; ``own`` are the rows of the plan."""
    return [
        GridColumn("code", "Ref", 64, frozen=True, about="The number of the item in its framework"),
        GridColumn("title", "National priority or agreement", 300, frozen=True, name="item"),
        *(_of(column) for column in own),
        GridColumn(
            "gap", "Gap", 70, alert=lambda row: bool(row.gap), tip=_why, name="gap",
            about="“nothing” where nothing of the plan serves it",
        ),
        GridColumn(
            "elsewhere", "Others", 60, align="right", text=lambda row: f"{row.elsewhere}" if row.elsewhere else "",
            about=in_words_of_plan("How many other rows of the plan serve it, such as themes and activities"),
        ),
        GridColumn("target", "Target", 130, about="What an agreement aims at, as it is stated"),
        GridColumn(
            "doubt", "Evidence", 150, quiet=lambda row: row.is_read, name="evidence",
            about="How far its words are known: what is unverified is to be read in its source first",
        ),
        GridColumn("source", "Source", 200, shown=False, about="Where its words stand"),
        GridColumn("framework", "Framework", 200, shown=False, about="What it is an item of"),
    ]  # fmt: skip


def _of(column: OwnColumn) -> GridColumn:
    """The column of a row of the plan."""
    targets = f"\nTargets: {column.targets}" if column.targets else ""

    def serves(row: MatrixRow) -> bool:
        """Whether it serves an item."""
        return column.key in row.served_by

    return GridColumn(
        f"{SERVES}{column.key}",
        column.ref,
        46,
        Served(),
        editable=True,
        value=serves,
        tip=lambda row: f"{column.ref} {column.title} {'serves' if serves(row) else 'does not serve'} {row.code}",
        about=f"{column.ref} {column.title}{targets}\nAn x says that it serves the item; Space puts and takes it",
        name=column.ref.lower(),
    )


def _why(row: MatrixRow) -> str:
    return "Nothing of the plan serves it." if row.gap else ""


def head(rows: Sequence[MatrixRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What the head of a framework says: how many of its items something serves."""
    served = sum(not row.gap for row in rows)
    return f"{served:,} of {len(rows):,} served", ()
