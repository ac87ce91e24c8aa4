"""What a row came from and what became of it, over several years; the worked sample rolled over three times."""

import sqlite3
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.edits import delivery
from spp_desktop.edits.turning import applying
from spp_desktop.edits.turning.lineage import Lineage, _reached, lineage
from spp_desktop.plan.identity import years_kept, years_of
from spp_desktop.store import checking, dump, queries, threads
from spp_desktop.store.as_at import opened
from spp_desktop.store.states import moment_of
from spp_desktop.store.workspace import Workspace
from tests.depth import depth
from tests.edits.turning.test_applying import of_year, roll_over
from tests.edits.turning.test_deciding import decide, key_of, stand


def of(plan: Workspace, key: str) -> Lineage:
    known = plan.read(lineage, key)
    assert known is not None
    return known


def test_a_row_knows_what_it_came_from_and_what_became_of_it(workspace: Workspace) -> None:
    old = key_of(workspace, "1.01")
    assert of(workspace, old).rows == (of(workspace, old).own,)
    stand(workspace, "1.01", "On track")
    decide(workspace, "1.01", "split", reason="Two forces", texts=["Do north", "Do south"])
    assert (of(workspace, old).own.fate, of(workspace, old).own.done_on) == ("split", None)
    roll_over(workspace)
    decide(workspace, "1.03", "merged", reason="One again", into=key_of(workspace, "1.01"))
    roll_over(workspace)
    last = of_year(workspace, 2010)["1.01"].key
    told = of(workspace, last)
    assert [(row.row.year, row.row.ref, row.away, row.fate, row.reason, row.status) for row in told.rows] == [
        (2008, "1.01", -2, "split", "Two forces", "On track"),
        (2009, "1.01", -1, "kept", "Nothing says how it stands.", ""),
        (2009, "1.03", -1, "merged", "One again", ""),
        (2010, "1.01", 0, None, "", ""),
    ]
    assert len(told.before[0].near) == 2
    assert [row.row.key for row in of(workspace, old).after][-1] == last
    assert of(workspace, told.before[1].row.key).before[0].row.key == old
    step = next(row for row in workspace.read(threads.rows).values() if row.ref == "1.01/1" and row.year == 2010)
    assert [row.row.year for row in of(workspace, step.key).before] == [2008, 2009]
    workspace.edit("remove", delivery.remove_activities, [last])
    assert workspace.read(lineage, last) is None


@settings(max_examples=depth(30, 500), deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=4), max_size=6))
def test_no_lineage_goes_round_in_a_ring_whatever_the_links(onward: dict[str, list[str]]) -> None:
    reached = _reached("a", onward)
    assert "a" not in reached
    for key, at in reached.items():
        assert all(near == "a" if at.away == 1 else reached[near].away == at.away - 1 for near in at.near), key


def test_the_worked_sample_is_rolled_over_three_times(worked: Path) -> None:
    with Workspace.open(worked) as plan:
        content, step = plan.read(dump.content), plan.read_beside(_newest)
        for year in (2008, 2009, 2010):
            done = plan.edit("roll over", applying.roll_over, year)
            own = plan.read(queries.plan)
            assert (years_of(own), years_kept(own)[0]) == ([year + 1, year + 2, year + 3], 2008)
            assert done.activities == 89
        first = plan.read(queries.activities, 2008)
        assert len(first) == 111
        oldest = next(row.key for row in first if row.ref == "1.01")
        assert [row.row.year for row in of(plan, oldest).rows] == [2008, 2009, 2010, 2011]
        with opened(plan, moment_of(plan, step)) as then:
            assert {**then.read(dump.content), "plan": None} == {**content, "plan": None}
    report = checking.check_file(worked)
    assert report.ok, report.lines


def _newest(raw: sqlite3.Connection) -> str:
    """The id of the step that was taken last."""
    return str(raw.execute("SELECT id FROM revision ORDER BY n DESC").fetchone()[0])
