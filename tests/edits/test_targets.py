"""Targets as they are set, chosen, changed and taken away, and what is kept of them; and grades as results."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spp_desktop.edits import deciding, performance, receiving, registers, results, taking, target_cells, targets
from spp_desktop.edits.issuing import issue
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.store import judged, measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, found, of

JULY, NOVEMBER = date(2008, 7, 31), date(2008, 11, 3)
WHY = "The grant was cut"


@pytest.fixture
def measured_plan(workspace: Workspace) -> Workspace:
    """The small plan on a day of July 2008, its one indicator a count with results of two years."""
    workspace.edit("set the day", registers.set_plan, as_at=JULY)
    key = row(workspace).key
    workspace.edit("count", performance.set_indicator, key, measure="count", unit="crimes")
    months = [(year, month) for year, last in ((2007, 12), (2008, 3)) for month in range(1, last + 1)]
    entries = [{"indicator_id": key, "value": 100.0, **of_month(year, month)} for year, month in months]
    workspace.edit("type", results.enter, entries)
    return workspace


def of_month(year: int, at: int) -> dict[str, date]:
    """The days of a financial year's month, counted from April."""
    first = date(year, 4, 1) if at == 1 else date(year + (at > 9), (at + 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return {"period_from": first, "period_to": date.fromordinal(after.toordinal() - 1)}


def row(plan: Workspace) -> IndicatorRow:
    return plan.read(queries.indicators)[0]


def say(plan: Workspace, text: str | None, reason: str = "", year: int | None = 2008, **more: Any) -> None:
    plan.edit("aim", performance.set_target, row(plan).key, year, text, reason=reason, **more)


def on(plan: Workspace, day: date) -> None:
    plan.edit("set the day", registers.set_plan, as_at=day)


def earlier(plan: Workspace) -> list[tuple[str, date | None, date, str]]:
    kept = plan.read(queries.earlier_targets)
    return [(version.target.stated, version.target.since, version.until, version.reason) for version in kept]


def sentence(plan: Workspace, day: date) -> str:
    return plan.read(judged.judged, day)[0].sentence


# A changed target


def test_a_target_by_which_results_were_judged_changes_only_for_a_reason(measured_plan: Workspace) -> None:
    with pytest.raises(RuleBroken) as refused:
        say(measured_plan, "3%")
    assert refused.value.field == "reason"
    assert str(refused.value) == (
        "The target of R1 for 2008-2009, 4%, is in force. Say why it changes: what ended before today stays "
        "judged by it, and the reason is kept."
    )
    assert (row(measured_plan).targets[2008].stated, earlier(measured_plan)) == ("4%", [])


def test_what_it_was_is_kept_and_still_judges_what_ended_before(measured_plan: Workspace) -> None:
    say(measured_plan, "20%", WHY)
    assert earlier(measured_plan) == [("4%", None, JULY, WHY)]
    assert measured_plan.read(queries.earlier_targets)[0].author
    assert (row(measured_plan).targets[2008].stated, row(measured_plan).targets[2008].since) == ("20%", JULY)
    assert sentence(measured_plan, JULY) == (
        "Amber: 300 crimes April to June 2008 against a trajectory of 288 (straight, target 1,152); 4.2% over, inside "
        "the 5% tolerance. It is judged by 4%, the target until 31 July 2008."
    )
    key = row(measured_plan).key
    later = {"indicator_id": key, "value": 100.0, **of_month(2008, 4)}
    measured_plan.edit("type", results.enter, [later])
    assert sentence(measured_plan, JULY) == (
        "Red: 400 crimes April to July 2008 against a trajectory of 320 (straight, target 960); 25% over, outside the "
        "5% tolerance."
    )


def test_on_the_day_of_a_change_it_is_only_put_right(measured_plan: Workspace) -> None:
    say(measured_plan, "20%", WHY)
    say(measured_plan, "2%")
    assert earlier(measured_plan) == [("4%", None, JULY, WHY)]
    assert row(measured_plan).targets[2008].since == JULY
    on(measured_plan, NOVEMBER)
    with pytest.raises(RuleBroken, match="for 2008-2009, 2%, is in force"):
        say(measured_plan, "1%")
    say(measured_plan, "1%", "Agreed in October")
    assert earlier(measured_plan) == [("4%", None, JULY, WHY), ("2%", JULY, NOVEMBER, "Agreed in October")]


def test_taking_a_target_away_needs_a_reason_too(measured_plan: Workspace) -> None:
    with pytest.raises(RuleBroken, match="Say why it changes"):
        say(measured_plan, "")
    say(measured_plan, "", WHY)
    assert (row(measured_plan).targets, earlier(measured_plan)) == ({}, [("4%", None, JULY, WHY)])
    assert "It is judged by 4%, the target until 31 July 2008." in sentence(measured_plan, JULY)


def test_a_target_set_when_there_are_results_is_new_and_judges_only_what_ends_from_then_on(
    measured_plan: Workspace,
) -> None:
    say(measured_plan, "", WHY)
    on(measured_plan, NOVEMBER)
    say(measured_plan, "3%")
    assert row(measured_plan).targets[2008].since == NOVEMBER
    assert len(earlier(measured_plan)) == 1


@pytest.mark.parametrize("year", [2009, None])
def test_a_year_without_results_and_the_whole_plan_change_freely(measured_plan: Workspace, year: int | None) -> None:
    for text in ("3%", "5%", ""):
        say(measured_plan, text, year=year)
    assert earlier(measured_plan) == []
    assert year not in row(measured_plan).targets


def test_the_same_target_again_asks_for_nothing(measured_plan: Workspace) -> None:
    for same in ("4%", " 4% ", "4% *"):
        say(measured_plan, same)
    assert earlier(measured_plan) == []


def test_undoing_a_change_takes_back_what_was_kept(measured_plan: Workspace) -> None:
    say(measured_plan, "3%", WHY)
    measured_plan.undo()
    assert (row(measured_plan).targets[2008].stated, earlier(measured_plan)) == ("4%", [])


def test_removing_an_indicator_removes_its_earlier_targets(measured_plan: Workspace) -> None:
    say(measured_plan, "3%", WHY)
    measured_plan.edit("remove", performance.remove_indicator, row(measured_plan).key, WHY)
    assert earlier(measured_plan) == []


def test_which_cells_would_change_is_known_before(measured_plan: Workspace) -> None:
    key = row(measured_plan).key
    cells = [(key, "target:2008", "3%"), (key, "target:2009", "3%"), (key, "title", "Violence")]
    (change,) = measured_plan.read(target_cells.changed, cells)
    assert (change.row.ref, change.year, change.before, change.after) == ("R1", 2008, "4%", "3%")
    assert measured_plan.read(target_cells.changed, [(key, "target:2008", "")])[0].after == ""
    assert measured_plan.read(target_cells.changed, [(key, "target:2008", "4%")]) == []
    assert measured_plan.read(targets.kept_years) == {key: frozenset({2008})}
    measured_plan.edit("type", performance.set_cells, cells, WHY)
    assert earlier(measured_plan) == [("4%", None, JULY, WHY)]
    assert measured_plan.read(targets.kept_years) == {}


def test_a_cell_may_say_its_own_reason(measured_plan: Workspace) -> None:
    key = row(measured_plan).key
    cells = [(key, "target:2008", "3%"), (key, "reason:2008", "Its own")]
    measured_plan.edit("type", performance.set_cells, cells, "Of all")
    assert earlier(measured_plan)[0][-1] == "Its own"


# Its kind


def test_the_kind_of_a_target_is_chosen_and_its_words_stay(workspace: Workspace) -> None:
    key = row(workspace).key
    workspace.edit("count", performance.set_indicator, key, measure="count")
    say(workspace, "1,200", year=2009)
    workspace.edit("choose", performance.set_cells, [(key, "kind:2009", "No more than")])
    target = row(workspace).targets[2009]
    assert (target.stated, target.kind, target.value) == ("1,200", "ceiling", 1200)
    with pytest.raises(RuleBroken, match="There is no target yet"):
        workspace.edit("choose", performance.set_kind, key, 2010, "level")
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("choose", performance.set_cells, [(key, "target:2010", "40"), (key, "kind:2010", "Grade")])
    assert refused.value.field == "stated"


def test_choosing_another_kind_is_a_change_as_well(measured_plan: Workspace) -> None:
    with pytest.raises(RuleBroken, match="Say why it changes"):
        measured_plan.edit("choose", performance.set_kind, row(measured_plan).key, 2008, "forecast")
    measured_plan.edit("choose", performance.set_kind, row(measured_plan).key, 2008, "forecast", WHY)
    assert earlier(measured_plan) == [("4%", None, JULY, WHY)]
    assert row(measured_plan).targets[2008].kind == "forecast"


def test_what_may_mean_several_things_is_asked_about(workspace: Workspace) -> None:
    key = row(workspace).key
    cells = [(key, "target:2009", "increase by 10%"), (key, "target:2010", "lots"), (key, "target:plan", "11%")]
    first, second = workspace.read(target_cells.unclear, cells)
    assert (first.year, first.field, first.text) == (2009, "target:2009", "increase by 10%")
    assert "change on previous year" in first.kinds
    assert (second.year, second.kinds) == (2010, ())
    with pytest.raises(RuleBroken, match="Say what is meant"):
        workspace.edit("type", performance.set_cells, cells)
    meant = [(key, "target:2009", "increase by 10%"), (key, "kind:2009", "change on previous year")]
    workspace.edit("type", performance.set_cells, meant)
    assert row(workspace).targets[2009].value == -10


# What an indicator's columns say of its targets


def test_which_way_is_better_must_be_said(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="Say which way is better") as refused:
        workspace.edit("add", performance.add_indicator, row(workspace).group_key, "Arrests")
    assert refused.value.field == "polarity"


def test_targets_are_read_again_when_their_indicator_says_something_else_of_them(workspace: Workspace) -> None:
    key = row(workspace).key
    say(workspace, "maintain", year=2009)
    workspace.edit("turn", performance.set_indicator, key, polarity="higher")
    assert row(workspace).targets[2008].value == 4, "so much better, whichever way that is"
    say(workspace, "reduce by 3%", year=2010, kind="change on previous year")
    assert row(workspace).targets[2010].value == -3
    workspace.edit("turn", performance.set_indicator, key, polarity="lower")
    assert row(workspace).targets[2010].value == 3


def test_a_column_that_makes_a_target_senseless_is_refused(workspace: Workspace) -> None:
    key = row(workspace).key
    workspace.edit("time", performance.set_indicator, key, measure="level", unit="days")
    say(workspace, "no more than 8 days", year=2009)
    with pytest.raises(RuleBroken) as refused:
        workspace.edit("turn", performance.set_indicator, key, unit="minutes")
    assert refused.value.field == "unit"
    assert str(refused.value) == (
        "The target of 2009-2010 does not fit then. “no more than 8 days” is in days, and results of this indicator "
        "are in minutes. Change the target first."
    )
    assert row(workspace).unit == "days"


# Grades, and yes or no


@pytest.fixture
def graded(workspace: Workspace) -> Workspace:
    """The small plan with an inspection's grade and a yes or no beside its indicator."""
    group = row(workspace).group_key
    grades = "Outstanding; Good; Requires improvement; Inadequate"
    known: dict[str, Any] = {"measure": "grade", "grades": grades, "polarity": "higher", "ref": "G1"}
    workspace.edit("add", performance.add_indicator, group, "Inspection", **known)
    known = {"measure": "yes/no", "polarity": "higher", "ref": "Y1"}
    workspace.edit("add", performance.add_indicator, group, "Published", **known)
    return workspace


def key_of(plan: Workspace, ref: str) -> str:
    return next(indicator.key for indicator in plan.read(queries.indicators) if indicator.ref == ref)


def test_a_grade_needs_its_grades(workspace: Workspace) -> None:
    group = row(workspace).group_key
    for wrong in ("Good", "Good; good", "Good; Poor; Good"):
        known: dict[str, Any] = {"measure": "grade", "grades": wrong, "polarity": "higher"}
        with pytest.raises(RuleBroken, match="Write its grades") as refused:
            workspace.edit("add", performance.add_indicator, group, "Inspection", **known)
        assert refused.value.field == "grades"


def test_results_are_steps_of_the_scale(graded: Workspace) -> None:
    key = key_of(graded, "G1")
    graded.edit("type", results.enter, [{"indicator_id": key, "value": 3.0, **of_month(2008, 1)}])
    for wrong in (0.0, 5.0, 2.5):
        with pytest.raises(RuleBroken, match=r"is none of its grades\. Choose from: Outstanding, Good"):
            graded.edit("type", results.enter, [{"indicator_id": key, "value": wrong, **of_month(2008, 2)}])
    assert [result.value for result in graded.read(measured.results, key)] == [3.0]


@pytest.mark.parametrize(
    ("grades", "allowed"),
    [
        ("World class; Outstanding; Good; Requires improvement; Inadequate", True),
        ("Outstanding; Good; Weak; Poor", True),
        ("Outstanding; Good; Inadequate; Requires improvement", False),
        ("Good; Outstanding; Weak; Poor", False),
        ("Outstanding; Good; Inadequate", False),
        ("Outstanding; Good; Requires improvement; Inadequate; Dire", False),
    ],
)
def test_grades_with_results_may_be_renamed_and_added_above(graded: Workspace, grades: str, *, allowed: bool) -> None:
    key = key_of(graded, "G1")
    graded.edit("type", results.enter, [{"indicator_id": key, "value": 3.0, **of_month(2008, 1)}])
    if allowed:
        graded.edit("regrade", performance.set_indicator, key, grades=grades)
        return
    with pytest.raises(RuleBroken) as refused:
        graded.edit("regrade", performance.set_indicator, key, grades=grades)
    assert refused.value.field == "grades"


def test_a_measure_with_results_does_not_become_another_scale(graded: Workspace) -> None:
    key = key_of(graded, "Y1")
    graded.edit("type", results.enter, [{"indicator_id": key, "value": 1.0, **of_month(2008, 1)}])
    with pytest.raises(RuleBroken, match="Y1 has results, which would then mean something else"):
        graded.edit("turn", performance.set_indicator, key, measure="count")


def test_the_judgement_speaks_in_grades(graded: Workspace) -> None:
    on(graded, JULY)
    key = key_of(graded, "G1")
    graded.edit("aim", performance.set_target, key, 2008, "at least Good")
    months = ((2007, 1, 2.0), (2008, 1, 2.0), (2008, 2, 3.0))
    entries = [{"indicator_id": key, "value": value, **of_month(year, at)} for year, at, value in months]
    graded.edit("type", results.enter, entries)
    (one,) = [one for one in graded.read(judged.judged, JULY) if one.series.indicator.ref == "G1"]
    assert one.sentence == "Green: Good May 2008 against a target of Good, which meets it."
    graded.edit("type", results.enter, [{"indicator_id": key, "value": 1.0, **of_month(2007, 2)}])
    (one,) = [one for one in graded.read(judged.judged, JULY) if one.series.indicator.ref == "G1"]
    assert one.direction == "up, which is better: Good after Inadequate"


# In a return


def filled(plan: Workspace, path: Path, **cells: Any) -> Review:
    """The performance plan sent back with these cells of R1, by their fields."""
    issue(plan, PERFORMANCE_PLAN, path)
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        book.put("R1", **cells)
    return receiving.review(plan, path)


def test_one_target_that_cannot_be_read_asks_for_itself_and_holds_up_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    cells = {"target:2009": "lots", "target:2010": "no more than 1,200", "title": "Violence"}
    review = filled(workspace, tmp_path / "a.xlsx", **cells)
    unread = of(review, "target:2009", "R1")
    assert (unread.kind, unread.usable) == ("question", False)
    assert "“lots” is not a target" in unread.remark
    taking.apply(workspace, [review])
    after = row(workspace)
    assert (after.title, after.targets[2010].kind, 2009 in after.targets) == ("Violence", "ceiling", False)


def test_a_kind_comes_back_with_its_target(workspace: Workspace, tmp_path: Path) -> None:
    cells = {"target:2009": "increase by 10%", "kind:2009": "% change on the year before"}
    review = filled(workspace, tmp_path / "a.xlsx", **cells)
    taking.apply(workspace, [review])
    assert row(workspace).targets[2009].value == -10


def test_a_kind_alone_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    say(workspace, "40%", year=2009)
    review = filled(workspace, tmp_path / "a.xlsx", **{"kind:2009": "Level"})
    assert found(review) == [("change", "R1", "kind:2009", "Level")]
    taking.apply(workspace, [review])
    assert (row(workspace).targets[2009].stated, row(workspace).targets[2009].kind) == ("40%", "level")


def test_a_changed_target_asks_for_its_reason_in_review(measured_plan: Workspace, tmp_path: Path) -> None:
    review = filled(measured_plan, tmp_path / "a.xlsx", **{"target:2008": "3%"})
    taking.apply(measured_plan, [review])
    assert row(measured_plan).targets[2008].stated == "4%"
    target, asked = of(review, "target:2008", "R1"), of(review, "reason", "R1")
    assert (target.kind, asked.kind) == ("question", "question")
    assert asked.remark.startswith("The target of R1 for 2008-2009, 4%, is in force.")
    with pytest.raises(RuleBroken, match="Say first why it changes"):
        deciding.decided(measured_plan, review, [target], "accept")
    told = deciding.decided(measured_plan, review, [asked], "accept", value=WHY)
    told = deciding.decided(measured_plan, told, [target], "accept")
    taking.apply(measured_plan, [told])
    assert (row(measured_plan).targets[2008].stated, earlier(measured_plan)) == ("3%", [("4%", None, JULY, WHY)])


def test_a_changed_target_with_its_reason_is_taken_in(measured_plan: Workspace, tmp_path: Path) -> None:
    cells = {"target:2008": "3%", "reason": WHY}
    review = filled(measured_plan, tmp_path / "a.xlsx", **cells)
    taking.apply(measured_plan, [review])
    assert (row(measured_plan).targets[2008].stated, earlier(measured_plan)) == ("3%", [("4%", None, JULY, WHY)])
