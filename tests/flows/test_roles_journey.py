"""Ten activities get a portfolio holder by paste; a return goes out by role, comes back, and all of it is undone."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.plan.posts import Post
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.review.dialog import ReviewDialog
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, content, in_dialog, key, press, view_of
from tests.flows.test_returns_journeys import activity, fill, receive

HOLDER = "Cabinet Member, Safer Communities"


def test_portfolio_holders_from_a_paste_to_what_they_send_back(
    qtbot: QtBot, opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    signals = view_of(window).signals
    role = in_role(signals.edit("add a role", registers.add, NamedRole, title="Portfolio holder", chased=True))
    signals.edit("add a post", registers.add, Post, title=HOLDER)
    page = cast("DeliveryPage", view_of(window).page("delivery"))
    before = content(window)

    shown = page.model.visible_keys()[:10]
    assert page.grid.select(shown[0], role)
    page.grid.setFocus()
    QGuiApplication.clipboard().setText("\n".join([HOLDER] * len(shown)) + "\n")
    press(qtbot, window, Qt.Key.Key_V, CTRL)
    refs = [row.ref for row in page.model.rows if row.roles]
    assert len(refs) == len(shown)
    given = content(window)

    files: list[Path] = []

    def issue(dialog: IssueReturnsDialog) -> None:
        assert not dialog.role.isHidden()
        dialog.role.setFocus()
        key(Qt.Key.Key_Down)
        dialog.role.activated.emit(dialog.role.currentIndex())
        assert [dialog.posts.item(row, 0).text() for row in range(dialog.posts.rowCount())] == [HOLDER]  # type: ignore[union-attr]
        assert "have no portfolio holder and go to nobody" in dialog.unowned.text()
        dialog.write_button.setFocus()
        key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
        files.extend(Path(dialog.place.text()).glob("*.xlsx"))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, IssueReturnsDialog, issue):
        press(qtbot, window, Qt.Key.Key_I, CTRL | SHIFT)
    (book,) = files
    assert book.name == f"2008-09 Q2 status return as portfolio holder - {HOLDER}.xlsx"

    fill(book, {(ref, "What was done"): "Seen by the cabinet." for ref in refs[:2]})

    def accept(dialog: ReviewDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    receive(qtbot, window, [book], monkeypatch, accept)
    assert activity(window, refs[0]).updated is not None
    assert content(window) != given
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert content(window) == given
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert content(window) == before
