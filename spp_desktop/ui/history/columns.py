"""The lines of the history: one for each step, with the number of cells that it changed."""

from collections.abc import Callable
from dataclasses import dataclass

from spp_desktop.store import clock
from spp_desktop.store.history import Revision, RevisionKind
from spp_desktop.ui.grid.columns import GridColumn

MADE_BY: dict[RevisionKind, str] = {
    "undo": "undo: ", "redo": "redo: ", "import": "taken in: ", "built": "", "brought in": "", "edit": "",
}  # fmt: skip
"""The words before the label of a step, by what made the step."""


@dataclass(frozen=True)
class StepRow:
    """A line: a step of the history.

    Attributes:
        key: its id.
        step: the step.
        cells: the number of cells and rows that it changed.
    """

    key: str
    step: Revision
    cells: int

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
    ]  # fmt: skip
