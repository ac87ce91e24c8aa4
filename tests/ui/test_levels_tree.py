"""The tree of priorities follows the plan's levels, by real keys: of one, two and three levels."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import priorities, registers
from spp_desktop.plan.levels import Level
from spp_desktop.store import queries
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.priorities.page import PrioritiesPage

Key = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


def page_of(qtbot: QtBot, signals: PlanSignals, *levels: tuple[str, str, str]) -> PrioritiesPage:
    """The page of a plan of these levels, with nothing in it."""
    for node in signals.read(queries.priority_tree):
        signals.edit("remove", priorities.remove_priority, node.key)
    old = [row.id for row in signals.read(queries.register, Level)]
    signals.edit("rename", registers.set_cells, Level, [(old[0], "title", "-")])
    for key in reversed(old[1:]):
        signals.edit("remove", registers.remove, Level, key)
    (title, plural, _), *others = levels
    signals.edit("rename", registers.change, Level, old[0], title=title, plural=plural)
    for title, plural, written in others:
        signals.edit("add", registers.add, Level, {"title": title, "plural": plural, "written": written})
    made = PrioritiesPage(signals)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    made.view.setFocus()
    qtbot.waitUntil(made.view.hasFocus)
    return made


def press(page: PrioritiesPage, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.view, key, modifiers)


def type_in(page: PrioritiesPage, text: str) -> None:
    editor = page.view._delegate.editor
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)


def outline(nodes: Sequence[Node], depth: int = 0) -> list[str]:
    return [line for node in nodes for line in (f"{'.' * depth}{node.text}", *outline(node.children, depth + 1))]


def drawn(signals: PlanSignals) -> list[str]:
    return outline(signals.read(queries.priority_tree))


PILLARS = (("Pillar", "Pillars", "heading"), ("Promise", "Promises", "sentence"))
OUTCOMES = (
    ("Outcome", "Outcomes", "heading"),
    ("Objective", "Objectives", "heading"),
    ("Action", "Actions", "heading"),
)


def test_two_levels_are_pillars_with_promises_straight_under_them(qtbot: QtBot, signals: PlanSignals) -> None:
    page = page_of(qtbot, signals, *PILLARS)
    press(page, Key.Key_Insert)
    type_in(page, "Safe streets")
    press(page, Key.Key_Return, CTRL)
    type_in(page, "We will light every path")
    press(page, Key.Key_Insert)
    type_in(page, "We will mend every lamp")
    press(page, Key.Key_Return, CTRL)  # nothing stands under a promise: another behind it
    type_in(page, "We will walk every street")
    press(page, Key.Key_Up, ALT)
    press(page, Key.Key_T, CTRL)
    assert "No level of this plan stands below that." in page._notice.text()
    assert drawn(signals) == [
        "Safe streets",
        ".We will light every path",
        ".We will walk every street",
        ".We will mend every lamp",
    ]
    press(page, Key.Key_Up)
    press(page, Key.Key_Up)
    current = page.view.current()
    assert current is not None
    assert page._model.index_of(current).siblingAtColumn(1).data() == "Pillar, 3 promises"


def test_one_level_has_nothing_under_it(qtbot: QtBot, signals: PlanSignals) -> None:
    page = page_of(qtbot, signals, ("Aim", "Aims", "heading"))
    press(page, Key.Key_Insert)
    type_in(page, "Less harm")
    press(page, Key.Key_Return, CTRL)
    type_in(page, "More trust")
    for key, modifiers in ((Key.Key_T, CTRL), (Key.Key_T, CTRL | SHIFT)):
        press(page, key, modifiers)
        assert "Levels are added in Plan > Lists…, under Levels." in page._notice.text()
    assert drawn(signals) == ["Less harm", "More trust"]


def test_three_levels_of_headings_go_no_deeper(qtbot: QtBot, signals: PlanSignals) -> None:
    page = page_of(qtbot, signals, *OUTCOMES)
    press(page, Key.Key_Insert)
    type_in(page, "Trust")
    for text in ("Answer calls", "Take on call takers", "Train them"):
        press(page, Key.Key_Return, CTRL)
        type_in(page, text)
    assert drawn(signals) == ["Trust", ".Answer calls", "..Take on call takers", "..Train them"]
    press(page, Key.Key_Right, ALT)
    assert "No level of this plan stands below that." in page._notice.text()
    press(page, Key.Key_Left, ALT)
    press(page, Key.Key_Return, CTRL)
    type_in(page, "In a month")
    assert drawn(signals)[-2:] == [".Train them", "..In a month"]
    press(page, Key.Key_Up)
    press(page, Key.Key_Right, ALT)  # it would take what stands under it a level too deep
    assert "No level of this plan stands below that." in page._notice.text()


def test_what_stands_deeper_than_the_levels_stays_and_takes_more(qtbot: QtBot, signals: PlanSignals) -> None:
    page = page_of(qtbot, signals, *OUTCOMES[:2])
    outcome = signals.edit("add", priorities.add_priority, "Resources")
    above = signals.edit("add", priorities.add_theme, outcome, "Money")
    deeper = signals.edit("add", priorities.add_theme, outcome, "Cash", parent_id=above)
    page.select(deeper)
    press(page, Key.Key_Insert)
    type_in(page, "Grants")
    page.select(above)
    press(page, Key.Key_Return, CTRL)
    type_in(page, "Reserves")
    assert drawn(signals) == ["Resources", ".Money", "..Cash", "..Grants", "..Reserves"]
    press(page, Key.Key_Up, ALT)
    press(page, Key.Key_Right, ALT)
    assert "No level of this plan stands below that." in page._notice.text()
    assert drawn(signals) == ["Resources", ".Money", "..Cash", "..Reserves", "..Grants"]


def test_a_commitment_goes_out_to_its_priority_and_in_again(qtbot: QtBot, signals: PlanSignals) -> None:
    page = page_of(qtbot, signals, PILLARS[0], OUTCOMES[1], PILLARS[1])
    pillar = signals.edit("add", priorities.add_priority, "Safe streets")
    theme = signals.edit("add", priorities.add_theme, pillar, "Light")
    page.select(theme)
    press(page, Key.Key_Return, CTRL)
    type_in(page, "We will light every path")
    press(page, Key.Key_Left, ALT)
    assert drawn(signals) == ["Safe streets", ".We will light every path", ".Light"]
    press(page, Key.Key_Right, ALT)
    assert drawn(signals) == ["Safe streets", ".Light", "..We will light every path"]
    page.select(pillar)
    press(page, Key.Key_T, CTRL | SHIFT)
    type_in(page, "We will mend every lamp")
    assert drawn(signals) == ["Safe streets", ".We will mend every lamp", ".Light", "..We will light every path"]
    assert signals.workspace.undo_label == "add promise We will mend every lamp"
