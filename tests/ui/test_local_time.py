"""Every door that shows a time shows the person's own clock: the screens, and the command line."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, keeping, performance, registers, results, taking
from spp_desktop.store import clock, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.history.page import HistoryPage
from spp_desktop.ui.performance.indicator_history import IndicatorHistory
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.priorities.row_lists import RowHistory
from spp_desktop.ui.results.columns import PERIOD
from spp_desktop.ui.results.page import ResultsPage
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.page import ReturnsPage
from spp_desktop.ui.window import plan_jobs
from spp_desktop.ui.window.earlier_versions import EarlierVersionsDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.command_line import spp
from tests.ui.returned_files import Filled, issue

NOON = "2026-07-01T23:45:00+00:00"
HERE, DAY = "2 Jul 2026 05:15", "02/07/2026"


@pytest.fixture
def plan(workspace: Workspace, zone: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The small plan, changed at a quarter to midnight in UTC, where the clock is five and a half hours ahead."""
    zone("XST-5:30")
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "local_now", lambda: datetime.fromisoformat(NOON).astimezone())
    workspace.close()
    with Workspace.open(workspace.path) as plan:
        activity, indicator = plan.read(queries.activities)[0], plan.read(queries.indicators)[0]
        plan.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
        plan.edit("rename", delivery.set_cells, [(activity.key, "text", "Do it")])
        plan.edit("retitle", performance.set_indicator, indicator.key, title="Violence")
        yield plan


@pytest.fixture
def signals(plan: Workspace) -> PlanSignals:
    return PlanSignals(plan)


def said_of(table: QTableView, row: int = 0) -> list[str]:
    """The first heading of a table, and a row."""
    model = table.model()
    heading = str(model.headerData(0, table.horizontalHeader().orientation()))
    return [heading, *(str(model.index(row, n).data()) for n in range(model.columnCount()))]


def test_the_history_of_the_plan(qtbot: QtBot, signals: PlanSignals) -> None:
    page = HistoryPage(signals)
    qtbot.addWidget(page)
    assert said_of(page.grid)[:2] == ["When (local time)", HERE]
    assert page.panel.heading.text().startswith(f"{HERE} local time · ")
    page.filter.setText(HERE)  # the first step is of just now, whose time of day may be the same
    assert page.model.rowCount() == 3


def test_the_history_of_an_activity(qtbot: QtBot, signals: PlanSignals) -> None:
    page = DeliveryPage(signals, 2008, datetime.fromisoformat(NOON).date())
    qtbot.addWidget(page)
    page.select(signals.read(queries.activities)[0].key)
    assert "local time" in page.panel.history.text()
    assert f"{HERE} · " in page.panel.history.text()


def test_the_history_of_an_indicator(qtbot: QtBot, signals: PlanSignals) -> None:
    page = PerformancePage(signals)
    qtbot.addWidget(page)
    history = IndicatorHistory(signals)
    qtbot.addWidget(history)
    history.fill(page.model.rows[0])
    assert history.steps.item(0).text().startswith(f"{HERE} local time  ")


def test_the_history_of_a_row_of_the_tree(qtbot: QtBot, signals: PlanSignals) -> None:
    page = RowHistory(signals)
    qtbot.addWidget(page)
    page.show_row(signals.read(queries.activities)[0].key)
    assert said_of(page)[:2] == ["When (local time)", HERE]


def test_the_history_of_a_result(qtbot: QtBot, signals: PlanSignals, plan: Workspace) -> None:
    indicator = plan.read(queries.indicators)[0].key
    april = {"indicator_id": indicator, "period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "value": 3.0}
    plan.edit("enter", results.enter, [april])
    page = ResultsPage(signals)
    qtbot.addWidget(page)
    page.show()
    assert page.grid.select(page.model.rows[0].key, f"{PERIOD}0")
    assert page.panel.history.item(0).text().startswith(f"{HERE} local time  ")


@pytest.fixture
def taken(plan: Workspace, tmp_path: Path) -> Workspace:
    """The plan, with a return that went out, came back and was taken in."""
    book = Filled(plan, issue(plan, tmp_path, "ACC Crime"))
    book.put("1.01", "Status", "On track")
    taking.apply(plan, [keeping.keep(plan, book.review(), "Insp. Smith")])
    return plan


def test_a_return_and_its_receipt(qtbot: QtBot, signals: PlanSignals, taken: Workspace) -> None:
    page = ReturnsPage(signals)
    qtbot.addWidget(page)
    page.select(page.model.rows[0].key)
    assert f"Went out {HERE} local time by" in page.panel.facts.text()
    assert f"Came back {HERE} local time as" in page.panel.facts.text()
    receipt = page.panel.receipt.text.toPlainText()
    assert "Times: local time" in receipt
    assert receipt.count(HERE) == 3, "received, taken in, and the one decision"
    assert f"{page.model.rows[0].sent:%d/%m/%Y}" == DAY


def test_what_went_out_before_is_said_where_returns_are_issued(
    qtbot: QtBot, signals: PlanSignals, taken: Workspace
) -> None:
    dialog = IssueReturnsDialog(signals, Jobs(), None)
    qtbot.addWidget(dialog)
    assert f"sent {DAY}" in "".join(
        str(dialog.posts.model().index(row, column).data())
        for row in range(dialog.posts.rowCount())
        for column in range(dialog.posts.columnCount())
    )


def test_earlier_versions(qtbot: QtBot, plan: Workspace) -> None:
    dialog = EarlierVersionsDialog(plan.path)
    qtbot.addWidget(dialog)
    assert said_of(dialog.table)[:2] == ["When (local time)", HERE]


def test_the_window_says_when_all_was_kept_and_who_has_a_plan(qtbot: QtBot, plan: Workspace) -> None:
    second = opened(qtbot, plan.path)
    assert second.plan_view is not None
    assert f"since {HERE} local time has plan.plan open" in second.plan_view.banner.sentence()
    second.close()
    plan.close()
    window = opened(qtbot, plan.path)
    assert "All changes kept 05:15 local time" in window.kept.text()
    assert plan_jobs.earlier_versions_in_words(plan.path).endswith(f"the newest is of {HERE} local time.")
    window.close()


def opened(qtbot: QtBot, path: Path) -> MainWindow:
    window = MainWindow(Memory())
    qtbot.addWidget(window)
    assert window.open_plan(path)
    return window


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("history", f"{HERE} local time "),
        ("receipt", "2026-07-02  applied"),
        ("sent", f"came back {DAY}"),
        ("check-file", f"{HERE} local time"),
    ],
)
def test_the_command_line(taken: Workspace, command: str, words: str) -> None:
    taken.close()
    result = spp(command, taken.path)
    assert result.status == 0
    assert words in result.out
    assert not [day for day in ("2026-07-01", "1 Jul 2026", "01/07/2026") if day in result.out]


def test_nobody_else_reads_the_clock() -> None:
    """A module that wrote a time by itself might write it as another clock has it.

    Cells of workbooks are no times, and mails that come in have forms of their own, which are read into UTC.
    """
    code = Path(clock.__file__).parents[1]
    mails = code / "returns" / "mail"
    others = {Path(clock.__file__), code / "returns" / "xlsx.py", mails / "mime.py", mails / "outlook.py"}
    clock_words = ("%H:%M", "astimezone", "datetime.now", "datetime.fromisoformat", "UTC")
    may_be = re.compile(r"%H|astimezone|\bnow\b|fromisoformat|UTC")  # a module without any need not be parsed
    uses = [
        f"{path.relative_to(code)}: {word}"
        for path in code.rglob("*.py")
        if path not in others and may_be.search(source := path.read_text(encoding="utf-8"))
        for text in [_code_of(source)]
        for word in clock_words
        if word in text
    ]
    assert not uses


def _code_of(source: str) -> str:
    """The text of a module without its comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.unparse(tree)
