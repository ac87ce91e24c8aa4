"""The officer publishes the plan, reads it, corrects what is wrong in it, and publishes it again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.cli import DONE
from spp_desktop.ui.priorities.page import PrioritiesPage
from tests.command_line import spp
from tests.documents.seen_html import seen_in
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, key, tab_to, turn_to, type_text, view_of

Key = Qt.Key
THEME = "Alcohol and substance abuse"
READ = "This can lead to violence and criminal damage which greatly impacts on individuals and communities"


def published_page(plan: Path, out: Path) -> list[str]:
    """The texts of the plan as a web page, in the order in which they are read."""
    ended = spp("publish", plan, "plan", out, "--overwrite")
    assert ended.status == DONE
    assert "PI14 Perception of anti-social behaviour: the target for 2008-2009" in ended.out + ended.err
    return seen_in(out.read_bytes()).words


def test_the_plan_is_published_read_corrected_and_published_again(
    qtbot: QtBot, opener: Opener, published: Path, tmp_path: Path
) -> None:
    out = tmp_path / "plan.html"
    window = opener(published)
    before = published_page(published, out)
    (wrong,) = [text for text in before if READ in text]
    assert wrong.endswith("communities")  # the stop is missing, as in the printed plan

    turn_to(qtbot, window, Key.Key_2, "priorities")
    page = view_of(window).page("priorities")
    assert isinstance(page, PrioritiesPage)
    QTest.keyClick(window, Key.Key_F, CTRL)
    type_text(THEME)
    key(Key.Key_Down)
    while (row := page.view.current()) is None or row.text != THEME:
        key(Key.Key_Down)
    QTest.keyClick(window, Key.Key_F6)
    tab_to(page.panel.body)
    key(Key.Key_P, CTRL | SHIFT)  # as it is printed
    key(Key.Key_End, CTRL)
    type_text(".")
    qtbot.waitUntil(lambda: "individuals and communities." in page.panel.printed.toPlainText())
    key(Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is page.panel.body

    after = published_page(published, out)
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [(wrong, f"{wrong}.")]
