"""The gaps of the golden thread: exactly right on the published plan, and closed by what closes them."""

from collections import Counter
from pathlib import Path

from spp_desktop.edits import delivery, links, performance
from spp_desktop.store import gaps, queries, threads
from spp_desktop.store.workspace import Workspace


def refs(workspace: Workspace, name: str) -> list[str]:
    return [gap.row.ref for gap in workspace.read(gaps.gaps) if gap.kind.name == name]


def test_nothing_of_the_published_plan_is_linked(published: Path) -> None:
    with Workspace.open(published, read_only=True) as workspace:
        counts = {
            "priority without indicator": (7, 7),
            "commitment nobody serves": (116, 116),
            "indicator for nothing": (22, 22),
            "activity for nothing": (111, 111),
        }
        assert workspace.read(gaps.counts) == counts
        assert Counter(gap.kind.name for gap in workspace.read(gaps.gaps)) == {k: n for k, (n, _) in counts.items()}
        assert {gap.total for gap in workspace.read(gaps.gaps)} == {7, 116, 22, 111}


def test_the_worked_sample_is_linked_and_leaves_gaps(worked: Path) -> None:
    with Workspace.open(worked, read_only=True) as workspace:
        counts = workspace.read(gaps.counts)
        assert refs(workspace, "priority without indicator") == ["P3", "P5", "P7"]
        assert refs(workspace, "indicator for nothing") == ["PI16"]
        assert counts["commitment nobody serves"] == (53, 116)
        assert counts["activity for nothing"] == (40, 111)
        assert "links" in workspace.read(queries.plan).illustrative


def test_a_gap_is_closed_by_what_closes_it(workspace: Workspace) -> None:
    keys = {row.ref: row.key for row in workspace.read(threads.rows).values()}
    assert refs(workspace, "priority without indicator") == ["P1", "P2"]
    workspace.edit("link", links.join, "measures", keys["R1"], keys["1.01"])
    assert refs(workspace, "indicator for nothing") == []
    assert refs(workspace, "priority without indicator") == ["P1", "P2"], (
        "what measures an activity measures no priority"
    )
    workspace.edit("link", links.join, "measures", keys["R1"], keys["P1.1.1"])
    assert refs(workspace, "priority without indicator") == ["P2"]
    group = workspace.read(queries.indicator_groups)[0][0]
    new = workspace.edit("add", performance.add_indicator, group, "Collisions", polarity="lower")
    workspace.edit("link", links.join, "measures", new, keys["P2.1"])
    assert refs(workspace, "priority without indicator") == []
    assert refs(workspace, "commitment nobody serves") == ["P1.1.1", "P2.1.1"]
    workspace.edit("link", links.join, "serves", keys["1.01"], keys["P1.1.1"])
    workspace.edit("link", links.join, "serves", keys["1.02/1"], keys["P2.1.1"])
    assert refs(workspace, "commitment nobody serves") == []
    assert refs(workspace, "activity for nothing") == ["2.01"], "a milestone serves for its activity"
    workspace.edit("remove", delivery.remove_activities, [keys["1.01"], keys["1.02"]])
    assert refs(workspace, "commitment nobody serves") == ["P1.1.1", "P2.1.1"]
