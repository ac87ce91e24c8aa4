"""A plan read as it would be without some of its rows."""

from pathlib import Path

from spp_desktop.edits import delivery
from spp_desktop.store import history, left_out, queries
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
