"""The portfolio that the window is confined to, if a person has chosen one: which rows its tables show."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, Signal

from spp_desktop.store import portfolios
from spp_desktop.store.changed import Changed
from spp_desktop.store.portfolios import Portfolio


class ChosenPortfolio(QObject):
    """The post whose rows alone the window shows. Every table asks here which of its rows those are.

    Args:
        read: reads the plan by a named read.
        parent: its owner.

    Attributes:
        shown: what the post answers for now; ``None`` while the window shows the whole plan.

    Signals:
        turned: the window is confined to another portfolio, or to none any more.
        counted: the same portfolio holds other rows than before.
    """

    turned = Signal()
    counted = Signal()

    def __init__(self, read: Callable[..., Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self.shown: Portfolio | None = None

    def choose(self, post: str) -> None:
        """Confine the window to a post, by its key; for "" or a post that is gone, show the whole plan."""
        self.shown = self._read(portfolios.portfolio, post) if post else None
        self.turned.emit()

    def leave(self) -> None:
        """Show the whole plan again."""
        self.choose("")

    def holds(self, keys: Collection[str]) -> bool:
        """Whether a line of a table is shown that is about the rows of these keys. One about no row always is."""
        return self.shown is None or not keys or not self.shown.keys.isdisjoint(keys)

    def take_in(self, changed: Changed) -> None:
        """Read again which rows the post answers for; what a table shows stays until it is arranged again."""
        if self.shown is None or (changed.rows and not portfolios.OWNED_BY & changed.rows.keys()):
            return
        self.shown = self._read(portfolios.portfolio, self.shown.post)
        if self.shown is None:
            self.turned.emit()
        else:
            self.counted.emit()
