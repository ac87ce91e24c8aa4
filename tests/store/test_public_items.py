"""All that can be public: rows and columns with what was decided of them."""

from datetime import date

from spp_desktop.edits import disclosures
from spp_desktop.plan.releasable import PublicItem, releasable_tables
from spp_desktop.store import queries
from spp_desktop.store.public_items import RELEASED, UNDECIDED, WITH_IT, WITHHELD, public_items
from spp_desktop.store.workspace import Workspace


def test_each_row_and_column_says_whether_it_is_public(workspace: Workspace) -> None:
    first, second, _ = (row.key for row in workspace.read(queries.activities))
    assert {row.state for row in workspace.read(public_items)} == {UNDECIDED}
    decided = [PublicItem("activity", first), PublicItem.of_column("activity.text")]
    workspace.edit("release", disclosures.release, decided, "A", date(2008, 9, 1))
    workspace.edit("withhold", disclosures.withhold, [PublicItem("activity", second)], "No", "A", date(2008, 9, 1))
    rows = workspace.read(public_items)
    assert [(row.kind, row.title, row.state) for row in rows if row.state != UNDECIDED] == [
        ("Activities", "1.01 Do what 1.01 says (2008-2009)", RELEASED),
        ("Activities", "1.02 Do what 1.02 says (2008-2009)", WITHHELD),
        ("Milestones", "First step of 1.01 (of 1.01)", WITH_IT),
        ("Columns of activities", "Activity", RELEASED),
    ]
    assert {row.item.table for row in rows} >= {*releasable_tables()}
    assert {row.key for row in rows if row.decision is not None} == {first, second, "activity.text"}
