"""What every page of the window is and can do, whatever it shows."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


class WindowPage(QWidget):
    """A page of the window on one open plan.

    Signals:
        summary_changed: what ``summary`` says is no longer as it was.
    """

    summary_changed = Signal()

    @abstractmethod
    def select(self, key: str) -> bool:
        """Bring a row to where the person is looking; gives whether the page has it."""

    def show_item(self, kind: str, key: str) -> bool:
        """Show an item of a kind that the list of pages says this one shows; gives whether it is there."""
        del kind
        return self.select(key)

    def first_row(self) -> str:
        """The key of the row that it shows first, or ""."""
        return ""

    @abstractmethod
    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""

    @abstractmethod
    def panes(self) -> Sequence[QWidget]:
        """Its parts between which one goes by a key, the one for working in first."""

    def commit_pending(self) -> bool:
        """Keep what is being typed, if anything is; gives whether the plan now has all that was typed."""
        return True

    @abstractmethod
    def save_state(self) -> dict[str, Any]:
        """How it is left: columns, splitters, selection, as plain values."""

    @abstractmethod
    def restore_state(self, state: dict[str, Any]) -> None:
        """Be as it was left. What no longer fits is passed over; "{}" was never left."""

    @abstractmethod
    def actions(self) -> list[QAction]:
        """What can be done here, for the Edit menu and for finding by name."""

    @abstractmethod
    def summary(self) -> str:
        """A few words for the status bar."""
