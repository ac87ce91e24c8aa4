"""What may be public: released, withheld, withdrawn, and what has changed since it was released."""

from datetime import date

import pytest

from spp_desktop.edits import delivery, disclosures, performance, priorities, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.priorities import Priority, Theme
from spp_desktop.plan.releasable import NEVER, PublicItem, releasable_columns
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import disclosed, queries
from spp_desktop.store.disclosed import DisclosureRow
from spp_desktop.store.workspace import Workspace

ON = date(2008, 9, 1)
BY = "Head of Planning"


@pytest.fixture
def item(workspace: Workspace) -> dict[str, PublicItem]:
    """Rows of the plan that can be released, by what they are called."""
    found = {row.ref: PublicItem("activity", row.key) for row in workspace.read(queries.activities)}
    found["indicator"] = PublicItem("indicator", workspace.read(queries.indicators)[0].key)
    for node in workspace.read(queries.priority_tree)[:1]:
        found["priority"] = PublicItem("priority", node.key)
        found["theme"] = next(PublicItem("theme", below.key) for below in node.children if below.kind == "theme")
    return found


def said(workspace: Workspace) -> list[tuple[str, bool, str, str]]:
    return [(row.title, row.released, row.decided_by, row.reason) for row in workspace.read(disclosed.disclosures)]


def changed(workspace: Workspace) -> dict[str, list[tuple[str, str, str, str]]]:
    """What changed since its release, by what is called how."""
    titles = {row.key: row.title for row in workspace.read(disclosed.disclosures)}
    return {
        titles[key]: [(each.words.row, each.words.cell, each.words.before, each.words.after) for each in changes]
        for key, changes in workspace.read(disclosed.changed_since_release).items()
    }


def test_rows_and_columns_are_released_withheld_and_withdrawn(
    workspace: Workspace, item: dict[str, PublicItem]
) -> None:
    before = workspace.revision()
    text = PublicItem.of_column("activity.text")
    workspace.edit("release", disclosures.release, [item["1.01"], text, item["indicator"]], BY, ON)
    workspace.edit(
        "withhold", disclosures.withhold, [item["1.02"]], "Tactics", BY, ON, look_again=date(2009, 9, 1), paragraph=7
    )
    titles = [row.title for row in workspace.read(disclosed.disclosures)]
    assert titles[:3] == ["activity “1.01”", "activity “1.02”", "Activities: activity"]
    withheld = workspace.read(disclosed.disclosures)[1]
    assert withheld == DisclosureRow(
        withheld.key, item["1.02"], "activity “1.02”", False, BY, ON, "", "Tactics", date(2009, 9, 1), 7
    )  # fmt: skip
    assert [withheld.due(day) for day in (date(2009, 8, 31), date(2009, 9, 1))] == [False, True]
    assert workspace.read(disclosed.disclosures)[0].revision == before
    assert workspace.read(disclosed.released_columns) == {"activity.text"}
    workspace.edit("release it after all", disclosures.release, [item["1.02"]], "Chief Constable", ON)
    assert said(workspace)[1] == ("activity “1.02”", True, "Chief Constable", "")
    workspace.edit("withdraw", disclosures.withdraw, [item["1.02"], text])
    assert [title for title, *_ in said(workspace)] == ["activity “1.01”", titles[3]]
    workspace.undo()
    assert len(said(workspace)) == 4
    workspace.edit("remove", delivery.remove_activities, [item["1.01"].key])
    assert "activity “1.01”" not in [title for title, *_ in said(workspace)]


def test_what_is_refused(workspace: Workspace, item: dict[str, PublicItem]) -> None:
    for items, by, why in (
        ([item["1.01"]], " ", "Say who decided it"),
        ([PublicItem("post", "x" * 36)], BY, "A post cannot be public by itself"),
        ([PublicItem("activity", "x" * 36)], BY, "no longer in the plan"),
        ([PublicItem.of_column("activity.reason")], BY, "no column that can be public"),
    ):
        with pytest.raises(RuleBroken, match=why):
            workspace.edit("release", disclosures.release, items, by)
    with pytest.raises(RuleBroken, match="Say why it is withheld"):
        workspace.edit("withhold", disclosures.withhold, [item["1.01"]], " ", BY)
    with pytest.raises(RuleBroken, match="to be looked at again before it was decided"):
        workspace.edit("withhold", disclosures.withhold, [item["1.01"]], "No", BY, ON, look_again=date(2008, 1, 1))
    with pytest.raises(RuleBroken, match="nothing to take back"):
        workspace.edit("withdraw", disclosures.withdraw, [item["1.01"]])
    assert workspace.read(disclosed.changed_since_release) == {}


def test_what_can_never_be_public_is_no_column_of_it() -> None:
    columns = releasable_columns()
    assert {name.partition(".")[2] for name in columns}.isdisjoint(NEVER)
    assert columns["milestone.due"] == "Milestones: due"
    assert columns["activity.owners"] == "Activities: owners, by their posts"


def test_parts_go_with_a_row_unless_they_are_withheld(workspace: Workspace, item: dict[str, PublicItem]) -> None:
    priority, theme = item["priority"], item["theme"]
    other = workspace.edit("add", priorities.add_theme, str(priority.key), "Roads")
    below = workspace.edit("add", priorities.add_theme, str(priority.key), "Signs", parent_id=theme.key)
    workspace.edit("release", disclosures.release, [priority, item["1.01"]], BY, ON)
    public = workspace.read(disclosed.released_rows)
    assert public["theme"] == {theme.key, other, below}
    assert public["activity"] == {item["1.01"].key}  # an activity is released by itself
    assert len(public["milestone"]) == 1
    workspace.edit("withhold", disclosures.withhold, [theme], "Not agreed", BY, ON)
    public = workspace.read(disclosed.released_rows)
    assert public["theme"] == {other}
    workspace.edit("release", disclosures.release, [PublicItem("theme", below)], BY, ON)
    assert workspace.read(disclosed.released_rows)["theme"] == {other, below}


def test_what_changed_since_the_release(workspace: Workspace, item: dict[str, PublicItem]) -> None:
    activity, priority = str(item["1.01"].key), str(item["priority"].key)
    workspace.edit("reword before", rows.change, Activity, activity, text="As it was released")
    workspace.edit("release", disclosures.release, [item["1.01"], item["priority"], item["indicator"]], BY, ON)
    assert changed(workspace) == {}
    workspace.edit("reword", rows.change, Activity, activity, text="Otherwise")
    workspace.edit("give a reason", rows.change, Activity, activity, reason="Nobody's business", percent=10)
    workspace.edit("add a step", delivery.add_milestone, activity, "Begin")
    workspace.edit("rename", rows.change, Priority, priority, title="Once")
    workspace.edit("rename", rows.change, Priority, priority, title="Safer streets")
    workspace.edit("rename", rows.change, Theme, str(item["theme"].key), title="Streets")
    told = changed(workspace)
    assert told["activity “1.01”"] == [
        ("activity 1.01", "activity", "As it was released", "Otherwise"),
        ("activity 1.01", "% complete", "", "10%"),
        ("milestone “Begin” of 1.01", "row", "", "there"),
    ]
    assert [cells[1:] for title, rows_ in told.items() if "1.01" not in title for cells in rows_][-1][-1] == "Streets"
    workspace.edit("choose columns", disclosures.release, [PublicItem.of_column("activity.percent")], BY, ON)
    assert [cell for _, cell, *_ in changed(workspace)["activity “1.01”"]] == ["% complete", "row"]
    workspace.edit("put back", rows.change, Activity, activity, percent=None)
    assert [cell for _, cell, *_ in changed(workspace)["activity “1.01”"]] == ["row"]
    workspace.edit("release again", disclosures.release, [item["1.01"], item["priority"]], BY, ON)
    assert changed(workspace) == {}
    workspace.edit("aim", performance.set_target, str(item["indicator"].key), 2009, "4%")
    assert len(changed(workspace)) == 1
