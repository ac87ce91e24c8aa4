"""What is read again after a step: the delivery page says what one opened anew says, and reads no more than it must."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, links, rows
from spp_desktop.plan.delivery import Milestone, Status
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.posts import Post
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries, reached
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import GROUPS, DeliveryPage
from spp_desktop.ui.delivery.picture import DeliveryPicture
from tests.depth import depth

TODAY = date(2008, 10, 31)
DAYS = st.dates(date(2008, 4, 1), date(2009, 6, 30))


def opened(qtbot: QtBot, workspace: Workspace) -> tuple[DeliveryPage, DeliveryPicture]:
    page = DeliveryPage(PlanSignals(workspace), 2008, TODAY)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    picture = DeliveryPicture(page)
    return page, picture


def texts_of(widget: QWidget) -> list[str]:
    """All that a part of the window says in its labels and fields."""
    said = [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
    said += [line.text() for line in widget.findChildren(QLineEdit)]
    return said + [text.toPlainText() for text in widget.findChildren(QPlainTextEdit)]


def shown(page: DeliveryPage, picture: DeliveryPicture) -> dict[str, Any]:
    """All that a page says: its cells and heads, its status bar, the panel, the lanes, and both in words."""
    picture.draw()
    model = page.model
    cells = [
        [str(model.data(model.index(line, column))) for column in range(model.columnCount())]
        for line in range(model.rowCount())
    ]
    marks = [
        [model.mark_at(model.index(line, column)) for column in range(model.columnCount())]
        for line in range(len(cells))
    ]
    panel = page.panel
    timeline = picture.timeline
    return {
        "cells": cells,
        "heads": [head._replace(rows=()) if (head := model.group_at(line)) else None for line in range(len(cells))],
        "marks": marks,
        "summary": page.summary(),
        "panel": (panel.row, texts_of(panel)),
        "hanging": (list(panel.milestones.model.rows), list(panel.updates.model.rows)),
        "lanes": None if timeline._chart is None else timeline._chart,
        "words": timeline.accessibleDescription(),
        "lane": timeline._view.accessibleDescription() if timeline._view and not timeline._chart.empty else "",  # type: ignore[union-attr]
    }


def assert_heads_count_what_stands_below(page: DeliveryPage) -> None:
    arrangement = page.model.arrangement
    assert arrangement.summary is not None
    for line in page.model.heads():
        head = page.model.group_at(line)
        assert head is not None
        assert (head.note, head.parts) == arrangement.summary([arrangement.rows[n] for n in head.rows])


Step = Callable[[DeliveryPage, Workspace, Any], object]


def _set(field: str) -> Step:
    def step(page: DeliveryPage, workspace: Workspace, draw: Any) -> None:
        values: dict[str, Any] = {
            "text": st.sampled_from(("Reword it", "Do crime")), "percent": st.integers(0, 100) | st.none(), "due": DAYS,
            "start": DAYS | st.none(), "ref": st.sampled_from(("1.07", "2.09")), "budget": st.sampled_from((5.0, None)),
            "status_id": st.sampled_from([row.id for row in workspace.read(queries.register, Status)][:3]),
            "priority_id": st.sampled_from([node.key for node in workspace.read(queries.priority_tree)]),
            "owners": st.sampled_from([(row.id,) for row in workspace.read(queries.register, Post)]),
        }  # fmt: skip
        cells = [(_any(page, draw), field, draw(values[field]))]
        if draw(st.booleans()):
            page.model.put(cells)  # as it is typed in the table
        else:
            workspace.edit(f"set {field}", delivery.set_cells, cells, reason="because")

    return step


def _any(page: DeliveryPage, draw: Any) -> str:
    return str(draw(st.sampled_from([row.key for row in page.model.rows])))


def _milestones(page: DeliveryPage, workspace: Workspace, draw: Any) -> None:
    there = [row.key for row in workspace.read(queries.milestones)]
    what = draw(st.sampled_from(("add", "set", "remove") if there else ("add",)))
    if what == "add":
        workspace.edit("add", delivery.add_milestone, _any(page, draw), "A step", due=draw(DAYS))
    elif what == "set":
        cell = (draw(st.sampled_from(there)), "done_on", draw(DAYS | st.none()))
        workspace.edit("set", delivery.set_milestones, [cell], reason="because")
    else:
        workspace.edit("remove", delivery.remove_milestones, [draw(st.sampled_from(there))])


def _links(page: DeliveryPage, workspace: Workspace, draw: Any) -> None:
    there = [row.id for row in workspace.read(queries.register, RowLink)]
    first, second = _any(page, draw), _any(page, draw)
    if there and draw(st.booleans()):
        workspace.edit("unlink", rows.remove, RowLink, draw(st.sampled_from(there)))
    elif first != second:
        workspace.edit("link", links.join, "depends on", first, second)


def _come_and_go(page: DeliveryPage, workspace: Workspace, draw: Any) -> None:
    if len(page.model.rows) > 3 and draw(st.booleans()):
        workspace.edit("remove", delivery.remove_activities, [_any(page, draw)])
    else:
        workspace.edit("copy", delivery.duplicate_activity, _any(page, draw))


FIELDS = ("text", "percent", "due", "start", "ref", "budget", "status_id", "priority_id", "owners")
FILTERS, SORTS = ("", "crime", "reword", "status:late"), ("due", "text", "percent")


def _sort(page: DeliveryPage, _: Workspace, draw: Any) -> None:
    page.model.sort(page.model.column_of(draw(st.sampled_from(SORTS))))


STEPS: dict[str, Step] = {
    **{field: _set(field) for field in FIELDS},
    "milestones": _milestones,
    "links": _links,
    "come and go": _come_and_go,
    "undo": lambda _, workspace, draw: [workspace.undo() for _ in range(draw(st.integers(1, 3)))],
    "redo": lambda _, workspace, __: workspace.redo(),
    "filter": lambda page, _, draw: page.model.set_filter(draw(st.sampled_from(FILTERS))),
    "sort": _sort,
    "group": lambda page, _, draw: page.model.group_by(draw(st.sampled_from([field for _, field in GROUPS]))),
    "go": lambda page, _, draw: page.select(_any(page, draw)),
    "paint": lambda page, _, __: page.grab(),
}


def test_what_was_renewed_in_parts_is_what_is_opened_anew(qtbot: QtBot, workspace: Workspace) -> None:
    page, picture = opened(qtbot, workspace)
    page.show()

    @settings(max_examples=depth(7, 150), suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.data(), st.lists(st.sampled_from(sorted(STEPS)), min_size=3, max_size=8))
    def work(data: st.DataObject, kinds: list[str]) -> None:
        while workspace.undo():
            pass
        page.model.show_all()
        page.model.sort(-1)
        page.model.group_by(GROUPS[0][1])
        page.select(page.model.rows[0].key)
        for kind in kinds:
            try:
                STEPS[kind](page, workspace, data.draw)
            except (RuleBroken, UndoRefused):
                continue  # what is refused is to change nothing
            picture.draw()
            assert_heads_count_what_stands_below(page)
        page.model.arrangement.late_comers.clear()
        page.model.arrange()
        now = shown(page, picture)
        other, drawn = opened(qtbot, workspace)
        mine, theirs = page.model.arrangement, other.model.arrangement
        theirs.filter_text, theirs.grouping = mine.filter_text, mine.grouping
        other.model.sort(other.model.column_of(mine.sorting[0]) if mine.sorting else -1)
        drawn.timeline.select(picture.timeline._key)
        told = page.panel.row
        other.panel.show_activity(None if told is None else other.model.row_of(told.key))
        anew = shown(other, drawn)
        for part, says in anew.items():
            assert now[part] == says, part
        other.signals.stop()

    work()
    page.signals.stop()


def test_of_a_cell_only_its_activity_is_read_again(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, picture = opened(qtbot, workspace)
    picture.draw()
    page.select(page.model.rows[0].key)
    key, lanes = page.model.rows[0].key, picture.timeline._chart.lanes  # type: ignore[union-attr]
    monkeypatch.setattr(DeliveryPage, "refresh", lambda _: pytest.fail("the whole plan was read again"))
    cell = [(key, "due", TODAY + timedelta(3))]
    workspace.edit("move", delivery.set_cells, cell, reason="because")
    picture.draw()
    now = picture.timeline._chart.lanes  # type: ignore[union-attr]
    assert now[0].end == TODAY + timedelta(3)
    assert [one is other for one, other in zip(now, lanes, strict=True)] == [False, True, True]
    workspace.undo()
    assert page.panel.row == page.model.rows[0]
    assert page.model.rows[0].due is None
    step = workspace.read(queries.milestones)[0]
    workspace.edit("remove", delivery.remove_milestones, [step.key])
    assert page.model.row_of(step.activity_key).milestones == 0, "a milestone that is gone is known by the history"
    workspace.undo()
    assert page.model.row_of(step.activity_key).milestones == 1
    page.signals.stop()


def test_what_cannot_be_followed_reaches_all(workspace: Workspace) -> None:
    first, second, _ = workspace.read(queries.activities, 2008)
    step = workspace.read(queries.milestones)[0].key
    read = workspace.read_beside
    assert read(reached.activities, {"milestone": {step}}) == frozenset({first.key})
    assert read(reached.activities, {"status": {"s"}}) is None
    assert read(reached.activities, {"activity": set(map(str, range(reached.MOST + 1)))}) is None
    workspace.edit("hang it elsewhere", rows.change, Milestone, step, activity_id=second.key)
    assert read(reached.activities, {"milestone": {step}}) is None


def test_while_a_key_is_down_the_panel_waits_until_it_is_let_go_or_asked(qtbot: QtBot, workspace: Workspace) -> None:
    page, _ = opened(qtbot, workspace)
    page.show()
    qtbot.waitExposed(page)
    first, second, third = (row.key for row in page.model.rows)
    page.select(first)
    told: list[str] = []
    page.selected.connect(told.append)

    def held(kind: QEvent.Type, *, again: bool) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "", again)
        QApplication.sendEvent(page.grid, event)

    held(QEvent.Type.KeyPress, again=True)
    assert page.grid.current() is not None
    assert page._panel.row.key == first  # type: ignore[attr-defined]
    assert told == []
    assert page.panel.row is not None
    assert page.panel.row.key == second, "whoever asks finds it where the table is"
    assert told == [second]
    page.model.group_by(None)
    held(QEvent.Type.KeyPress, again=True)
    held(QEvent.Type.KeyRelease, again=False)
    assert page._panel.row.key == third  # type: ignore[attr-defined]
    QTest.keyClick(page.grid, Qt.Key.Key_Up)
    assert page._panel.row.key == second  # type: ignore[attr-defined]
    held(QEvent.Type.KeyPress, again=True)
    page._panel.setFocus()
    page.panel.text.setFocus()
    assert page._panel.row.key == third  # type: ignore[attr-defined]
    page.signals.stop()
