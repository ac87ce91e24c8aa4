"""A target is changed while it is in force, and the board asks why: the register of targets answers, by keys."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import performance
from spp_desktop.store import queries
from spp_desktop.store.target_changes import target_changes
from spp_desktop.ui.performance.target_register_page import TargetRegisterPage
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, key, press, type_text, view_of

Key = Qt.Key
WHY = "The grant was cut"


def test_the_board_asks_why_a_target_was_changed(qtbot: QtBot, opener: Opener, worked: Path) -> None:
    window = opener(worked)
    view = view_of(window)
    robbery = next(row for row in view.signals.read(queries.indicators) if row.ref == "PI01")
    for year, text in ((2008, "3%"), (2009, "5%")):
        view.signals.edit("change the target", performance.set_target, robbery.key, year, text, None, WHY)
    view.show_page("target-register")
    page = view.page("target-register")
    assert isinstance(page, TargetRegisterPage)
    (change,) = page.model.rows  # of 2009 nothing was judged, and the plan is not out: that is only in the history
    assert (change.ref, change.of, change.was, change.now, change.reason) == ("PI01", "2008-2009", "4%", "3%", WHY)
    assert page.panel.remaining.text().startswith("The target over the plan, 11%, comes to 2,702 recorded crimes.")

    page.grid.setFocus()
    while page.model.columns[page.grid.currentIndex().column()].field != "agreed_by":
        key(Key.Key_Right)
    type_text("Police Authority, 4 November")
    key(Key.Key_Return)
    (change,) = view.signals.read(target_changes)
    assert change.agreed_by == "Police Authority, 4 November"
    assert change.sentence.startswith(f"PI01 2008-2009: 4% became 3%. {WHY} (")
    assert change.sentence.endswith("; agreed by Police Authority, 4 November).")
    key(Key.Key_Up)
    press(qtbot, window, Key.Key_C, CTRL)
    assert "Police Authority" in QGuiApplication.clipboard().text()
