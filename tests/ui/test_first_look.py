"""The first look at a plan: typed in before the rest of the program is loaded, by the keys of a person."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.editors import TextEditor
from spp_desktop.ui.grid.list_editor import ListEditor
from spp_desktop.ui.window import coming_plan, file_messages
from spp_desktop.ui.window.first_look import DELIVERY, Glimpse
from spp_desktop.ui.window.main_window import MainWindow

KEY = Qt.Key


@pytest.fixture
def begun(
    qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window with a first look at the small plan, whose rest comes piece by piece, none of it yet."""
    workspace.close()
    monkeypatch.setattr(coming_plan, "loaded", lambda: False)
    window = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)), plan_path)
    qtbot.addWidget(window)
    assert "start" not in vars(window)  # no page is made that nobody sees
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.begin_plan(plan_path)
    yield window
    window.close()


def look(window: MainWindow) -> Glimpse:
    made = window.findChild(Glimpse)
    assert isinstance(made, Glimpse)
    return made


def press(*keys: Qt.Key | str) -> None:
    """Press keys where the keyboard is."""
    for key in [each for keys_of in keys for each in (keys_of if isinstance(keys_of, str) else [keys_of])]:
        at = QApplication.focusWidget()
        assert at is not None
        if isinstance(key, str):
            QTest.keyClicks(at, key)
        else:
            QTest.keyClick(at, key)


def focused() -> object:
    return QApplication.focusWidget()


def text_of_first(plan: Path) -> str:
    with Workspace.open(plan) as workspace:
        return workspace.read(queries.activities)[0].text


def test_what_is_typed_goes_on_in_the_open_plan(qtbot: QtBot, begun: MainWindow, plan_path: Path) -> None:
    before, beside = plan_path.read_bytes(), set(plan_path.parent.iterdir())
    press(KEY.Key_Down, KEY.Key_Right, "Police the night", KEY.Key_Left, KEY.Key_Left)
    assert begun.workspace is None
    # Whoever kills the program now leaves the file as it was, with no lock beside it.
    assert (plan_path.read_bytes(), set(plan_path.parent.iterdir())) == (before, beside)
    first = focused()
    assert isinstance(first, TextEditor)
    qtbot.waitUntil(lambda: begun.plan_view is not None)
    anew = focused()
    assert isinstance(anew, TextEditor)
    assert anew is not first
    assert (anew.typed(), anew.textCursor().position()) == ("Police the night", len("Police the nig"))
    press("X", KEY.Key_Return)
    assert begun.workspace is not None
    assert begun.workspace.undo_label == "reword activity 1.01"
    begun.close()
    assert text_of_first(plan_path) == "Police the nigXht"


@pytest.mark.parametrize(("key", "cell"), [(KEY.Key_Return, "text"), (KEY.Key_Tab, "owners")])
def test_a_text_kept_before_the_rest_is_there_opens_the_plan_at_once(
    begun: MainWindow, plan_path: Path, key: Qt.Key, cell: str
) -> None:
    press(KEY.Key_Down, KEY.Key_Right, "Typed at once", key)
    assert begun.plan_view is not None
    assert begun.workspace is not None
    assert begun.workspace.undo_label == "reword activity 1.01"
    page = begun.plan_view.page(DELIVERY)
    assert isinstance(page, DeliveryPage)
    grid = page.grid
    assert focused() is grid
    assert grid.currentIndex().column() == page.model.column_of(cell)
    assert text_of_first(plan_path) == "Typed at once"


def test_what_cannot_be_kept_stays_in_its_cell(begun: MainWindow, plan_path: Path) -> None:
    before = plan_path.read_bytes()
    press(KEY.Key_Down, *[KEY.Key_Right] * 4, "a lot", KEY.Key_Return)
    assert begun.plan_view is not None
    page = begun.plan_view.page(DELIVERY)
    assert page.has_refusal()
    assert page.sentence.text()  # type: ignore[attr-defined]  # the delivery page
    assert plan_path.read_bytes() == before
    begun.undo()


def test_a_list_and_the_selection_are_gone_on_with(qtbot: QtBot, begun: MainWindow) -> None:
    press(KEY.Key_Down, *[KEY.Key_Right] * 3, "off")
    assert isinstance(look(begun).grid.delegate.editor(), ListEditor)
    qtbot.waitUntil(lambda: begun.plan_view is not None)
    assert begun.plan_view is not None
    grid = begun.plan_view.page(DELIVERY).grid  # type: ignore[attr-defined]  # the delivery page
    editor = grid.delegate.editor()
    assert isinstance(editor, ListEditor)
    assert (editor.line.text(), editor.typed()) == ("off", "Off track")
    press(KEY.Key_Escape)
    assert grid.current()[1].field == "status_id"


def test_a_command_and_a_tab_open_the_plan_first(begun: MainWindow) -> None:
    begun.actions_by_name["say_kept"].trigger()
    assert begun.plan_view is not None
    assert begun.findChild(Glimpse) is None or not look(begun).isVisible()
    assert "nothing needs saving" in begun.kept.text()


def test_another_tab_of_the_first_look_is_shown_once_the_plan_is_open(begun: MainWindow) -> None:
    tabs = look(begun).tabs
    tabs.setCurrentIndex(tabs.count() - 1)
    assert begun.plan_view is not None
    assert begun.plan_view.current() == "history"


def test_a_first_look_that_fails_is_logged_and_the_plan_is_opened_without(
    qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planted(*_: object) -> None:
        raise ZeroDivisionError

    workspace.close()
    monkeypatch.setattr(coming_plan, "loaded", lambda: False)
    monkeypatch.setattr(Glimpse, "of", planted)
    logged: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: logged.append(kind))
    window = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)), plan_path)
    qtbot.addWidget(window)
    window.show()
    assert logged == [ZeroDivisionError]
    assert window.start.isVisible()
    window.begin_plan(plan_path)
    qtbot.waitUntil(lambda: window.plan_view is not None)
    assert not window.start.isVisible()
    window.close()


def test_a_window_closed_with_a_text_keeps_it(begun: MainWindow, plan_path: Path) -> None:
    press(KEY.Key_Down, KEY.Key_Right, "Last words")
    begun.close()
    assert text_of_first(plan_path) == "Last words"


def test_a_window_closed_without_leaves_the_file_free(begun: MainWindow, plan_path: Path) -> None:
    before = plan_path.read_bytes()
    begun.close()
    assert not begun.readable()
    assert plan_path.read_bytes() == before
    with Workspace.open(plan_path) as workspace:
        assert not workspace.read_only


def test_a_damaged_file_is_told_with_what_was_typed(
    qtbot: QtBot, begun: MainWindow, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(file_messages, "tell", lambda _window, sentence, detail, **_: told.extend((sentence, detail)))
    press(KEY.Key_Down, KEY.Key_Right, "Not lost")
    plan_path.write_bytes(b"x" * plan_path.stat().st_size)
    qtbot.waitUntil(lambda: bool(told))
    assert plan_path.name in told[0]
    assert "What you typed is not kept: in Activity of 1.01: “Not lost”" in told[1]
    assert begun.workspace is None
    assert not begun.readable()


def test_a_plan_open_elsewhere_shows_the_text_in_its_cell_with_the_reason(
    qtbot: QtBot, begun: MainWindow, plan_path: Path
) -> None:
    with Workspace.open(plan_path):
        press(KEY.Key_Down, KEY.Key_Right, "Read only")
        qtbot.waitUntil(lambda: begun.plan_view is not None)
        assert begun.plan_view is not None
        page = begun.plan_view.page(DELIVERY)
        assert page.has_refusal()
        assert "Read only" in [waiting.text for waiting in page.model.pending.values()]  # type: ignore[attr-defined]
        begun.undo()


def test_a_key_is_painted_before_more_is_loaded(qtbot: QtBot) -> None:
    parent, at, done = QObject(), [0], []

    def pieces() -> coming_plan.Pieces:
        while True:
            done.append(at[0])
            yield

    coming = coming_plan.ComingPlan(pieces(), lambda: None, lambda: at[0], parent)
    qtbot.waitUntil(lambda: bool(done))
    at[0] = 1
    QApplication.processEvents()
    assert 1 not in done
    qtbot.waitUntil(lambda: 1 in done)
    coming.stop()
