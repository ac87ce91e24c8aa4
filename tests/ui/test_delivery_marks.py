"""What can hardly be meant is marked in the delivery plan as it is typed, until it is put right."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from spp_desktop.edits import delivery, rows
from spp_desktop.plan.priorities import Priority
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.item_models import ItemRole
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.grid.table_model import TableModel

TODAY = date(2008, 10, 31)


def enter(session: Session) -> None:
    harm = rows.add(session, Priority, title="Harm", position=1)
    key = delivery.add_activity(session, 2008, harm, "Do a thing", start=date(2008, 4, 1), due=date(2009, 1, 31))
    delivery.add_milestone(session, key, "First step", due=date(2008, 5, 1))


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of ``page``, made once."""
    path = tmp_path_factory.mktemp("entered") / "small.plan"
    with Workspace.create(path, "A plan", 2008) as made:
        made.edit("enter", enter, as_kind="built")
    return path


@pytest.fixture
def page(entered: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[DeliveryPage]:
    with Workspace.open(shutil.copyfile(entered, tmp_path / entered.name)) as workspace:
        signals = PlanSignals(workspace)
        page = DeliveryPage(signals, 2008, TODAY)
        qtbot.addWidget(page)
        page.resize(1280, 640)
        page.show()
        qtbot.waitExposed(page)
        yield page
        signals.stop()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)
    QApplication.processEvents()


def typed(page: DeliveryPage, field: str, text: str) -> None:
    """Type a text in a cell of the only activity, and leave the cell."""
    assert page.grid.select(page.model.rows[0].key, field)
    page.grid.setFocus()
    for letter in text:
        QTest.keyClicks(focused(), letter)
    press(Qt.Key.Key_Return)


def cell(model: TableModel, field: str) -> tuple[str, str, str]:
    """What the cell of the first row says, its tip, and what is read aloud of it."""
    index = model.index(model.line_of(model.rows[0].key), model.column_of(field))
    return index.data(), index.data(ItemRole.ToolTipRole), index.data(ItemRole.AccessibleTextRole)


def test_a_status_is_marked_until_its_reason_stands(page: DeliveryPage) -> None:
    typed(page, "status_id", "off t")
    sentence = "“Off track” asks for a reason, and none is given."
    assert cell(page.model, "status_id") == (
        "Off track (no reason)", sentence, f"Status: Off track (no reason). {sentence}",
    )  # fmt: skip
    assert page.panel.marks.isVisible()
    assert page.panel.marks.text() == sentence
    page.panel.reason.setFocus()
    QTest.keyClicks(page.panel.reason, "A supplier failed")
    page.grid.setFocus()
    assert cell(page.model, "status_id")[:2] == ("Off track", "Off track")
    assert not page.panel.marks.isVisible()


@pytest.mark.parametrize(
    ("entries", "field", "shown", "sentence"),
    [
        (
            [("status_id", "complete"), ("percent", "40")],
            "percent", "40% (check)", "“Complete” does not go with 40%.",
        ),
        (
            [("status_id", "not started"), ("percent", "100")],
            "percent", "100% (check)", "“Not started” does not go with 100%.",
        ),
        (
            [("status_id", "on track"), ("forecast", "31/07/2009")],
            "forecast", "31 Jul 2009 (check)",
            "“On track” does not go with a forecast 6 months after the due date, 31 January 2009.",
        ),
        (
            [("due", "01/03/2008")],
            "start", "1 Apr 2008 (check)", "The start, 1 April 2008, is after the due date, 1 March 2008.",
        ),
        (
            [("due", "31/01/2019")],
            "due", "31 Jan 2019 (check)", "31/01/2019 is far from the years of the plan.",
        ),
    ],
)  # fmt: skip
def test_what_can_hardly_be_meant_is_kept_and_marked(
    page: DeliveryPage, entries: list[tuple[str, str]], field: str, shown: str, sentence: str
) -> None:
    for name, text in entries:
        typed(page, name, text)
    assert cell(page.model, field)[:2] == (shown, sentence)
    assert sentence in page.panel.marks.text().split("\n")


def test_a_due_date_in_1908_is_refused(page: DeliveryPage) -> None:
    typed(page, "due", "31/01/1908")
    assert "years go from 1990 to 2200" in page.sentence.text()
    assert page.model.rows[0].due == date(2009, 1, 31)


def test_what_is_to_be_checked_can_be_filtered_and_sorts_under_its_own_status(page: DeliveryPage) -> None:
    typed(page, "status_id", "off t")
    page.focus_filter()
    QTest.keyClicks(focused(), 'status:"no reason"')
    assert len(page.visible_keys()) == 1
    page.model.show_all()
    page.model.group_by("status_id")
    assert [page.model.group_at(at).title for at in page.model.heads()] == ["Off track"]  # type: ignore[union-attr]


def test_a_milestone_done_in_the_future_is_marked_in_the_panel(page: DeliveryPage) -> None:
    page.grid.select(page.model.rows[0].key)
    steps = page.panel.milestones
    assert steps.grid.select(steps.model.rows[0].key, "done_on")
    steps.grid.setFocus()
    for letter in "01/11/2008":
        QTest.keyClicks(focused(), letter)
    press(Qt.Key.Key_Return)
    sentence = "1 November 2008 has not come yet, so that nothing can have been done on it."
    assert cell(steps.model, "done_on")[:2] == ("1 Nov 2008 (check)", sentence)
    assert page.panel.marks.text() == f"First step: {sentence}"
