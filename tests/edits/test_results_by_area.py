"""Results sent to areas, each with its own rows: who has answered and who is chased, and many files at once."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.edits import chasing, issuing, receiving, registers, results, reviewing, rows, taking
from spp_desktop.edits.return_checks import before_sending
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.results import Area
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import measured, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled

BY_AREA = MONTHLY_RESULTS.for_areas()
AREAS = [f"OCU {n:02}" for n in range(1, 22)]
DUE = date(2008, 10, 14)
pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """A plan of 21 areas on 20 October 2008, with three counts of August in each, and one of the force alone."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Crime", position=1.0)
    areas = [rows.add(session, Area, title=title, position=float(n)) for n, title in enumerate(AREAS)]
    august = {"period_from": date(2008, 8, 1), "period_to": month_end(date(2008, 8, 1)), "state": "final"}
    made = []
    for ref, whose in (("B1", areas), ("B2", areas), ("B3", areas), ("B4", [])):
        given = {"title": f"Burglary {ref}", "unit": "crimes", "measure": "count", "polarity": "lower"}
        key = rows.add(session, Indicator, ref=ref, group_id=group, position=float(ref[1]), **given)
        made += [{"indicator_id": key, "area_id": area, "value": 100.0, **august} for area in (None, *whose)]
    results.enter(session, made)


def send(plan: Workspace, folder: Path, *areas: str) -> list[Path]:
    """Send areas their own workbooks; all of them where none is named."""
    paths = []
    for area in areas or AREAS:
        paths.append(folder / f"{area}.xlsx")
        issuing.issue(plan, BY_AREA, paths[-1], owner=area, year=2008, period="M06", due=DUE)
    return paths


def answered(plan: Workspace, path: Path, *figures: float) -> Review:
    """Fill in the figures of a workbook, in its order, and read it."""
    with Filled(path, definition=BY_AREA) as book:
        for row, figure in zip(book.rows(), figures, strict=False):
            book.put_at(row, value=figure)
    return receiving.review(plan, path)


def test_each_area_is_sent_its_own_rows_alone(plan: Workspace, tmp_path: Path) -> None:
    assert plan.read(issuing.recipients, BY_AREA, 2008, "M06") == AREAS
    content = issuing.prepare(plan, BY_AREA, "OCU 07", year=2008, period="M06")
    counts, rates, surveys, steps = content.tables
    assert [row.values["ref"] for row in counts] == [
        "R1 OCU 07", "B1 OCU 07", "B2 OCU 07", "B3 OCU 07",
    ]  # fmt: skip
    assert (rates, surveys, steps) == ((), (), ())
    assert {row.values["area"] for row in counts} == {"OCU 07"}
    path = tmp_path / issuing.file_name(BY_AREA, content.identity, AREAS)
    assert path.name == "September 2008 monthly results by area - OCU 07.xlsx"
    mail = issuing.covering_mail(BY_AREA, content, path)
    assert mail.body.startswith("To OCU 07\n")
    assert not STATUS_RETURN.to_areas


def test_files_of_21_areas_come_in_together_without_a_question(plan: Workspace, tmp_path: Path) -> None:
    (unmeasured,) = [row.key for row in plan.read(queries.indicators) if row.ref == "R1"]
    plan.edit("remove", rows.remove, Indicator, unmeasured)
    paths = send(plan, tmp_path)
    assert len(paths) == 21
    reviews = reviewing.together([answered(plan, path, 90.0 + n, 80.0, 70.0) for n, path in enumerate(paths)])
    assert [difference.kind for review in reviews for difference in review.differences] == ["change"] * 63
    assert [notice for review in reviews for notice in (*review.notices, *review.faults)] == []
    done = taking.apply(plan, reviews)
    assert (done.accepted, done.left, plan.history()[0].label) == (63, 0, "take in 63 changes from 21 files")
    burglary = next(row.key for row in plan.read(queries.indicators) if row.ref == "B1")
    kept = [row for row in plan.read(measured.results, burglary) if row.period_to == date(2008, 9, 30)]
    assert sorted(row.value or 0 for row in kept) == [90.0 + n for n in range(21)]
    assert {row.state for row in kept} == {"provisional"}
    issues = chasing.sent(plan, date(2008, 10, 20))
    assert {(issue.owner, issue.state) for issue in issues} == {(area, "answered") for area in AREAS}
    assert chasing.to_chase(issues) == []
    plan.undo()
    assert {issue.state for issue in chasing.sent(plan, date(2008, 10, 20))} == {"taken back"}


def test_an_area_that_has_not_answered_is_chased_by_its_name_of_now(plan: Workspace, tmp_path: Path) -> None:
    paths = send(plan, tmp_path, *AREAS[:3])
    taking.apply(plan, [answered(plan, paths[0], 99.0, 98.0, 97.0, 96.0)])
    taking.apply(plan, [answered(plan, paths[1], 99.0)])
    third = next(row.id for row in plan.read(queries.register, Area) if row.title == AREAS[2])
    plan.edit("rename", registers.change, Area, third, title="Coventry")
    issues = {issue.owner: issue for issue in chasing.sent(plan, date(2008, 10, 20))}
    states = [issues[area].state for area in (AREAS[0], AREAS[1], "Coventry")]
    assert states == ["answered", "answered in part", "late"]
    assert AREAS[2] not in issues
    chased = [issue.owner for issue in chasing.to_chase(list(issues.values()))]
    assert chased == ["Coventry", AREAS[1]]
    mail = chasing.chasing_mail(issues["Coventry"])
    assert (mail.to, mail.body.splitlines()[0]) == ("Coventry", "To Coventry")
    review = answered(plan, paths[2], 5.0)
    assert (review.identity.owner, [each.ref for each in review.differences]) == ("Coventry", ["R1 OCU 03"])


def test_a_file_that_lost_what_it_says_of_itself_is_known_as_that_of_its_area(plan: Workspace, tmp_path: Path) -> None:
    _, path = send(plan, tmp_path, "OCU 04", "OCU 05")
    with Filled(path, definition=BY_AREA) as book:
        book.put("B1 OCU 05", value=97.0)
        book.strip()
    review = receiving.review(plan, path)
    assert (review.identity.owner, review.definition.id) == ("OCU 05", BY_AREA.id)
    assert [(each.ref, each.returned) for each in review.differences] == [("B1 OCU 05", 97.0)]


def test_the_areas_are_added_up_against_the_force_once_all_have_come_in(plan: Workspace, tmp_path: Path) -> None:
    burglary = next(row.key for row in plan.read(queries.indicators) if row.ref == "B1")
    september = {"period_from": date(2008, 9, 1), "period_to": date(2008, 9, 30), "state": "final"}
    plan.edit("enter", results.enter, [{"indicator_id": burglary, "value": 2100.0, **september}])
    thirds = [row.id for row in plan.read(queries.register, Area)][3:]
    plan.edit("remove", _remove, thirds)
    paths = send(plan, tmp_path, *AREAS[:3])
    reviews = [answered(plan, path, 99.0, 700.0, 98.0, 97.0) for path in paths]
    assert [review.faults for review in reviews] == [[]] * 3, "the others have not answered"
    assert [review.faults for review in reviewing.together(reviews)] == [[]] * 3
    wrong = answered(plan, paths[0], 99.0, 690.0, 98.0)
    first, *others = reviewing.together([wrong, *reviews[1:]])
    assert first.faults == ["B1: the areas come to 2,090, and the force to 2,100."]
    assert [review.faults for review in others] == [[], []]


def _remove(session: Session, keys: list[str]) -> None:
    for key in keys:
        rows.remove(session, Area, key, reason="They were one")


def test_what_has_changed_since_it_was_sent_is_said_before_it_goes_out_again(plan: Workspace, tmp_path: Path) -> None:
    content = issuing.issue(plan, BY_AREA, tmp_path / "a.xlsx", owner="OCU 01", year=2008, period="M06")
    lacking = "4 of 4 rows of “Counts and levels” still lack “Result”: R1 OCU 01, B1 OCU 01, B2 OCU 01 and B3 OCU 01."
    assert before_sending(plan, BY_AREA, content) == [lacking]
    taking.apply(plan, [answered(plan, tmp_path / "a.xlsx", 99.0, 98.0, 97.0, 96.0)])
    again = issuing.prepare(plan, BY_AREA, "OCU 01", year=2008, period="M06")
    (sentence,) = before_sending(plan, BY_AREA, again)
    assert sentence.startswith(
        "Changed in “Counts and levels” since it was last sent: R1 OCU 01 “Result” and “State”, "
    )
    other = issuing.prepare(plan, BY_AREA, "OCU 02", year=2008, period="M06")
    assert len(before_sending(plan, BY_AREA, other)) == 1
    assert before_sending(plan, BY_AREA, issuing.blank(plan, BY_AREA, "OCU 01", year=2008, period="M06")) == []
    assert before_sending(plan, STATUS_RETURN, issuing.prepare(plan, STATUS_RETURN, year=2008)) == []
