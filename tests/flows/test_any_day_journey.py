"""What did we say of an activity on a day, and who changed it since? By keys, from the activity itself."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import as_at, clock, exports, locks, moments, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history import compare_dialog
from spp_desktop.ui.history.compare_dialog import CompareDialog
from spp_desktop.ui.history.moment_list import MomentDialog
from spp_desktop.ui.history.row_life_dialog import RowLifeDialog
from spp_desktop.ui.window import past
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, SHIFT, in_dialog, key, type_text, view_of
from tests.store.conftest import sql

Key = Qt.Key
Told = Callable[[], MainWindow]


@pytest.fixture
def told(workspace: Workspace, opener: Opener, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Activity 1.01 of the small plan, changed before the end of September by one person and after it by another."""
    with monkeypatch.context() as then:
        for at, author, text in (
            ("2008-06-02", "amy", "Ask the council"),
            ("2008-09-20", "amy", "Ask the council by May"),
            ("2008-11-03", "ben", "Ask nobody"),
        ):
            then.setattr(clock, "now", lambda at=at: f"{at}T12:00:00+00:00")
            then.setattr(locks, "author", lambda author=author: author)
            workspace.edit(f"say {text}", sql, f"UPDATE activity SET text = '{text}' WHERE ref = '1.01'")
    path: Path = workspace.path
    workspace.close()

    def opened() -> MainWindow:
        window = opener(path)
        page = view_of(window).page("delivery")
        assert isinstance(page, DeliveryPage)
        row = next(row for row in page.model.rows if row.ref == "1.01")
        view_of(window).show_page("delivery")
        page.grid.select(row.key, "text")
        page.grid.setFocus()
        return window

    return opened


def test_what_did_we_say_on_30_september_and_who_changed_it_since(qtbot: QtBot, told: Told) -> None:
    window = told()

    def look(dialog: RowLifeDialog) -> None:
        """Step 2: pick the end of the period. Step 3: read."""
        type_text("q2 2008")  # narrows the list; nothing else is typed
        qtbot.waitUntil(lambda: "30 Sep 2008" in dialog.then_label.text())
        key(Key.Key_Return)
        assert dialog.focusWidget() is dialog.then
        offered = dialog.moments.current()
        assert offered is not None
        assert offered.what == "end of Q2 2008-2009"
        cells = {dialog.then.item(n, 0).text(): n for n in range(dialog.then.rowCount())}  # type: ignore[union-attr]
        row = [dialog.then.item(cells["activity"], column).text() for column in range(4)]  # type: ignore[union-attr]
        assert row[1:3] == ["Ask the council by May", "Ask nobody"]
        assert row[3].startswith("ben, 3 Nov 2008")
        assert dialog.then_label.text().endswith("as at 30 Sep 2008: 1 of its cells changed since, by ben.")
        assert dialog.life.item(0, 5).text() == "Ask nobody"  # type: ignore[union-attr]
        dialog.reject()

    with in_dialog(qtbot, RowLifeDialog, look):
        QTest.keyClick(window, Key.Key_R, CTRL | SHIFT)  # step 1: the history of this row


def test_the_whole_plan_is_seen_then_compared_and_restored(qtbot: QtBot, told: Told) -> None:
    window = told()

    def pick(dialog: MomentDialog) -> None:
        """The end of the second quarter."""
        dialog.list.filter.setFocus()
        type_text("Q2 2008")
        key(Key.Key_Return)

    with in_dialog(qtbot, MomentDialog, pick):
        QTest.keyClick(window, Key.Key_B, CTRL | SHIFT)
    view = view_of(window)
    assert "As at 30 Sep 2008" in window.windowTitle()
    assert view.past.isVisible()
    assert view.past.words.text().startswith("As at 30 Sep 2008 · for reading only")
    assert view.plan.title.startswith("As at 30 Sep 2008: ")
    page = view.page("delivery")
    assert isinstance(page, DeliveryPage)
    row = next(row for row in page.model.rows if row.ref == "1.01")
    assert row.text == "Ask the council by May"
    assert not page.model.setData(page.model.index(page.model.line_of(row.key), page.model.column_of("text")), "x")
    assert page.take_back()  # what cannot be kept is given up
    view.past.mark.setChecked(True)
    mark = page.model.mark_at(page.model.index(page.model.line_of(row.key), page.model.column_of("text")))
    assert mark is not None
    assert mark.sentence == "Now: Ask nobody"

    def read(dialog: CompareDialog) -> None:
        """The list of what differs since, narrowed to the activity."""
        dialog.filter.setText("1.01")
        assert dialog.notice.text() == "1 row changed."
        assert [dialog.list.item(0, column).text() for column in range(5)] == [  # type: ignore[union-attr]
            "changed", "activity 1.01", "activity", "Ask the council by May", "Ask nobody"
        ]  # fmt: skip
        dialog.reject()

    with in_dialog(qtbot, CompareDialog, read):
        past.compare_moments(window)
    view.past.findChildren(type(view.past.mark))[-1].click()
    assert as_at.moment_of(window.workspace) is None  # type: ignore[arg-type]
    assert not view_of(window).past.isVisible()


def test_what_changed_is_read_in_the_text_and_saved_for_word(
    qtbot: QtBot, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, file = told(), tmp_path / "changes.docx"
    monkeypatch.setattr(compare_dialog, "ask_save", lambda *_: file)

    def read(dialog: CompareDialog) -> None:
        """From the state of September: the text, with what was put in and taken out; by keys alone."""
        at = next(n for n in range(dialog.first.count()) if dialog.first.itemText(n).startswith("30 Sep 2008"))
        QTest.keyClick(dialog, Key.Key_F, ALT)
        for _ in range(at - dialog.first.currentIndex()):
            key(Key.Key_Down)
        QTest.keyClick(dialog, Key.Key_X, ALT)
        assert dialog.views.currentWidget() is dialog.text
        assert "Ask the council by Maynobody" in dialog.text.toPlainText()
        marks = {mark for mark in ("underline", "line-through") if f"text-decoration: {mark}" in dialog.text.toHtml()}
        assert marks == {"underline", "line-through"}
        QTest.keyClick(dialog, Key.Key_S, ALT)
        qtbot.waitUntil(lambda: dialog.notice.text() == f"changes.docx was written to {tmp_path}.")
        QTest.keyClick(dialog, Key.Key_L, ALT)
        assert dialog.views.currentWidget() is dialog.list
        dialog.reject()

    with in_dialog(qtbot, CompareDialog, read):
        past.compare_moments(window)
    with zipfile.ZipFile(file) as packed:
        text = packed.read("word/document.xml").decode()
    assert "<w:ins w:id=" in text
    assert 'w:author="ben" w:date="2008-11-03T' in text
    assert window.workspace is not None
    assert [each.file_name for each in window.workspace.read_beside(exports.published)] == ["changes.docx"]


def test_a_cell_is_restored_and_undone(qtbot: QtBot, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    window = told()
    asked: list[str] = []

    def yes(_: object, sentence: str, *__: object, **___: object) -> bool:
        """Confirm."""
        asked.append(sentence)
        return True

    monkeypatch.setattr("spp_desktop.ui.history.restoring.ask", yes)

    def bring_back(dialog: RowLifeDialog) -> None:
        """The text of the activity alone."""
        type_text("q2 2008")
        qtbot.waitUntil(lambda: "30 Sep 2008" in dialog.then_label.text())
        wanted = next(n for n, cell in enumerate(dialog._cells) if cell.column == "text")
        dialog.then.setCurrentCell(wanted, 0)
        dialog.restore_cell.click()
        dialog.reject()

    with in_dialog(qtbot, RowLifeDialog, bring_back):
        QTest.keyClick(window, Key.Key_R, CTRL | SHIFT)
    assert asked == ["Restore the activity of activity 1.01 as at 30 Sep 2008: 1 activity changes back."]
    assert window.workspace is not None

    def text() -> str:
        return next(row.text for row in window.workspace.read(queries.activities, 2008) if row.ref == "1.01")  # type: ignore[union-attr]

    assert text() == "Ask the council by May"
    window.undo()
    assert text() == "Ask nobody"


def test_the_plan_is_closed_and_opened_from_the_past(told: Told) -> None:
    window = told()
    assert window.workspace is not None
    now = window.workspace
    step = now.history()[1]
    past.see(window, moments.of_step(step))
    assert window.workspace is not now
    assert window.open_plan(now.path)  # the plan itself, which is open
    assert window.workspace is now
    past.see(window, moments.of_step(step))
    assert window.close_plan()
    with Workspace.open(now.path) as again:
        assert not again.read_only  # nothing was left locked
