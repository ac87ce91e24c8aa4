"""The main window: menus, the start page or one open plan, and the line below that says that all is kept."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from spp_desktop.plan.spoken import spoken
from spp_desktop.store import clock
from spp_desktop.store.problems import PlanRefused
from spp_desktop.ui.common import fitting
from spp_desktop.ui.common.memory import LOOKS, Brightness, Memory
from spp_desktop.ui.common.plan_window import Job
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.slow_drive import SlowDrive
from spp_desktop.ui.common.style import as_label, as_title
from spp_desktop.ui.pages import PAGES, every_page, plain
from spp_desktop.ui.window import commands, drops, file_messages, helping, plan_jobs
from spp_desktop.ui.window.brightness import BrightnessChoice
from spp_desktop.ui.window.opening_window import OpeningWindow
from spp_desktop.ui.window.page_menu import PageMenu
from spp_desktop.ui.window.printing import DialogPrinting
from spp_desktop.ui.window.speaking import plan_now, speak_as, waits_for_dialog
from spp_desktop.ui.window.start_page import StartPage

if TYPE_CHECKING:
    from spp_desktop.store.conflicts import OtherCopies, SeenCopy
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.window.plan_view import PlanView

UNKEPT = "Something you typed is not in the plan, because it was refused. Close without it?"
UNKEPT_DETAIL = "Everything else is kept. To correct it, stay: the sentence beside it says why. Or save a copy first."

START: Mapping[str, Job] = {
    "open": plan_jobs.open_a_plan,
    "new": plan_jobs.new_plan,
    "published": plan_jobs.open_published,
    "worked": plan_jobs.open_worked,
    "tour": plan_jobs.begin_tour,
}
"""What the choices of the start page do."""

COMING = "The plan is being opened; it can be read and typed in already"

REFUSED = "what was not kept"
"""What is undone first, where something typed was refused."""

LEAST = (640, 360)
"""The pixels that the window may shrink to, whatever its pages would like: a laptop at 150% has few."""

LOOK_EVERY = 3000
"""The milliseconds between two looks whether another program has changed the file."""


class MainWindow(OpeningWindow):
    """A window on one plan, or on the start page. ``plan_jobs`` holds what its menus do with files.

    Args:
        memory: how the window and its pages were left.
        plan: the plan whose first look it shows, in place of the start page, if there is a quick one.
    """

    def __init__(self, memory: Memory | None = None, plan: Path | None = None) -> None:
        super().__init__(memory or Memory())
        self.setWindowTitle("SPP Desktop")
        self.resize(1280, 720)
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.setCentralWidget(self._pages)
        self.kept = QLabel()
        self._below = ("", "")
        self.marking = QLabel()
        self.statusBar().addWidget(self.kept, 1)
        self.statusBar().addPermanentWidget(self.marking)
        self.actions_by_name = commands.build_menus(self)
        self.dialog_printing = DialogPrinting(self)
        self._looks = BrightnessChoice(
            _app(), self.memory, {look: self.actions_by_name[f"look_{look}"] for look in LOOKS}, self
        )
        self._edit_menu = self._menu(commands.EDIT)
        self._page_menu = PageMenu(self, self._menu(commands.VIEW))
        self._page_menu.fill(PAGES)
        self.page_actions = self._page_menu.pages
        self._trouble = ""
        self._words = spoken()
        self._aside = SlowDrive(self)
        self._looking.setInterval(LOOK_EVERY)
        self._looking.timeout.connect(self._look)
        self.restoreGeometry(self.memory.place())
        if plan is not None:
            self.first_look(plan)
        if not self.readable():
            self._show_state()

    @cached_property
    def start(self) -> StartPage:
        """The page that is shown while no plan is open, made when it is first shown."""
        start = StartPage()
        start.chosen.connect(lambda name: START[name](self))
        start.helped.connect(lambda: self.show_help("first-plan.md"))
        start.recent_chosen.connect(self.begin_plan)
        self._pages.addWidget(start)
        return start

    def _menu(self, title: str) -> QMenu:
        menu = self.menuBar().findChild(QMenu, plain(title))
        assert isinstance(menu, QMenu)
        return menu

    # Opening and closing

    def _shown_view(self, workspace: "Workspace") -> "PlanView":
        """Show the tabs of a plan, in the words that it has for its levels."""
        view = self._made_view(workspace)
        self._put_up(view, workspace)
        return view

    def _put_up(self, view: "PlanView", workspace: "Workspace") -> None:
        """Put the tabs of a plan into the window."""
        self.workspace, self.plan_view, self._words = workspace, view, spoken()
        self._page_menu.fill(every_page())
        view.shown.connect(self._show_state)
        view.asked.connect(self._asked)
        view.signals.lost.connect(self._offer_copy)
        view.signals.changed.connect(self._heed_words)
        self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        self.statusBar().addPermanentWidget(view.progress)

    def show_workspace(self, workspace: "Workspace") -> None:
        """Show the same plan at another moment, or as it is now, in the place of what is shown; that is closed."""
        view, before = self.plan_view, self.workspace
        if view is None or before is None:
            return
        view.remember()
        self._take_away(view)
        if before is not plan_now(before):
            before.close()
        speak_as(workspace)
        self._show_first_page(self._shown_view(workspace))
        self._show_state()

    def _heed_words(self) -> None:
        """Make the pages anew if the plan has other words for its levels now, once what is being done is done."""
        if spoken() != self._words:
            QTimer.singleShot(0, self, self._say_anew)

    def _say_anew(self) -> None:
        """Make the pages anew in the words that the plan has now, left as they were left.

        While a dialog is open, a job runs or something typed is refused, that waits for the next change.
        """
        view, workspace = self.plan_view, self.workspace
        if view is None or workspace is None or spoken() == self._words:
            return
        if not waits_for_dialog(self._heed_words) and not view.jobs.busy and view.commit_pending():
            told = view.banner.sentence()
            view.remember()
            self._take_away(view)
            anew = self._shown_view(workspace)
            if told:
                anew.say(told)
            self._show_first_page(anew)
            self._show_state()

    def _take_away(self, view: "PlanView") -> None:
        """Take the tabs of a plan off the window. Whichever part of that fails, the rest is done."""
        with ExitStack() as leaving:  # the last that is pushed is done first
            leaving.callback(view.deleteLater)
            leaving.callback(view.hide)
            leaving.callback(self._pages.removeWidget, view)
            leaving.callback(view.progress.deleteLater)
            leaving.callback(self.statusBar().removeWidget, view.progress)
            leaving.callback(view.stop)

    def _show_first_page(self, view: "PlanView") -> None:
        """Show the page that was shown last; one that cannot be read leaves the others."""
        try:
            view.show_page(view.current())
        except PlanRefused as refusal:
            view.say(str(refusal), file_messages.trouble_choices(self))

    def close_plan(self) -> bool:
        """Keep what is being typed, remember how the pages are left, and close the plan.

        Before anything typed that could not be kept is lost, the person is asked. Returns whether the plan was closed.
        """
        if self.plan_view is None or self.workspace is None:
            return True
        if not self.plan_view.commit_pending() and not ask(self, UNKEPT, "Close without it", detail=UNKEPT_DETAIL):
            return False
        self._put_away(self.plan_view, self.workspace)
        return True

    def _put_away(self, view: "PlanView", workspace: "Workspace") -> None:
        """Let go of a plan. Whichever part of that fails, the rest is done, and the file is given free."""
        with ExitStack() as leaving:  # the last that is pushed is done first
            leaving.callback(self._show_state)
            leaving.callback(self._forget_plan)
            leaving.callback(plan_now(workspace).close)
            leaving.callback(workspace.close)
            leaving.callback(self._take_away, view)
            leaving.callback(self._looking.stop)
            view.remember()

    def _forget_plan(self) -> None:
        self.plan_view = self.workspace = None
        before = spoken()
        speak_as(self.workspace)
        if spoken() != before:
            self._page_menu.fill(every_page())

    def let_go(self) -> None:
        """Give the plan's file free, if it is still open, whatever became of the window."""
        self.stop_coming()
        if self.workspace is not None:
            plan_now(self.workspace).close()

    def showEvent(self, event: QShowEvent) -> None:
        """Open on the screen, wherever the window was left."""
        super().showEvent(event)
        fitting.fit(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the window once what is being typed is kept: everything else is kept already."""
        self.memory.keep_place(self.saveGeometry())
        try:
            self.leave_first_look()
            closed = self.close_plan()
        except Exception:  # noqa: BLE001 - whatever it is, the window is not to stay without its plan
            sys.excepthook(*sys.exc_info())
            closed = self.workspace is None
        if closed:
            for beside in self.findChildren(QDialog):  # the help
                beside.close()
            super().closeEvent(event)
        else:
            event.ignore()

    def _asked(self, job: Job) -> None:
        """Do what a page asks for."""
        job(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept plans and returns that are dragged onto the window, and what is to be told that it is no file."""
        if drops.files_of(event.mimeData()) or drops.is_promise(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open or merge the plan, or receive all the returns, that were dropped; or say that it was no file."""
        event.acceptProposedAction()
        plan_jobs.take_dropped(self, event.mimeData())

    def open_the_sample(self) -> None:
        """Open the worked sample."""
        plan_jobs.open_worked(self)

    # Undo and redo

    def undo(self) -> None:
        """Take back what was typed and refused, if anything was; else undo the latest step."""
        from spp_desktop.ui.window import turning_steps  # late: no step is undone before the plan is open

        if self.workspace is not None and self.plan_view is not None:
            if self.plan_view.take_back():
                self.say_below("Gave up what was not kept.")
            else:
                turning_steps.turn(self, self.workspace.undo, "Undo", "Undid")

    def redo(self) -> None:
        """Redo the step that was undone last."""
        from spp_desktop.ui.window import turning_steps  # late: as above

        if self.workspace is not None:
            turning_steps.turn(self, self.workspace.redo, "Redo", "Redid")

    # Pages and looks

    def show_page(self, name: str) -> None:
        """Show a page of the open plan, by the name the program has for it."""
        self.whole()
        if self.plan_view is not None:
            self.plan_view.show_page(name)

    def explain(self) -> None:
        """Say what is where the keyboard is; who asks for more, or presses F1 again, is shown the page about it."""
        helping.explain(self)

    def show_help(self, place: str = "") -> None:
        """Show a page of the help beside the work; without a place, the one about where the keyboard is."""
        helping.show_help(self, place)

    def wear(self, look: Brightness) -> None:
        """Take another look, light or dark, or as the system is."""
        self._looks.choose(look)

    # What the window shows of its state

    def changeEvent(self, event: QEvent) -> None:
        """Have copies of the plan be looked for when the person comes back from elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.workspace is not None:
            self.workspace.copies.due = True

    def _look(self) -> None:
        """See whether another program has changed the file; of a share it is first seen whether it answers."""
        if self.workspace is None or self.workspace is not plan_now(self.workspace):
            return
        if self.workspace.place.kind == "share":
            self._aside.ask(partial(_asked_of_share, self.workspace.path, self.workspace.copies), self._look_now)
        else:
            self._look_now(self.workspace.copies.look())

    def _look_now(self, copies: "Sequence[SeenCopy] | None") -> None:
        """See whether another program has changed the file, or left a copy; say once that it can no longer be read."""
        if self.workspace is None or self.plan_view is None or QApplication.activeModalWidget() is not None:
            return
        try:
            self.workspace.look(copies or ())
        except PlanRefused as refusal:
            if str(refusal) != self._trouble:
                self._trouble = str(refusal)
                self.plan_view.say(self._trouble, file_messages.trouble_choices(self))
        else:
            self._trouble = ""

    def _offer_copy(self, sentence: str) -> None:
        """Offer to keep the plan as it is elsewhere, since a change could not be written."""
        if self.plan_view is not None:
            self.plan_view.say(sentence, file_messages.copy_choices(self))

    def _show_state(self) -> None:
        """Show the present state in the title, the menus and the status bar."""
        open_ = self.readable()
        for name in commands.plan_commands():
            self.actions_by_name[name].setEnabled(open_)
        self._page_menu.enable(open_)
        refused = self.plan_view is not None and self.plan_view.has_refusal()
        latest = self.workspace.undo_label if self.workspace else None
        self._say_step("undo", REFUSED if refused else latest)
        self._say_step("redo", self.workspace.redo_label if self.workspace else None)
        self._show_page_actions()
        if self.plan_view is None or self.workspace is None:
            if self._glimpse is not None:
                self.setWindowTitle(as_title(f"{self._glimpse.path.stem} - SPP Desktop"))
                self.kept.setText(COMING)
                return
            self.setWindowTitle("SPP Desktop")
            self.start.show_recent(self.memory.recent())
            self._pages.setCurrentWidget(self.start)
            self.kept.clear()
            self.marking.clear()
            return
        plan = self.plan_view.plan
        reading = " (for reading only)" if self.workspace.read_only else ""
        self.setWindowTitle(as_title(f"{self.workspace.path.stem}{reading} - {plan.title} - SPP Desktop"))
        can_take = self.workspace.read_only and self.workspace.holder is not None
        self.actions_by_name["take_over"].setEnabled(can_take)
        commands.name_following_year(self.actions_by_name, plan.first_year + 1)
        kept = _kept(read_only=self.workspace.read_only, refused=refused)
        page = self.plan_view.page(self.plan_view.current())
        revision, below = self._below
        below = below if revision == _newest_step(self.workspace) else ""
        told = below, kept, _in_step(plan_now(self.workspace)), page.summary(), page.selection()
        self.kept.setText("  ·  ".join(filter(None, told)))
        self.marking.setText(self.plan_view.marking)

    def say_below(self, sentence: str) -> None:
        """Say in the status bar what was done, until the next step."""
        if self.workspace is None:
            return
        self._below = (_newest_step(self.workspace), sentence)
        self._show_state()

    def _say_step(self, name: str, label: str | None) -> None:
        """Show in the menu which step would be undone or redone, if there is one."""
        action = self.actions_by_name[name]
        action.setText(f"&{name.title()} {as_label(label or '')}".strip())
        action.setEnabled(label is not None)

    def _show_page_actions(self) -> None:
        """Put the commands of the page that is shown into the Edit menu, behind the window's own."""
        for action in list(self._edit_menu.actions()):
            if action.property("of_page"):
                self._edit_menu.removeAction(action)
        if self.plan_view is None:
            return
        for action in self.plan_view.page(self.plan_view.current()).actions():
            action.setProperty("of_page", True)
            self._edit_menu.addAction(action)


def _asked_of_share(plan: Path, copies: "OtherCopies") -> "list[SeenCopy]":
    """What is asked of the share on which a plan lies: whether it answers, and which copies lie beside the plan."""
    plan.stat()
    return copies.look()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _kept(*, read_only: bool, refused: bool) -> str:
    """What the status bar says of whether everything is kept."""
    if read_only:
        return "For reading only"
    return "Something typed is not kept" if refused else f"All changes kept {clock.time_of_day()}"


def _in_step(workspace: "Workspace") -> str:
    """What the status bar says of the plan's hub, if one is known."""
    from spp_desktop.ui.sharing.in_step import in_step

    return in_step(workspace)


def _newest_step(workspace: "Workspace") -> str:
    """The id of the newest step; "" where the file cannot be read just now."""
    try:
        return workspace.revision()
    except PlanRefused:
        return ""
