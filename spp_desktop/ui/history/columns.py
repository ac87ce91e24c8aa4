"""The lines of the history: one for each step, with the number of cells that it changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.words import listed
from spp_desktop.store import clock
from spp_desktop.store.history import Revision, RevisionKind
from spp_desktop.ui.grid.columns import GridColumn

MADE_BY: Mapping[RevisionKind, str] = {
    "undo": "undo: ", "redo": "redo: ", "import": "taken in: ", "built": "", "brought in": "", "edit": "",
    "expunged": "", "beside": "", "merged": "",
}  # fmt: skip
"""The words before the label of a step, by what made the step."""
KINDS: Mapping[RevisionKind, str] = {
    "edit": "Edit", "undo": "Undo", "redo": "Redo", "import": "Taken in", "built": "Begun", "brought in": "Upgrade",
    "expunged": "Removed for good", "beside": "Record", "merged": "Merge",
}  # fmt: skip
"""What made a step, in a word."""
GROUPS: tuple[tuple[str, str | None], ...] = (
    ("Nothing", None), ("Day", "day"), ("Who", "author"), ("Made by", "kind"), ("Of what", "of"),
)  # fmt: skip
"""By what steps are grouped, each with its column."""


@dataclass(frozen=True)
class StepRow:
    """A line: a step of the history.

    Attributes:
        key: its id.
        step: the step.
        cells: the number of cells and rows that it changed.
        of: the kinds of rows that it changed, as a person calls them.
    """

    key: str
    step: Revision
    cells: int
    of: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day on which it was done, as the clock here has it."""
        return clock.local_day(self.step.at) if clock.moment(self.step.at) else None

    @property
    def kind(self) -> str:
        """What made it, in a word."""
        return KINDS[self.step.kind]

    @property
    def label(self) -> str:
        """What was done."""
        text = f"{MADE_BY[self.step.kind]}{self.step.label}"
        return text[:1].upper() + text[1:]


def columns(words: Callable[[StepRow], str]) -> list[GridColumn]:
    """The columns of the table. ``words`` gives what a step changed, in words, as far as that has been read."""
    return [
        GridColumn("at", clock.WHEN, 168, name="when", value=lambda row: clock.local_time(row.step.at),
               sort=lambda row: row.step.at, about="When it was done, as the clock here has it"),
        GridColumn("author", "Who", 140, value=lambda row: row.step.author, about="Who did it"),
        GridColumn("label", "What", 860, words=words, about="What was done; it is found by the cells it changed too"),
        GridColumn("cells", "Cells", 96, align="right", numbers=True, text=lambda row: f"{row.cells:,}",
               about="How many cells and rows it changed"),
        GridColumn("of", "Of what", 190, text=lambda row: listed(row.of), about="Which kinds of rows it changed"),
        GridColumn("day", "Day", 120, shown=False, text=lambda row: short_day(row.day) if row.day else "",
               sort=lambda row: row.step.at, about="The day on which it was done"),
        GridColumn("kind", "Made by", 120, shown=False, about="What made it: an edit, an undo, a return"),
    ]  # fmt: skip
