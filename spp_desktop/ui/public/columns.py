"""The columns of the page of what may be public, and what a head says of its items."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import counted
from spp_desktop.store.public_items import RELEASED, UNDECIDED, WITH_IT, WITHHELD, PublicItemRow
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn

KIND = "kind"
"""The column under whose values the items stand at first."""

_ORDER = (RELEASED, WITH_IT, WITHHELD, UNDECIDED)


def columns(today: Callable[[], date]) -> list[GridColumn]:
    """The columns; ``today`` gives the day by which what is withheld is to be looked at again or not yet."""

    def due(row: PublicItemRow) -> bool:
        """Whether the day has passed on which it was to be looked at again."""
        return row.decision is not None and row.decision.due(today())

    def again(row: PublicItemRow) -> str:
        """That day, and whether it has passed."""
        day = row.decision.look_again if row.decision is not None else None
        return "" if day is None else f"{short_day(day)}{' now' if due(row) else ''}"

    return [
        GridColumn("title", "What", 320, frozen=True, about="The row or the column"),
        GridColumn(
            "state", "Public", 140, sort=lambda r: _ORDER.index(r.state), quiet=lambda r: r.state == UNDECIDED,
            about="Whether it was released, is withheld, or is public with what it is a part of",
        ),
        GridColumn("by", "By", 128, value=lambda r: r.decision.decided_by if r.decision else ""),
        GridColumn(
            "on", "On", 92, value=lambda r: short_day(r.decision.decided_on) if r.decision else "", align="right",
            sort=lambda r: r.decision.decided_on if r.decision else None, about="The day on which that was decided",
        ),
        GridColumn(
            "changed", "Changed since", 110, value=_changed, alert=lambda r: bool(r.changes),
            sort=lambda r: len(r.changes) or None, tip=lambda r: "\n".join(told(r)), name="changed",
            about="How much of it has changed since it was released",
        ),
        GridColumn(
            "reason", "Why withheld", 200, value=lambda r: r.decision.reason if r.decision else "", name="why",
        ),
        GridColumn(
            "again", "Look again", 110, value=again, alert=due, align="right", name="look",
            sort=lambda r: r.decision.look_again if r.decision else None,
            about="When it is to be looked at anew whether it is withheld",
        ),
        GridColumn(
            "paragraph", "Paragraph", 84, shown=False, about="Of Schedule 12A to the Local Government Act 1972",
            value=lambda r: r.decision.paragraph if r.decision else None,
        ),
        GridColumn("marking", "Marking", 150, shown=False, about="The protective marking that it bears"),
        GridColumn(KIND, "Kind", 160, shown=False),
    ]  # fmt: skip


def told(row: PublicItemRow) -> list[str]:
    """What has changed of an item since it was released, a line for each change."""
    return [f"{change.told} ({change.step.author})" for change in row.changes]


def _changed(row: PublicItemRow) -> str:
    return counted(len(row.changes), "change") if row.changes else ""


def summary(rows: Sequence[PublicItemRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What a head says of its items: how many, and how many of them were released or are withheld."""
    counts = Counter(row.state for row in rows)
    parts = [f"{counts[state]:,} {state}" for state in (RELEASED, WITHHELD) if counts[state]]
    return " · ".join([f"{len(rows):,}", *parts]), ()
