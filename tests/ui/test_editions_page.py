"""The page of the plan's way by real keys: moving the plan on, a file known by its hash, where another signs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import editions, rows, versions
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.editions import PlannedRevision, StateOfPlan
from spp_desktop.plan.posts import Post
from spp_desktop.store import queries
from spp_desktop.store import versions as reads
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.editions import move_on_dialog, panel
from spp_desktop.ui.editions.move_on_dialog import MoveOnDialog
from spp_desktop.ui.editions.page import EditionsPage
from spp_desktop.ui.editions.restated_page import RestatedPage

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> Iterator[EditionsPage]:
    """The page of a plan that was drafted, and of which an edition left with one file."""
    state = {each.title: each.key for each in workspace.read(reads.states)}
    workspace.edit("draft", versions.move_on, state["Draft"], date(2008, 2, 14), "A. Clerk")
    left = tmp_path / "Plan.pdf"
    left.write_bytes(b"as it left")
    files = [editions.leaving(left, "document", "plan")]
    workspace.edit("issue", editions.issue, NewEdition(date(2008, 2, 14), "A. Clerk", title="For members", files=files))
    signals = PlanSignals(workspace)
    made = EditionsPage(signals, Jobs(signals))
    qtbot.addWidget(made)
    made.resize(1280, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    yield made
    signals.stop()


def shown(page: EditionsPage) -> list[tuple[str, str]]:
    return [(row.what, row.title) for row in page.model.rows]


def test_the_way_from_top_to_bottom_and_a_file_known_by_its_hash(
    page: EditionsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(page) == [("Version 1", "Draft"), ("Edition 1", "For members")]
    assert page.panel.heading.text() == "Edition 1 · For members"
    assert page.panel.facts.text().startswith("Issued on 14 February 2008 by A. Clerk.\nFor 2008-2011.\nAs of step ")
    assert page.panel.files.model().index(0, 0).data() == "Plan.pdf"
    assert page.panel.told.text() == "Nothing of what it holds has changed since."
    other = tmp_path / "Renamed.pdf"
    other.write_bytes(b"as it left")
    monkeypatch.setattr(panel, "ask_open", lambda *_: other)
    page.panel.which()
    assert page.panel.answer.text() == "Renamed.pdf is, byte for byte, what left with edition 1 as Plan.pdf."
    other.write_bytes(b"changed")
    page.panel.which()
    assert page.panel.answer.text().startswith("Renamed.pdf left with no edition")
    page.grid.setFocus()
    QTest.keyClick(page.grid, Key.Key_Up)
    assert page.panel.heading.text() == "Version 1 · Draft"
    assert not page.panel.files.isVisible()
    page.filter.setText(page.model.rows[1].files[0].file_hash)
    assert page.model.visible_keys() == [page.model.rows[1].key]


def test_the_next_state_is_offered_and_another_signatory_is_asked_about(
    qtbot: QtBot, page: EditionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = page.signals.workspace
    state = next(each for each in workspace.read(reads.states) if each.title == "Submitted")
    post = workspace.read(queries.register, Post)[0]
    workspace.edit("name it", rows.change, StateOfPlan, state.key, post_id=post.id)
    dialog = MoveOnDialog(page.signals, page)
    dialog.show()
    assert dialog.before.text() == (
        "The plan is Draft: version 1 of 14 February 2008, signed by A. Clerk. It says the same since."
    )
    assert (dialog.state.currentText(), dialog.post.currentText()) == ("Submitted", "ACC Crime")
    assert not dialog.otherwise.isVisible()
    dialog.day.setText("13/02/2008")
    dialog.done_button.click()
    assert dialog.refusal.text().startswith("Version 1 (Draft) is dated 14 February 2008; one that follows")
    dialog.day.setText("20/02/2008")
    dialog.post.setFocus()
    QTest.keyClick(dialog.post, Key.Key_Home)
    assert dialog.post.currentText() == move_on_dialog.NO_POST
    assert dialog.otherwise.text().startswith("“Submitted” is for ACC Crime to say")
    asked: list[str] = []

    def answer(_parent: object, sentence: str, *_: object, **__: object) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(move_on_dialog, "ask", answer)
    dialog.done_button.click()
    assert dialog.isVisible()
    dialog.done_button.click()
    assert not dialog.isVisible()
    assert dialog.outcome == "The plan is Submitted: version 2."
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    assert shown(page)[-1] == ("Version 2", "Submitted")
    assert page.model.rows[-1].note == (
        "“Submitted” is for ACC Crime to say, by the plan's own list; it is signed for no post."
    )


def test_why_and_by_whom_and_that_it_was_announced_is_typed_in_place(qtbot: QtBot, page: EditionsPage) -> None:
    workspace = page.signals.workspace
    activity = workspace.read(queries.activities)[0]
    workspace.edit("reword", rows.change, Activity, activity.key, text="Otherwise")
    day = date(2008, 2, 20)
    workspace.edit("announce", rows.add, PlannedRevision, position=1.0, title="Wording", announced_on=day)
    restated = RestatedPage(page.signals)
    qtbot.addWidget(restated)
    with qtbot.waitActive(restated):
        restated.show()
        restated.activateWindow()
    (row,) = restated.model.rows
    assert (row.told.row, row.told.old, row.told.new) == ("activity 1.01", "Do what 1.01 says", "Otherwise")

    def typed(field: str, text: str) -> None:
        index = restated.model.index(0, restated.model.column_of(field))
        restated.model.setData(index, text)

    typed("approved_by", "The chair")
    assert "Say why it was changed" in restated.sentence.text()
    for field, text in (("reason", "Plain words"), ("approved_by", "The chair"), ("planned_id", "Wording")):
        typed(field, text)
        qtbot.waitUntil(lambda: not restated._stale)
    (row,) = restated.model.rows
    assert (row.reason, row.approved_by, row.planned) == ("Plain words", "The chair", "Wording")
    assert "Announced ahead: Wording." in restated.panel.account.text()
    went: list[tuple[str, str]] = []
    restated.went.connect(lambda *place: went.append(place))
    restated.open_row.click()
    assert went == [("activity", activity.key)]
