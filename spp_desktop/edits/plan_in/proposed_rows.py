"""Something that a plan's table says, held against the plan, with what becomes of it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from spp_desktop.plan.rows import Row
from spp_desktop.returns.plan_tables.entries import PlanEntry

EntryFate = Literal["new", "same", "differs", "left"]
"""What becomes of something that a table says: it is new, already there, there and differs, or left out."""


@dataclass(eq=False)
class ProposedRow:
    """Something that a table says, held against the plan.

    Attributes:
        entry: What the table says.
        fate: What becomes of it.
        model: The kind of row that it is.
        key: The row that is already there; "" where it is new.
        values: The columns that the table fills.
        changes: Of a row that differs: its columns that would change.
        why: Why it is left out, or in what it differs.
    """

    entry: PlanEntry
    fate: EntryFate
    model: type[Row]
    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    why: str = ""
