"""The workspace's news as Qt signals, and the one door through which the window reads and edits."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Connection

from spp_desktop.store.attached import RemovedFiles
from spp_desktop.store.changed import Changed
from spp_desktop.store.problems import NotKept
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.portfolio import ChosenPortfolio

if TYPE_CHECKING:
    from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")


class PlanSignals(QObject):
    """One plan, open in one window.

    Attributes:
        workspace: the plan.
        portfolio: the post to whose rows the window is confined, if it is.
        otherwise: what stands in cells in another state of the plan that this one is compared with, by row and cell.
        removed_files: which attachments were taken from rows.

    Signals:
        compared: ``otherwise`` is another now.
        changed: a ``store.workspace.Changed``: which rows of which tables are no longer as they were shown.
        lost: why a change could not be written, in a sentence, whether or not others show it too.
        refused: why something was refused, in a sentence, where no editor is open to show it.
    """

    changed = Signal(object)
    lost = Signal(str)
    refused = Signal(str)
    compared = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.stopped = False
        self.removed_files = RemovedFiles()
        self.otherwise: Mapping[tuple[str, str], str] = {}
        self.portfolio = ChosenPortfolio(self.read, self)
        self.changed.connect(self.portfolio.take_in)  # before any page: they ask it
        self._unlisten = workspace.listen(self.changed.emit)

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read the plan by a named read of ``store.queries``. Returns what it gives."""
        return self.workspace.read(query, *args, **kwargs)

    def edit(self, label: str, verb: Callable[Concatenate["Session", ...], T], *args: Any, **kwargs: Any) -> T:
        """Run a verb of ``edits`` as one revision.

        Raises:
            RuleBroken: for a value that may not stand there; NotKept: where nothing can be written.
        """
        try:
            return self.workspace.edit(label, verb, *args, **kwargs)
        except NotKept as loss:
            self.lost.emit(str(loss))
            raise

    def compare_with(self, otherwise: Mapping[tuple[str, str], str]) -> None:
        """Have tables mark the cells that are otherwise in another state of the plan; none where it is empty."""
        self.otherwise = otherwise
        self.compared.emit()

    def stop(self) -> None:
        """Stop listening to the plan and reading it: it is about to be closed."""
        self.stopped = True
        self._unlisten()


__all__ = ["Changed", "PlanSignals"]
