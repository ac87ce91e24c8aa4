"""Years that have passed, in the window: each page shows the year that is chosen, as the plan was in it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from spp_desktop.edits.targets import TARGET
from spp_desktop.store import closed_years
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.monitoring import closing_years
from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.performance.reason import ReasonDialog
from spp_desktop.ui.priorities.tree import DIM, WORD, PriorityTree
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.window.main_window import MainWindow
from tests.turned import turn


def test_each_page_shows_the_year_that_is_chosen(window: MainWindow) -> None:
    """The corner offers the year that passed, also on pages that are of several years."""
    view = window.plan_view
    assert view is not None
    view.show_page("performance")
    assert view.year.isHidden()
    view.signals.edit("turn", turn)
    assert [view.year.itemText(n) for n in range(view.year.count())][:2] == ["2008-2009", "2009-2010"]
    assert not view.year.isHidden()
    view.turn_to_year(2009)
    indicators = view.page("performance")
    assert isinstance(indicators, PerformancePage)
    assert _shown(indicators) == [
        (
            "Robbery",
            "2009-2010 no more than 4,500 | 2010-2011 | 2011-2012 | 3-year target no more than 4,000 over 2008-2011",
        )
    ]
    assert indicators.model.rows[0].judged.year == 2009
    view.turn_to_year(2008)
    assert _shown(indicators) == [
        (
            "Robbery",
            "2008-2009 no more than 4,800 | 2009-2010 no more than 4,500 | 2010-2011 | "
            "3-year target no more than 4,000",
        ),
        ("Burglary", "2008-2009 | 2009-2010 | 2010-2011 | 3-year target"),
    ]
    judged = indicators.model.rows[0].judged
    assert (judged.year, judged.as_at) == (2008, date(2009, 3, 31))
    assert indicators.titled()[0].endswith("as at 31 Mar 2009")


def test_the_results_show_the_year_of_the_corner_and_turn_it(window: MainWindow) -> None:
    """Made in a year that passed they begin there; a step to another year turns the corner, too."""
    view = window.plan_view
    assert view is not None
    view.signals.edit("turn", turn, as_kind="built")
    view.turn_to_year(2008)
    view.show_page("results")
    page = view.page("results")
    assert isinstance(page, ResultsPage)
    assert page.choosers.shown_year.text() == "2008-2009"
    page.choosers.on.click()
    assert view.shown_year() == 2009
    view.turn_to_year(2008)
    assert page.choosers.shown_year.text() == "2008-2009"


def _shown(page: PerformancePage) -> list[tuple[str, str]]:
    """Each indicator with its target columns, as they are painted."""
    columns = [column for column in page.model.columns if column.field.startswith(TARGET)]
    shown = []
    for row in page.model.rows:
        cells = [f"{c.title} {c.text(row) if c.text else ''}".replace("\n", " ").strip() for c in columns]
        shown.append((row.title, " | ".join(cells)))
    return shown


def test_a_closed_year_says_so_and_is_reopened_where_it_stands(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By keys: closed in the dialog of periods, refused in the table, reopened from the line above it."""
    view = window.plan_view
    assert view is not None
    view.signals.edit("turn", turn, as_kind="built")
    view.show_page("delivery")
    view.turn_to_year(2008)
    assert view.closed.isHidden()
    dialog = PeriodsDialog(view.signals, window)
    dialog.years.choose(2009)
    assert not dialog.years.close_it.isEnabled()
    assert dialog.years.state.text() == "Open. 2009-2010 is not over."
    dialog.years.choose(2008)
    monkeypatch.setattr(closing_years, "ask", lambda *_, **__: True)
    dialog.years.close_it.click()
    assert dialog.years.state.text().startswith("Closed since 10 Jul 2009")
    dialog.reject()
    assert view.closed.words.text().startswith("2008-2009 is closed since 10 Jul 2009")
    table = view.page("delivery")
    assert isinstance(table, DeliveryPage)
    table.grid.select(table.model.rows[0].key, "text")
    table.grid.setFocus()
    QTest.keyClicks(table.grid, "Do nothing")
    typing = QApplication.focusWidget()
    assert typing is not None
    QTest.keyClick(typing, Qt.Key.Key_Return)
    assert table.sentence.text() == closed_years.CLOSED
    window.undo()
    window.undo()
    assert "“close 2008-2009” is not undone" in view.banner.sentence()
    view.closed.reopen.click()
    reason = QApplication.activeModalWidget()
    assert isinstance(reason, ReasonDialog)
    reason.words.setPlainText("A milestone was marked by mistake.")
    reason.done_button.click()
    assert view.closed.isHidden()
    view.turn_to_year(2009)
    assert view.closed.isHidden()


def test_what_has_ended_is_grey_in_the_tree(workspace: Workspace) -> None:
    """A priority that the plan's own years do not have says until when it stood."""
    workspace.edit("turn", turn)
    tree = PriorityTree(PlanSignals(workspace))
    words = [tree.index(row, WORD) for row in range(1, tree.rowCount())]
    assert [(str(index.data()), bool(index.data(DIM))) for index in words] == [
        ("Priority, 1 theme", False),
        ("Priority, until 2008-2009", True),
    ]
