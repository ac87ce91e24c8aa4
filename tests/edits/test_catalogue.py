"""Every return of the catalogue: out, filled in, back, taken in, undone; and its blank form likewise."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import deciding, issuing, receiving, registers, results, rows, taking
from spp_desktop.plan.appendices.efficiency import BusinessGroup, EfficiencyGain, EfficiencyTarget
from spp_desktop.plan.appendices.inspections import InspectionFinding
from spp_desktop.plan.appendices.people import Strength, WorkforceGroup
from spp_desktop.plan.appendices.protective import ProtectiveService
from spp_desktop.plan.appendices.quality import ServicePromise
from spp_desktop.plan.appendices.statutory import StatutoryIndicator
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area
from spp_desktop.returns import workbook
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.catalogue.recorded_crime import RECORDED_CRIME
from spp_desktop.returns.definition import Return
from spp_desktop.store import dump, queries
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night
from tests.edits.filling import Filled
from tests.returns.other_programs import GNUMERIC, LIBREOFFICE, OtherProgram

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan on 20 October 2008, with a row of all that returns list."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Satisfaction", position=1.0)
    north, _ = (rows.add(session, Area, title=title, position=float(n)) for n, title in enumerate(("North", "South")))
    crime = rows.add(
        session, Indicator, ref="C1", group_id=group, title="Robbery", unit="recorded crimes", measure="count",
        polarity="lower",
    )  # fmt: skip
    survey = rows.add(
        session, Indicator, ref="S1", group_id=group, title="Kept informed", unit="%", measure="survey",
        polarity="higher",
    )  # fmt: skip
    made: list[dict[str, Any]] = []
    for month in (date(2008, 7, 1), date(2008, 8, 1)):
        period = {"period_from": month, "period_to": month_end(month), "state": "final"}
        made += [{"indicator_id": crime, "area_id": area, "value": 100.0, **period} for area in (None, north)]
    quarter = {"period_from": date(2008, 4, 1), "period_to": date(2008, 6, 30), "sample_size": 500.0}
    made.append({"indicator_id": survey, "value": 80.0, **quarter})
    results.enter(session, made)
    services = rows.add(session, BusinessGroup, title="Services", position=1.0)
    gain = {"ref": "E1", "text": "Fewer forms", "group_id": services}
    rows.add(session, EfficiencyGain, position=1.0, **gain)
    rows.add(session, EfficiencyTarget, position=1.0, base_year=2007, expenditure=500_000_000.0, year=2010)
    officers = next(row.id for row in queries.register(session.connection(), WorkforceGroup))
    for day in (date(2008, 3, 31), date(2008, 9, 30)):
        rows.add(session, Strength, group_id=officers, counted_on=day, budgeted=8000.0, position=1.0)
    rows.add(session, StatutoryIndicator, number="3(b)", text="Comparison", year=2008, position=1.0)
    rows.add(session, StatutoryIndicator, number="3(b)", text="Comparison", year=2007, position=2.0)
    rows.add(session, ProtectiveService, title="Firearms", position=1.0)
    rows.add(session, InspectionFinding, ref="F1", text="Check the checks", state="Closed", position=1.0)
    rows.add(session, ServicePromise, ref="Q1", text="Answer the telephone", position=1.0)


@dataclass(frozen=True)
class Trip:
    """What is typed into a return: the sheet, by what a row is found in it, and by field what is typed and found."""

    period: str
    row: str
    answers: dict[str, Any]
    listed: int
    sheet: str = ""
    new: dict[str, Any] = field(default_factory=dict)


TRIPS = {
    "monthly-results": Trip("M06", "C1", {"value": 236.0}, 5, "Counts and levels"),
    "quarterly-results": Trip("Q2", "C1 North September", {"value": 36.0}, 9, "Counts and levels"),
    "recorded-crime": Trip("M06", "C1", {"value": 236.0}, 2),
    "user-satisfaction": Trip("Q2", "S1", {"value": 79.5, "sample_size": 600.0}, 1),
    "statutory-indicators": Trip(
        "", "3(b)", {"actual": 4.5, "target": 4.0}, 1, new={"number": "9.1", "text": "Roads", "year": 2008}
    ),
    "efficiency-plan": Trip(
        "",
        "E1",
        {"planned:2008": 120_000.0, "kind": "Not cashable"},
        1,
        "Efficiency plan",
        {"ref": "E2", "text": "Fewer cars"},
    ),
    "efficiency-monitoring": Trip("Q2", "E1", {"actual:2008": 60_000.0, "state": "In hand"}, 1),
    "workforce": Trip(
        "H1",
        "Police officers",
        {"actual": 7990.5, "female": 2300.0},
        1,
        new={"group_id": "Police staff", "counted_on": date(2008, 9, 30), "actual": 12.0},
    ),
    "protective-services": Trip(
        "", "Firearms", {"threat": "High", "by_2011": "Expected"}, 1, new={"title": "Public order"}
    ),
    "inspection-findings": Trip(
        "",
        "F1",
        {"answer": "They are checked", "evidence": "The log"},
        1,
        new={"ref": "F2", "text": "Check them again"},
    ),
    "quality-of-service": Trip(
        "", "Q1", {"standard": "In 10 seconds", "state": "In hand"}, 1, new={"ref": "Q2", "text": "Call back"}
    ),
}
TRIED = [definition for definition in every_return() if definition.id in TRIPS]


def test_every_return_to_somebody_outside_is_tried() -> None:
    outside = {definition.id for definition in every_return() if definition.stands_for}
    assert outside - {"performance-plan"} == set(TRIPS)  # that one is tried on its own


@pytest.mark.parametrize("definition", TRIED, ids=lambda one: one.id)
def test_it_goes_out_comes_back_is_taken_in_and_undone(plan: Workspace, tmp_path: Path, definition: Return) -> None:
    trip, path = TRIPS[definition.id], tmp_path / "return.xlsx"
    content = issuing.issue(plan, definition, path, year=2008, period=trip.period)
    titles = [listing.title for listing in definition.listings]
    assert len(content.tables[titles.index(trip.sheet or titles[0])]) == trip.listed
    before = plan.read(dump.content)
    assert receiving.review(plan, path).differences == ()
    with Filled(path, definition=definition) as book:
        book.put(trip.row, trip.sheet, **trip.answers)
        if trip.new:
            book.put_at(book.rows(trip.sheet)[-1] + 1, trip.sheet, **trip.new)
    review = receiving.review(plan, path)
    new = [each for each in review.differences if each.kind == "new row"]
    assert {each.field: each.returned for each in review.differences if each not in new} == trip.answers
    assert [each.usable for each in new] == [True] * bool(trip.new)
    review = deciding.decided(plan, review, new, "accept")
    done = taking.apply(plan, [review])
    assert (done.accepted, done.left) == (len(trip.answers) + len(new), 0)
    assert receiving.review(plan, path).differences == ()
    again = issuing.prepare(plan, definition, year=2008, period=trip.period)
    row = next(row for table in again.tables for row in table if trip.row in row.values.values())
    assert trip.answers.items() <= row.values.items()
    plan.undo()
    assert plan.read(dump.content) == before


def filled_blank(plan: Workspace, definition: Return, path: Path) -> Path:
    """A blank form of a return with one row typed into it."""
    trip = TRIPS[definition.id]
    content = issuing.blank(plan, definition, year=2008, period=trip.period)
    workbook.write(definition, content, path)
    issuing.record(plan, content, path)
    with Filled(path, definition=definition) as book:
        row, sheet = book.headings(trip.sheet)[0] + 1, trip.sheet or definition.listings[0].title
        listing = next(listing for listing in definition.listings if listing.title == sheet)
        named = {listing.ref or listing.text: trip.row, listing.text: trip.row, **BLANK.get(definition.id, {})}
        book.put_at(row, sheet, **{**trip.answers, **named, **trip.new})
    return path


@pytest.mark.parametrize("definition", TRIED, ids=lambda one: one.id)
def test_its_blank_form_comes_back_as_rows_that_are_new(plan: Workspace, tmp_path: Path, definition: Return) -> None:
    trip, path = TRIPS[definition.id], filled_blank(plan, definition, tmp_path / "blank.xlsx")
    before = plan.read(dump.content)
    review = receiving.review(plan, path)
    assert [(each.kind, each.usable) for each in review.differences] == [("new row", True)]
    done = taking.apply(plan, [deciding.decided(plan, review, review.differences, "accept")])
    assert (done.accepted, done.left, done.kept_back) == (1, 0, ())
    again = issuing.prepare(plan, definition, year=2008, period=trip.period)
    wanted = {**trip.answers, **BLANK.get(definition.id, {}), **trip.new}
    assert any(wanted.items() <= row.values.items() for table in again.tables for row in table)
    plan.undo()
    assert plan.read(dump.content) == before


@pytest.mark.parametrize("program", [LIBREOFFICE, pytest.param(GNUMERIC, marks=by_night)], ids=lambda one: one.name)
def test_blank_forms_filled_in_other_programs_say_the_same(
    plan: Workspace, tmp_path: Path, program: OtherProgram
) -> None:
    if not program.installed():
        pytest.skip(f"{program.name} is not installed")
    (tmp_path / "saved").mkdir()
    forms = [filled_blank(plan, definition, tmp_path / f"{definition.id}.xlsx") for definition in TRIED]
    for form, saved in zip(forms, program.saves(forms, tmp_path / "saved", "xlsx"), strict=True):
        (wanted,) = receiving.review(plan, form).differences
        (row,) = receiving.review(plan, saved).differences
        assert (row.kind, row.usable, row.returned) == ("new row", True, wanted.returned), form.name


BLANK = {"efficiency-monitoring": {"ref": "E9"}}
"""What is written into a blank form beside a trip's answers, where that row is in the plan already."""


@pytest.mark.parametrize("state", ["provisional", "not available", "not applicable", "suppressed"])
def test_a_cell_says_that_its_figure_may_change_or_why_there_is_none(
    plan: Workspace, tmp_path: Path, state: str
) -> None:
    path, figure = tmp_path / "return.xlsx", 97.0 if state == "provisional" else None
    issuing.issue(plan, RECORDED_CRIME, path, year=2008, period="M06")
    with Filled(path, definition=RECORDED_CRIME) as book:
        book.put("C1 North", state=state, value=figure)
    review = receiving.review(plan, path)
    assert {each.kind for each in review.differences} == {"change"}
    assert taking.apply(plan, [review]).left == 0
    row = issuing.prepare(plan, RECORDED_CRIME, year=2008, period="M06").tables[0][1]
    assert (row.values["state"], row.values["value"]) == (state, figure)


def test_a_figure_that_is_kept_back_is_asked_about(plan: Workspace, tmp_path: Path) -> None:
    issuing.issue(plan, RECORDED_CRIME, path := tmp_path / "return.xlsx", year=2008, period="M06")
    with Filled(path, definition=RECORDED_CRIME) as book:
        book.put("C1 North", state="suppressed", value=97.0)
    remarks = {each.field: each.remark for each in receiving.review(plan, path).differences}
    assert remarks["state"].startswith("A figure is given too")
