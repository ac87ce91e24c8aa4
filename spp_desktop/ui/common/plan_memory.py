"""What the window remembers of one plan: how each of its pages was left, wherever the plan's file is now."""

from typing import Any

from spp_desktop.ui.common.memory import Memory


class PlanMemory:
    """The part of a person's memory that belongs to one plan, and to copies of it.

    Args:
        memory: all that the window remembers.
        plan: the key of the plan's own row.
    """

    def __init__(self, memory: Memory, plan: str) -> None:
        self._memory, self._plan = memory, plan

    def page_state(self, name: str) -> dict[str, Any]:
        """The state in which a page of this plan was left."""
        return self._memory.page_state(f"{self._plan}/{name}")

    def keep_page_state(self, name: str, state: dict[str, Any]) -> None:
        """Remember how a page of this plan is left."""
        self._memory.keep_of_plan(self._plan)
        self._memory.keep_page_state(f"{self._plan}/{name}", state)
