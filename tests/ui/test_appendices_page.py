"""The page on which the appendices begin: what it counts, and the keys that open a register."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.store import queries, standing
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.draft import is_new
from spp_desktop.ui.pages import page_of_register
from spp_desktop.ui.registers.commands import THERE_ALREADY
from spp_desktop.ui.registers.overview import TAB, AppendicesPage
from spp_desktop.ui.registers.page import RegisterPage

LONG_AGO, FAR_OFF = date(2008, 4, 1), date(2199, 4, 1)


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    findings = register_of("inspection_finding").model
    for ref, due, state in (("F1", LONG_AGO, "In hand"), ("F2", LONG_AGO, "Closed"), ("F3", FAR_OFF, "In hand")):
        row = {"ref": ref, "text": f"Record {ref}", "due": due, "state": state}
        workspace.edit(f"add {ref}", registers.add, findings, row)
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> AppendicesPage:
    made = AppendicesPage(signals)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    return made


def shown(page: AppendicesPage) -> dict[str, list[str]]:
    columns = {column.field: column for column in page.model.columns}
    return {
        row.key: [columns[name].show(row) for name in ("appendix", "rows", "open", "late", "unowned")]
        for row in page.model.rows
    }


def test_every_register_of_the_appendices_is_a_line_with_its_letter(page: AppendicesPage) -> None:
    lines = shown(page)
    assert list(lines) == [each.name for each in REGISTERS if each.page is not None and each.page.tab == TAB]
    assert lines["efficiency_gain"][0] == "Appendix A"
    assert {cells[0] for cells in lines.values()} == {*(f"Appendix {letter}" for letter in "ABCDEF"), "Beside them"}


def test_open_late_and_unowned_rows_are_counted_again_after_each_change(
    page: AppendicesPage, signals: PlanSignals
) -> None:
    assert shown(page)["inspection_finding"] == ["Appendix D", "3", "2", "1", "3"]
    assert shown(page)["plan_decision"] == ["Beside them", "0", "", "", ""]
    findings = register_of("inspection_finding").model
    key = signals.read(standing.standings, TAB)
    assert next(each.late for each in key if each.key == "inspection_finding") == ("F1 Record F1",)
    first = signals.read(
        lambda connection: connection.exec_driver_sql("SELECT id FROM inspection_finding WHERE ref = 'F1'").scalar_one()
    )
    signals.edit("close it", registers.change, findings, first, state="Closed")
    assert shown(page)["inspection_finding"] == ["Appendix D", "3", "1", "0", "3"]
    signals.workspace.undo()
    assert shown(page)["inspection_finding"][3] == "1"


def test_enter_opens_the_register_and_the_panel_names_what_is_late(qtbot: QtBot, page: AppendicesPage) -> None:
    assert page.select("inspection_finding")
    assert page.panel.heading.text() == "Findings of inspections"
    assert page.panel.late.text() == "Late:\n•  F1 Record F1"
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert [page_of_register(name) for name in asked.args] == ["findings"]


def test_the_efficiency_plan_has_a_chart_that_follows_what_is_typed(qtbot: QtBot, signals: PlanSignals) -> None:
    gains, targets = register_of("efficiency_gain"), register_of("efficiency_target")
    page = RegisterPage(signals, gains)
    qtbot.addWidget(page)
    assert page.chart is not None
    assert page.chart.notes.text().startswith("Type what cashable gains are worth")
    row = {"ref": "E1", "text": "One contract in the place of three", "planned:2008": 3_000_000.0}
    signals.edit("add a gain", registers.add, gains.model, row)
    assert "Efficiency targets" in page.chart.notes.text()
    signals.edit("aim", registers.add, targets.model, {"base_year": 2007, "expenditure": 100_000_000, "year": 2008})
    assert "What is planned is £6.3m short of that." in page.chart.notes.text()
    (key,) = [each.key for each in page.model.rows if not is_new(each.key)]
    signals.edit("not cashable", registers.set_cells, gains.model, [(key, "kind", "Not cashable")])
    assert page.chart.notes.text().startswith("Type what cashable gains are worth")


def test_statutory_indicators_have_commands_of_their_own_that_say_what_they_did(
    qtbot: QtBot, signals: PlanSignals
) -> None:
    register = register_of("statutory_indicator")
    row = {"number": "6", "text": "Violent crime", "year": 2008}
    signals.edit("add", registers.add, register.model, row)
    page = RegisterPage(signals, register)
    qtbot.addWidget(page)
    fill, carry_on = page.own
    assert [button.text() for button in page.own] == ["Fill from res&ults", "Carry &on"]
    page.select(page.model.rows[0].key)
    fill.click()
    assert page.sentence.text().startswith("None of these rows names an indicator of the plan.")
    (indicator,) = [each.key for each in signals.read(queries.indicators)]
    signals.edit("map", registers.set_cells, register.model, [(page.model.rows[0].key, "indicator_id", indicator)])
    fill.click()
    assert page.sentence.text() == (
        "0 figures filled from results. The plan has no whole year of results for 6, 2006-2007; 6, 2007-2008; "
        "6, 2008-2009."
    )
    carry_on.click()
    assert page.sentence.text().startswith("None of these rows names its like")
    scheme = signals.edit("add", registers.add, Framework, {"title": "The next scheme"})
    item = signals.edit("add", registers.add, FrameworkItem, {"framework_id": scheme, "code": "7", "title": "Violence"})
    signals.edit("map", registers.set_cells, register.model, [(page.model.rows[0].key, "like_id", item)])
    for told in ("1 row begun for the next year.", THERE_ALREADY):
        page.select(next(each.key for each in page.model.rows if each.values["number"] == "6"))
        carry_on.click()
        assert page.sentence.text() == told
