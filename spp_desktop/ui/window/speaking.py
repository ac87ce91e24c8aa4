"""The words of the plan in the window: what its levels are called, whatever other plan was opened beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from spp_desktop.plan.spoken import LevelWords, speak

if TYPE_CHECKING:  # the window is shown before what reads plans is loaded
    from spp_desktop.store.workspace import Workspace


def speak_as(workspace: "Workspace | None") -> None:
    """Call levels as a plan does, from now on; as usual where none is open."""
    if workspace is None:
        speak(LevelWords())
        return
    from spp_desktop.store import own_words

    workspace.read_beside(own_words.go_by)


def waits_for_dialog(heed: Callable[[], None]) -> bool:
    """Whether a dialog is open, which is then told to have its words heeded again once it is closed."""
    asking = QApplication.activeModalWidget()
    if isinstance(asking, QDialog):
        asking.finished.connect(heed)
    return asking is not None


def plan_now(workspace: "Workspace") -> "Workspace":
    """The plan as it is now, whichever moment of it is shown."""
    from spp_desktop.store import as_at

    return as_at.plan_now(workspace)
