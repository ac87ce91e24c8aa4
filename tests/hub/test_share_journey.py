"""A staff officer sends statuses to the hub while the planning officer renumbers, with real keys in real windows."""

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.sharing.pull_dialog import PullDialog
from spp_desktop.ui.sharing.share_dialog import ShareDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener, opener
from tests.flows.hands import ALT, CTRL, content, in_dialog, key, to_front, type_text, view_of
from tests.hub.conftest import CRIME, OFFICER, MadeHub
from tests.hub.server import Server

__all__ = ["opener"]


def put(qtbot: QtBot, window: MainWindow, ref: str, field: str, text: str) -> None:
    """Type over a cell of an activity."""
    to_front(qtbot, window)
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    assert page.grid.select(activity(window, ref).key, field)
    page.grid.setFocus()
    type_text(text)
    key(Qt.Key.Key_Return)


def activity(window: MainWindow, ref: str) -> ActivityRow:
    """An activity as the plan has it."""
    return next(row for row in view_of(window).signals.read(queries.activities, 2008) if row.ref == ref)


Steps = Callable[[PullDialog], None]


def _make_it(box: QMessageBox) -> None:
    QTest.keyClick(box, Qt.Key.Key_M, ALT)


def share(qtbot: QtBot, window: MainWindow, address: str, letters: str, review: Steps | None = None) -> str:
    """Share the plan: an address is typed, and buttons are pressed by their letters. What was said last."""
    said: list[str] = []

    def steps(dialog: ShareDialog) -> None:
        dialog.address.setFocus()
        key(Qt.Key.Key_A, CTRL)
        type_text(address)
        with in_dialog(qtbot, PullDialog, review) if review is not None else nullcontext():
            for letter in letters:
                dialog.message.clear()
                with in_dialog(qtbot, QMessageBox, _make_it) if letter == "M" else nullcontext():
                    QTest.keyClick(dialog, Qt.Key[f"Key_{letter}"], ALT)
                qtbot.waitUntil(lambda: not view_of(window).jobs.busy and bool(dialog.message.text()))
                said.append(dialog.message.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, ShareDialog, steps):
        window.actions_by_name["share"].trigger()
    return said[-1]


def test_a_hub_is_made_by_who_may_where_there_is_none(
    qtbot: QtBot, opener: Opener, server: Server, small_plan: Path, tmp_path: Path
) -> None:
    server.run("CREATE DATABASE empty")
    window = opener(shutil.copyfile(small_plan, tmp_path / "own.plan"))
    address = server.address("empty")
    assert "ask the database administrator to make it" in share(qtbot, window, server.address("empty", CRIME), "S")
    assert "you can make one" in share(qtbot, window, address, "S")
    assert "You are a planning officer of it" in share(qtbot, window, address, "TM")
    assert share(qtbot, window, address, "L").startswith("This plan is in step with the hub “empty”")


def test_a_staff_officer_sends_statuses_while_the_officer_renumbers(qtbot: QtBot, opener: Opener, hub: MadeHub) -> None:
    for name in ("officer", "crime"):
        hub.laptop(name).close()
    officer, crime = (opener(hub.folder / f"{name}.plan") for name in ("officer", "crime"))
    hers, his = hub.address(OFFICER), hub.address(CRIME)
    assert "hub" not in officer.kept.text()
    put(qtbot, crime, "1.01", "percent", "40")
    assert share(qtbot, crime, his, "S").startswith("1 step was sent.")
    assert "In step with the hub" in crime.kept.text()

    put(qtbot, officer, "1.01", "ref", "1.07")
    assert "take in first" in share(qtbot, officer, hers, "S")
    assert "Not in step with the hub yet" in officer.kept.text()
    assert "is one step now: send it" in share(qtbot, officer, hers, "T")
    assert activity(officer, "1.07").percent == 40
    assert "1 step not sent to the hub yet" in officer.kept.text()
    assert share(qtbot, officer, hers, "S").startswith("1 step was sent.")
    assert share(qtbot, crime, his, "T").startswith("1 step of the hub")
    assert content(crime) == content(officer)

    put(qtbot, crime, "1.07", "percent", "60")
    share(qtbot, crime, his, "S")
    put(qtbot, officer, "1.07", "percent", "50")

    def leave(dialog: PullDialog) -> None:
        assert [dialog.model.index(2, column).data() for column in (3, 4, 5)] == ["40%", "50%", "60%"]
        key(Qt.Key.Key_T)
        assert dialog.desk.counts()["accepted"] == 1
        ours = {cell.column: cell.ours for cell in dialog.desk.cells_to_type(0)}
        assert list(ours) == ["percent", "status_id", "reason"]
        dialog.desk.type_in(0, {**ours, "percent": "55"})
        key(Qt.Key.Key_Escape)

    def go_on(dialog: PullDialog) -> None:
        assert dialog.desk.counts()["typed"] == 1
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    assert "Nothing was taken in" in share(qtbot, officer, hers, "T", leave)
    assert "taken in" in share(qtbot, officer, hers, "T", go_on)
    assert activity(officer, "1.07").percent == 55
    assert share(qtbot, officer, hers, "S").startswith("1 step was sent.")
    share(qtbot, crime, his, "T")
    assert content(crime) == content(officer)
