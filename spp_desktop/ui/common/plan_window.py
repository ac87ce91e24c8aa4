"""The window as the commands of its menus see it."""

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from spp_desktop.ui.common.memory import Brightness

if TYPE_CHECKING:  # the window is shown before what reads plans is loaded
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.common.open_plan import OpenPlan


class PlanWindow(QMainWindow):
    """A window with at most one open plan.

    Attributes:
        workspace: the plan that is open, if one is.
        plan_view: its tabs.
        actions_by_name: the commands of the menus, by their names in the program.
        page_actions: the actions that lead to pages, by the words a person looks for a page by.
    """

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self.plan_view: OpenPlan | None = None
        self.actions_by_name: dict[str, QAction] = {}
        self.page_actions: dict[str, QAction] = {}

    @abstractmethod
    def open_plan(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a plan in place of the one that is open, or say why not. Returns whether it is open now."""

    @abstractmethod
    def begin_plan(self, path: Path) -> None:
        """Open a plan as ``open_plan`` does; the first one behind a first look at it."""

    @abstractmethod
    def whole(self) -> None:
        """Open at once what is seen in a first look, if anything is."""

    @abstractmethod
    def close_plan(self) -> bool:
        """Close the plan and give its file free. Returns whether it was closed."""

    @abstractmethod
    def show_workspace(self, workspace: "Workspace") -> None:
        """Show the same plan at another moment, or as it is now, in the place of what is shown; that is closed."""

    @abstractmethod
    def undo(self) -> None:
        """Undo the latest step."""

    @abstractmethod
    def redo(self) -> None:
        """Redo the step that was undone last."""

    @abstractmethod
    def say_below(self, sentence: str) -> None:
        """Say in the status bar what was done, until the next step."""

    @abstractmethod
    def explain(self) -> None:
        """Say what is where the keyboard is."""

    @abstractmethod
    def show_help(self, place: str = "") -> None:
        """Show a page of the help beside the work, by its place; without one, the page about where the keyboard is."""

    @abstractmethod
    def wear(self, look: Brightness) -> None:
        """Take another look, light or dark, or as the system is."""


def _window_around(widget: QWidget) -> PlanWindow | None:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, PlanWindow):
        above = above.parentWidget()
    return above


def head_of(widget: QWidget) -> str:
    """The head of the sealed chain of the plan that a part of its window shows, for a file that is to carry it."""
    window = _window_around(widget)
    return window.workspace.head() if window is not None and window.workspace is not None else ""


def folder_of(widget: QWidget) -> Path:
    """The folder of the plan that a part of its window shows, which is offered for what is saved of it."""
    window = _window_around(widget)
    return window.workspace.path.parent if window is not None and window.workspace is not None else Path()


Job = Callable[[PlanWindow], object]
"""What a command does, for the window it was chosen in."""
