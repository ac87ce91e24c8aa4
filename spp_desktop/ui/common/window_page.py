"""What every page of the window is and can do, whatever it shows."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


class WindowPage(QWidget):
    """A page of the window on one open plan.

    Signals:
        summary_changed: ``summary`` gives other words now.
        page_wanted: the name of another page, where what is missing here is made first.
    """

    summary_changed = Signal()
    page_wanted = Signal(str)

    @abstractmethod
    def select(self, key: str) -> bool:
        """Go to a row and bring it into view. Returns whether the page has it."""

    def show_item(self, kind: str, key: str) -> bool:
        """Show an item of a kind that the list of pages gives to this page. Returns whether it has the item."""
        del kind
        return self.select(key)

    def show_cell(self, field: str) -> None:
        """Go to a cell of the item that is shown, where the page has one of that name."""

    def has_refusal(self) -> bool:
        """Whether something was typed and refused that can be taken back."""
        return False

    def take_back(self) -> bool:
        """Give up the latest of what was typed and refused. Returns whether there was anything."""
        return False

    def forget_refusals(self) -> None:
        """Say no longer why something was refused: a step has been undone since, and nothing typed waits."""
        return

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next cell that holds what is sought, or the one before; ask for it where nothing is sought yet."""
        del back
        self.focus_filter()

    def replace(self) -> None:
        """Ask what to replace in the cells, and by what."""
        self.focus_filter()

    def place(self) -> Mapping[str, str]:
        """The items the person is in, as far as other pages go by them: their keys by kind."""
        return {}

    def row_keys(self) -> Sequence[str]:
        """The keys of the rows that the person is in, the nearest first, as far as any are the plan's."""
        return tuple(self.place().values())

    def first_row(self) -> str:
        """The key of the first row shown, or ""."""
        return ""

    @abstractmethod
    def focus_filter(self) -> None:
        """Put the cursor into the filter box."""

    @abstractmethod
    def panes(self) -> Sequence[QWidget]:
        """The parts of the page that F6 goes through, beginning with the one where people work."""

    def commit_pending(self) -> bool:
        """Keep what is being typed, if anything is. Returns whether the plan now has all of it."""
        return True

    @abstractmethod
    def save_state(self) -> dict[str, Any]:
        """The state in which the page is left (columns, splitters, selection), as plain values."""

    @abstractmethod
    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up the state in which the page was left, ``{}`` on a first visit. What no longer fits is passed over."""

    @abstractmethod
    def actions(self) -> list[QAction]:
        """The page's actions, for the Edit menu and for finding by name."""

    def selection(self) -> str:
        """What is selected, in a few words for the status bar; "" where that says nothing."""
        return ""

    @abstractmethod
    def summary(self) -> str:
        """A few words for the status bar."""
