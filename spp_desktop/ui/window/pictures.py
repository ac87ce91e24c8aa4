"""Pictures of the window that no one sees: for reports, for the documentation, and on machines with no display."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QMessageLogContext, QSettings, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from spp_desktop.edits import receiving
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.store import judged, queries, receipts
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.pictures.series_view import SeriesView
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window.main_window import MainWindow

SIZE = (1366, 768)
"""The size of the laptop's screen that the window is made for, in pixels."""
CHART_SIZE = (900, 560)


def application() -> QApplication:
    """The program's one QApplication; if there is none yet, a new one that needs no display."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    qInstallMessageHandler(_log_message)
    return QApplication(sys.argv[:1])


def _log_message(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Pass on Qt's messages, except that a picture has no window manager."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(f"{words}\n")


def take(plan: Path, page: str, file: Path, *, dark: bool = False) -> None:
    """Open a plan and save a picture of one page as PNG, with its first row shown in the panel.

    Raises:
        PlanRefused: if the plan cannot be opened; OSError: if the picture cannot be written.
    """
    with _window(dark=dark) as (app, window):
        window.show()  # rows are scrolled to as a window on the screen has room for them
        window.show_plan(plan)
        view = window.plan_view
        assert view is not None
        view.show_page(page)
        if first := view.page(page).first_row():
            view.page(page).select(first)
        _save(app, window, file)


def take_review(plan: Path, file: Path, *, dark: bool = False) -> None:
    """Save a picture of the review of the files in a plan that wait to be decided about.

    Raises:
        PlanRefused: if the plan cannot be opened; OSError: if the picture cannot be written.
    """
    with _window(dark=dark) as (app, window), Workspace.open(plan) as workspace:
        waiting = [receipt.id for receipt in workspace.read_beside(receipts.every) if receipt.state == "open"]
        reviews = [receiving.gone_on_with(workspace, receipt) for receipt in waiting]
        dialog = ReviewDialog(PlanSignals(workspace), reviews, window)
        dialog.resize(SIZE[0] - 40, SIZE[1] - 60)
        _save(app, dialog, file)
        dialog.reject()


def take_chart(plan: Path, ref: str, file: Path, *, dark: bool = False) -> None:
    """Save a picture of the chart of one indicator of the force, by its reference.

    Raises:
        PlanRefused: if the plan cannot be opened.
        LookupError: if the plan has no such indicator.
        OSError: if the picture cannot be written.
    """
    with _window(dark=dark) as (app, window), Workspace.open(plan, read_only=True) as workspace:
        shown = workspace.read(queries.plan)
        series = workspace.read(judged.judged, shown.today())
        judgement = next((judgement for judgement in series if judgement.series.indicator.ref == ref), None)
        if judgement is None:
            raise LookupError(ref)
        view = SeriesView(window)
        view.set_chart(series_chart(judgement, shown.illustrative))
        view.setWindowFlag(Qt.WindowType.Window)
        view.resize(*CHART_SIZE)
        _save(app, view, file)


def take_start(file: Path, *, dark: bool = False) -> None:
    """Save a picture of the start page.

    Raises:
        OSError: if the picture cannot be written.
    """
    with _window(dark=dark) as (app, window):
        _save(app, window, file)


@contextmanager
def _window(*, dark: bool) -> Iterator[tuple[QApplication, MainWindow]]:
    """A window that knows no settings of the person, and is removed afterwards."""
    app = application()
    theme.apply(app, dark=dark)
    with TemporaryDirectory() as folder:
        memory = Memory(QSettings(str(Path(folder) / "picture.ini"), QSettings.Format.IniFormat))
        memory.dark = dark
        window = MainWindow(memory)
        window.resize(*SIZE)
        try:
            yield app, window
        finally:
            window.close()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            app.processEvents()


def _save(app: QApplication, window: QWidget, file: Path) -> None:
    window.show()
    for _ in range(3):
        app.processEvents()
    if not window.grab().save(str(file)):
        raise OSError(0, "the picture could not be written", str(file))
