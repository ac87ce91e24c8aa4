"""The marking of rows by real keys: typed, pasted and filtered by in tables, chosen in panels, offered for the plan."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers, rows
from spp_desktop.plan.appendices.beside import Partnership
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.registers import register_of
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.fields import ListField
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.registers.dialog import PlanForm
from spp_desktop.ui.registers.page import RegisterPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    made = PlanSignals(workspace)
    yield made
    made.stop()


def bears(workspace: Workspace, table: str) -> list[str]:
    """The markings that rows of a table bear themselves."""
    query = f"SELECT m.title FROM {table} AS own LEFT JOIN marking AS m ON m.id = own.marking_id ORDER BY own.position"
    return [title or "" for (title,) in workspace._raw.execute(query)]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(qtbot: QtBot, page: TablePage) -> TablePage:
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.grid.setColumnHidden(page.model.column_of("marking_id"), False)
    return page


@pytest.mark.parametrize("name", ["activity", "indicator", "partnership"])
def test_it_is_typed_pasted_and_filtered_by(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace, name: str
) -> None:
    if name == "partnership":
        workspace.edit("add", registers.add, Partnership, title="Safer streets")
    made: dict[str, Callable[[], TablePage]] = {
        "activity": lambda: DeliveryPage(signals, 2008),
        "indicator": lambda: PerformancePage(signals),
        "partnership": lambda: RegisterPage(signals, register_of("partnership")),
    }
    page = shown(qtbot, made[name]())
    first = page.first_row()
    assert page.grid.select(first, "marking_id")
    page.grid.setFocus()
    for letter in "RESTR":
        QTest.keyClicks(focused(), letter)
    QTest.keyClick(focused(), Key.Key_Return)
    assert bears(workspace, name).count("RESTRICTED") == 1
    page.filter.setText("marking:restricted")
    qtbot.waitUntil(lambda: page.model.matching() == 1)
    page.clear_filter()
    assert page.grid.select(first, "marking_id")
    QGuiApplication.clipboard().setText("protect")
    QTest.keyClick(page.grid, Key.Key_V, Mod.ControlModifier)
    assert bears(workspace, name).count("PROTECT") == 1
    QTest.keyClick(page.grid, Key.Key_Delete)
    assert set(bears(workspace, name)) == {""}


def test_the_tree_and_the_plan_choose_from_the_list(qtbot: QtBot, signals: PlanSignals, workspace: Workspace) -> None:
    titles = {row.title: row.id for row in workspace.read(queries.register, Marking)}
    page = PrioritiesPage(signals)
    qtbot.addWidget(page)
    page.show()
    key = workspace.read(queries.priority_tree)[0].key
    assert page.select(key)
    field = page.panel.marking
    assert isinstance(field, ListField)
    assert field.text() == ""
    workspace.edit("mark", rows.change, Priority, key, marking_id=titles["SECRET"])
    qtbot.waitUntil(lambda: field.text() == "SECRET")
    form = PlanForm(signals)
    qtbot.addWidget(form)
    form.show()
    form.marking.setFocus()
    QTest.keyClicks(form.marking, "CONF")
    form.marking.activated.emit(form.marking.currentIndex())
    assert workspace.read(queries.plan).marking == "CONFIDENTIAL"
    assert (form.marking.currentText(), form.marking.count()) == ("CONFIDENTIAL", 7)
