"""The window confined to what one post answers for, by real keys: chosen, said, kept, and left again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import portfolios
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.portfolio_choice import PortfolioDialog
from tests.flows.conftest import Opener, opener
from tests.flows.hands import CTRL, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key
__all__ = ["opener"]


def choose(qtbot: QtBot, window: MainWindow, letters: str) -> None:
    """Choose a post by the letters that it begins with."""

    def steps(dialog: PortfolioDialog) -> None:
        assert dialog.list.hasFocus()
        QTest.keyClicks(dialog.list, letters)
        QTest.keyClick(dialog.list, Key.Key_Return)

    with in_dialog(qtbot, PortfolioDialog, steps):
        press(qtbot, window, Key.Key_M, CTRL)
    to_front(qtbot, window)


def table(window: MainWindow) -> DeliveryPage:
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    return page


def refs(window: MainWindow) -> list[str]:
    """The references of the activities shown."""
    rows = {row.key: row.ref for row in table(window).model.rows}
    return [rows[each] for each in table(window).visible_keys()]


def test_the_whole_window_is_one_posts_and_stays_so(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    window = opener(plan_path)
    window.show_page("delivery")
    assert refs(window) == ["1.01", "1.02", "2.01"]
    choose(qtbot, window, "ACC S")
    view = view_of(window)
    assert refs(window) == ["1.02"]
    assert view.portfolio.words.text() == "Portfolio of ACC Security: 1 activity"
    assert "1 activity of ACC Security" in window.kept.text()
    assert [row.ref for row in [table(window).panel.row] if row is not None] == ["1.02"]
    window.show_page("performance")
    page = view.page("performance")
    assert "ACC Security has no indicator; the whole plan has 1." in page.empty_text.text()  # type: ignore[attr-defined]
    window.show_page("priorities")
    tree = view.page("priorities")
    assert isinstance(tree, PrioritiesPage)
    tree.select(tree.first_row())
    assert tree.panel.activities.count() == 1  # of two that stand there
    window.close()

    again = opener(plan_path)
    view = view_of(again)
    assert view.portfolio.isVisible()
    again.show_page("delivery")
    assert refs(again) == ["1.02"]
    press(qtbot, again, Key.Key_M, CTRL)
    assert not view.portfolio.isVisible()
    assert refs(again) == ["1.01", "1.02", "2.01"]
    with in_dialog(qtbot, PortfolioDialog, lambda dialog: QTest.keyClick(dialog.list, Key.Key_Return)):
        press(qtbot, again, Key.Key_M, CTRL)
    assert refs(again) == ["1.02"]  # the choice was kept


def test_what_is_gone_to_outside_a_portfolio_leaves_it_and_a_new_row_is_in_it(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    window = opener(plan_path)
    window.show_page("delivery")
    choose(qtbot, window, "ACC S")
    view = view_of(window)
    page = table(window)
    page.grid.setFocus()
    key(Key.Key_Insert)
    type_text("Write it down")
    key(Key.Key_Return)
    assert [row.owners for row in page.model.rows if row.text == "Write it down"] == [("ACC Security",)]
    assert view.portfolio.words.text() == "Portfolio of ACC Security: 2 activities"
    page.model.arrange()
    assert len(refs(window)) == 2
    crime = next(row for row in page.model.rows if row.ref == "2.01")
    view.go_to("activity", crime.key)
    assert view.signals.portfolio.shown is None
    assert page.current() == crime
    assert "not in the portfolio of ACC Security" in view.banner.sentence()


def test_owners_that_change_move_rows_in_and_out_once_the_table_is_arranged(
    qtbot: QtBot, opener: Opener, plan_path: Path, small_plan: Path
) -> None:
    plan_path.write_bytes(small_plan.read_bytes())
    window = opener(plan_path)
    window.show_page("delivery")
    choose(qtbot, window, "ACC S")
    view, page = view_of(window), table(window)
    assert page.grid.select(page.visible_keys()[0], "owners")
    page.grid.setFocus()
    type_text("ACC Crime")
    key(Key.Key_Return)
    assert page.model.rows[1].owners == ("ACC Crime",)
    assert refs(window) == ["1.02"]  # a row does not go away while somebody edits it
    assert view.portfolio.words.text().endswith("nothing yet")
    page.model.arrange()
    assert refs(window) == []
    QTest.keyClick(page.empty_button, Key.Key_Return)
    assert len(refs(window)) == 3
    assert view.signals.read(portfolios.posts)[0][1] == "ACC Crime"
