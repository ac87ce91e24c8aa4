"""How the window opens a plan: all at once, or behind a first look that is typed in meanwhile."""

import sys
from abc import abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.window import coming_plan, file_messages
from spp_desktop.ui.window.coming_plan import ComingPlan, Pieces, all_of
from spp_desktop.ui.window.first_look import DELIVERY, Glimpse
from spp_desktop.ui.window.speaking import plan_now, speak_as

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.grid.table_page import TablePage
    from spp_desktop.ui.window.plan_view import PlanView


class OpeningWindow(PlanWindow):
    """A window that opens plans. What it shows of one that is open is the matter of the class derived from it."""

    plan_view: "PlanView | None"

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self._pages = QStackedWidget()
        self._looking = QTimer(self)
        self._glimpse: Glimpse | None = None
        self._coming: ComingPlan | None = None

    # What a derived window gives

    @abstractmethod
    def _put_up(self, view: "PlanView", workspace: "Workspace") -> None:
        """Put the tabs of a plan into the window."""

    @abstractmethod
    def _show_first_page(self, view: "PlanView") -> None:
        """Show the page that was shown last."""

    @abstractmethod
    def _show_state(self) -> None:
        """Show the present state in the title, the menus and the status bar."""

    # What the window is asked

    def first_look(self, path: Path) -> None:
        """Show the plan's table at once, to be read and typed in while the rest of the program is still loading.

        Where that fails, which is logged, the window is as it was, and the plan is opened without a first look.
        """
        try:
            look = Glimpse.of(path, self.memory, self._page_of_look)
        except Exception:  # noqa: BLE001 - whatever it is, the program is not to end without a word
            sys.excepthook(*sys.exc_info())
            look = None
        if look is None:
            return
        self._drop_glimpse()
        self._glimpse = look
        look.turned.connect(self._turn_from_look)
        self._pages.addWidget(look)
        self._pages.setCurrentWidget(look)
        self._show_state()
        look.setFocus()

    def readable(self) -> bool:
        """Whether a plan's table can be read now."""
        return self._glimpse is not None or self.plan_view is not None

    def begin_plan(self, path: Path) -> None:
        """Open a plan as ``open_plan`` does; the first, whose libraries are not loaded yet, behind a first look."""
        if self.workspace is not None or coming_plan.loaded():
            self.open_plan(path)
            return
        if self._coming is not None:
            self.whole()
        elif self._glimpse is None or self._glimpse.path != path:
            self.first_look(path)
        self._coming = ComingPlan(self._opened(path), self._has_come, self._came_to, self)

    def whole(self) -> None:
        """Open at once what is seen in a first look, if anything is."""
        if self._coming is not None:
            self._coming.finish()
        elif self._glimpse is not None:
            all_of(self._opened(self._glimpse.path))

    def open_plan(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a plan in this window, in place of the one that is open, or say why not. Nothing is lost."""
        if self._coming is not None or (self._glimpse is not None and self._glimpse.path != path):
            self.whole()
        return all_of(self._opened(path, take_over=take_over))

    def show_plan(self, path: Path, *, take_over: bool = False) -> None:
        """Open a plan as ``open_plan`` does.

        Raises:
            PlanRefused: if the plan cannot be opened; the window is then as it was.
        """
        all_of(self._shown(path, take_over=take_over))

    def leave_first_look(self) -> None:
        """Leave a plan that is not open yet; what was typed in its first look goes into it first."""
        if self._glimpse is not None and self._glimpse.not_kept():
            self.whole()
        self.stop_coming()
        self._drop_glimpse()

    def stop_coming(self) -> None:
        """Open no further what is being opened behind its first look."""
        if self._coming is not None:
            self._coming.stop()

    # How it is done

    def _opened(self, path: Path, *, take_over: bool = False) -> Pieces:
        """The pieces in which ``open_plan`` opens a plan."""
        yield from coming_plan.load_behind()
        while True:
            try:
                return (yield from self._shown(path, take_over=take_over))
            except PlanRefused as refusal:
                speak_as(self.workspace)
                typed = self._glimpse.not_kept() if self._glimpse is not None else ""
                if file_messages.again_after(self, path, refusal, typed):
                    continue
                if self._drop_glimpse():
                    self._show_state()
                return False

    def _shown(self, path: Path, *, take_over: bool = False) -> Pieces:
        """The pieces in which ``show_plan`` opens a plan: the file, its tabs, and the page that is shown first."""
        # The database's library takes longer to load than the window takes to open: only with the first plan.
        from spp_desktop.store.workspace import Workspace
        from spp_desktop.ui.common.long_step import while_the_window_lives

        if self.workspace is not None and plan_now(self.workspace).path == path.absolute():
            if not take_over:
                if plan_now(self.workspace) is not self.workspace:
                    self.show_workspace(plan_now(self.workspace))
                return True
            self.close_plan()
        workspace = Workspace.open(path, take_over=take_over, beside=True)
        workspace.waits = while_the_window_lives
        if not self.close_plan():
            workspace.close()
            speak_as(self.workspace)
            return True
        speak_as(workspace)
        try:
            yield
            view = self._made_view(workspace)
            yield
            if self._glimpse is not None:
                with suppress(PlanRefused):  # it is said where the page is shown
                    view.page(view.current())
                yield
                self._glimpse.rest()
            self._put_up(view, workspace)
        except BaseException:
            workspace.close()
            raise
        if workspace.place.kind != "passing":
            self.memory.opened(workspace.path)
        file_messages.say_notices(self)
        # After what is being done has said its own.
        workspace.heed(lambda _: QTimer.singleShot(0, self, lambda: file_messages.say_notices(self)))
        self._looking.start()
        QTimer.singleShot(0, self, self._be_ready_to_write)  # the plan is read first
        self._show_first_page(view)
        self._go_on_from_look(view)
        self._show_state()
        return True

    def _made_view(self, workspace: "Workspace") -> "PlanView":
        """The tabs of a plan, not shown yet."""
        from spp_desktop.ui.common.signals import PlanSignals
        from spp_desktop.ui.window.plan_view import PlanView

        return PlanView(PlanSignals(workspace, self), self.memory)

    def _be_ready_to_write(self) -> None:
        """Do what opening left out, so that the first change need not wait. If it fails, the first change says so."""
        if self.workspace is not None:
            with suppress(NotKept):
                self.workspace.be_ready_to_write()

    def _has_come(self) -> None:
        self._coming = None

    def _came_to(self) -> object:
        """What the person has come to in the first look."""
        return self._glimpse.came_to() if self._glimpse is not None else None

    def _page_of_look(self) -> "TablePage | None":
        """The page that goes on from the first look, once the plan is open; ``None`` if it cannot be opened."""
        from spp_desktop.ui.grid.table_page import TablePage

        self.whole()
        page = self.plan_view.page(DELIVERY) if self.plan_view is not None else None
        return page if isinstance(page, TablePage) else None

    def _turn_from_look(self, page: str) -> None:
        """Show another page, which was chosen at the tabs of the first look."""
        self.whole()
        if self.plan_view is not None:
            self.plan_view.show_page(page)

    def _go_on_from_look(self, view: "PlanView") -> None:
        """Have the delivery page go on from the first look, if there is one, which it takes the place of."""
        look = self._glimpse
        if look is not None and view.current() == DELIVERY and view.shown_year() == look.year:
            page = self._page_of_look()
            if page is not None:
                look.goes_on_in(page)
        self._drop_glimpse()

    def _drop_glimpse(self) -> bool:
        """Take the first look away. Returns whether there was one."""
        look, self._glimpse = self._glimpse, None
        if look is not None:
            self._pages.removeWidget(look)
            look.hide()
            look.deleteLater()
        return look is not None
