"""What a job of the menus needs of the window that it is done for."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.window.plan_view import PlanView


class PlanWindow(QMainWindow):
    """A window with at most one open plan.

    Attributes:
        workspace: the plan that is open, if one is.
        page: its tabs.
        actions_by_name: the commands of the menus, by what does them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self.plan_view: PlanView | None = None
        self.actions_by_name: dict[str, QAction] = {}

    def open_plan(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a plan in place of the one that is open; tell a refusal. Gives whether it is open now."""
        raise AssertionError(path, take_over)
