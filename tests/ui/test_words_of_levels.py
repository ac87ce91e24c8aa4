"""Nothing on screen calls a level otherwise than the plan does: every page, menu and dialog of one with other words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.plan_view import PlanView
from tests.conftest import sample
from tests.depth import by_night
from tests.other_words import NAMES, called_otherwise, usual_words
from tests.ui.screens import dialogs

OF_EVERY_PLAN = ("HelpWindow", "ExplanationDialog", "NewPlanDialog")
"""These speak of every plan, in the usual words, or of levels that a new plan may have."""
CALLED_BEFORE = re.compile(r"Priority|Priorities|Themes?|Commitments?")
OF_ITS_OWN = {
    "quality-of-service": re.compile(r"Commitment(: .*)?", re.DOTALL),
    "history": CALLED_BEFORE,
    "CompareDialog": CALLED_BEFORE,
}
"""What pages and dialogs call so that is no level, and what the history says that a level was called before."""
ROWS = 30
"""How many rows of a table are looked at: its cells are alike."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def window(qtbot: QtBot, worked: Path) -> Iterator[MainWindow]:
    del qtbot
    made = MainWindow(Memory())
    made.resize(1366, 768)
    made.show()
    assert made.open_plan(called_otherwise(worked))
    yield made
    made.close()
    made.deleteLater()


def texts(around: QWidget) -> Iterator[str]:
    """Everything that a window or dialog says to whoever looks, points or listens."""
    for widget in (around, *around.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.whatsThis(), widget.accessibleName())
        yield from (widget.accessibleDescription(), widget.statusTip())
        yield from own_texts(widget)
    for action in around.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def own_texts(widget: QWidget) -> Iterator[str]:
    """What stands in a widget by its kind."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (part for n in range(widget.count()) for part in (widget.tabText(n), widget.tabToolTip(n)))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from cells(model)


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    """What the headers and the first rows of a list, table or tree say, and the first of those below them."""
    parent = parent or QModelIndex()
    is_flat = isinstance(model, QAbstractListModel | QAbstractTableModel)
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
        for role in ROLES:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            for row in range(min(model.rowCount(parent), ROWS)):
                yield str(model.index(row, column, parent).data(role) or "")
    for row in range(0 if is_flat else min(model.rowCount(parent), 3)):
        child = model.index(row, 0, parent)
        if model.hasChildren(child):
            yield from cells(model, child)


def said_on_pages(window: MainWindow) -> Iterator[tuple[str, str]]:
    """What the window around the pages, and each page, says in the usual words."""
    view, workspace = window.plan_view, window.workspace
    assert isinstance(view, PlanView)
    assert workspace is not None
    window.start.setParent(None)  # it is shown where no plan is open
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # entries of the menus before
    yield from (("window", text) for text in usual_words(texts(window), workspace.path))
    for page in every_page():
        window.show_page(page.name)
        QApplication.processEvents()
        own = OF_ITS_OWN.get(page.name)
        for text in usual_words(texts(view.page(page.name)), workspace.path):
            if own is None or not own.fullmatch(text):
                yield page.name, text


def test_every_page_menu_and_dialog_calls_levels_as_the_plan_does(window: MainWindow, tmp_path: Path) -> None:
    assert window.workspace is not None
    wrong = set(said_on_pages(window))
    for kind, opens in dialogs(window, tmp_path).items():
        if kind not in OF_EVERY_PLAN:
            dialog = opens()
            own = OF_ITS_OWN.get(kind)
            words = usual_words(texts(dialog), window.workspace.path)
            wrong |= {(kind, text) for text in words if own is None or not own.fullmatch(text)}
            dialog.close()
            dialog.deleteLater()
    assert sorted(wrong) == []


@by_night
def test_pages_without_a_row_call_levels_as_the_plan_does(window: MainWindow, tmp_path: Path) -> None:
    Workspace.create(tmp_path / "empty.plan", "A plan of nothing", 2008).close()
    assert window.open_plan(called_otherwise(tmp_path / "empty.plan"))
    assert sorted(set(said_on_pages(window))) == []


def test_usual_words_on_a_page_are_seen(window: MainWindow) -> None:
    """Those that would be missed are those that the plan holds, and no others."""
    assert window.workspace is not None
    path = window.workspace.path
    held = window.workspace.read(queries.indicators)[0].title
    label = QLabel("Choose a &priority first.", window)
    label.setToolTip("<b>Themes</b> stand under it")
    assert {"Choose a &priority first.", "<b>Themes</b> stand under it"} <= usual_words(texts(window), path)
    assert not usual_words([held, "The local priority (APACS)", "A service commitment"], path)


def test_the_window_follows_when_the_words_change(
    qtbot: QtBot, window: MainWindow, samples: Path, tmp_path: Path
) -> None:
    def shows(word: str) -> bool:
        view = window.plan_view
        assert isinstance(view, PlanView)
        return view.tabs.tabText(1) == word and f"Tree, {word}" in window.page_actions

    def leaves_nothing(word: str) -> bool:
        return not any(word in title for title in window.page_actions)

    window.show_page("priorities")
    assert shows("Outcomes")
    for _ in NAMES:  # each was named in a step of its own
        window.undo()
    qtbot.waitUntil(lambda: shows("Priorities"))
    assert leaves_nothing("Outcomes")
    window.redo()
    qtbot.waitUntil(lambda: shows("Outcomes"))
    assert leaves_nothing("Priorities")
    (tmp_path / "other").mkdir()
    assert window.open_plan(sample(samples, "worked", tmp_path / "other"))
    assert shows("Priorities")
    assert window.open_plan(tmp_path / "worked.plan")
    assert shows("Outcomes")
    window.close_plan()
    assert "Tree, Priorities" in window.page_actions
