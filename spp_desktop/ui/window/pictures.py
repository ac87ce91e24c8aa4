"""Pictures of the window that no one sees: for reports, for the documentation, and on machines with no display."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QMessageLogContext, QSettings, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.store.states import moment_of
from spp_desktop.ui.common import language, theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.unread_sources import leave_sources_unread
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.past import see

SIZE = (1366, 768)
"""The size of the laptop's screen that the window is made for, in pixels."""
WITHOUT_A_SCREEN = {"linux": "offscreen"}
"""The platform of Qt by which pictures are taken, by system: where a display may be missing. Elsewhere it is the
system's own, and no window is shown: Qt's offscreen platform has no letters on Windows."""


def application() -> QApplication:
    """The program's one QApplication; if there is none yet, a new one that needs no display."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    platform = platform_for(sys.platform, os.environ)
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    leave_sources_unread()
    qInstallMessageHandler(_log_message)
    app = QApplication(sys.argv[:1])
    language.speak_british()
    return app


def platform_for(system: str, environment: Mapping[str, str]) -> str | None:
    """The platform of Qt by which pictures are taken on a system; ``None`` if it is the system's own.

    Args:
        system: The system, as ``sys.platform`` names it.
        environment: The variables of the environment: what ``QT_QPA_PLATFORM`` says there goes before.
    """
    return environment.get("QT_QPA_PLATFORM") or WITHOUT_A_SCREEN.get(system)


def _log_message(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Pass on Qt's messages, except that a picture has no window manager."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(f"{words}\n")


def take(plan: Path, page: str, file: Path, *, dark: bool = False, when: str = "") -> None:
    """Open a plan and save a picture of one page as PNG, with its first row shown in the panel.

    ``when`` names the moment at which the plan is seen, as ``states.moment_of`` reads it; "" is now.

    Raises:
        PlanRefused: if the plan cannot be opened; NoSuchMoment: if there is none of that name; OSError: if the picture
            cannot be written.
    """
    with window_shown(dark=dark) as window:
        _save(page_shown(window, plan, page, when=when), file)


def take_start(file: Path, *, dark: bool = False) -> None:
    """Save a picture of the start page.

    Raises:
        OSError: if the picture cannot be written.
    """
    with window_shown(dark=dark) as window:
        _save(window, file)


@contextmanager
def window_shown(*, dark: bool = False) -> Iterator[MainWindow]:
    """A window on the start page that knows no settings of the person, and is removed afterwards."""
    app = application()
    theme.apply(app, dark=dark)
    with TemporaryDirectory() as folder:
        memory = Memory(QSettings(str(Path(folder) / "picture.ini"), QSettings.Format.IniFormat))
        memory.look = "dark" if dark else "light"
        window = MainWindow(memory)
        window.resize(*SIZE)
        _lay_out(window)  # rows are scrolled to as a window on the screen has room for them
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            app.processEvents()


def _lay_out(window: QWidget) -> None:
    """Lay a window out as if it were shown, where nobody sees it; it may be larger than the screen."""
    seen = not window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    if seen and QApplication.platformName() not in WITHOUT_A_SCREEN.values():
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)  # Windows bounds one that has a frame by the screen
    window.show()


def page_shown(window: MainWindow, plan: Path, page: str, *, when: str = "") -> MainWindow:
    """The window with a page of a plan in front, its first row shown in the panel; as at a moment, or now.

    Raises:
        PlanRefused: if the plan cannot be opened; NoSuchMoment: if there is no such moment.
    """
    window.show_plan(plan)
    if when and window.workspace is not None:
        see(window, moment_of(window.workspace, when))
    view = window.plan_view
    assert view is not None
    view.show_page(page)
    if first := view.page(page).first_row():
        view.page(page).select(first)
    return window


def settled(widget: QWidget) -> QWidget:
    """A widget as it is on the screen, once all that it left for later is done."""
    _lay_out(widget)
    for _ in range(3):
        application().processEvents()
    return widget


def _save(widget: QWidget, file: Path) -> None:
    if not settled(widget).grab().save(str(file)):
        raise OSError(0, "the picture could not be written", str(file))
