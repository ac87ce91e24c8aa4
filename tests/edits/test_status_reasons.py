"""Which statuses ask for a reason before they are set, and which stand without one."""

from datetime import date

from spp_desktop.edits import delivery, registers
from spp_desktop.edits.status_reasons import statuses_asking, statuses_unexplained
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import activity, milestone, set_cells, set_status


def test_a_status_asks_where_it_is_not_the_rules_or_always_does_unless_a_reason_comes_with_it(
    workspace: Workspace,
) -> None:
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    set_cells(workspace, start=date(2008, 4, 1), due=date(2008, 9, 30), percent=20)
    workspace.edit("do it", delivery.set_milestone, milestone(workspace).key, done_on=date(2008, 6, 30))
    statuses = {row.title: row.key for row in workspace.read(queries.statuses)}
    key = activity(workspace).key

    def asked(*cells: tuple[str, object]) -> list[tuple[str, str]]:
        wanted = [(key, name, value) for name, value in cells]
        return [(each.status, each.proposed) for each in workspace.read(statuses_asking, wanted)]

    on, off = (("status_id", statuses[title]) for title in ("On track", "Off track"))
    assert asked(on) == [("On track", "Off track")]
    assert asked(on, ("reason", "It will be made good")) == []
    assert asked(("reason", "")) == []
    assert asked(("status_id", None)) == []
    assert asked(on, ("due", date(2009, 3, 31)), ("percent", "60%")) == []
    assert asked(on, ("percent", "much")) == [("On track", "Off track")]
    assert asked(off) == [("Off track", "")]
    assert asked(("status_id", statuses["Complete"])) == [], "its per cent is asked about, not a reason"
    assert workspace.read(statuses_unexplained, []) == []

    set_status(workspace, "On track")
    assert asked(on) == [], "it is that already"
    others = [row.key for row in workspace.read(queries.activities)]
    assert [each.ref for each in workspace.read(statuses_unexplained, others)] == ["1.01"]
    workspace.edit("say why", delivery.set_cells, [(key, "reason", "Agreed")])
    assert workspace.read(statuses_unexplained, others * 20) == []
