"""What leaves the plan bears the highest marking of what is inside: returns, published tables, calendars, mails."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from spp_desktop.edits import calendar_events, chasing, issuing, registers, rows
from spp_desktop.edits.publishing import tables
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.markings import Marking
from spp_desktop.returns import calendar_file, file_forms, plain_sheet
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.publication import writing
from spp_desktop.returns.publication.publication import LICENCES
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

OWN, HIGH = "NOT PROTECTIVELY MARKED", "RESTRICTED"


@pytest.fixture
def marked(workspace: Workspace) -> Workspace:
    """A plan that bears the least marking, with an activity of ACC Crime, 1.01, that bears a higher one."""
    workspace.edit("mark the plan", registers.set_plan, marking=OWN)
    titles = {row.title: row.id for row in workspace.read(queries.register, Marking)}
    first = workspace.read(queries.activities)[0]
    workspace.edit("mark", rows.change, Activity, first.key, marking_id=titles[HIGH], due=date(2008, 9, 1))
    return workspace


def prepared(workspace: Workspace, definition: Return, owner: str = "") -> Content:
    return issuing.prepare(workspace, definition, owner, year=2008)


def test_a_return_bears_the_highest_marking_of_its_rows(marked: Workspace, tmp_path: Path) -> None:
    assert {
        (definition.id, owner): prepared(marked, definition, owner).plan.marking
        for definition, owner in (
            (STATUS_RETURN, "ACC Crime"), (STATUS_RETURN, "ACC Security"), (DELIVERY_PLAN, ""), (MONTHLY_RESULTS, ""),
        )
    } == {
        ("status", "ACC Crime"): HIGH, ("status", "ACC Security"): OWN, ("delivery-plan", ""): HIGH,
        ("monthly-results", ""): OWN,
    }  # fmt: skip
    assert issuing.blank(marked, DELIVERY_PLAN, year=2008).plan.marking == OWN
    content = prepared(marked, STATUS_RETURN, "ACC Crime")
    name = issuing.file_name(STATUS_RETURN, content.identity, marking=content.plan.marking)
    assert name == "2008-09 Q4 status return - ACC Crime [RESTRICTED].xlsx"
    file_forms.write(STATUS_RETURN, content, tmp_path / name)
    book = load_workbook(tmp_path / name)
    assert book.properties.category == HIGH
    for sheet in (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"):
        assert sheet.oddHeader is not None
        assert sheet.oddFooter is not None
        assert (sheet.oddHeader.center.text, str(sheet.oddFooter.center.text)[: len(HIGH)]) == (HIGH, HIGH)
        assert any(HIGH in str(cell.value) for row in sheet["A1:B9"] for cell in row), sheet.title
    mail = issuing.covering_mail(STATUS_RETURN, content, tmp_path / name)
    assert mail.subject.startswith("[RESTRICTED] Status return")
    issuing.record(marked, content, tmp_path / name)
    (issue,) = chasing.sent(marked, date(2008, 9, 2))
    assert chasing.chasing_mail(replace(issue, due=date(2008, 9, 1))).subject.startswith("[RESTRICTED] Reminder: ")


def test_a_project_and_a_calendar_bear_it(marked: Workspace, tmp_path: Path) -> None:
    content = prepared(marked, PROJECT)
    name = issuing.file_name(PROJECT, content.identity, marking=content.plan.marking)
    assert name.endswith(" [RESTRICTED].xml")
    file_forms.write(PROJECT, content, tmp_path / name)
    assert "[RESTRICTED].xml</Name>" in (tmp_path / name).read_text(encoding="utf-8")
    for post, marking in (("ACC Crime", HIGH), ("ACC Security", OWN)):
        events = calendar_events.events(marked, post)
        assert calendar_events.marking_of(marked, events) == marking
        called = calendar_events.name_of(marked.read(queries.plan), post, marking)
        text = calendar_file.written(called, events).decode()
        assert f"[{marking}]" in text.replace("\r\n ", "")
        of_first = {event.text.splitlines()[-1] for event in events if "1.01" in event.title}
        assert of_first == ({HIGH} if marking == HIGH else set())


def test_published_tables_and_numbers_bear_it(marked: Workspace, tmp_path: Path) -> None:
    names = ("delivery-plan", "performance-plan")
    assert [marked.read(tables.marking_of, [name]) for name in names] == [HIGH, OWN]
    publication = marked.read(tables.read_publication, ["delivery-plan"], date(2008, 9, 1), LICENCES[0], "")
    done = writing.write(publication, tmp_path, writing.FORMS)
    assert all("[RESTRICTED]" in str(path.relative_to(tmp_path)) for path in done.files)
    book = load_workbook(tmp_path / f"{writing.stem(publication)}.xlsx")
    assert book.properties.category == HIGH
    sheet = plain_sheet.PlainSheet("Numbers", ["A note"], [["Heading"], [1]])
    plain_sheet.write(tmp_path / "numbers.xlsx", [sheet, sheet], marking=HIGH)
    book = load_workbook(tmp_path / "numbers.xlsx")
    assert [place["A2"].value for place in book.worksheets] == [f"Protective marking: {HIGH}"] * 2
    assert book.properties.category == HIGH
