"""A plan that is opened behind its first look, piece by piece, from the loop of events: keys come first."""

import gc
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from spp_desktop.store.collector import waiting_collector

BEHIND = (
    "asyncio",
    "importlib.metadata",
    "typing_extensions",
    "pydantic_core.core_schema",
    "pydantic",
    "pydantic.json_schema",
    "sqlalchemy",
    "sqlalchemy.orm",
    "sqlmodel",
    "spp_desktop.plan.rows",
    "spp_desktop.plan.declared_returns",
    "spp_desktop.plan.delivery",
    "spp_desktop.plan.identity",
    "spp_desktop.plan.performance",
    "spp_desktop.plan.results",
    "spp_desktop.plan.monitoring",
    "spp_desktop.plan.priorities",
    "spp_desktop.plan.appendices.beside",
    "spp_desktop.plan.appendices.efficiency",
    "spp_desktop.plan.appendices.inspections",
    "spp_desktop.plan.appendices.people",
    "spp_desktop.plan.appendices.protective",
    "spp_desktop.plan.appendices.quality",
    "spp_desktop.plan.appendices.statutory",
    "spp_desktop.plan.consultation",
    "spp_desktop.plan.editions",
    "spp_desktop.plan.judging",
    "spp_desktop.plan.surroundings",
    "spp_desktop.plan.turning",
    "spp_desktop.plan.posts",
    "spp_desktop.plan.registers",
    "spp_desktop.plan.frameworks",
    "spp_desktop.plan.disclosures",
    "spp_desktop.store.content",
    "spp_desktop.store.queries",
    "spp_desktop.store.workspace",
    "spp_desktop.ui.window.banner",
    "spp_desktop.ui.history.past_strip",
    "spp_desktop.ui.window.plan_view",
    "spp_desktop.edits.delivery",
    "spp_desktop.ui.grid.table_page",
    "spp_desktop.ui.delivery.panel",
    "spp_desktop.ui.delivery.page",
)
"""What an open plan and a first edit need besides the first look, in the order in which it is loaded.

Each is one piece, in which the window stands still: what a module needs stands before it. It is an order only; what is
missing here is loaded with what needs it.
"""

WAITS = 30
"""The milliseconds after which it is asked again whether something that must not be disturbed is over."""

Pieces = Generator[None, None, bool]
"""The pieces in which something is done; whether it was done."""


def loaded() -> bool:
    """Whether all is loaded already that an open plan needs."""
    return all(name in sys.modules for name in BEHIND)


def load_behind() -> Iterator[None]:
    """Load what an open plan and a first edit need, a module at a time.

    The collector of garbage waits meanwhile, and leaves alone what was loaded: it stays for good, and would be looked
    through behind each piece, and again and again.
    """
    if loaded():
        return
    for name in BEHIND:
        with waiting_collector(), suppress(ImportError):  # what is needed says so itself
            import_module(name)
            gc.freeze()
        yield


def all_of(pieces: Pieces) -> bool:
    """Do all pieces at once. Returns what they give."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return bool(end.value)


class ComingPlan(QObject):
    """Opens a plan by pieces, one at each turn of the loop of events.

    Args:
        pieces: what there is to do.
        ended: called once all is done, or it turned out that it cannot be.
        came_to: gives what the person has come to. Where that is another than at the last turn, they have just pressed
            a key: it is painted, and the next one waited for a while.
        parent: the window.
    """

    def __init__(
        self, pieces: Pieces, ended: Callable[[], object], came_to: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pieces, self._ended = pieces, ended
        self._came_to, self._at = came_to, came_to()
        self._doing = self._over = False
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._next)
        self._turn.start()

    def finish(self) -> None:
        """Do at once all that is left."""
        while not (self._over or self._doing):
            self._do()

    def stop(self) -> None:
        """Leave the rest undone, and let go of what was begun."""
        self._end()
        if not self._doing:
            self._pieces.close()

    def _next(self) -> None:
        """Do the next piece, unless it would disturb what the person is in the middle of."""
        was, self._at = self._at, self._came_to()
        pointing = QApplication.mouseButtons() != Qt.MouseButton.NoButton or QApplication.activePopupWidget()
        disturbs = pointing or was != self._at
        self._turn.setInterval(WAITS if disturbs else 0)
        if not (disturbs or self._doing):
            self._do()

    def _do(self) -> None:
        self._doing = True
        try:
            next(self._pieces)
        except StopIteration:
            self._end()
        except BaseException:
            self._end()
            raise
        finally:
            self._doing = False

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._turn.stop()
            self._ended()
            self.deleteLater()
