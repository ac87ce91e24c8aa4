"""A plan read as it would be without some of its rows."""

from datetime import date
from pathlib import Path

from spp_desktop.edits import delivery
from spp_desktop.edits.turning import by_hand
from spp_desktop.edits.turning.by_hand import HandEntry
from spp_desktop.store import history, left_out, queries
from spp_desktop.store.turned import from_to
from spp_desktop.store.workspace import Workspace


def test_what_is_left_out_is_nowhere_and_the_plan_keeps_it(worked: Path) -> None:
    with Workspace.open(worked) as plan:
        activity = plan.read(queries.activities)[0]
        plan.edit("Say more", delivery.set_cells, [(activity.key, "text", "Robbery in the canary wharf")])
        before = plan.read(queries.counts)
        with left_out.without(plan, [activity.key]) as reader:
            kept = reader.read(queries.activities)
            changes = reader.read_beside(history.changes_after, 0)
            texts = [str((change.row, change.before, change.after)) for change in changes]
        assert activity.key not in {row.key for row in kept}
        assert len(kept) == before["activity"] - 1
        assert not [text for text in texts if activity.key in text or "canary wharf" in text]
        assert plan.read(queries.counts) == before


def test_all_below_goes_too(worked: Path) -> None:
    with Workspace.open(worked) as plan:
        priority = next(row.priority_key for row in plan.read(queries.activities))
        below = {row.key for row in plan.read(queries.activities) if row.priority_key == priority}
        with left_out.without(plan, [priority, *below]) as reader:
            assert not below & {row.key for row in reader.read(queries.activities)}
            assert reader.read(queries.milestones)


def test_what_remembers_a_row_goes_too(workspace: Workspace) -> None:
    known = {row.ref: row.key for row in workspace.read(queries.activities)}
    entry = HandEntry(known["1.02"], 2008, "dropped", "Nobody is to read this")
    workspace.edit("drop", by_hand.enter, entry, date(2008, 10, 1))
    with left_out.without(workspace, [known["1.02"]]) as reader:
        assert reader.read(from_to) == []
    assert len(workspace.read(from_to)) == 1
