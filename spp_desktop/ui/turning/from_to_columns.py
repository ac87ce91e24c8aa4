"""The columns of the from-to table, and what a head says of its lines."""

from collections import Counter
from collections.abc import Sequence

from spp_desktop.plan.kinds import Choice, Option
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.turning import WhatBecomes
from spp_desktop.plan.words import capital
from spp_desktop.store.naming import word_of
from spp_desktop.store.turned import FATES, FromToRow
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn

KIND = "table"
"""The column under whose values the lines stand at first."""

_LOOKS: dict[WhatBecomes, tuple[str, str, str]] = {
    "kept": ("square", "#0b5cad", "#6cb6ff"),
    "changed": ("triangle", "#9a5b00", "#e3b341"),
    "merged": ("bars", "#6f42c1", "#c297ff"),
    "split": ("diamond", "#6f42c1", "#c297ff"),
    "closed": ("tick", "#1a7f37", "#56d364"),
    "dropped": ("cross", "#57606a", "#8b949e"),
}
"""The shape and the colours, on white and on dark, of what becomes of a row."""

FATE_OPTIONS: tuple[Option, ...] = tuple(
    Option(name, words.title, words.about, *_LOOKS[name]) for name, words in FATES.items()
)
"""What becomes of a row, as cells show it and lists offer it."""

FATE = Choice(lambda: FATE_OPTIONS)
"""The kind of a cell that says what becomes of a row."""


def columns() -> list[GridColumn]:
    """The columns of the page."""
    return [
        GridColumn("ref", "Ref", 58, frozen=True, about="The reference of the row; none where it has none, or is gone"),
        GridColumn("text", "From", 220, value=lambda r: " ".join(r.text.split()), about="The row, and its words"),
        GridColumn("fate", "What became of it", 116, FATE, name="fate", about="Kept, changed, merged, split, closed"),
        GridColumn("becomes", "To", 220, name="to", about="What came of it; before it is done, what was decided"),
        GridColumn("reason", "Why", 150, name="why"),
        GridColumn("year", "Left in", 80, value=lambda r: year_name(r.year), sort=lambda r: r.year, name="year"),
        GridColumn(
            "done", "Done", 90, value=lambda r: r.applied_on, align="right", quiet=lambda r: r.applied_on is None,
            text=lambda r: short_day(r.applied_on) if r.applied_on else "decided only", name="done",
            about="Since when it is done; what is only decided is done when the year is rolled over",
        ),
        GridColumn("decided_by", "By", 76, name="by"),
        GridColumn("target", "Next target", 110, shown=False, about="Of an indicator: next year's target, as stated"),
        GridColumn("baseline", "Baseline", 110, shown=False, about="Of an indicator: last year's result"),
        GridColumn(
            KIND, "Kind", 110, shown=False, group=lambda r: capital(word_of(r.table).plural),
            text=lambda r: capital(word_of(r.table).singular), name="kind",
        ),
    ]  # fmt: skip


def summary(rows: Sequence[FromToRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What a head says of its lines: how many, and what became of how many."""
    counts = Counter(row.fate for row in rows)
    parts = tuple(
        StatusShare(words.title.lower(), counts[name], *_LOOKS[name]) for name, words in FATES.items() if counts[name]
    )
    return f"{len(rows):,}", parts
