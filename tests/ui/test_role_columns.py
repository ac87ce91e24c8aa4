"""The columns of posts in roles, by real keys: in the tables of activities, indicators and registers, and in panels."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, performance, registers
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.store import in_roles, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.role_fields import PostField
from spp_desktop.ui.grid.table_page import TablePage
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.registers.page import RegisterPage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    made = PlanSignals(workspace)
    yield made
    made.stop()


def shown(qtbot: QtBot, page: TablePage, signals: PlanSignals) -> TablePage:
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    signals.changed.connect(lambda _: page.refresh())
    return page


def role(workspace: Workspace, title: str) -> str:
    return in_role(workspace.edit(f"add role {title}", registers.add, NamedRole, title=title))


def press(key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, mod)
    QApplication.processEvents()


def write(text: str) -> None:
    QApplication.processEvents()
    for letter in text:
        widget: QWidget | None = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, letter)


def go(page: TablePage, key: str, field: str) -> None:
    assert page.grid.select(key, field)
    page.activateWindow()
    page.grid.setFocus()
    QApplication.processEvents()


def test_a_role_is_a_column_as_soon_as_the_plan_has_it(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    assert isinstance(page, DeliveryPage)
    assert page.group.currentText() == "Priority"
    assert not [column for column in page.model.columns if column.field.startswith("role:")]
    name = role(workspace, "Portfolio holder")
    at = page.model.column_of(name)
    assert page.model.columns[at].title == "Portfolio holder"
    assert page.model.columns[at - 1].title == "Owner"
    assert not page.grid.isColumnHidden(at)
    page.group.setCurrentIndex(page.group.findData(name))
    page.group.activated.emit(page.group.currentIndex())
    workspace.undo()
    assert (page.group.currentText(), page.model.arrangement.grouping) == ("Priority", "priority_id")
    assert page.model.column_of(name) == -1


def test_a_post_is_typed_chosen_pasted_grouped_by_and_filtered_by(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    name = role(workspace, "Portfolio holder")
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    assert isinstance(page, DeliveryPage)
    first, second, third = (row.key for row in page.model.rows)
    go(page, first, name)
    write("security")
    press(Key.Key_Return)
    assert workspace.undo_label == "change portfolio holder of activity 1.01 to ACC Security"
    go(page, second, name)
    QGuiApplication.clipboard().setText("ACC Crime; ACC Security\nACC Crime\n")
    press(Key.Key_V, Mod.ControlModifier)
    standing = workspace.read(in_roles.in_roles, "activity")
    crime, security = (post.id for post in workspace.read(queries.register, Post))
    assert standing == {first: {name: (security,)}, second: {name: (crime, security)}, third: {name: (crime,)}}
    page.focus_filter()
    write("portfolio:crime")
    assert page.visible_keys() == [second, third]
    press(Key.Key_Escape)
    page.group.setCurrentIndex(page.group.findData(name))
    page.group.activated.emit(page.group.currentIndex())
    assert [page.model.group_at(n).title for n in page.model.heads()] == ["ACC Crime", "ACC Security"]  # type: ignore[union-attr]


def test_a_new_post_is_asked_about_and_added(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = role(workspace, "Committee")
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    monkeypatch.setattr(question, "ask", lambda *_args, **_more: True)
    go(page, page.model.rows[0].key, name)
    QGuiApplication.clipboard().setText("Audit committee")
    press(Key.Key_V, Mod.ControlModifier)
    assert page.model.columns[page.model.column_of(name)].show(page.model.rows[0]) == "Audit committee"


def test_who_holds_the_post_is_told_in_the_tip_and_in_the_panel(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    name = role(workspace, "Portfolio holder")
    post = workspace.read(queries.register, Post)[0]
    workspace.edit("add", registers.add, PostHolder, post_id=post.id, name="J. Smith", held_from="01/05/2005")
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    assert isinstance(page, DeliveryPage)
    go(page, page.model.rows[0].key, name)
    write("ACC Crime")
    press(Key.Key_Return)
    row = page.model.rows[0]
    column = page.model.columns[page.model.column_of(name)]
    assert column.tip is not None
    assert column.tip(row) == "Portfolio holder: ACC Crime (J. Smith since 01/05/2005)"
    page.show_panel.setChecked(True)
    page.panel.show_activity(row)
    field = page.panel.in_roles.fields[name]
    assert field.held.text() == "ACC Crime (J. Smith since 01/05/2005)"
    assert field.choice.text() == "ACC Crime"
    assert page.panel.fields["owners"].held.text() == "ACC Crime (J. Smith since 01/05/2005)"  # type: ignore[union-attr]


def test_a_milestone_has_posts_in_roles_in_the_panels_list(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    assert isinstance(page, DeliveryPage)
    first = page.model.rows[0]
    assert page.grid.select(first.key, "text")
    page.show_panel.setChecked(True)
    name = role(workspace, "Director")
    steps = page.panel.milestones
    step = steps.model.rows[0].key
    assert steps.model.column_of(name) >= 0
    assert steps.grid.select(step, name)
    steps.grid.setFocus()
    write("ACC Security")
    press(Key.Key_Return)
    (security,) = (post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Security")
    assert workspace.read(in_roles.in_roles, "milestone") == {step: {name: (security,)}}
    in_role_of_new: dict[str, Any] = {name: [security]}
    new = workspace.edit("add", delivery.add_milestone, first.key, "Second", **in_role_of_new)
    assert workspace.read(queries.milestones, None, first.key)[1].roles == {name: (security,)}
    assert new in workspace.read(in_roles.in_roles, "milestone")


def test_indicators_stand_under_the_posts_in_a_role(qtbot: QtBot, signals: PlanSignals, workspace: Workspace) -> None:
    """As the delivery plan's activities can; once the role is gone, under their groups again."""
    page = shown(qtbot, PerformancePage(signals), signals)
    assert isinstance(page, PerformancePage)
    name = role(workspace, "Portfolio holder")
    (security,) = (post.id for post in workspace.read(queries.register, Post) if post.title == "ACC Security")
    workspace.edit("say", performance.set_cells, [(page.model.rows[0].key, name, (security,))])
    assert [page.group.itemText(n) for n in range(page.group.count())] == ["Group", "Portfolio holder", "Nothing"]
    page.group.setCurrentIndex(1)
    page.group.activated.emit(page.group.currentIndex())
    heads = [page.model.group_at(n) for n in page.model.heads()]
    assert [head.title for head in heads if head is not None][:1] == ["ACC Security"]
    for _ in range(2):
        workspace.undo()
    assert (page.group.currentText(), page.model.arrangement.grouping) == ("Group", "group_id")


def test_who_holds_a_post_is_told_beside_owners_of_milestones_and_of_rows_of_registers(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    post = workspace.read(queries.register, Post)[0]
    workspace.edit("add", registers.add, PostHolder, post_id=post.id, name="J. Smith")
    page = shown(qtbot, DeliveryPage(signals, 2008), signals)
    assert isinstance(page, DeliveryPage)
    assert page.grid.select(page.model.rows[0].key, "text")
    page.panel.show_activity(page.model.rows[0])
    steps = page.panel.milestones.model
    workspace.edit("own", delivery.set_milestones, [(steps.rows[0].key, "owner_id", post.id)])
    tip = steps.columns[steps.column_of("owner_id")].tip
    assert tip is not None
    assert tip(steps.rows[0]) == "ACC Crime (J. Smith)"
    finding = register_of("inspection_finding")
    workspace.edit("add", registers.add, finding.model, ref="F1", text="Answer calls", **{finding.owner: post.id})
    findings = shown(qtbot, RegisterPage(signals, finding), signals)
    assert isinstance(findings, RegisterPage)
    assert findings.select(findings.model.rows[0].key)
    findings.panel.show_row(findings.model.rows[0])
    field = findings.panel.fields[finding.owner]
    assert isinstance(field, PostField)
    assert field.held.text() == "ACC Crime (J. Smith)"


def test_indicators_and_rows_of_registers_have_roles_too(
    qtbot: QtBot, signals: PlanSignals, workspace: Workspace
) -> None:
    name = role(workspace, "Director")
    decision = workspace.edit("add", registers.add, register_of("plan_decision").model, ref="R1", text="Fewer officers")
    performance = shown(qtbot, PerformancePage(signals), signals)
    decisions = shown(qtbot, RegisterPage(signals, register_of("plan_decision")), signals)
    for page, key in ((performance, performance.model.rows[0].key), (decisions, decision)):
        page.activateWindow()
        go(page, key, name)
        write("ACC Crime")
        press(Key.Key_Return)
        assert page.model.columns[page.model.column_of(name)].show(page.model.rows[0]) == "ACC Crime"
    assert workspace.undo_label == "change director of decision R1"
    copy = workspace.edit("copy", registers.duplicate, register_of("plan_decision"), decision)
    assert set(workspace.read(in_roles.in_roles, "plan_decision")) == {decision, copy}
    assert isinstance(decisions, RegisterPage)
    assert decisions.group.findData(name) >= 0
    assert list(decisions.panel.in_roles.fields) == [name]
    assert isinstance(performance, PerformancePage)
    performance.panel.pages.setCurrentWidget(performance.panel.measure)
    performance.panel.show_indicator(performance.model.rows[0])
    assert performance.panel.measure.in_roles.fields[name].choice.text() == "ACC Crime"
