"""The return of a month's results: what it asks for, and what becomes of what comes back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from spp_desktop.edits import chasing, deciding, issuing, receiving, registers, results, reviewing, rows, taking
from spp_desktop.edits.results import ResultPlace
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.sources.result_rows import key_of
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end, period_start
from spp_desktop.plan.results import Area, DefinitionVersion
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.definition import Content, ReturnRow
from spp_desktop.returns.instructions import FILL_IN
from spp_desktop.returns.placement import HELP
from spp_desktop.returns.table_sheet import NOTHING_ASKED
from spp_desktop.store import dump, locks, measured, queries, receipts
from spp_desktop.store.plain import ResultRow
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, found, of
from tests.returns.built import built

COUNTS, RATES, SURVEYS, _ = (listing.title for listing in MONTHLY_RESULTS.listings)
SEPTEMBER = date(2008, 9, 1)


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """The small plan on 20 October 2008, with two areas, and an indicator of each sort with results to August."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up results", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Results", position=1.0)

    def add(ref: str, measure: str, unit: str) -> str:
        title = {"count": "Robbery", "percentage": "Detections", "survey": "Satisfaction"}.get(measure, measure)
        values = {"title": title, "measure": measure, "unit": unit, "polarity": "higher"}
        return rows.add(session, Indicator, ref=ref, group_id=group, **values)

    north, _ = (rows.add(session, Area, title=title, position=float(n)) for n, title in enumerate(("North", "South")))
    robbery, detections, survey = (
        add(*said) for said in (("P1", "count", "crimes"), ("P2", "percentage", "%"), ("P3", "survey", "%"))
    )
    made: list[dict[str, Any]] = []
    for month in (date(2007, 9, 1), date(2008, 7, 1), date(2008, 8, 1)):
        period = {"period_from": month, "period_to": month_end(month), "state": "final"}
        made.append({"indicator_id": robbery, "value": 100.0 + month.month, **period})
        made.append({"indicator_id": robbery, "area_id": north, "value": 40.0, **period})
        made.append({"indicator_id": detections, "numerator": 30.0, "denominator": 90.0, **period})
    quarter = {"period_from": date(2008, 4, 1), "period_to": date(2008, 6, 30), "sample_size": 500.0}
    for population, value in (("white", 80.0), ("minority ethnic", 75.5)):
        made.append({"indicator_id": survey, "population": population, "value": value, **quarter})
    results.enter(session, made)
    rows.add(session, DefinitionVersion, indicator_id=robbery, starts_on=date(2008, 4, 1), reason="Recounted")


def issue(plan: Workspace, path: Path, period: str = "M06") -> Content:
    return issuing.issue(plan, MONTHLY_RESULTS, path, year=2008, period=period)


def received(plan: Workspace, path: Path, *answers: tuple[str, str, Mapping[str, Any]]) -> Review:
    """Fill in answers, by sheet and reference, and receive the file."""
    with Filled(path, definition=MONTHLY_RESULTS) as book:
        for sheet, ref, values in answers:
            book.put(ref, sheet, **values)
    return receiving.review(plan, path)


def enter(plan: Workspace, reason: str = "", **values: Any) -> None:
    """Enter a figure of robbery for the force in September by hand."""
    (robbery,) = [row.key for row in plan.read(queries.indicators) if row.ref == "P1"]
    place = {"indicator_id": robbery, "period_from": SEPTEMBER, "period_to": month_end(SEPTEMBER)}
    plan.edit("enter", results.enter, [{**place, **values}], reason)


def held(plan: Workspace, ref: str, month: date = SEPTEMBER) -> list[ResultRow]:
    """The results of an indicator whose periods end with a month."""
    (key,) = [row.key for row in plan.read(queries.indicators) if row.ref == ref]
    return [row for row in plan.read(measured.results, key) if row.period_to == month_end(month)]


def robberies(plan: Workspace) -> tuple[float | None, str]:
    """What the plan holds for the force in September."""
    (row,) = [row for row in held(plan, "P1") if row.area_key is None]
    return row.value, row.state


def refs(content: Content) -> list[list[object]]:
    return [[line.values["ref"] for line in table] for table in content.tables]


def line(content: Content, ref: str) -> ReturnRow:
    return next(line for table in content.tables for line in table if line.values["ref"] == ref)


# What is asked for


def test_it_asks_for_what_there_are_results_of(plan: Workspace) -> None:
    content = issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M06")
    assert refs(content) == [
        ["R1", "R1 North", "R1 South", "P1", "P1 North"],
        ["P2"],
        ["P3 minority ethnic", "P3 white"],
        [],
    ]
    assert [line.values["text"] for line in content.tables[2]] == [
        "Satisfaction: minority ethnic",
        "Satisfaction: white",
    ]
    assert {line.values["period"] for line in content.tables[2]} == {"July to September 2008"}
    assert line(content, "P1").values["period"] == "September 2008"


def test_what_is_reported_by_quarters_is_asked_for_at_their_end(plan: Workspace) -> None:
    for period, count in (("M05", 0), ("M06", 2), ("M07", 0), ("M09", 2)):
        assert len(issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period=period).tables[2]) == count


def test_a_sheet_on_which_nothing_is_asked_for_says_so(plan: Workspace) -> None:
    for period, asked in (("M06", True), ("M07", False)):
        book = built(MONTHLY_RESULTS, issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period=period))
        above = [cell.value for row in book[SURVEYS].iter_rows(max_row=5) for cell in row if cell.value]
        assert (FILL_IN in above, NOTHING_ASKED in above) == (asked, not asked)
        told = [str(cell.value) for row in book[HELP].iter_rows() for cell in row if cell.value]
        assert any(f"“{SURVEYS}”" in text for text in told) is asked
        assert (SURVEYS in told) is asked
        assert FILL_IN in [cell.value for cell in book[COUNTS][5]]
    blank = issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M07")
    book = built(MONTHLY_RESULTS, replace(blank, tables=((), (), (), ()), blank=3))
    assert FILL_IN in [cell.value for cell in book[SURVEYS][5]]


def test_without_any_result_all_areas_are_asked_for_but_of_a_survey(plan: Workspace) -> None:
    (group,) = [row.id for row in plan.read(queries.register, IndicatorGroup) if row.title == "Results"]
    for ref, measure in (("N1", "count"), ("N2", "survey")):
        values: dict[str, Any] = {"title": ref, "polarity": "higher", "measure": measure, "position": 9.0}
        plan.edit("add", rows.add, Indicator, ref=ref, group_id=group, **values)
    asked = refs(issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M06"))
    assert [ref for ref in asked[0] if str(ref).startswith("N")] == ["N1", "N1 North", "N1 South"]
    assert asked[2] == ["P3 minority ethnic", "P3 white", "N2"]


def test_what_is_two_years_old_is_asked_for_no_more(plan: Workspace) -> None:
    assert refs(issuing.prepare(plan, MONTHLY_RESULTS, year=2010, period="M04"))[1] == ["P2"]
    later = issuing.prepare(plan, MONTHLY_RESULTS, year=2010, period="M05")
    assert [line.values["area"] for line in later.tables[1]] == ["Force", "North", "South"], "as if it had none"


def test_what_stood_before_stands_beside(plan: Workspace) -> None:
    content = issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M06")
    robbery, detections = line(content, "P1").values, line(content, "P2").values
    assert (robbery["last_year"], robbery["before"], robbery["value"]) == (109, 108, None)
    assert robbery["note"] == "Counted otherwise from 1 April 2008: Recounted"
    assert (detections["before"], detections["note"]) == (33.3, None)
    assert content.tables[2][1].values["before"] == 80


def test_the_key_of_a_row_is_the_same_whenever_it_is_asked_for(plan: Workspace, tmp_path: Path) -> None:
    first = issue(plan, tmp_path / "one.xlsx")
    enter(plan, value=120.0)
    second = issue(plan, tmp_path / "two.xlsx")
    keys = [[line.key for table in content.tables for line in table] for content in (first, second)]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0])
    assert line(second, "P1").values["value"] == 120
    other = issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M07")
    assert not {line.key for table in other.tables for line in table} & set(keys[0])
    assert key_of(ResultPlace("a", "", "", SEPTEMBER, SEPTEMBER)) == key_of(
        ResultPlace("a", "", "", SEPTEMBER, SEPTEMBER)
    )


# What comes back


def test_as_it_went_out_nothing_differs(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=120.0)
    issue(plan, path)
    review = receiving.review(plan, path)
    assert (review.summary, review.differences, review.notices) == ("No changes.", (), ())


def test_results_are_taken_in_as_one_step_undone_in_one(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    review = received(
        plan,
        path,
        (COUNTS, "P1", {"value": 120, "state": "final"}),
        (COUNTS, "P1 North", {"value": "44"}),
        (RATES, "P2", {"numerator": 31, "denominator": 93}),
        (SURVEYS, "Satisfaction: white", {"value": "81.5%", "sample_size": 512, "design_effect": 1.3}),
        (SURVEYS, "Satisfaction: minority ethnic", {"state": "not available"}),
    )
    assert {one.kind for one in review.differences} == {"change"}
    before, steps = plan.read(dump.content), len(plan.history())
    assert taking.apply(plan, [review]) == Applied(9, 0, 0)
    assert len(plan.history()) == steps + 1
    assert robberies(plan) == (120, "final")
    (north,) = [row for row in held(plan, "P1") if row.area_key]
    assert (north.value, north.state) == (44, "provisional")
    (detections,) = held(plan, "P2")
    assert (detections.numerator, detections.denominator, detections.state) == (31, 93, "provisional")
    minority, white = held(plan, "P3")
    assert (white.population, white.value, white.sample_size, white.design_effect) == ("white", 81.5, 512, 1.3)
    assert (minority.value, minority.state) == (None, "not available")
    assert white.period_from == date(2008, 7, 1)
    after = plan.read(dump.content)
    plan.undo()
    assert plan.read(dump.content) == before
    plan.redo()
    assert plan.read(dump.content) == after
    again = receiving.review(plan, path)
    assert again.differences == ()


def test_a_figure_entered_by_hand_meanwhile_is_a_conflict(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    enter(plan, value=118.0, state="provisional")
    review = received(plan, path, (COUNTS, "P1", {"value": 120}), (COUNTS, "P1 North", {"value": 44}))
    assert found(review) == [("conflict", "P1", "value", 120), ("change", "P1 North", "value", 44)]
    assert taking.apply(plan, [review]) == Applied(1, 0, 1)
    assert robberies(plan) == (118, "provisional")
    open_still = receiving.review(plan, path)
    decided = deciding.decided(plan, open_still, [of(open_still, "value", "P1")], "accept")
    assert taking.apply(plan, [decided]).left == 0
    assert robberies(plan) == (120, "provisional")


def test_a_conflict_says_who_changed_the_result_and_when(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    enter(plan, value=118.0, state="provisional")
    (robbery,) = [row.key for row in plan.read(queries.indicators) if row.ref == "P1"]
    place = {"indicator_id": robbery, "period_from": SEPTEMBER, "period_to": month_end(SEPTEMBER)}
    plan.edit("close the month", results.enter, [{**place, "value": 118.0, "state": "final"}])
    review = received(plan, path, (COUNTS, "P1", {"value": 120, "state": "not available"}))
    who = locks.author()
    for field, step in (("value", "enter"), ("state", "close the month")):
        remark = of(review, field, "P1").remark
        assert f"{who[:1].upper()}{who[1:]} changed it there on " in remark
        assert f"({step})." in remark


def test_a_conflict_with_a_result_that_was_taken_away_says_who_did(plan: Workspace, tmp_path: Path) -> None:
    enter(plan, value=118.0, state="provisional")
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    plan.undo()
    conflict = of(received(plan, path, (COUNTS, "P1", {"value": 120})), "value", "P1")
    assert conflict.kind == "conflict"
    assert "changed it there on " in conflict.remark


def test_the_same_figure_entered_meanwhile_is_nothing_to_decide(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    enter(plan, value=120.0)
    assert received(plan, path, (COUNTS, "P1", {"value": 120})).differences == ()


def test_a_final_figure_changes_with_the_reason_that_came_with_it(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=118.0, state="final")
    issue(plan, path)
    review = received(plan, path, (COUNTS, "P1", {"value": 120, "reason": "Two were recorded late"}))
    assert [one.kind for one in review.differences] == ["change", "change"]
    assert "with the reason" in of(review, "value", "P1").remark
    taking.apply(plan, [review])
    assert robberies(plan) == (120, "revised")
    (restated,) = plan.read(measured.restatements)
    assert (restated.before, restated.after, restated.reason) == ("118", "120", "Two were recorded late")


def test_a_final_figure_without_a_reason_waits_for_one(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=118.0, state="final")
    issue(plan, path)
    review = received(plan, path, (COUNTS, "P1", {"value": 120}))
    asked = of(review, "reason", "P1")
    assert (asked.kind, asked.usable) == ("question", False)
    (kept_back,) = taking.apply(plan, [review]).kept_back
    assert kept_back.sentence.startswith("out.xlsx, Counts and levels!J10 (P1 Result): P1 Force: a final figure would")
    assert robberies(plan) == (118, "final")
    (receipt,) = plan.read_beside(receipts.every)
    review = receiving.gone_on_with(plan, receipt.id)
    asked, figure = of(review, "reason", "P1"), of(review, "value", "P1")
    assert figure.kind == "question"
    review = deciding.decided(plan, review, [figure], "accept")
    with pytest.raises(RuleBroken, match="type what is meant"):
        deciding.decided(plan, review, [asked], "accept")
    review = deciding.decided(plan, review, [asked], "accept", value="Two were recorded late")
    assert taking.apply(plan, [review]) == Applied(2, 0, 0)
    assert robberies(plan) == (120, "revised")
    assert [one.reason for one in plan.read(measured.restatements)] == ["Two were recorded late"]


def test_a_final_figure_that_is_refused_stays_without_a_word(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=118.0, state="final")
    issue(plan, path)
    review = received(plan, path, (COUNTS, "P1", {"value": 120}))
    review = deciding.decided(plan, review, list(review.differences), "reject", reason="Not so")
    assert taking.apply(plan, [review]) == Applied(0, 2, 0)
    assert robberies(plan) == (118, "final")
    assert plan.read(measured.restatements) == []


def test_a_figure_that_breaks_a_rule_of_two_cells_is_asked_about_and_the_month_is_taken_in(
    plan: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    review = received(
        plan, path, (SURVEYS, "P3 white", {"value": 81, "sample_size": 0}), (COUNTS, "P1", {"value": 120})
    )
    asked = of(review, "sample_size", "P3 white")
    assert (asked.kind, asked.remark[:23]) == ("question", "Answers must be above 0")
    done = taking.apply(plan, [review])
    assert (done.accepted, done.left, done.kept_back, robberies(plan)) == (2, 1, (), (120, "provisional"))


def test_the_first_area_s_answer_does_not_close_the_return_for_the_others(plan: Workspace, tmp_path: Path) -> None:
    path, due = tmp_path / "out.xlsx", date(2008, 10, 14)
    issuing.issue(plan, MONTHLY_RESULTS, path, year=2008, period="M06", due=due)
    every = [(title, str(row.values["ref"])) for title, row in _rows_out(plan)]
    taking.apply(plan, [received(plan, path, (COUNTS, "P1 North", {"value": 44}))])
    (issue_sent,) = chasing.sent(plan, due)
    assert (issue_sent.state, chasing.to_chase([issue_sent])) == ("answered in part", [issue_sent])
    assert "we have not had all of it back yet" in chasing.chasing_mail(issue_sent).body
    rest = [(title, ref, {"value": 50, "state": "final"}) for title, ref in every if ref != "P1 North"]
    taking.apply(plan, [_all_accepted(plan, received(plan, path, *rest))])
    (issue_sent,) = chasing.sent(plan, due)
    assert (issue_sent.state, chasing.to_chase([issue_sent])) == ("answered", [])


def _rows_out(plan: Workspace) -> list[tuple[str, ReturnRow]]:
    content = issuing.prepare(plan, MONTHLY_RESULTS, year=2008, period="M06")
    listings = zip(MONTHLY_RESULTS.listings, content.tables, strict=True)
    return [(listing.title, row) for listing, table in listings for row in table]


def _all_accepted(plan: Workspace, review: Review) -> Review:
    asked = [each for each in review.differences if each.asks and each.decidable and each.usable]
    return deciding.decided(plan, review, asked, "accept")


def test_a_state_alone_is_no_restatement(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=118.0, state="provisional")
    issue(plan, path)
    review = received(plan, path, (COUNTS, "P1", {"state": "Confirmed"}))
    (asked,) = review.differences
    assert (asked.kind, asked.returned) == ("question", "final")
    taking.apply(plan, [deciding.decided(plan, review, [asked], "accept")])
    assert robberies(plan) == (118, "final")


def test_blanks_and_missing_rows_change_nothing(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    enter(plan, value=118.0, state="provisional")
    issue(plan, path)
    with Filled(path, definition=MONTHLY_RESULTS) as book:
        book.put("P1", COUNTS, value=None, state=None)
        book.delete("P1 North", COUNTS)
    review = receiving.review(plan, path)
    assert found(review) == [("not returned", "P1 North", "", None)]
    assert [one.field for one in review.left_empty] == ["value", "state"]
    taking.apply(plan, [review])
    assert robberies(plan) == (118, "provisional")


@pytest.mark.parametrize(
    ("row", "answers", "said"),
    [
        ((COUNTS, "P1"), {"value": "n/a"}, "choose “not available” as the state"),
        ((COUNTS, "P1"), {"value": "-"}, "if there was nothing to count, write 0"),
        ((COUNTS, "P1"), {"value": "nil"}, "Is 0 meant?"),
        ((COUNTS, "P1"), {"value": "23%"}, "is a percentage, and a number is asked for"),
        ((COUNTS, "P1"), {"value": 1200}, "far from what it was before (108 crimes)"),
        ((COUNTS, "P1"), {"value": -5}, "below 0"),
        ((COUNTS, "P1"), {"value": 120.7}, "120.7 is no whole number, and crimes are counted whole."),
        ((RATES, "P2"), {"numerator": 93, "denominator": 31}, "More is counted than what it is counted of."),
        ((RATES, "P2"), {"value": 0.333}, "far from what it was before (33.3 %)"),
        ((RATES, "P2"), {"value": 133}, "more than 100%"),
        ((SURVEYS, "Satisfaction: white"), {"value": 145}, "more than all who were asked"),
        ((SURVEYS, "Satisfaction: white"), {"value": 850}, "more than all who were asked"),
        ((RATES, "P2"), {"value": 33.3, "numerator": 31, "denominator": 93}, "What it is made of is given too"),
        ((SURVEYS, "Satisfaction: white"), {"value": 81, "state": "not available"}, "A figure is given too"),
        ((SURVEYS, "Satisfaction: white"), {"value": "about 80"}, "Is 80 meant?"),
    ],
)
def test_what_can_hardly_be_meant_is_asked(
    plan: Workspace, tmp_path: Path, row: tuple[str, str], answers: Mapping[str, Any], said: str
) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    before = plan.read(dump.content)
    review = received(plan, path, (*row, answers))
    asked = [one for one in review.differences if one.kind == "question"]
    assert asked
    assert all(said in one.remark for one in asked)
    if len(asked) == len(review.differences):
        taking.apply(plan, [review])
        assert plan.read(dump.content) == before, "nothing of it is applied by itself"


def test_what_cannot_be_stays_out_whatever_is_decided(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    before = plan.read(dump.content)
    review = received(plan, path, (COUNTS, "P1", {"value": -5}))
    decided = deciding.decided(plan, review, list(review.differences), "accept")
    done = taking.apply(plan, [decided])
    assert (done.accepted, [kept.why for kept in done.kept_back]) == (0, [review.differences[0].remark])
    assert plan.read(dump.content) == before


def test_nil_is_taken_in_as_a_nought_once_a_person_says_so(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    review = received(plan, path, (COUNTS, "P1", {"value": "nil"}))
    taking.apply(plan, [deciding.decided(plan, review, list(review.differences), "accept")])
    assert robberies(plan) == (0, "provisional")


def test_small_figures_may_differ_by_many_times(plan: Workspace, tmp_path: Path) -> None:
    enter(plan, value=1.0, state="provisional")
    path = tmp_path / "october.xlsx"
    issue(plan, path, "M07")
    assert [one.kind for one in received(plan, path, (COUNTS, "P1", {"value": 8})).differences] == ["change"]


def test_the_month_that_is_not_over_is_told(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "october.xlsx"
    issue(plan, path, "M07")
    assert receiving.review(plan, path).notices == ("October 2008 is not over yet: what it says may still change.",)


def test_a_month_that_comes_late_is_taken_in_where_it_belongs(plan: Workspace, tmp_path: Path) -> None:
    september, october = tmp_path / "september.xlsx", tmp_path / "october.xlsx"
    issue(plan, september)
    issue(plan, october, "M07")
    taking.apply(plan, [received(plan, october, (COUNTS, "P1", {"value": 130}))])
    late = received(plan, september, (COUNTS, "P1", {"value": 120}))
    assert found(late) == [("change", "P1", "value", 120)]
    taking.apply(plan, [late])
    assert robberies(plan) == (120, "provisional")
    assert [row.value for row in held(plan, "P1", date(2008, 10, 1))] == [130]


def test_the_same_month_returned_twice(plan: Workspace, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    issue(plan, first)
    issue(plan, second)
    taking.apply(plan, [received(plan, first, (COUNTS, "P1", {"value": 120}))])
    again = received(plan, second, (COUNTS, "P1", {"value": 121}))
    assert found(again) == [("conflict", "P1", "value", 121)]
    corrected = received(plan, first, (COUNTS, "P1", {"value": 122}))
    assert found(corrected) == [("change", "P1", "value", 122)], "a later version of the file that was taken in"
    both = reviewing.together([again, corrected])
    chosen = [deciding.decided(plan, one, list(one.differences), "accept") for one in both]
    applied = taking.apply(plan, chosen)
    assert (applied.accepted, len(applied.kept_back), applied.left) == (0, 2, 2)
    assert robberies(plan) == (120, "provisional")


def test_an_area_that_is_gone_takes_its_rows_with_it(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    north = plan.read(queries.register, Area)[0].id
    plan.edit("remove", rows.remove, Area, north, "It was closed")
    review = received(plan, path, (COUNTS, "P1 North", {"value": 44}), (COUNTS, "P1", {"value": 120}))
    assert of(review, "value", "P1 North").gone
    assert taking.apply(plan, [review]) == Applied(1, 0, 1)


def test_a_file_that_lost_its_keys_is_known_by_its_words(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    with Filled(path, definition=MONTHLY_RESULTS) as book:
        book.put("P1 North", COUNTS, value=44)
        book.strip_keys()
    review = receiving.review(plan, path)
    assert (review.definition.id, review.identity.when) == (MONTHLY_RESULTS.id, "September 2008")
    assert {one.ref for one in review.differences if one.kind == "match"} >= {"P1", "P1 North"}
    assert of(review, "value", "P1 North").waits


def test_the_sheets_may_stand_in_another_order(plan: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    issue(plan, path)
    with Filled(path, definition=MONTHLY_RESULTS) as book:
        book.put("P1", COUNTS, value=120)
        book.put("P2", RATES, numerator=31, denominator=93)
        book.book.move_sheet(COUNTS, 2)
    assert sorted(found(receiving.review(plan, path))) == [
        ("change", "P1", "value", 120),
        ("change", "P2", "denominator", 93),
        ("change", "P2", "numerator", 31),
    ]


def test_what_it_is_called(plan: Workspace, tmp_path: Path) -> None:
    content = issue(plan, tmp_path / "out.xlsx")
    assert issuing.file_name(MONTHLY_RESULTS, content.identity) == "September 2008 monthly results.xlsx"
    mail = issuing.covering_mail(MONTHLY_RESULTS, content, Path("results.xlsx"))
    assert mail.subject == "Monthly results September 2008: A small plan"
    assert mail.body.startswith("To all who answer for it\n")
    assert period_start(2008, "M06") == SEPTEMBER
