"""A return that a person declares: burglaries of 21 OCUs, sent to each, received, held against the force's."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from sqlmodel import Session

from spp_desktop.cli import DONE
from spp_desktop.edits import known_returns, registers, results, rows
from spp_desktop.figures.areas.words import together_words
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.results import Area
from spp_desktop.store import by_area, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.submitted.declare_dialog import DeclareReturnDialog
from spp_desktop.ui.submitted.page import CalendarPage
from tests.command_line import spp
from tests.flows.conftest import Opener

pytestmark = pytest.mark.usefixtures("read_here")
OCUS = [f"OCU {n:02}" for n in range(1, 22)]
FORCE = sum(90 + n for n in range(21))
SEPTEMBER = {"period_from": date(2008, 9, 1), "period_to": date(2008, 9, 30)}


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Crime", position=1.0)
    for place, title in enumerate(OCUS):
        rows.add(session, Area, title=title, kind="OCU", position=float(place))
    given = {"title": "Burglary in homes", "unit": "crimes", "measure": "count", "polarity": "lower"}
    key = rows.add(session, Indicator, ref="B1", group_id=group, **given)
    results.enter(session, [{"indicator_id": key, "value": float(FORCE), "state": "final", **SEPTEMBER}])


def declares(dialog: DeclareReturnDialog) -> int:
    """Declare the return by keys: its name, the indicator, that it goes to areas, by when."""
    dialog.show()
    QTest.keyClicks(dialog.title, "Burglaries of OCUs")
    dialog.lines.setFocus()
    while "B1" not in dialog.lines.item(dialog.lines.currentRow(), 0).text():  # type: ignore[union-attr]
        QTest.keyClick(dialog.lines, Qt.Key.Key_Down)
    QTest.keyClick(dialog.lines, Qt.Key.Key_Space)
    dialog.whom.setFocus()
    QTest.keyClick(dialog.whom, Qt.Key.Key_End)
    dialog.count.selectAll()
    QTest.keyClicks(dialog.count, "5")
    QTest.keyClick(dialog.counted, Qt.Key.Key_Down)
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    return dialog.result()


def test_burglaries_of_ocus(
    workspace: Workspace, opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up", _set_up)
    workspace.close()
    window = opener(workspace.path)
    view = window.plan_view
    assert view is not None
    view.show_page("calendar")
    page = view.page("calendar")
    assert isinstance(page, CalendarPage)
    dialogs: list[DeclareReturnDialog] = []

    def run(dialog: DeclareReturnDialog) -> int:
        dialogs.append(dialog)
        return declares(dialog)

    monkeypatch.setattr(DeclareReturnDialog, "exec", run)
    page.declare_button.click()
    assert dialogs[0].result() == QDialog.DialogCode.Accepted, dialogs[0].refusal.text()
    own = [row for row in page.model.rows if row.title == "Burglaries of OCUs"]
    assert len(own) == 36
    assert next(row.due for row in own if row.when == "September 2008") == date(2008, 10, 7)
    (definition,) = view.signals.read(known_returns.declared)
    window.close_plan()

    folder = tmp_path / "out"
    ended = spp("export", workspace.path, "Burglaries of OCUs", folder, "--each-area", "--month", "2008-09")
    assert (ended.status, ended.out.count("Wrote ")) == (DONE, 21)
    assert f"{definition.id}" in spp("returns", "--plan", workspace.path).out
    paths = sorted(folder.iterdir())
    for number, path in enumerate(paths):
        book = load_workbook(path)
        sheet = book["Counts and levels"]
        at = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "Result")
        sheet.cell(at.row + 1, at.column, 90 + number)
        book.save(path)
    ended = spp("import", workspace.path, *paths, "--apply", "clean")
    assert ended.status == DONE, ended.out + ended.err
    with Workspace.open(workspace.path) as plan:
        key = next(row.key for row in plan.read(queries.indicators) if row.ref == "B1")
        areas = plan.read(by_area.by_area, date(2008, 10, 20), key)
        assert areas is not None
        said = together_words(areas.table("figure"))
        assert said == f"Together the areas come to the force's own figure, {FORCE:,}."
        assert plan.undo_label == "take in 21 changes from 21 files"
    sent = spp("sent", workspace.path).out.splitlines()
    assert len(sent) == 21
    assert all(line.startswith("answered") for line in sent)
