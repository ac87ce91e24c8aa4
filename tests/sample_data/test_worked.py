"""The worked sample is the published plan with made-up progress, and says so."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

from sample_data import build
from spp_desktop.plan.periods import month_end, month_start
from spp_desktop.plan.results import figure
from spp_desktop.store import dump, measured, queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace
from tests.sample_data.document import Printed, set_again

TODAY = date(2008, 10, 31)
YEAR = (date(2008, 4, 1), date(2009, 3, 31))


def test_its_words_are_those_of_the_document(at_work: Workspace, printed: Printed) -> None:
    assert list(set_again(at_work)) == printed.lines


def test_it_says_that_it_is_illustrative(at_work: Workspace) -> None:
    plan = at_work.read(queries.plan)
    assert plan.illustrative.startswith("Illustrative: ")
    assert plan.title == "Strategic Policing Plan 2008-2011"


def test_building_it_twice_gives_the_same_plan(at_work: Workspace, tmp_path: Path) -> None:
    build.build(tmp_path / "again.plan", "worked")
    with Workspace.open(tmp_path / "again.plan", read_only=True) as again:
        assert again.read(dump.content) == at_work.read(dump.content)


def test_every_status_is_there_with_a_reason_where_it_needs_one(at_work: Workspace) -> None:
    rows = at_work.read(queries.activities)
    statuses = {status.key: status for status in at_work.read(queries.statuses)}
    count = Counter(row.status for row in rows)
    assert set(count) == {status.title for status in statuses.values()}
    assert count.most_common(1)[0][0] == "On track"
    for row in rows:
        assert row.status_key is not None
        assert bool(row.reason) == statuses[row.status_key].needs_reason, row.ref


def test_dates_and_percentages_agree_with_the_status(at_work: Workspace) -> None:
    rows = at_work.read(queries.activities)
    assert all(_agrees(row) for row in rows), [row.ref for row in rows if not _agrees(row)]
    assert any(row.late(TODAY) for row in rows)
    assert any(row.forecast and row.forecast > YEAR[1] for row in rows)


def _agrees(row: ActivityRow) -> bool:
    """Whether what is said of an activity hangs together."""
    assert row.start is not None
    assert row.due is not None
    assert row.percent is not None
    return (
        YEAR[0] <= row.start < row.due <= YEAR[1]
        and (row.forecast is None or row.forecast > max(row.due, TODAY))
        and (row.percent == 100) == (row.status == "Complete")
        and (row.percent == 0 or row.status != "Not started")
        and (row.status == "Not started" or row.start <= TODAY)
        and (row.status != "Complete" or row.milestones_done == row.milestones)
    )


def test_milestones_lie_within_the_year_and_none_is_done_in_the_future(at_work: Workspace) -> None:
    rows = at_work.read(queries.milestones)
    per_activity = Counter(row.activity_key for row in rows)
    assert set(per_activity.values()) == {2, 3, 4}
    assert len(per_activity) > 80
    for row in rows:
        assert row.due is not None
        assert YEAR[0] <= row.due <= YEAR[1]
        assert row.due.weekday() < 5
        assert row.done_on is None or (row.done_on <= TODAY and row.forecast is None)
    assert {row.done_on is None for row in rows} == {True, False}


def test_each_activity_was_reported_on_after_each_of_two_quarters(at_work: Workspace) -> None:
    for row in at_work.read(queries.activities):
        second, first = at_work.read(queries.updates, row.key)
        assert date(2008, 6, 30) < first.reported_on < date(2008, 7, 15)
        assert date(2008, 9, 30) < second.reported_on < date(2008, 10, 15)
        assert first.post == second.post == row.owners[0]
        assert first.done
        assert second.done
        if row.start is not None and row.start > date(2008, 6, 30):
            assert first.status == "Not started"


def test_results_run_without_a_gap_from_april_2006_to_september_2008(at_work: Workspace) -> None:
    lengths: Counter[int] = Counter()
    for indicator in at_work.read(queries.indicators):
        results = at_work.read(measured.results, indicator.key, measured.FORCE)
        lengths[len(results)] += 1
        assert results[0].period_from == date(2006, 4, 1)
        assert results[-1].period_to == date(2008, 9, 30)
        assert results[-1].state == "provisional"
        for before, after in pairwise(results):
            assert (after.period_from - before.period_to).days == 1
            assert after.period_from == month_start(after.period_from)
            assert after.period_to == month_end(after.period_to)
        values = [figure(indicator.measure, 1000, row.value, row.numerator, row.denominator) for row in results]
        assert all(value is not None and 0 < value < (100 if indicator.unit == "%" else 1e6) for value in values)
    assert lengths == {30: 13, 10: 9}


def test_the_force_is_the_sum_of_its_units(at_work: Workspace) -> None:
    counted = 0
    for indicator in at_work.read(queries.indicators):
        results = at_work.read(measured.results, indicator.key)
        by_month = defaultdict(list)
        for row in results:
            by_month[row.period_from].append(row)
        for rows in by_month.values():
            force, *units = rows
            assert force.area_key is None
            if units:
                counted += len(units)
                for name in ("value", "numerator", "denominator"):
                    of_units = [getattr(row, name) for row in units]
                    assert getattr(force, name) == (None if None in of_units else sum(of_units))
    assert counted == 3 * 21 * 30
