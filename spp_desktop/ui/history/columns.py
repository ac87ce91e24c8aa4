"""The lines of the history: a step each, with how many cells it changed."""

from collections.abc import Callable
from dataclasses import dataclass

from spp_desktop.store import clock
from spp_desktop.store.history import Revision, RevisionKind
from spp_desktop.ui.grid.columns import Column

MADE_BY: dict[RevisionKind, str] = {"undo": "undo: ", "redo": "redo: ", "import": "taken in: ", "built": "", "edit": ""}
"""What stands before a step's name, for what it was made by."""


@dataclass(frozen=True)
class StepRow:
    """One line: a step of the history, its id as the line's key."""

    key: str
    step: Revision

    @property
    def label(self) -> str:
        """What was done."""
        text = f"{MADE_BY[self.step.kind]}{self.step.label}"
        return text[:1].upper() + text[1:]


def columns(number: Callable[[Revision], int]) -> list[Column]:
    """The columns of the table. ``number`` gives how many changes a step made; it is asked only for steps in view."""
    return [
        Column("at", clock.WHEN, 168, name="when", value=lambda row: clock.local_time(row.step.at),
               sort=lambda row: row.step.at, about="When it was done, as the clock here has it"),
        Column("author", "Who", 140, value=lambda row: row.step.author, about="Who did it"),
        Column("label", "What", 860, about="What was done"),
        Column("cells", "Cells", 96, align="right", numbers=True, value=lambda row: number(row.step),
               text=lambda row: f"{number(row.step):,}", about="How many cells and rows it changed"),
    ]  # fmt: skip
